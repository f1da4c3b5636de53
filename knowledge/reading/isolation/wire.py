"""A ``Loaded`` as JSON and back; the text itself travels as bytes beside it."""

from __future__ import annotations

from typing import Any

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Span
from knowledge.reading.isolation.frames import Header
from knowledge.reading.loaded import Cell, Grid, Loaded


def to_wire(loaded: Loaded) -> Header:
    """Everything but the text; a cell's text is left out where its span says it."""
    return {
        "hidden": [_pair(span) for span in loaded.hidden],
        "doubtful": [[*_pair(span), sure] for span, sure in loaded.doubtful],
        "warnings": [
            [note.code, _pair(note.span) if note.span else None, note.details]
            for note in loaded.warnings
        ],
        "grids": [
            [grid.sheet, [[_cell(cell, loaded.text) for cell in row] for row in grid.rows]]
            for grid in loaded.grids
        ],
    }


def from_wire(header: dict[str, Any], text: str) -> Loaded:
    """What ``to_wire`` was given.

    Raises:
        KeyError, TypeError, ValueError: the header is none of ours.
    """
    return Loaded(
        text,
        hidden=tuple(Span(start, end) for start, end in header["hidden"]),
        doubtful=tuple((Span(start, end), sure) for start, end, sure in header["doubtful"]),
        warnings=tuple(
            ReadingWarning(code, Span(*span) if span else None, dict(details))
            for code, span, details in header["warnings"]
        ),
        grids=tuple(
            Grid(sheet, tuple(tuple(_uncell(cell, text) for cell in row) for row in rows))
            for sheet, rows in header["grids"]
        ),
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _cell(cell: Cell, text: str) -> list[object]:
    spelled = [] if cell.span.of(text) == cell.text else [cell.text]
    return [*_pair(cell.span), cell.address, *spelled]


def _uncell(cell: list[Any], text: str) -> Cell:
    start, end, address, *spelled = cell
    span = Span(start, end)
    return Cell(spelled[0] if spelled else span.of(text), span, address)
