"""Reads documents and passages for a person; every statement carries that person's rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from knowledge.domain.library import (
    DocumentCard,
    DocumentId,
    DocumentStatus,
    DocumentView,
    Passage,
    PassageId,
)
from knowledge.domain.search import Access, SearchFilters
from knowledge.domain.text import Span
from storage import tables
from storage.access import ACTIVE, current_passage, matching, visible
from storage.duplicates import copies_of
from storage.folding import folded_number
from storage.rows import card_columns, card_from, passage_columns, passage_from
from storage.statements import batches


def cards(
    connection: Connection, condition: ColumnElement[bool], limit: int | None = None
) -> Sequence[DocumentCard]:
    """Cards that meet a condition, newest date first, undated ones last."""
    card = tables.document.c
    statement = select(*card_columns()).where(condition)
    statement = statement.order_by(card.date.desc().nulls_last(), card.id).limit(limit)
    return [card_from(row) for row in connection.execute(statement)]


def listed(
    connection: Connection,
    *,
    access: Access,
    filters: SearchFilters | None,
    statuses: Iterable[DocumentStatus],
    limit: int | None,
) -> Sequence[DocumentCard]:
    """See ``Library.documents``."""
    condition = and_(visible(access, statuses), matching(filters or SearchFilters()))
    return cards(connection, condition, limit)


def numbered(connection: Connection, number: str, access: Access) -> Sequence[DocumentCard]:
    """See ``Library.by_number``."""
    key = folded_number(number)
    asked = select(tables.number_key.c.document_id).where(tables.number_key.c.key == key)
    return cards(connection, and_(visible(access), tables.document.c.id.in_(asked)))


def whole(connection: Connection, document: DocumentId, access: Access) -> DocumentView | None:
    """See ``Library.document``."""
    card, version, raw = tables.document.c, tables.document_version.c, tables.raw_text.c
    current = and_(version.document_id == card.id, version.version == card.version)
    statement = (
        select(
            *card_columns(),
            raw.text,
            version.span_start,
            version.span_end,
            version.fields_json,
            version.warnings_json,
            version.stored_at,
        )
        .join(tables.document_version, current)
        .join(tables.raw_text, raw.sha256 == version.raw_sha256)
        .where(card.id == document, visible(access, DocumentStatus))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    others = linked_cards(connection, [document], access)[document]
    copies = copies_of(connection, [document], access)[document]
    return DocumentView(
        card=card_from(row),
        text=row.text,
        span=Span(row.span_start, row.span_end),
        sources=_paths(connection, document),
        fields_json=row.fields_json,
        warnings_json=row.warnings_json,
        stored_at=row.stored_at,
        linked=tuple(other.id for other in others),
        copies=tuple(copy.document.id for copy in copies),
    )


def linked_cards(
    connection: Connection, documents: Sequence[DocumentId], access: Access
) -> Mapping[DocumentId, Sequence[DocumentCard]]:
    """See ``SqlLibrary.linked``."""
    mine, theirs = tables.document_source.alias("mine"), tables.document_source.alias("theirs")
    neighbours = and_(mine.c.path == theirs.c.path, mine.c.document_id != theirs.c.document_id)
    found: dict[DocumentId, dict[DocumentId, DocumentCard]] = {name: {} for name in documents}
    for part in batches(list(found)):
        statement = (
            select(*card_columns(), mine.c.document_id.label("of"))
            .join(theirs, theirs.c.document_id == tables.document.c.id)
            .join(mine, neighbours)
            .where(mine.c.document_id.in_(part), visible(access))
            .order_by(theirs.c.path, theirs.c.ordinal)
        )
        for row in connection.execute(statement):
            card = card_from(row)
            found[row.of].setdefault(card.id, card)
    return {name: list(others.values()) for name, others in found.items()}


def passages_to_index(
    connection: Connection, documents: Sequence[DocumentId]
) -> Mapping[DocumentId, Sequence[Passage]]:
    """See ``Library.passages_of``."""
    found: dict[DocumentId, list[Passage]] = {name: [] for name in documents}
    everything, passage = Access(restricted=True), tables.passage.c
    for part in batches(list(found)):
        statement = _passages(visible(everything)).where(passage.document_id.in_(part))
        known: dict[str, DocumentCard] = {}
        for row in connection.execute(statement.order_by(passage.document_id, passage.ordinal)):
            card = known.get(row.id) or known.setdefault(row.id, card_from(row))
            found[card.id].append(passage_from(row, card))
    return found


def named_passages(
    connection: Connection, ids: Sequence[PassageId], access: Access
) -> Sequence[Passage]:
    """See ``Library.passages``."""
    found: dict[str, Passage] = {}
    for part in batches(ids):
        statement = _passages(visible(access)).where(tables.passage.c.id.in_(part))
        for row in connection.execute(statement):
            found[row.passage_id] = passage_from(row, card_from(row))
    return [found[name] for name in ids if name in found]


def matching_ids(
    connection: Connection, access: Access, filters: SearchFilters, limit: int
) -> Sequence[PassageId] | None:
    """See ``Library.matching_passage_ids``."""
    statement = (
        _passage_ids(visible(access))
        .where(matching(filters))
        .order_by(tables.passage.c.id)
        .limit(limit + 1)
    )
    ids = [PassageId(name) for name in connection.execute(statement).scalars()]
    return None if len(ids) > limit else ids


def passing_ids(
    connection: Connection, ids: Sequence[PassageId], access: Access, filters: SearchFilters
) -> set[PassageId]:
    """See ``PassageSource.passing``."""
    found: set[PassageId] = set()
    for part in batches(ids):
        statement = _passage_ids(visible(access)).where(
            matching(filters), tables.passage.c.id.in_(part)
        )
        found |= {PassageId(name) for name in connection.execute(statement).scalars()}
    return found


def active_ids(connection: Connection) -> set[PassageId]:
    """See ``Library.active_passage_ids``."""
    statement = _passage_ids(visible(Access(restricted=True), ACTIVE))
    return {PassageId(name) for name in connection.execute(statement).scalars()}


def _passages(rights: ColumnElement[bool]) -> Select[Any]:
    columns = select(*card_columns(), *passage_columns())
    return columns.join(tables.passage, current_passage()).where(rights)


def _passage_ids(rights: ColumnElement[bool]) -> Select[Any]:
    return select(tables.passage.c.id).join(tables.document, current_passage()).where(rights)


def _paths(connection: Connection, document: DocumentId) -> tuple[str, ...]:
    source = tables.document_source.c
    paths = select(source.path).where(source.document_id == document).order_by(source.path)
    return tuple(connection.execute(paths).scalars())
