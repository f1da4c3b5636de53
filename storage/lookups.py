"""Finds the kept wordings that a file's documents may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, select

from knowledge.domain.documents import Openness
from knowledge.domain.library import DocumentStatus
from storage import tables
from storage.matching import Kept
from storage.rows import card_columns, card_from
from storage.statements import batches


def held_at(connection: Connection, path: str) -> tuple[Sequence[Kept], set[str]]:
    """What a path holds, in the file's order, and the file digest it was stored with."""
    source = tables.document_source.c
    statement = (
        _kept(source.sha256.label("file_sha256"), path=path)
        .join(tables.document_source, _of_source())
        .where(source.path == path)
        .order_by(source.ordinal)
    )
    rows = connection.execute(statement).all()
    return [_kept_from(row) for row in rows], {row.file_sha256 for row in rows}


def with_text(
    connection: Connection, digests: Collection[str], path: str
) -> Mapping[str, Sequence[Kept]]:
    """Kept wordings by digest of kind and text, current ones first."""
    version, card = tables.document_version.c, tables.document.c
    found: dict[str, list[Kept]] = defaultdict(list)
    for part in batches(list(digests)):
        statement = (
            _kept(path=path)
            .where(version.text_sha256.in_(part))
            .order_by((version.version != card.version), card.id, version.version.desc())
        )
        for row in connection.execute(statement):
            found[row.text_sha256].append(_kept_from(row))
    return found


def with_identity(
    connection: Connection, identities: Collection[str], path: str
) -> Mapping[str, Sequence[Kept]]:
    """Current wordings of active documents by identity, with their texts."""
    version, card, raw = tables.document_version.c, tables.document.c, tables.raw_text.c
    own = func.substr(raw.text, version.span_start + 1, version.span_end - version.span_start)
    found: dict[str, list[Kept]] = defaultdict(list)
    for part in batches(list(identities)):
        statement = (
            _kept(own.label("own_text"), path=path)
            .join(tables.raw_text, raw.sha256 == version.raw_sha256)
            .where(
                version.identity.in_(part),
                version.version == card.version,
                card.status == DocumentStatus.ACTIVE.value,
            )
            .order_by(card.id)
        )
        for row in connection.execute(statement):
            found[row.identity].append(_kept_from(row, row.own_text))
    return found


def _kept(*more: ColumnElement[Any], path: str) -> Select[Any]:
    version, card = tables.document_version, tables.document
    other = tables.document_source.alias("other")
    elsewhere = exists().where(other.c.document_id == card.c.id, other.c.path != path)
    return select(
        *card_columns(),
        version.c.version.label("wording"),
        version.c.text_sha256,
        version.c.identity,
        card.c.operator_openness,
        card.c.operator_unit,
        elsewhere.label("elsewhere"),
        *more,
    ).select_from(version.join(card, version.c.document_id == card.c.id))


def _of_source() -> ColumnElement[bool]:
    source, version = tables.document_source.c, tables.document_version.c
    return and_(source.document_id == version.document_id, source.version == version.version)


def _kept_from(row: Row[Any], text: str = "") -> Kept:
    return Kept(
        card=card_from(row),
        version=row.wording,
        sha256=row.text_sha256,
        identity=row.identity,
        elsewhere=bool(row.elsewhere),
        operator_openness=Openness(row.operator_openness) if row.operator_openness else None,
        operator_unit=row.operator_unit,
        text=text,
    )
