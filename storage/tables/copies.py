"""What copies of one text are found by, and which documents are copies of each other."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Base, long_key


class Fingerprint(Base, table=True):
    """A digest of a long clause of a document's current version; copies share some."""

    __tablename__: ClassVar[Any] = "fingerprint"
    __table_args__: ClassVar[Any] = (Index(None, "mark", "document_id"),)

    document_id: str = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    mark: int = Field(primary_key=True, sa_type=long_key())


class DuplicateRow(Base, table=True):
    """Two documents with one text; every pair stands in both directions.

    ``main`` tells whether the other one is to be shown rather than this one.
    """

    __tablename__: ClassVar[Any] = "duplicate"

    document_id: str = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    other_id: str = Field(
        primary_key=True, foreign_key="document.id", ondelete="CASCADE", index=True
    )
    main: bool
