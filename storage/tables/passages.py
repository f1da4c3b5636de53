"""Passages, references, vectors and the change log the indexes follow."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary
from sqlmodel import Field

from storage.tables.base import Base, long_key


def _of_version() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["document_id", "version"],
        ["document_version.document_id", "document_version.version"],
        ondelete="CASCADE",
    )


class PassageRow(Base, table=True):
    """A passage of one version; ``text_sha256`` digests its indexed text (context and text)."""

    __tablename__: ClassVar[Any] = "passage"
    __table_args__: ClassVar[Any] = (_of_version(), Index(None, "document_id", "version"))

    id: str = Field(primary_key=True)
    document_id: str
    version: int
    ordinal: int
    span_start: int
    span_end: int
    text: str
    heading_path: str
    text_sha256: str = Field(index=True)


class ReferenceRow(Base, table=True):
    """An edge from a version to a policy it cites or replaces."""

    __tablename__: ClassVar[Any] = "reference"
    __table_args__: ClassVar[Any] = (
        _of_version(),
        Index(None, "document_id", "version"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=long_key())
    document_id: str
    version: int
    title: str | None = None
    number: str | None = None
    title_norm: str | None = Field(default=None, index=True)
    number_norm: str | None = Field(default=None, index=True)
    article: str | None = None
    relation: str
    span_start: int | None = None
    span_end: int | None = None


class ChangeLog(Base, table=True):
    """Something changed in what is indexed of a document; outlives the document.

    ``retired`` is set when a document is removed: the number of passages each of its
    versions had, as JSON ``[[version, passages], …]``, from which their ids can be told.
    """

    __tablename__: ClassVar[Any] = "change_log"
    __table_args__: ClassVar[Any] = ({"sqlite_autoincrement": True},)

    seq: int | None = Field(default=None, primary_key=True, sa_type=long_key())
    document_id: str = Field(index=True)
    reason: str
    retired: str | None = None
    at: dt.datetime


class Embedding(Base, table=True):
    """The vector of an indexed text: float32, little-endian."""

    __tablename__: ClassVar[Any] = "embedding"

    model: str = Field(primary_key=True)
    text_sha256: str = Field(primary_key=True, index=True)
    vector: bytes = Field(sa_type=LargeBinary)


class StoreMeta(Base, table=True):
    """Facts about the store itself, e.g. its random ``store_id``."""

    __tablename__: ClassVar[Any] = "store_meta"

    key: str = Field(primary_key=True)
    value: str
