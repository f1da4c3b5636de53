"""What was recognised and not read carries the recogniser's doubt into every field."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import fields as members
from dataclasses import replace
from typing import Any, cast

from knowledge.domain.documents import Fields, ParsedDocument, ReadingWarning
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
    names = [
        slot.name
        for slot in members(fields)
        if getattr(fields, slot.name) != getattr(document.fields, slot.name)
    ]
    if not names:
        return document
    details = {"fields": ", ".join(names), "count": str(len(names))}
    warning = ReadingWarning("recognition.doubtful", None, details)
    return replace(document, fields=fields, warnings=(*document.warnings, warning))


def _lowered(fields: Fields, doubtful: Sequence[Doubt]) -> Fields:
    changed: dict[str, Any] = {}
    for slot in members(fields):
        value = cast("object", getattr(fields, slot.name))
        if isinstance(value, Field):
            changed[slot.name] = _field(cast("Field[object]", value), doubtful)
        elif isinstance(value, tuple):
            items = cast("tuple[Field[object], ...]", value)
            changed[slot.name] = tuple(_field(item, doubtful) for item in items)
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
