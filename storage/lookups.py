"""Finds the kept wordings that a file's documents may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
)

from knowledge.domain.documents import Openness
from knowledge.domain.library import DocumentId, DocumentStatus
from storage import tables
from storage.access import current_passage
from storage.matching import Kept
from storage.rows import card_columns, card_from
from storage.statements import batches
from storage.wordings import Wording


def held_at(connection: Connection, path: str) -> tuple[Sequence[Kept], set[str]]:
    """What a path holds, in the file's order, and the file digest it was stored with."""
    rows = connection.execute(_held_at(), {"path": path}).all()
    return [_kept_from(row) for row in rows], {row.file_sha256 for row in rows}


def candidates(
    connection: Connection, wordings: Sequence[Wording], path: str
) -> tuple[Mapping[str, Sequence[Kept]], Mapping[str, Sequence[Kept]]]:
    """Kept wordings by digest of equal text, and current active ones by equal identity."""
    same: dict[str, list[Kept]] = defaultdict(list)
    copies: dict[str, list[Kept]] = defaultdict(list)
    for part in batches(wordings):
        asked = {
            "path": path,
            "digests": [one.sha256 for one in part],
            "identities": [one.identity for one in part if one.identity],
        }
        digests = set(asked["digests"])
        for row in connection.execute(_candidates(), asked):
            kept = _kept_from(row)
            if kept.sha256 in digests:
                same[kept.sha256].append(kept)
            if kept.identity and kept.current and kept.card.status is DocumentStatus.ACTIVE:
                copies[kept.identity].append(kept)
    return same, copies


def current_text(connection: Connection, document: DocumentId) -> str:
    """What a document's current version lets its reader see, passage by passage."""
    return "\n".join(connection.execute(_current_text(), {"document": document}).scalars())


# Building a statement takes longer than running it: each is built once, when first needed.


@cache
def _held_at() -> Select[Any]:
    source, version = tables.document_source.c, tables.document_version.c
    of_source = and_(source.document_id == version.document_id, source.version == version.version)
    return (
        _kept(source.sha256.label("file_sha256"))
        .join(tables.document_source, of_source)
        .where(source.path == bindparam("path"))
        .order_by(source.ordinal)
    )


@cache
def _candidates() -> Select[Any]:
    version, card = tables.document_version.c, tables.document.c
    return (
        _kept()
        .where(
            or_(
                version.text_sha256.in_(bindparam("digests", expanding=True)),
                version.identity.in_(bindparam("identities", expanding=True)),
            )
        )
        .order_by(version.version != card.version, card.id, version.version.desc())
    )


def was_recognised() -> ColumnElement[bool]:
    """Whether a version's text comes from a picture; see ``copies.recognised``."""
    warnings = tables.document_version.c.warnings_json
    return or_(warnings.contains('"recognition.'), warnings.contains('.recognised"'))


@cache
def _current_text() -> Select[Any]:
    card, passage = tables.document.c, tables.passage.c
    return (
        select(passage.text)
        .join(tables.document, current_passage())
        .where(card.id == bindparam("document"))
        .order_by(passage.ordinal)
    )


def _kept(*more: ColumnElement[Any]) -> Select[Any]:
    version, card = tables.document_version, tables.document
    other = tables.document_source.alias("other")
    elsewhere = exists().where(other.c.document_id == card.c.id, other.c.path != bindparam("path"))
    return select(
        *card_columns(),
        version.c.version.label("wording"),
        version.c.text_sha256,
        version.c.identity,
        card.c.operator_openness,
        card.c.operator_unit,
        was_recognised().label("recognised"),
        elsewhere.label("elsewhere"),
        *more,
    ).select_from(version.join(card, version.c.document_id == card.c.id))


def _kept_from(row: Row[Any]) -> Kept:
    return Kept(
        card=card_from(row),
        version=row.wording,
        sha256=row.text_sha256,
        identity=row.identity,
        elsewhere=bool(row.elsewhere),
        recognised=bool(row.recognised),
        operator_openness=Openness(row.operator_openness) if row.operator_openness else None,
        operator_unit=row.operator_unit,
    )
