"""A register that stands in a text as lines with tabs: pasted, or a table of another file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.domain.text import Span
from knowledge.reading.loaded import Cell, Grid
from knowledge.reading.loaders.sheet_text import letter

_LINE = re.compile(r"[^\n]+")
_FEWEST_TABS = 2
_FEWEST_ROWS = 3
_LONGEST_TITLE = 60
_TITLES = 2
_SHARE = 0.7
_MOST_UNSEEN = 200


def text_grid(text: str, unseen: Sequence[Span]) -> Grid | None:
    """The one table most of a text is made of, its title above it; None without such a table.

    Cells are where the tabs put them, so a table whose headings span several columns gives
    none: its columns cannot be told.
    """
    if len(unseen) > _MOST_UNSEEN or text.count("\t") < _FEWEST_TABS * _FEWEST_ROWS:
        return None
    lines = [match for match in _LINE.finditer(text) if match.group().strip()]
    wide = [index for index, line in enumerate(lines) if line.group().count("\t") >= _FEWEST_TABS]
    if len(wide) < _FEWEST_ROWS:
        return None
    table = lines[wide[0] : wide[-1] + 1]
    size = sum(len(line.group()) for line in table if "\t" in line.group())
    if size < _SHARE * sum(len(line.group()) for line in lines) or not _even(table):
        return None
    above = lines[max(0, wide[0] - _TITLES) : wide[0]]
    titles = [line for line in above if len(line.group().strip()) <= _LONGEST_TITLE]
    rows = enumerate([*titles, *table], 1)
    cells = (tuple(_seen(_cells(line, index), unseen)) for index, line in rows)
    return Grid(None, tuple(row for row in cells if row))


def _seen(cells: Iterator[Cell], unseen: Sequence[Span]) -> Iterator[Cell]:
    """Cells without those a reader of the page sees nothing or only a part of."""
    for cell in cells:
        if not any(span.start < cell.span.end and cell.span.start < span.end for span in unseen):
            yield cell


def _even(table: Sequence[re.Match[str]]) -> bool:
    """Whether no row is wider than the first, which holds the headings."""
    widths = [len(line.group().rstrip().split("\t")) for line in table]
    return max(widths) == widths[0]


def _cells(line: re.Match[str], row: int) -> Iterator[Cell]:
    at = line.start()
    for column, part in enumerate(line.group().split("\t"), 1):
        bare = part.strip()
        if bare:
            start = at + len(part) - len(part.lstrip())
            span = Span(start, start + len(bare))
            yield Cell(bare, span, f"{letter(column)}{row}")
        at += len(part) + 1
