"""Rows turned into domain types at the door, and domain types into rows."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Row

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import (
    DocumentCard,
    DocumentId,
    DocumentStatus,
    Passage,
    PassageId,
    Provenance,
)
from knowledge.domain.text import Span
from storage import tables
from storage.folding import folded_number, folded_title

_CARD = (
    "id",
    "version",
    "kind",
    "title",
    "document_number",
    "case_number",
    "case_value",
    "genre",
    "body",
    "session",
    "unit",
    "place",
    "date",
    "result_class",
    "openness",
    "status",
    "provenance",
    "policy_status",
    "effective",
    "expires",
)


def card_columns() -> list[ColumnElement[Any]]:
    """What a card is made from, in the order ``card_from`` reads it."""
    return [tables.document.c[name] for name in _CARD]


def card_from(row: Row[Any]) -> DocumentCard:
    """The card in the first columns of a row that begins with ``card_columns``."""
    values = dict(zip(_CARD, row, strict=False))
    openness = values["openness"]
    values["kind"] = DocumentKind(values["kind"])
    values["openness"] = None if openness is None else Openness(openness)
    values["status"] = DocumentStatus(values["status"])
    values["provenance"] = Provenance(values["provenance"])
    return DocumentCard(**values)


def card_values(card: DocumentCard) -> dict[str, Any]:
    """The columns of table ``document`` that follow from a card."""
    values: dict[str, Any] = {name: getattr(card, name) for name in _CARD}
    values["kind"] = card.kind.value
    values["openness"] = card.openness.value if card.openness else None
    values["status"] = card.status.value
    values["provenance"] = card.provenance.value
    values["number_norm"] = folded_number(card.document_number)
    values["title_norm"] = folded_title(card.title) or ""
    return values


def passage_columns() -> list[ColumnElement[Any]]:
    """What a passage is made from beside its document's card, labelled for ``passage_from``."""
    passage = tables.passage.c
    return [
        passage.id.label("passage_id"),
        passage.ordinal,
        passage.text,
        passage.span_start,
        passage.span_end,
        passage.heading_path,
    ]


def passage_from(row: Row[Any], card: DocumentCard) -> Passage:
    """The passage in a row that holds ``passage_columns``."""
    return Passage(
        id=PassageId(row.passage_id),
        document=card,
        ordinal=row.ordinal,
        text=row.text,
        span=Span(row.span_start, row.span_end),
        heading_path=tuple(json.loads(row.heading_path)),
    )


def passage_id(document: DocumentId, version: int, ordinal: int) -> PassageId:
    """Name of a passage; versions count from 1, ordinals from 0."""
    return PassageId(f"{document}.{version}.{ordinal}")
