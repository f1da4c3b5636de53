"""The registers of a loaded file: the one door for readers and for the import of cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.domain.registers import Register
from knowledge.reading.loaded import Grid, Loaded
from knowledge.reading.registers.layout import Layout, find_layout
from knowledge.reading.registers.rows import RegisterRow, read_rows
from knowledge.reading.registers.text_tables import text_grid


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A grid that names cases by row."""

    grid: Grid
    layout: Layout

    @property
    def register(self) -> Register:
        """How its columns were understood."""
        return self.layout.register

    def rows(self) -> Iterator[RegisterRow]:
        """Its cases, typed, in order."""
        return read_rows(self.layout)


def find_registers(loaded: Loaded) -> tuple[RegisterTable, ...]:
    """The registers among a file's grids, in order; without grids, the one its text is."""
    grids = loaded.grids
    if not grids:
        table = text_grid(loaded.text, loaded.hidden)
        grids = () if table is None else (table,)
    found = ((grid, find_layout(grid)) for grid in grids)
    return tuple(RegisterTable(grid, layout) for grid, layout in found if layout is not None)
