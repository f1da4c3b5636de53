"""Lines on a page in the order a reader takes them: rows, and cells of tables side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from statistics import median

from knowledge.domain.text import Span
from knowledge.reading.page_lines import PageLine
from knowledge.reading.recognition.frames import Glyph, Strip
from knowledge.reading.recognition.inks import Mask
from knowledge.reading.recognition.marks import unsigned, with_marks
from knowledge.reading.recognition.rulings import Cell, table_rows
from knowledge.reading.recognition.slips import mended

_OVERLAP = 0.5
_WORDS = 0.5
_COLUMNS = 2.0
"""Gaps in characters: a blank between words; so wide that both sides are on their own."""
_WIDE_ONLY = re.compile(r"[\u2e80-\u9fff]{4,}")
_USUAL_EM = 0.72
"""Width of a character by the height of its line, where no line is long enough to measure."""
_BEGINS = re.compile(r"\d{1,2}[.．、](?!\d)|[（(]?[一二三四五六七八九十]{1,3}[、)）]")
_CELL_FULL = 1.8
_SURE = 0.9
"""Of characters below this every fourth was wrong on bad scans, above it one in 170."""
_MOSTLY = 0.4


@dataclass(frozen=True, slots=True)
class Laid:
    """A page's lines in reading order, in pixels of the straight frame.

    Attributes:
        unreadable: rows whose boxes could not be judged.
    """

    lines: list[PageLine]
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class _Sheet:
    mask: Mask
    em: float
    page: int


def laid_out(strips: Sequence[Strip], cells: Sequence[Cell], mask: Mask, page: int) -> Laid:
    """Lines of a page; a row of a table is one line, its cells parted by tabs.

    Args:
        strips: what was recognised, in the straight frame.
        cells: cells of ruled tables.
        mask: the ink of the page.
        page: its 0-based number.
    """
    sheet = _Sheet(mask, em_of(strips), page)
    parts = _by_cell(strips, cells)
    rows = list(_table_lines(parts, cells, sheet))
    edges = (0.0, float(mask.shape[1]))
    loose = _rows(parts.get(None, []))
    rows += [_line([_told(row, edges, sheet)], sheet, alone=False) for row in loose]
    unreadable = sum(missed for _, missed in rows)
    lines = [line for line, _ in rows if line is not None]
    return Laid(sorted(lines, key=lambda line: line.top), unreadable)


def em_of(strips: Sequence[Strip]) -> float:
    """Usual width of a Chinese character on a page."""
    steps = [
        (strip.glyphs[-1].x - strip.glyphs[0].x) / (len(strip.glyphs) - 1)
        for strip in strips
        if _WIDE_ONLY.fullmatch(strip.text)
    ]
    if steps:
        return max(median(steps), 1.0)
    heights = [strip.height for strip in strips]
    return max(median(heights) * _USUAL_EM, 1.0) if heights else 1.0


def _by_cell(strips: Sequence[Strip], cells: Sequence[Cell]) -> dict[Cell | None, list[Strip]]:
    """Strips by the cell they stand in; one across several cells is cut at their edges."""
    parts: dict[Cell | None, list[Strip]] = {}
    for strip in strips:
        crossed = [cell for cell in cells if _crosses(strip, cell)]
        if len(crossed) <= 1:
            parts.setdefault(crossed[0] if crossed else None, []).append(strip)
            continue
        for cell, part in _cut(strip, crossed):
            parts.setdefault(cell, []).append(part)
    return parts


def _cut(strip: Strip, cells: Sequence[Cell]) -> Iterator[tuple[Cell, Strip]]:
    """The parts of a strip by cell; what stands on a ruling line goes to the nearer side."""
    ordered = sorted(cells, key=lambda cell: cell.x0)
    middles = [(left.x1 + right.x0) / 2 for left, right in pairwise(ordered)]
    edges = pairwise([-inf, *middles, inf])
    for cell, (left, right) in zip(ordered, edges, strict=True):
        part = strip.cut(left, right)
        if part is not None:
            yield cell, part


def _crosses(strip: Strip, cell: Cell) -> bool:
    if not cell.y0 <= strip.middle < cell.y1:
        return False
    return any(cell.x0 <= glyph.x < cell.x1 for glyph in strip.glyphs)


def _table_lines(
    parts: dict[Cell | None, list[Strip]], cells: Sequence[Cell], sheet: _Sheet
) -> Iterator[tuple[PageLine | None, int]]:
    for row in table_rows(cells):
        told = [_cell(parts.get(cell, []), cell, sheet) for cell in row]
        yield _line(told, sheet, alone=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """Strips that read as one text, with the glue between them."""

    pieces: list[tuple[str, Strip]]
    unreadable: int = 0
    apart: bool = False


def _cell(strips: Sequence[Strip], cell: Cell, sheet: _Sheet) -> _Told:
    """All rows of a cell as one text; boxes count only where all of the cell are told."""
    rows = list(_rows(strips))
    told = [_told(row, (cell.x0, cell.x1), sheet) for row in rows]
    unreadable = sum(part.unreadable for part in told)
    if unreadable:
        bare = [list(unsigned(row)) for row in rows]
        told = [_pieces(row, sheet) for row in bare if row]
    pieces: list[tuple[str, Strip]] = []
    for part in told:
        glue = _below(pieces[-1][1], part.pieces[0][1], cell, sheet.em) if pieces else ""
        pieces += [(glue, part.pieces[0][1]), *part.pieces[1:]]
    return _Told(pieces, unreadable)


def _below(above: Strip, strip: Strip, cell: Cell, em: float) -> str:
    """Between two rows of a cell: nothing where the first ran to the edge or is a label."""
    room = (cell.x1 - above.x1) / em
    centred = abs((cell.x0 + cell.x1) - (above.x0 + above.x1)) < em
    if _BEGINS.match(strip.text) is not None:
        return " "
    return "" if room < _CELL_FULL or centred else " "


def _told(row: Sequence[Strip], edges: tuple[float, float], sheet: _Sheet) -> _Told:
    """One visual row with its boxes and blanks."""
    marked = with_marks(row, sheet.mask, edges, sheet.em)
    return replace(_pieces(marked.strips, sheet), unreadable=int(marked.unreadable))


def _pieces(row: Sequence[Strip], sheet: _Sheet) -> _Told:
    pieces: list[tuple[str, Strip]] = []
    widest = 0.0
    for strip in row:
        gap = (strip.x0 - pieces[-1][1].x1) / sheet.em if pieces else 0.0
        widest = max(widest, gap)
        pieces.append(("  " if gap > _COLUMNS else " " if gap > _WORDS else "", strip))
    return _Told(pieces, apart=widest > _COLUMNS)


def _rows(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    """Strips that stand side by side, from left to right; rows from top to bottom."""
    row: list[Strip] = []
    for strip in sorted(strips, key=lambda strip: strip.middle):
        if row and not _beside(row[-1], strip):
            yield sorted(row, key=lambda strip: strip.x0)
            row = []
        row.append(strip)
    if row:
        yield sorted(row, key=lambda strip: strip.x0)


def _beside(left: Strip, right: Strip) -> bool:
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    return shared > _OVERLAP * min(left.height, right.height)


def _line(told: Sequence[_Told], sheet: _Sheet, *, alone: bool) -> tuple[PageLine | None, int]:
    """A line of the page from the texts of its cells, with the doubts of its characters."""
    text = ""
    doubts: list[tuple[Span, float]] = []
    strips: list[Strip] = []
    for index, part in enumerate(told):
        text += "\t" if index else ""
        for glue, strip in part.pieces:
            text += glue
            doubts += [(span.shifted(len(text)), sure) for span, sure in _doubts(strip.glyphs)]
            text += strip.text
            strips.append(strip)
    unreadable = sum(part.unreadable for part in told)
    if not strips:
        return None, unreadable
    blank = len(text) - len(text.lstrip())
    line = PageLine(
        mended(text.strip()),
        sheet.page,
        min(strip.x0 for strip in strips),
        max(strip.x1 for strip in strips),
        median(strip.top for strip in strips) if not alone else min(strip.top for strip in strips),
        median(strip.bottom for strip in strips) if not alone else max(s.bottom for s in strips),
        alone=alone or any(part.apart for part in told),
        doubts=tuple(_shifted(doubts, -blank, len(text.strip()))),
    )
    return line, unreadable


def _shifted(
    doubts: Sequence[tuple[Span, float]], by: int, length: int
) -> Iterator[tuple[Span, float]]:
    for span, sure in doubts:
        start, end = max(span.start + by, 0), min(span.end + by, length)
        if start < end:
            yield Span(start, end), sure


def _doubts(glyphs: Sequence[Glyph]) -> Iterator[tuple[Span, float]]:
    """Characters the recogniser was unsure of; a line it was mostly unsure of as a whole."""
    told = [glyph.confidence for glyph in glyphs if glyph.text.isalnum()]
    unsure = [confidence for confidence in told if confidence < _SURE]
    if len(unsure) > 1 and len(unsure) >= len(told) * _MOSTLY:
        yield Span(0, len(glyphs)), sum(told) / len(told)
        return
    for index, glyph in enumerate(glyphs):
        if glyph.confidence < _SURE and glyph.text.isalnum():
            yield Span(index, index + 1), glyph.confidence
