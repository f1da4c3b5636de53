"""Tables of forms: the lines ruled on a page say which characters belong to one cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.reading.loaders.paragraphs import flowing_text
from knowledge.reading.loaders.pdf_lines import row_line, rows
from knowledge.reading.loaders.pdf_rows import TableRow
from knowledge.reading.loaders.pdf_shapes import Box, Glyph

_NEAR = 3.0
"""Points by which lines that meet may miss each other."""
_SHORTEST = 5.0
_COVERED = 0.5
_MOST_LINES = 1200
_MOST_CELLS = 20_000
_NARROW = 7.0
_LONG = 24
_PADDING = 8.0
_MANY = 3
_SPREAD = re.compile(r"[\u4e00-\u9fff](?:[ \t\u3000]+[\u4e00-\u9fff]){1,9}")


@dataclass(slots=True)
class _Rule:
    """A line along one axis: its place on the other axis, its ends, and its group."""

    at: float
    start: float
    end: float
    group: int = 0


@dataclass(slots=True)
class _Table:
    """Edges of the smallest cells, and which of those are one cell (row by row)."""

    xs: list[float]
    ys: list[float]
    cells: list[list[int]]
    glyphs: dict[int, list[Glyph]] = field(default_factory=lambda: defaultdict(list))

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def sides(self) -> dict[int, tuple[float, float]]:
        """Left and right edge of each cell."""
        found: dict[int, tuple[float, float]] = {}
        for row in self.cells:
            for at, cell in enumerate(row):
                left, right = found.get(cell, (self.xs[at], self.xs[at + 1]))
                found[cell] = (min(left, self.xs[at]), max(right, self.xs[at + 1]))
        return found

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell a point lies in."""
        if not self.box.holds(x, y):
            return None
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        return self.cells[row][column]


def read_tables(
    rules: Sequence[Box], glyphs: Sequence[Glyph], page: int
) -> tuple[list[TableRow], list[Glyph]]:
    """Rows of all ruled tables with text in them, from the top, and the characters outside."""
    tables = _tables(rules)
    outside: list[Glyph] = []
    for glyph in glyphs:
        held = next((table for table in tables if table.box.holds(glyph.x, glyph.y)), None)
        cell = None if held is None or glyph.unseen else held.cell_at(glyph.x, glyph.y)
        if held is None or cell is None:
            outside.append(glyph)
        else:
            held.glyphs[cell].append(glyph)
    return [row for table in tables for row in _rows(table, page)], outside


def _rows(table: _Table, page: int) -> Iterator[TableRow]:
    sides = table.sides()
    texts = {cell: _cell_text(glyphs, page, sides[cell]) for cell, glyphs in table.glyphs.items()}
    done: set[int] = set()
    for at, cells in enumerate(table.cells):
        new = [cell for cell in dict.fromkeys(cells) if cell not in done]
        done.update(new)
        values = tuple(texts.get(cell, "") for cell in new)
        box = Box(table.xs[0], table.ys[at], table.xs[-1], table.ys[at + 1])
        edges = (*(sides[cell][0] for cell in new), table.xs[-1])
        if any(values):
            yield TableRow(values, page, box, edges)


def _cell_text(glyphs: Sequence[Glyph], page: int, sides: tuple[float, float]) -> str:
    """A cell's text: one line where its paragraphs are few and short, else one each."""
    found = (row_line(row, page) for row in rows(glyphs))
    lines = [line for line in found if line is not None]
    if not lines:
        return ""
    if sides[1] - sides[0] < _NARROW * max(line.height for line in lines):
        return _bare("".join(line.text for line in lines))
    # A cell keeps the same room from both its sides.
    padding = max(min(line.x0 for line in lines) - sides[0], 0.0)
    edges = (sides[0] + padding, sides[1] - min(padding, _PADDING))
    paragraphs = [_bare(text) for text in flowing_text(lines, edges).text.splitlines()]
    long = len(paragraphs) > _MANY or any(len(text) > _LONG for text in paragraphs)
    return ("\n" if long else " ").join(paragraphs)


def _bare(text: str) -> str:
    """A label spread over its cell without the room between its characters."""
    text = text.replace("\t", " ")
    return "".join(text.split()) if _SPREAD.fullmatch(text) else text


def _tables(rules: Sequence[Box]) -> list[_Table]:
    across = _lines([(r.top + r.bottom, r.x0, r.x1) for r in rules if r.width >= r.height])
    upright = _lines([(r.x0 + r.x1, r.top, r.bottom) for r in rules if r.height > r.width])
    if max(len(across), len(upright)) > _MOST_LINES:
        return []
    _group(across, upright)
    tables: list[_Table] = []
    for group in sorted({line.group for line in upright}):
        found = _table(
            [line for line in across if line.group == group],
            [line for line in upright if line.group == group],
        )
        if found is not None:
            tables.append(found)
    tables.sort(key=lambda table: -table.box.width * table.box.height)
    outer = [table for at, table in enumerate(tables) if not _inside(table, tables[:at])]
    return sorted(outer, key=lambda table: table.ys[0])


def _inside(table: _Table, larger: Sequence[_Table]) -> bool:
    x, y = (table.xs[0] + table.xs[-1]) / 2, (table.ys[0] + table.ys[-1]) / 2
    return any(other.box.holds(x, y) for other in larger)


def _lines(pieces: Sequence[tuple[float, float, float]]) -> list[_Rule]:
    """Pieces (twice their place, their ends) that lie on one line and touch, as one."""
    found: list[_Rule] = []
    for double, start, end in sorted(pieces, key=lambda piece: (round(piece[0] / 4), piece[1])):
        at = double / 2
        last = found[-1] if found else None
        if last and abs(last.at - at) <= _NEAR and start <= last.end + _NEAR:
            last.end = max(last.end, end)
        else:
            found.append(_Rule(at, start, end))
    return [line for line in found if line.end - line.start > _SHORTEST]


class _Sets:
    """Numbers that belong together, told pair by pair."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, number: int) -> int:
        """The least number of its set."""
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        """One set from two."""
        low, high = sorted((self.of(one), self.of(other)))
        self._above[high] = low


def _group(across: Sequence[_Rule], upright: Sequence[_Rule]) -> None:
    """Lines that cross, directly or over others, get one group."""
    sets = _Sets(len(across) + len(upright))
    for number, one in enumerate(across):
        for following, other in enumerate(upright, len(across)):
            if _meet(one, other):
                sets.join(number, following)
    for number, line in enumerate((*across, *upright)):
        line.group = sets.of(number)


def _meet(across: _Rule, upright: _Rule) -> bool:
    return (
        across.start - _NEAR <= upright.at <= across.end + _NEAR
        and upright.start - _NEAR <= across.at <= upright.end + _NEAR
    )


def _table(across: Sequence[_Rule], upright: Sequence[_Rule]) -> _Table | None:
    """The cells between lines that cross; None when they enclose fewer than two."""
    if len(across) < 2 or len(upright) < 2:  # noqa: PLR2004 - two lines each way enclose a cell
        return None
    xs = _places([*(line.at for line in upright), *_ends(across)])
    ys = _places([*(line.at for line in across), *_ends(upright)])
    if not 1 < (len(xs) - 1) * (len(ys) - 1) < _MOST_CELLS:
        return None
    cells = _merged(xs, ys, across, upright)
    return _Table(xs, ys, cells) if len({cell for row in cells for cell in row}) > 1 else None


def _ends(lines: Sequence[_Rule]) -> tuple[float, float]:
    return min(line.start for line in lines), max(line.end for line in lines)


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _merged(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[_Rule], upright: Sequence[_Rule]
) -> list[list[int]]:
    """Numbers of cells, row by row: smallest cells without a line between them share one."""
    width, height = len(xs) - 1, len(ys) - 1
    sets = _Sets(width * height)
    for row in range(height):
        for column in range(width):
            cell = row * width + column
            beside = column + 1 < width
            if beside and not _ruled(upright, xs[column + 1], ys[row], ys[row + 1]):
                sets.join(cell, cell + 1)
            below = row + 1 < height
            if below and not _ruled(across, ys[row + 1], xs[column], xs[column + 1]):
                sets.join(cell, cell + width)
    return [[sets.of(row * width + column) for column in range(width)] for row in range(height)]


def _ruled(lines: Sequence[_Rule], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(min(line.end, end) - max(line.start, start), 0.0)
        for line in lines
        if abs(line.at - at) <= _NEAR
    )
    return covered > _COVERED * (end - start)
