"""What was recognised and not read carries the recogniser's doubt into every field."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge.domain.documents import Fields, ParsedDocument, ReadingWarning, fields_of
from knowledge.domain.text import Field, Span

Doubt = tuple[Span, float]


def with_doubts(
    documents: Sequence[ParsedDocument], doubtful: Sequence[Doubt]
) -> list[ParsedDocument]:
    """The documents with lowered confidence where a field stands on doubtful text.

    A document with such a field says so once (``recognition.doubtful``, ``fields``, ``count``).
    """
    if not doubtful:
        return list(documents)
    ordered = sorted(doubtful)
    return [_doubted(document, ordered) for document in documents]


def _doubted(document: ParsedDocument, doubtful: Sequence[Doubt]) -> ParsedDocument:
    fields = _lowered(document.fields, doubtful)
    pairs = zip(fields_of(document.fields), fields_of(fields), strict=True)
    names = [name for (name, before), (_, after) in pairs if before != after]
    if not names:
        return document
    details = {"fields": ", ".join(names), "count": str(len(names))}
    warning = ReadingWarning("recognition.doubtful", None, details)
    return replace(document, fields=fields, warnings=(*document.warnings, warning))


def _lowered(fields: Fields, doubtful: Sequence[Doubt]) -> Fields:
    changed: dict[str, Any] = {}
    for name, values in fields_of(fields):
        lowered = tuple(_field(value, doubtful) for value in values)
        if lowered != values:
            several = isinstance(getattr(fields, name), tuple)
            changed[name] = lowered if several else lowered[0]
    return replace(fields, **changed)


def _field(field: Field[object], doubtful: Sequence[Doubt]) -> Field[object]:
    if field.span is None:
        return field
    index = bisect_right(doubtful, field.span.start, key=lambda doubt: doubt[0].end)
    lowest = field.confidence
    while index < len(doubtful) and doubtful[index][0].start < field.span.end:
        lowest = min(lowest, doubtful[index][1])
        index += 1
    return field if lowest == field.confidence else replace(field, confidence=lowest)
