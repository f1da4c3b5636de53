"""Tables with a row a case: which column was understood as what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register.

    Attributes:
        letter: as spreadsheets name it: A, B, ... AA.
        header: its heading as printed, lines joined.
        field: the field of ``RecordFields`` it fills; None when it is kept under its own name.
    """

    letter: str
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Register:
    """A row-per-case table.

    Attributes:
        sheet: the sheet's name; None where the format has no sheets.
        header_row: 1-based number of the row that holds the headings.
        rows: how many cases were read.
        columns: from left to right, columns without a heading left out.
    """

    sheet: str | None
    header_row: int
    rows: int
    columns: tuple[Column, ...]
