"""Edges between documents, found by folded number, else by folded title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, true

from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, DocumentId, Reference
from knowledge.domain.search import Access
from knowledge.domain.text import Span
from storage import tables
from storage.access import visible
from storage.folding import folded_number, folded_title
from storage.rows import card_columns, card_from


def citing_documents(
    connection: Connection,
    *,
    number: str | None,
    title: str | None,
    access: Access,
    relation: str | None = None,
) -> Sequence[tuple[DocumentCard, Reference]]:
    """See ``Library.citing``."""
    key, name = folded_number(number), folded_title(title)
    if key is None and name is None:
        return []
    edge, card = tables.reference.c, tables.document.c
    current = and_(edge.document_id == card.id, edge.version == card.version)
    statement = (
        select(
            *card_columns(),
            edge.title.label("cited_title"),
            edge.number,
            edge.article,
            edge.relation,
            edge.span_start,
            edge.span_end,
            _target(access).label("target"),
        )
        .join(tables.reference, current)
        .where(visible(access), _cited(key, name), _related(relation))
        .order_by(card.date.desc().nulls_last(), card.id, edge.id)
    )
    return [(card_from(row), _reference(row)) for row in connection.execute(statement)]


def _related(relation: str | None) -> ColumnElement[bool]:
    return true() if relation is None else tables.reference.c.relation == relation


def _cited(key: str | None, name: str | None) -> ColumnElement[bool]:
    """By number; by title only where one side names no number: titles are used twice."""
    edge = tables.reference.c
    if key is None:
        return edge.title_norm == name
    by_title = and_(edge.number_norm.is_(None), edge.title_norm == name)
    return or_(edge.number_norm == key, by_title) if name else edge.number_norm == key


def _target(access: Access) -> ColumnElement[Any]:
    """The active document an edge points to, where this person may see it."""
    edge = tables.reference.c
    # The outer statement reads the citing document from the same table.
    cited = tables.document.alias("cited")
    card = cited.c
    by_number = card.number_norm == edge.number_norm
    # A number that leads nowhere must not lead to another document of the same title.
    unnumbered = or_(edge.number_norm.is_(None), card.number_norm.is_(None))
    by_title = and_(card.title_norm == edge.title_norm, unnumbered)
    policy_first = (card.kind != DocumentKind.POLICY.value, card.number_norm.is_(None), card.id)
    found = (
        select(card.id)
        .where(visible(access, document=cited), or_(by_number, by_title))
        .order_by(*policy_first)
    )
    return found.limit(1).correlate(tables.reference).scalar_subquery()


def _reference(row: Row[Any]) -> Reference:
    placed = row.span_start is not None
    return Reference(
        source=DocumentId(row.id),
        title=row.cited_title,
        number=row.number,
        article=row.article,
        relation=row.relation,
        span=Span(row.span_start, row.span_end) if placed else None,
        target=DocumentId(row.target) if row.target else None,
    )
