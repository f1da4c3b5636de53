"""A register's rows as documents: a record a row, doubts told, nothing of a cell lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from knowledge.domain.documents import (
    DocumentKind,
    ParsedDocument,
    PassageDraft,
    ReadingWarning,
    RecordFields,
)
from knowledge.domain.facts import CaseNumber, Labelled, PolicyReference
from knowledge.domain.text import Field, Span
from knowledge.reading.citations import find_policies
from knowledge.reading.demands import summary_demands
from knowledge.reading.passages import LONGEST_SENTENCE, cut
from knowledge.reading.registers.layout import Layout
from knowledge.reading.registers.rows import RegisterRow, RegisterValue, read_rows
from knowledge.reading.source import Source

_TUPLES = ("supporters", "co_handlers")
_CITES = ("《", "〔", "﹝", "[", "号)", "号）")


def register_documents(source: Source, layout: Layout) -> Iterator[ParsedDocument]:
    """A record for each case, in order; doubts stand with the row they are about."""
    seen: dict[str, tuple[int, Span]] = {}
    for row in read_rows(layout):
        warnings = [*_doubts(row), *_duplicate(row, layout, seen)]
        yield _document(source, layout, row, warnings)


def _document(
    source: Source, layout: Layout, row: RegisterRow, warnings: list[ReadingWarning]
) -> ParsedDocument:
    span = _line(source.raw, row)
    start, end = source.clean_at(span.start), source.clean_at(span.end)
    policies: tuple[Field[PolicyReference], ...] = ()
    if any(mark in source.clean[start:end] for mark in _CITES):
        policies, doubts = find_policies(source, start, end)
        warnings = [*warnings, *doubts]
    path = (layout.title.value,) if layout.title else ()
    return ParsedDocument(
        DocumentKind.RECORD,
        span,
        _fields(layout, row),
        references=policies,
        passages=tuple(_passages(source, span, path)),
        warnings=tuple(warnings),
    )


def _line(raw: str, row: RegisterRow) -> Span:
    """The row's stretch of the text: a merged cell's words may stand rows above."""
    start = raw.rfind("\n", 0, row.at) + 1
    end = raw.find("\n", row.at)
    line = raw[start : len(raw) if end < 0 else end]
    start += len(line) - len(line.lstrip())
    return Span(start, start + len(line.strip()))


def _fields(layout: Layout, row: RegisterRow) -> RecordFields:
    values: dict[str, Any] = {}
    extra: list[RegisterValue] = []
    for cell in row.cells:
        if cell.field is None or cell.value is None:
            extra.append(cell)
        elif cell.field in _TUPLES:
            values[cell.field] = (*values.get(cell.field, ()), *_parts(cell))
        elif cell.field in values:
            extra.append(cell)
        else:
            values[cell.field] = Field(cell.value, cell.span)
    summary = row.get("proposal_summary")
    if summary is not None:
        values["demands"] = tuple(_demands(summary))
    elif "title" in values:
        values["proposal_summary"] = values["title"]
    if not any(cell.field == "session" for cell in row.cells):
        values["session"] = layout.session
    return RecordFields(**values, extra=tuple(_labelled(cell) for cell in extra))


def _parts(cell: RegisterValue) -> tuple[Field[str], ...]:
    return cell.value if isinstance(cell.value, tuple) else ()


def _demands(summary: RegisterValue) -> Iterator[Field[str]]:
    """Asks of a cell, which is read as the text of its own it is."""
    cell = Source(summary.literal)
    for demand in summary_demands(cell, 0, len(cell.clean)):
        span = demand.span
        yield replace(demand, span=span.shifted(summary.span.start) if span else None)


def _labelled(cell: RegisterValue) -> Field[Labelled]:
    return Field(Labelled(cell.header, cell.literal), cell.span)


def _doubts(row: RegisterRow) -> Iterator[ReadingWarning]:
    for cell in row.cells:
        if cell.doubt is not None:
            details = {"cell": cell.address, "column": cell.header}
            yield ReadingWarning(cell.doubt, cell.span, details)


def _duplicate(
    row: RegisterRow, layout: Layout, seen: dict[str, tuple[int, Span]]
) -> Iterator[ReadingWarning]:
    """Two rows with one number of one session; a merged number is one number."""
    number = row.get("case_number")
    if number is None or not isinstance(number.value, CaseNumber):
        return
    session = row.get("session")
    held = session.value if session else None
    key = f"{number.value.literal.lstrip('0')}/{held or layout.session}"
    earlier = seen.setdefault(key, (row.number, number.span))
    if earlier[1] != number.span:
        details = {"rows": f"{earlier[0]}, {row.number}", "number": number.value.literal}
        yield ReadingWarning("register.duplicate_number", number.span, details)


def _passages(source: Source, span: Span, path: tuple[str, ...]) -> Iterator[PassageDraft]:
    """One passage a row; a row that holds a whole reply is cut as a text is."""
    if span.end - span.start > LONGEST_SENTENCE:
        start, end = source.clean_at(span.start), source.clean_at(span.end)
        for draft in cut(source, start, end, ()):
            yield replace(draft, heading_path=(*path, *draft.heading_path))
        return
    for part in source.seen(span):
        text = part.of(source.raw)
        if text.strip():
            left = part.start + len(text) - len(text.lstrip())
            yield PassageDraft(Span(left, left + len(text.strip())), path)
