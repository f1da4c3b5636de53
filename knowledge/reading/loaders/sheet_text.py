"""Sheets as text: a line a row, and every cell still knows where its words stand."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Span
from knowledge.errors import InputRefused
from knowledge.reading.loaded import Cell, Grid, Loaded
from knowledge.reading.loaders.hidden import hidden_warnings

MOST_ROWS = 200_000
MOST_CHARACTERS = 5_000_000
_BREAKS = re.compile(r"[ \t]*[\t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+\s*")
_LETTERS = 26
_MOST_FILLED = 20_000_000
_MOST_OPEN = 500
"""More merged ranges than this cross no honest row."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns count from 1, edges are inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Row:
    """A row's cells that say something: column (from 1) and text."""

    index: int
    cells: list[tuple[int, str]]
    hidden: bool = False


@dataclass(slots=True)
class Sheet:
    """A sheet as read from any format.

    Attributes:
        cut: how many rows were read when a bound was met; None when all were.
    """

    name: str | None
    rows: list[Row] = field(default_factory=list[Row])
    merges: list[Merge] = field(default_factory=list[Merge])
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    cut: int | None = None


def one_line(text: str) -> str:
    """A cell's text on one line: line breaks and tabs inside it are blanks."""
    return _BREAKS.sub(" ", text).strip()


def letter(column: int) -> str:
    """1 -> A, 27 -> AA."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        text = chr(ord("A") + rest) + text
    return text


class Budget:
    """Rows and characters left to read before a file is long enough."""

    def __init__(self, rows: int = MOST_ROWS, characters: int = MOST_CHARACTERS) -> None:
        self._rows = rows
        self._characters = characters

    def takes(self, cells: Sequence[tuple[int, str]]) -> bool:
        """Whether another row fits; it is counted."""
        self._rows -= 1
        self._characters -= sum(len(text) + 1 for _, text in cells)
        return self._rows >= 0 and self._characters >= 0


def assembled(sheets: Sequence[Sheet], name: str) -> Loaded:
    """The text of all sheets, named where there are several, and a grid of each.

    A merged range stands once in the text; in the grid each of its cells bears its words
    and their span. What is hidden stands in the text and in no grid.

    Raises:
        InputRefused: ``file.no_text`` when no visible cell says anything.
    """
    filled = [sheet for sheet in sheets if sheet.rows]
    writer = _Writer(named=sum(1 for sheet in filled if not sheet.hidden) > 1)
    grids = [writer.sheet(sheet) for sheet in filled]
    if not any(grid.rows for grid in grids):
        raise InputRefused("file.no_text", name=name)
    warnings = hidden_warnings(writer.hidden)
    warnings += [
        ReadingWarning("register.too_long", None, {"rows": str(sheet.cut)})
        for sheet in filled
        if sheet.cut is not None
    ]
    return Loaded(
        "".join(writer.parts),
        hidden=tuple(span for span, _ in writer.hidden),
        warnings=tuple(warnings),
        grids=tuple(grid for grid in grids if grid.rows),
    )


class _Writer:
    """Writes sheets behind each other and keeps count of offsets."""

    def __init__(self, *, named: bool) -> None:
        self.parts: list[str] = []
        self.hidden: list[tuple[Span, str]] = []
        self._named = named
        self._at = 0

    def _write(self, text: str) -> Span:
        span = Span(self._at, self._at + len(text))
        self.parts.append(text)
        self._at = span.end
        return span

    def sheet(self, sheet: Sheet) -> Grid:
        """Write a sheet; its grid holds visible cells only."""
        start = self._at
        if self._named and sheet.name:
            self._write(f"{one_line(sheet.name)}\n")
        layout = _Layout(sheet)
        rows = [self._row(row, sheet, layout) for row in sheet.rows]
        if sheet.hidden:
            self.hidden.append((Span(start, self._at), "sheet"))
            return Grid(sheet.name, ())
        return Grid(sheet.name, tuple(row for row in rows if row))

    def _row(self, row: Row, sheet: Sheet, layout: _Layout) -> tuple[Cell, ...]:
        start = self._at
        spans = dict(self._cells(row, layout))
        self._write("\n")
        if row.hidden:
            if not sheet.hidden:
                self.hidden.append((Span(start, self._at), "row"))
            return ()
        cells: list[Cell] = []
        for column, (text, span) in spans.items():
            if column in sheet.hidden_columns:
                if not sheet.hidden:
                    self.hidden.append((span, "column"))
            else:
                cells.append(Cell(text, span, f"{letter(column)}{row.index}"))
        return tuple(layout.filled(row.index, cells))

    def _cells(self, row: Row, layout: _Layout) -> Iterator[tuple[int, tuple[str, Span]]]:
        """Write the cells with a tab for each shown column between them."""
        tabs = 0
        before = 0
        for column, text in row.cells:
            tabs = layout.between(row.index, before, column)
            self._write("\t" * tabs)
            yield column, (text, self._write(text))
            before = column


class _Layout:
    """Which columns a sheet uses and which cells its merged ranges cover."""

    def __init__(self, sheet: Sheet) -> None:
        used = sorted({column for row in sheet.rows for column, _ in row.cells})
        self._order = {column: index for index, column in enumerate(used)}
        self._used = used
        self._hidden = sheet.hidden_columns
        self._waiting = deque(sorted(sheet.merges, key=lambda merge: (merge.top, merge.left)))
        self._open: list[tuple[Merge, Cell | None]] = []
        self._left = _MOST_FILLED
        self._across = {
            (merge.top, merge.left): merge.right
            for merge in sheet.merges
            if merge.right > merge.left
        }

    def between(self, row: int, before: int, column: int) -> int:
        """Tabs between two cells: one for each used column passed, none inside a merged range."""
        if not before:
            return self._order[column]
        edge = self._across.get((row, before), before)
        passed = self._order[column] - self._order[before]
        covered = sum(1 for other in self._used if before < other <= edge) if edge > before else 0
        return max(passed - covered, 1)

    def filled(self, row: int, cells: list[Cell]) -> list[Cell]:
        """The row with the cells its merged ranges cover."""
        if not self._waiting and not self._open:
            return cells
        held = {_column(cell): cell for cell in cells}
        self._open = [(merge, cell) for merge, cell in self._open if merge.bottom >= row]
        while self._waiting and self._waiting[0].top <= row:
            merge = self._waiting.popleft()
            if merge.bottom >= row and len(self._open) < _MOST_OPEN:
                self._open.append((merge, held.get(merge.left) if merge.top == row else None))
        self._left -= len(self._open) * len(self._used)
        for merge, cell in self._open if self._left > 0 else ():
            if cell is not None:
                for column in self._used:
                    if merge.left <= column <= merge.right and column not in self._hidden:
                        address = f"{letter(column)}{row}"
                        held.setdefault(column, Cell(cell.text, cell.span, address))
        return [held[column] for column in sorted(held)]


def _column(cell: Cell) -> int:
    column = 0
    for mark in cell.address:
        if mark.isdigit():
            break
        column = column * _LETTERS + ord(mark) - ord("A") + 1
    return column
