"""From a text to its typed documents: split, told apart, read."""

from __future__ import annotations

from dataclasses import replace

from knowledge.domain.documents import DocumentKind, ParsedDocument
from knowledge.reading.doubts import with_doubts
from knowledge.reading.kinds import Part, find_parts
from knowledge.reading.letters.letter import read_letter
from knowledge.reading.loaded import Loaded
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
    return parse_loaded(Loaded(text), kind=kind)


def parse_loaded(loaded: Loaded, *, kind: DocumentKind | None = None) -> tuple[ParsedDocument, ...]:
    """Typed documents of a loaded file in their order; never empty.

    What the page hid is not read; what was recognised carries the recogniser's confidence.
    """
    source = Source(loaded.text, loaded.hidden)
    parts = find_parts(source)
    if kind is not None and len(parts) == 1:
        parts = [replace(parts[0], kind=kind)]
    documents = with_doubts([_read(source, part) for part in parts], loaded.doubtful)
    notes = (*loaded.warnings, *source.notes)
    if notes:
        documents[0] = replace(documents[0], warnings=(*notes, *documents[0].warnings))
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
