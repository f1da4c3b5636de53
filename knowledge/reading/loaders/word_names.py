"""Names of Word's vocabulary that several of its readers ask for."""

from __future__ import annotations

from knowledge.reading.loaders.elements import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
VML = "{urn:schemas-microsoft-com:vml}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_OFF = ("0", "false", "off", "none")


def child_value(element: Element | None, name: str) -> str | None:
    """The ``w:val`` of a child; None without the child or the value."""
    child = None if element is None else element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def switched(element: Element | None) -> bool:
    """Whether an on-off element is there and on; without a value it is on."""
    return element is not None and (element.get(f"{W}val") or "1").lower() not in _OFF


def whole(text: str | None, default: int = 0) -> int:
    """A number of an attribute; the default when it is none."""
    bare = (text or "").strip()
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else default  # noqa: PLR2004 - a 32-bit number
