"""From a text to its typed documents: split, told apart, read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.domain.documents import DocumentKind, ParsedDocument, ReadingWarning
from knowledge.domain.registers import Register
from knowledge.domain.text import Span
from knowledge.reading.doubts import with_doubts
from knowledge.reading.kinds import Part, find_parts
from knowledge.reading.letters.letter import read_letter
from knowledge.reading.loaded import Grid, Loaded
from knowledge.reading.others import read_other
from knowledge.reading.policies import read_policy
from knowledge.reading.proposals import read_proposal
from knowledge.reading.records import read_record
from knowledge.reading.registers.documents import register_documents
from knowledge.reading.registers.tables import RegisterTable, find_registers
from knowledge.reading.source import Source


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file holds.

    Attributes:
        documents: in their order; never empty.
        registers: how the columns of each row-per-case table were understood.
    """

    documents: tuple[ParsedDocument, ...]
    registers: tuple[Register, ...]


def parse_text(text: str, *, kind: DocumentKind | None = None) -> tuple[ParsedDocument, ...]:
    """Typed documents of a text in their order; never empty.

    Args:
        text: the decoded file.
        kind: forces the kind when the text holds one document.
    """
    return parse_loaded(Loaded(text), kind=kind)


def parse_loaded(loaded: Loaded, *, kind: DocumentKind | None = None) -> tuple[ParsedDocument, ...]:
    """The documents of ``understood``."""
    return understood(loaded, kind=kind).documents


def parse_registers(loaded: Loaded, *, kind: DocumentKind | None = None) -> tuple[Register, ...]:
    """The registers of ``understood``."""
    return understood(loaded, kind=kind).registers


def understood(loaded: Loaded, *, kind: DocumentKind | None = None) -> Understood:
    """All a loaded file holds.

    What the page hid is not read; what was recognised carries the recogniser's confidence.

    Args:
        loaded: the file.
        kind: as for ``parse_text``.
    """
    source = Source(loaded.text, loaded.hidden)
    tables = find_registers(loaded) if kind in {None, DocumentKind.RECORD} else ()
    found = list(_sheets(source, loaded, tables)) if tables else _documents(source, kind)
    documents = with_doubts(found, loaded.doubtful)
    notes = (*loaded.warnings, *source.notes, *_overruled(documents, kind))
    if notes:
        documents[0] = replace(documents[0], warnings=(*notes, *documents[0].warnings))
    return Understood(tuple(documents), tuple(table.register for table in tables))


def _overruled(
    documents: Sequence[ParsedDocument], kind: DocumentKind | None
) -> Iterator[ReadingWarning]:
    """A kind told for a file that holds several documents is theirs to tell."""
    if kind is not None and any(document.kind is not kind for document in documents):
        yield ReadingWarning("kind.overruled", None, {"count": str(len(documents))})


def _documents(source: Source, kind: DocumentKind | None) -> list[ParsedDocument]:
    parts = find_parts(source)
    if kind is not None and len(parts) == 1:
        parts = [replace(parts[0], kind=kind)]
    return [_read(source, part) for part in parts]


def _sheets(
    source: Source, loaded: Loaded, tables: Sequence[RegisterTable]
) -> Iterator[ParsedDocument]:
    """A record for each row of a register; what else the file holds is read as usual."""
    layouts = {id(table.grid): table.layout for table in tables}
    for grid in loaded.grids or [table.grid for table in tables]:
        layout = layouts.get(id(grid))
        if layout is not None:
            yield from register_documents(source, layout)
        else:
            unseen = (*loaded.hidden, *_around(grid, loaded))
            yield from _documents(Source(loaded.text, unseen), None)


def _around(grid: Grid, loaded: Loaded) -> tuple[Span, Span]:
    """What stands before and behind a sheet."""
    spans = [cell.span for row in grid.rows for cell in row]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Span(0, start), Span(end, len(loaded.text))


def _read(source: Source, part: Part) -> ParsedDocument:
    if part.kind is DocumentKind.REPLY:
        return read_letter(source, part.start, part.end, head_from=part.head_from)
    readers = {
        DocumentKind.POLICY: read_policy,
        DocumentKind.RECORD: read_record,
        DocumentKind.PROPOSAL: read_proposal,
        DocumentKind.OTHER: read_other,
    }
    return readers[part.kind](source, part.start, part.end)
