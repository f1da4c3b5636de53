"""Turns as they went on record; nothing here depends on a document still being kept."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlmodel import Field

from storage.tables.base import Base, long_key


class Conversation(Base, table=True):
    """A thread of turns on one channel."""

    __tablename__: ClassVar[Any] = "conversation"

    id: str = Field(primary_key=True)
    channel: str
    started_at: dt.datetime


class Turn(Base, table=True):
    """One question; ``seq`` keeps the order in which turns were recorded.

    ``person_id`` has no foreign key: the log outlives the person.
    """

    __tablename__: ClassVar[Any] = "turn"
    __table_args__: ClassVar[Any] = ({"sqlite_autoincrement": True},)

    seq: int | None = Field(default=None, primary_key=True, sa_type=long_key())
    id: str = Field(unique=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE", index=True)
    person_id: str | None = Field(default=None, index=True)
    channel: str
    role: str
    locale: str
    question: str
    asked_at: dt.datetime


class AnswerRow(Base, table=True):
    """What was shown for a turn, and on which state of the store it rests."""

    __tablename__: ClassVar[Any] = "answer"

    turn_id: str = Field(primary_key=True, foreign_key="turn.id", ondelete="CASCADE")
    route: str
    outcome: str
    text: str
    store_revision: int = Field(sa_type=long_key())
    fingerprints: str
    timings_ms: str
    error_id: str | None = None
    answered_at: dt.datetime


class CitationRow(Base, table=True):
    """A quote as shown; its document may be changed or gone since."""

    __tablename__: ClassVar[Any] = "citation"

    turn_id: str = Field(primary_key=True, foreign_key="turn.id", ondelete="CASCADE")
    marker: int = Field(primary_key=True)
    document_id: str = Field(index=True)
    version: int
    passage_id: str
    title: str
    number: str | None = None
    document_number: str | None = None
    case_number: str | None = None
    unit: str | None = None
    quote: str
    span_start: int
    span_end: int


class RetrievalHit(Base, table=True):
    """A passage that retrieval offered for a turn; ``rank`` counts from 1."""

    __tablename__: ClassVar[Any] = "retrieval_hit"

    turn_id: str = Field(primary_key=True, foreign_key="turn.id", ondelete="CASCADE")
    rank: int = Field(primary_key=True)
    passage_id: str
    document_id: str
    score: float
    lexical: float | None = None
    dense: float | None = None
