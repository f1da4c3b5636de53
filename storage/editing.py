"""Changes to kept documents: their cards, and their removal with all that hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from knowledge.domain.documents import Openness
from knowledge.domain.library import (
    DocumentCard,
    DocumentId,
    DocumentStatus,
    indexed_sha256,
)
from storage import tables
from storage.cards import place_of
from storage.changes import log_changes, log_removals
from storage.rows import card_columns, card_from, card_values, passage_columns, passage_from
from storage.statements import batches


def edit_document(
    connection: Connection,
    document: DocumentId,
    *,
    openness: Openness | None,
    status: DocumentStatus | None,
    unit: str | None,
    at: datetime,
) -> DocumentCard | None:
    """Set what an operator may set; his word outlives new versions of the document."""
    row = connection.execute(
        select(*card_columns()).where(tables.document.c.id == document)
    ).one_or_none()
    if row is None:
        return None
    card, changes = card_from(row), dict[str, Any]()
    if openness is not None:
        card, changes["operator_openness"] = replace(card, openness=openness), openness.value
    if unit is not None:
        card, changes["operator_unit"] = with_unit(card, unit), unit
    if status is not None:
        card, changes["status"] = replace(card, status=status), status.value
    if changes:
        write_card(connection, card, **changes)
        if unit is not None:
            refresh_digests(connection, card)
        log_changes(connection, [(document, "set")], at)
    return card


def with_unit(card: DocumentCard, unit: str) -> DocumentCard:
    """The card with another unit, and with the place its name tells."""
    return replace(card, unit=unit, place=place_of(unit) or card.place)


def write_card(connection: Connection, card: DocumentCard, **more: str) -> None:
    """Replace what table ``document`` says of this document."""
    values = {**card_values(card), **more}
    connection.execute(
        update(tables.document).where(tables.document.c.id == card.id).values(values)
    )


def refresh_digests(connection: Connection, card: DocumentCard) -> None:
    """Digest the current passages anew: their context follows the card."""
    passage = tables.passage.c
    current = (passage.document_id == card.id) & (passage.version == card.version)
    rows = connection.execute(select(*passage_columns()).where(current)).all()
    digests = [
        {"known": row.passage_id, "digest": indexed_sha256(passage_from(row, card))} for row in rows
    ]
    if digests:
        statement = update(tables.passage).where(passage.id == bindparam("known"))
        connection.execute(statement.values(text_sha256=bindparam("digest")), digests)


def remove_documents(connection: Connection, documents: Sequence[DocumentId], at: datetime) -> None:
    """Delete documents with versions, passages, and texts and vectors nothing else uses."""
    log_removals(connection, documents, at)
    for part in batches(documents):
        _remove_batch(connection, part)


def _remove_batch(connection: Connection, documents: Sequence[DocumentId]) -> None:
    version, passage = tables.document_version.c, tables.passage.c
    texts = connection.execute(
        select(version.raw_sha256).where(version.document_id.in_(documents)).distinct()
    ).scalars()
    digests = connection.execute(
        select(passage.text_sha256).where(passage.document_id.in_(documents)).distinct()
    ).scalars()
    raw_texts, vectors = texts.all(), digests.all()
    connection.execute(delete(tables.document).where(tables.document.c.id.in_(documents)))
    raw, kept = tables.raw_text.c, tables.embedding.c
    for part in batches(raw_texts):
        unused = ~exists().where(version.raw_sha256 == raw.sha256)
        connection.execute(delete(tables.raw_text).where(raw.sha256.in_(part), unused))
    for part in batches(vectors):
        unused = ~exists().where(passage.text_sha256 == kept.text_sha256)
        connection.execute(delete(tables.embedding).where(kept.text_sha256.in_(part), unused))
