"""The letter's own 发文字号, wherever its head or tail prints it (domain.md 1.4)."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Field
from knowledge.reading.document_numbers import FoundDocumentNumber, find_numbers, labelled
from knowledge.reading.letters.zones import Zones
from knowledge.reading.source import Source


def read_document_number(
    source: Source, zones: Zones, year: int | None
) -> tuple[Field[str] | None, list[ReadingWarning]]:
    """The number as printed without blanks; a damaged one with a warning."""
    found = list(_candidates(source, zones, year))
    best = max(found, key=lambda item: item.confidence, default=None)
    if best is None:
        return None, []
    span = source.span(best.start, best.end)
    warnings: list[ReadingWarning] = []
    if best.doubt is not None:
        literal = source.clean[best.start : best.end]
        warnings = [ReadingWarning(best.doubt, span, {"literal": literal, "value": best.value})]
    return Field(best.value, span, best.confidence), warnings


def _candidates(source: Source, zones: Zones, year: int | None) -> Iterator[FoundDocumentNumber]:
    for line in (*zones.head, *zones.tail):
        if (
            "《" in line.text
            and "〕" in line.text
            and not any(title.start <= line.start < title.end for title in zones.titles)
        ):
            continue
        number = labelled(source.folded, source.clean, line.start, line.end)
        whole = next(
            find_numbers(source.folded, source.clean, line.start, line.end, year=year), None
        )
        if whole is not None:
            yield whole
        elif number is not None:
            yield number
