"""Rows of ruled tables as lines, whole even where a page ends in the middle of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.reading.loaders.pdf_shapes import Box
from knowledge.reading.page_lines import PageLine

_NEAR = 3.0
"""Points by which edges overleaf may miss those above."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its cells' texts from the left; a cell merged over rows stands in its first.

    Attributes:
        page: 0-based.
        box: of the row.
        edges: left edges of its cells and the right edge of the last.
    """

    cells: tuple[str, ...]
    page: int
    box: Box
    edges: tuple[float, ...]


def joined_rows(pages: Sequence[list[TableRow]]) -> list[list[TableRow]]:
    """Rows by page, where a row broken by the end of a page stands whole on the first.

    The rest of such a row stands on top of the next page between the same edges: more of one
    cell, and no label. Where several cells go on it may be a row of its own: it stays one.
    """
    whole = [list(rows) for rows in pages]
    held: list[TableRow] = []
    for found in whole:
        while held and found and _broken(held[-1], found[0]):
            held[-1] = _continued(held[-1], found.pop(0))
        held = found or held
    return whole


def _broken(row: TableRow, rest: TableRow) -> bool:
    if len(row.edges) != len(rest.edges) or not row.cells[0] or rest.cells[0]:
        return False
    more = [bool(cell) for cell in rest.cells]
    if sum(more) != 1 or not row.cells[more.index(True)]:
        return False
    pairs = zip(row.edges, rest.edges, strict=True)
    return all(abs(one - other) <= _NEAR for one, other in pairs)


def _continued(row: TableRow, rest: TableRow) -> TableRow:
    parts = zip(row.cells, rest.cells, strict=True)
    return replace(row, cells=tuple(f"{cell}{_rest(cell, more)}" for cell, more in parts))


def _rest(cell: str, more: str) -> str:
    return f"\n{more}" if cell and more and cell[-1] in "。！？；：" else more


def row_lines(row: TableRow) -> Iterator[PageLine]:
    """A row as lines that nothing joins: cells parted by tabs; a long cell keeps its lines."""
    text = "\t".join(row.cells).rstrip("\t")
    box = row.box
    for line in text.split("\n"):
        if line.strip():
            yield PageLine(line.rstrip(), row.page, box.x0, box.x1, box.top, box.bottom, alone=True)
