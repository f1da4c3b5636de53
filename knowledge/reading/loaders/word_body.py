"""Word's blocks in document order: paragraphs, tables, and the boxes anchored in them."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.reading.loaders.elements import Element
from knowledge.reading.loaders.word_names import MC, W, child_value
from knowledge.reading.loaders.word_numbering import Numbering
from knowledge.reading.loaders.word_styles import Styles, is_dark
from knowledge.reading.loaders.word_text import Writer, bare

_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "sdtPr", "sdtEndPr", "altChunk", "sectPr", "tblPr")
)
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class Body:
    """Reads blocks; lists are counted across everything it reads."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._writer = Writer(styles)

    def lines(self, parent: Element, *, dark: bool = False) -> Iterator[str]:
        """One line a paragraph, one a table row with tabs; hidden stretches are marked."""
        held = ""
        for block in _blocks(parent):
            if block.tag == f"{W}tbl":
                yield from [held] if held else []
                held = ""
                yield from self._rows(block, dark=dark)
            elif _mark_deleted(block):
                # Without its mark a paragraph goes on in the next one.
                held += self._writer.paragraph(block, dark=dark)
            else:
                yield from self._paragraph(block, held, dark=dark)
                held = ""
            yield from self._boxes()
        if held:
            yield held

    def _paragraph(self, paragraph: Element, held: str, *, dark: bool) -> Iterator[str]:
        text = held + self._writer.paragraph(paragraph, dark=dark)
        seen = bare(text).strip()
        # A paragraph nobody sees takes no number; an empty one counts but shows none.
        label = self._numbering.label(paragraph) if seen or not text.strip() else ""
        yield from f"{label if seen else ''}{text}".split("\n")

    def _boxes(self) -> Iterator[str]:
        boxes, self._writer.boxes = self._writer.boxes, []
        for box, dark in boxes:
            yield from self.lines(box, dark=dark)

    def _rows(self, table: Element, *, dark: bool) -> Iterator[str]:
        properties = table.find(f"{W}tblPr")
        shaded = is_dark(properties) or self._styles.shades(child_value(properties, "tblStyle"))
        for row in _own(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = list(_own(row, f"{W}tc"))
            if len(cells) == 1:
                # A frame around text, not a table: its paragraphs stay apart.
                yield from self._framed(cells[0], dark=dark or bool(shaded))
                continue
            texts = [self._cell(cell, dark=dark or bool(shaded)) for cell in cells]
            if any(texts):
                yield "\t".join(texts)

    def _framed(self, cell: Element, *, dark: bool) -> Iterator[str]:
        ground = is_dark(cell.find(f"{W}tcPr"))
        if not _continues(cell):
            lines = self.lines(cell, dark=dark if ground is None else ground)
            yield from (line for line in lines if line.strip())

    def _cell(self, cell: Element, *, dark: bool) -> str:
        if _continues(cell) or cell.find(f"{W}tcPr/{W}cellDel") is not None:
            return ""
        ground = is_dark(cell.find(f"{W}tcPr"))
        lines = (line.strip() for line in self.lines(cell, dark=dark if ground is None else ground))
        return " ".join(line.replace("\t", " ") for line in lines if line)

    def notes(self, root: Element, dropped: set[str]) -> Iterator[str]:
        """Footnotes or endnotes, one line each, without those of deleted text."""
        for note in root:
            if note.get(f"{W}type") in _SEPARATORS or note.get(f"{W}id") in dropped:
                continue
            text = " ".join(line.strip() for line in self.lines(note) if line.strip())
            if text:
                yield f"注：{text}"


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables right below, whatever wraps them."""
    for child in parent:
        tag = child.tag
        if tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif tag == f"{MC}AlternateContent":
            yield from _version(child)
        elif tag not in _SKIPPED and isinstance(tag, str) and not _is_placeholder(child):
            yield from _blocks(child)


def _version(element: Element) -> list[Element]:
    none: list[Element] = []
    return next((blocks for version in element if (blocks := list(_blocks(version)))), none)


def _is_placeholder(element: Element) -> bool:
    return element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _own(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those of tables inside left out."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _own(child, tag)


def _mark_deleted(paragraph: Element) -> bool:
    marks = (paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") for name in ("del", "moveFrom"))
    return any(mark is not None for mark in marks)


def _continues(cell: Element) -> bool:
    """Whether a cell only continues the one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"
