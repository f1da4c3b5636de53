"""Small Word packages written by hand for the tests of their reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from knowledge.reading.loaded import Loaded, silent
from knowledge.reading.loaders.word_files import load_docx

WHITE = '<w:color w:val="FFFFFF"/>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {SPACES}>{inner}</w:{root}>'


def package(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def load(body: str, **parts: str) -> Loaded:
    """A file with this body; other parts by their name, e.g. ``styles``."""
    others = {f"word/{name}.xml": part(name, inner) for name, inner in parts.items()}
    document = part("document", f"<w:body>{body}</w:body>")
    return load_docx(package({"word/document.xml": document, **others}), "复文.docx", silent)


def lines(body: str, **parts: str) -> list[str]:
    return load(body, **parts).text.splitlines()


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    shown = f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{shown}</w:r>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def hidden(loaded: Loaded) -> list[str]:
    return [span.of(loaded.text) for span in loaded.hidden]
