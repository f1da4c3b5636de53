"""Documents, their versions and sources: what the library keeps of a file."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from storage.tables.base import Base


class RawText(Base, table=True):
    """The raw text of a file; the documents of one file share it."""

    __tablename__: ClassVar[Any] = "raw_text"

    sha256: str = Field(primary_key=True)
    text: str


class DocumentRow(Base, table=True):
    """A document with the card of its current version.

    ``operator_openness`` and ``operator_unit`` are what a person set on this very document:
    they outlive new versions. ``number_norm`` and ``title_norm`` are the folded forms that
    references are matched by. Status and openness have no index: nearly all documents share
    their values, and a planner that starts from them reads the whole table.
    """

    __tablename__: ClassVar[Any] = "document"

    id: str = Field(primary_key=True)
    version: int
    kind: str
    title: str
    document_number: str | None = None
    case_number: str | None = None
    case_value: int | None = None
    genre: str | None = None
    body: str | None = None
    session: str | None = None
    unit: str | None = None
    place: str | None = None
    date: dt.date | None = Field(default=None, index=True)
    result_class: str | None = None
    openness: str | None = None
    status: str
    provenance: str = Field(index=True)
    policy_status: str | None = None
    effective: dt.date | None = None
    expires: dt.date | None = None
    number_norm: str | None = Field(default=None, index=True)
    title_norm: str = Field(index=True)
    operator_openness: str | None = None
    operator_unit: str | None = None


class DocumentVersion(Base, table=True):
    """One wording of a document.

    ``text_sha256`` digests kind and the document's own span of text; ``identity`` digests
    what makes a changed copy the same letter, and is absent where no number is printed.
    """

    __tablename__: ClassVar[Any] = "document_version"

    document_id: str = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    version: int = Field(primary_key=True)
    text_sha256: str = Field(index=True)
    identity: str | None = Field(default=None, index=True)
    raw_sha256: str = Field(foreign_key="raw_text.sha256", index=True)
    span_start: int
    span_end: int
    fields_json: str
    warnings_json: str
    stored_at: dt.datetime


class DocumentSource(Base, table=True):
    """A path that holds a wording of a document; ``sha256`` is the file's."""

    __tablename__: ClassVar[Any] = "document_source"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(
            ["document_id", "version"],
            ["document_version.document_id", "document_version.version"],
            ondelete="CASCADE",
        ),
        Index(None, "document_id", "version"),
    )

    path: str = Field(primary_key=True)
    document_id: str = Field(primary_key=True)
    version: int
    ordinal: int
    sha256: str
    stored_at: dt.datetime


class NumberKey(Base, table=True):
    """A folded number by which a document can be asked for; joint letters have several."""

    __tablename__: ClassVar[Any] = "number_key"

    document_id: str = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    key: str = Field(primary_key=True, index=True)
