"""From a text to its typed documents: split, told apart, read."""

from __future__ import annotations

from dataclasses import replace

from knowledge.domain.documents import DocumentKind, ParsedDocument
from knowledge.reading.kinds import Part, find_parts
from knowledge.reading.letters.letter import read_letter
from knowledge.reading.others import read_other
from knowledge.reading.policies import read_policy
from knowledge.reading.proposals import read_proposal
from knowledge.reading.records import read_record
from knowledge.reading.source import Source


def parse_text(text: str, *, kind: DocumentKind | None = None) -> tuple[ParsedDocument, ...]:
    """Typed documents of a text in their order; never empty.

    Args:
        text: the decoded file.
        kind: forces the kind when the text holds one document.
    """
    source = Source(text)
    parts = find_parts(source)
    if kind is not None and len(parts) == 1:
        parts = [replace(parts[0], kind=kind)]
    documents = [_read(source, part) for part in parts]
    if source.notes:
        documents[0] = replace(documents[0], warnings=(*source.notes, *documents[0].warnings))
    return tuple(documents)


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
