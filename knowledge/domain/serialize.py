"""Domain values as plain JSON data, in the shapes of ``dafu parse --json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as members
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from knowledge.domain.documents import Fields, Section
from knowledge.domain.text import Field, Span

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Json = dict[str, "JsonValue"]
JsonValue = str | int | float | bool | None | list["JsonValue"] | Json


def fields_to_json(fields: Fields) -> Json:
    """Each field as ``{"value","start","end","confidence"}``, absent ones as ``null``.

    Lists hold such objects; nested dataclasses become objects; dates are ISO 8601.
    """
    return _members(fields)


def section_to_json(section: Section) -> Json:
    """A node of the tree: ``{"label","heading","start","end","children"}``."""
    return _members(section)


def to_json(value: object) -> JsonValue:
    """Any domain value as JSON data; a dataclass's ``span`` becomes ``start`` and ``end``.

    Raises:
        TypeError: the value has no JSON shape.
    """
    if isinstance(value, Field):
        return _field(cast("Field[object]", value))
    if value is None or isinstance(value, str | bool | int | float):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {str(key): to_json(item) for key, item in items}
    if isinstance(value, Sequence):
        return [to_json(item) for item in cast("Sequence[object]", value)]
    if is_dataclass(value) and not isinstance(value, type):
        return _members(value)
    raise TypeError(f"no JSON shape for {type(value).__name__}")


def _field(field: Field[object]) -> Json:
    return {"value": to_json(field.value), **_span(field.span), "confidence": field.confidence}


def _members(value: DataclassInstance) -> Json:
    shape: Json = {}
    for name in _names(type(value)):
        member = getattr(value, name)
        if name == "span" and (member is None or isinstance(member, Span)):
            shape.update(_span(member))
        else:
            shape[name] = to_json(member)
    return shape


def _span(span: Span | None) -> Json:
    if span is None:
        return {"start": None, "end": None}
    return {"start": span.start, "end": span.end}


@lru_cache(maxsize=64)
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(member.name for member in members(kind))
