"""What a loader makes of a file: its text, and what the page showed that text alone cannot say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text as it stands at ``span`` of the loaded text.

    Attributes:
        address: as spreadsheets name it (``B7``).
    """

    text: str
    span: Span
    address: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet of cells; empty cells are left out, rows keep their order.

    Every cell a merged range covers bears the range's words and their one span.

    Attributes:
        sheet: its name; None where the format has no sheets.
    """

    sheet: str | None
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The text of a file; all spans are code-point offsets into it.

    Attributes:
        text: everything the file says, hidden stretches included.
        hidden: stretches a reader of the page would not see (white on white, off the page,
            marked hidden); kept in the raw text, never read or indexed.
        doubtful: stretches that were recognised, not read, with the recogniser's confidence
            (0..1) where it is below certainty.
        warnings: doubts about the file as a whole.
        grids: tables of a spreadsheet, for registers.
    """

    text: str
    hidden: tuple[Span, ...] = ()
    doubtful: tuple[tuple[Span, float], ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()
    grids: tuple[Grid, ...] = ()


Progress: TypeAlias = Callable[[int, int], None]
"""Told after each page that took long: pages done, pages in all."""

Loader: TypeAlias = Callable[[bytes, str, Progress], Loaded]
"""Bytes and the file's name in; raises ``InputRefused`` with a ``file.*`` code."""


def silent(_done: int, _pages: int) -> None:
    """Progress nobody watches."""
