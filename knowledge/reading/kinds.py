"""What a text holds: where one document ends, the next begins, and of which kind each is."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.domain.documents import DocumentKind
from knowledge.reading.letters.addressees import find_salutation
from knowledge.reading.letters.titles import find_titles
from knowledge.reading.source import Source


@dataclass(frozen=True, slots=True)
class Part:
    """One document's stretch (clean offsets) and kind."""

    kind: DocumentKind
    start: int
    end: int


def find_parts(source: Source) -> list[Part]:
    """The documents of a text in order; never empty."""
    lines = source.lines
    end = len(source.clean)
    letter = find_titles(source, lines[:60]) or find_salutation(source, lines[:60])
    return [Part(DocumentKind.REPLY if letter else DocumentKind.OTHER, 0, end)]
