"""Word files: paragraphs, tables, text boxes, numbers and notes in document order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from knowledge.errors import InputRefused
from knowledge.reading.loaders.elements import Element, parse_xml
from knowledge.reading.loaders.word_numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_LARGEST = 200 * 1024 * 1024
_RATIO = 200
_SMALL_PART = 10 * 1024 * 1024
_MAXIMUM_PARTS = 5000
_BOXES = {"\uf052": "☑", "\uf0fe": "☑", "\uf0a3": "□", "\uf06f": "□", "\uf0a8": "□", "\uf0fc": "√"}
_SYMBOLS = {"F052": "☑", "F0FE": "☑", "F0A3": "□", "F06F": "□", "F0A8": "□", "F0FC": "√"}
_SKIPPED = frozenset(
    f"{_W}{name}"
    for name in (
        "del",
        "moveFrom",
        "delText",
        "pPr",
        "rPr",
        "instrText",
        "tblPr",
        "tcPr",
        "trPr",
        "sdtPr",
    )
) | {f"{_MC}Fallback"}


def load_docx(data: bytes, name: str) -> str:
    """Accepted text: one line a paragraph, one a table row with tabs, notes at the end.

    Raises:
        InputRefused: ``file.damaged`` (no package, no document part, an entity or a bomb),
            ``file.encrypted``, ``file.no_text``.
    """
    parts = _parts(data, name)
    document = parts.get("word/document.xml")
    if document is None:
        raise InputRefused("file.damaged", name=name)
    numbering = Numbering(_xml(parts.get("word/numbering.xml"), name))
    numbering.add_styles(_xml(parts.get("word/styles.xml"), name))
    body = _xml(document, name)
    lines = [] if body is None else list(_blocks(body, numbering))
    notes = (_xml(parts.get(f"word/{part}notes.xml"), name) for part in ("foot", "end"))
    lines += [line for root in notes if root is not None for line in _notes(root, numbering)]
    if not any(line.strip() for line in lines):
        raise InputRefused("file.no_text", name=name)
    return "\n".join(lines) + "\n"


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    wanted = {
        f"word/{part}.xml" for part in ("document", "numbering", "styles", "footnotes", "endnotes")
    }
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_sizes(members, name)
            return {
                item.filename: archive.read(item) for item in members if item.filename in wanted
            }
    except RuntimeError as error:
        raise InputRefused("file.encrypted", name=name) from error
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise InputRefused("file.damaged", name=name) from error
    except Exception as error:
        # zlib.error and struct.error have no common base; whatever it is, the package is broken.
        if isinstance(error, InputRefused):
            raise
        raise InputRefused("file.damaged", name=name) from error


def _check_sizes(members: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(item.file_size for item in members)
    bomb = any(
        item.file_size > _SMALL_PART and item.file_size > _RATIO * max(item.compress_size, 1)
        for item in members
    )
    if total > _LARGEST or bomb or len(members) > _MAXIMUM_PARTS:
        raise InputRefused("file.damaged", name=name, reason="bomb")


def _xml(data: bytes | None, name: str) -> Element | None:
    return None if data is None else parse_xml(data, name)


def _blocks(parent: Element, numbering: Numbering) -> Iterator[str]:
    """Lines of paragraphs and tables; text boxes follow the paragraph that anchors them."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, numbering)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, numbering)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child, numbering)


def _paragraph(paragraph: Element, numbering: Numbering) -> Iterator[str]:
    label = numbering.label(paragraph)
    text = "".join(_inline(paragraph))
    for index, line in enumerate(text.split("\n")):
        yield f"{label}{line}" if index == 0 and line.strip() else line
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not _in_fallback(box):
            yield from _blocks(box, numbering)


def _in_fallback(element: Element) -> bool:
    return any(True for _ in element.iterancestors(f"{_MC}Fallback", f"{_W}del"))


def _inline(element: Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or tag == f"{_W}txbxContent":
            continue
        if tag == f"{_W}t":
            yield "".join(_BOXES.get(mark, mark) for mark in child.text or "")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            yield "\t"
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}sym":
            yield _SYMBOLS.get((child.get(f"{_W}char") or "").upper(), "")
        elif tag == f"{_W14}checkbox":
            continue
        else:
            yield from _inline(child)


def _rows(table: Element, numbering: Numbering) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells = [_cell(cell, numbering) for cell in row.iter(f"{_W}tc") if _row_of(cell) is row]
        if any(cells):
            yield "\t".join(cells)


def _row_of(cell: Element) -> Element | None:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _cell(cell: Element, numbering: Numbering) -> str:
    if cell.find(f"{_W}tcPr/{_W}vMerge") is not None and _continues(cell):
        return ""
    lines = (line.strip() for line in _blocks(cell, numbering))
    return " ".join(line.replace("\t", " ") for line in lines if line)


def _continues(cell: Element) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _notes(root: Element, numbering: Numbering) -> Iterator[str]:
    for note in root:
        if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        text = " ".join(line.strip() for line in _blocks(note, numbering) if line.strip())
        if text:
            yield f"注：{text}"
