"""Answers, their citations, and the turn as it goes on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, PassageId
from knowledge.domain.search import Hit
from knowledge.domain.text import Span

ConversationId = NewType("ConversationId", str)
TurnId = NewType("TurnId", str)
PersonId = NewType("PersonId", str)


class Outcome(StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    FAILED = "failed"


class Route(StrEnum):
    """What a message wants."""

    GREETING = "greeting"
    PRECEDENT = "precedent"
    QUESTION = "question"
    LOOKUP = "lookup"
    STATUS = "status"
    DRAFT = "draft"
    OUT_OF_SCOPE = "out_of_scope"
    UNCLEAR = "unclear"


class Role(StrEnum):
    """Who may do what (design.md 2)."""

    GUEST = "guest"
    MEMBER = "member"
    HANDLER = "handler"
    APPROVER = "approver"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: ``quote`` equals the document's raw text at ``span``.

    ``marker`` is the number shown as 〔1〕 in the answer's text.
    """

    marker: int
    document: DocumentCard
    passage: PassageId
    quote: str
    span: Span
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One document's part of an answer: a head line from the record, then its quotes.

    ``linked`` are the documents of the same file, e.g. the consultation record of a letter;
    ``also`` are the copies of its text that the person may see.
    """

    document: DocumentCard
    citations: tuple[Citation, ...]
    linked: tuple[DocumentCard, ...] = ()
    also: tuple[DocumentCard, ...] = ()

    @property
    def result_class(self) -> str | None:
        """The class the letter names, else the one ticked on its consultation record."""
        ticked = (card.result_class for card in self.linked if card.kind is DocumentKind.RECORD)
        return self.document.result_class or next(filter(None, ticked), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown to the person.

    Attributes:
        template: catalogue key of the sentence that introduces the items.
        items: documents with their quotes, in the order of their markers.
        nearest: titles offered when nothing fits; only documents the person may see.
        hits: what retrieval returned, for the log.
    """

    outcome: Outcome
    route: Route
    template: str
    items: tuple[AnswerItem, ...] = ()
    nearest: tuple[DocumentCard, ...] = ()
    details: dict[str, str] = field(default_factory=dict[str, str])
    hits: tuple[Hit, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in marker order."""
        return tuple(citation for item in self.items for citation in item.citations)


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn as kept: question, what was shown, and everything an inspector would ask for.

    Attributes:
        text: the answer exactly as shown (rendered in the person's language).
        store_revision: last change-log seq the answer could rest on.
        fingerprints: prompt fingerprints, when a model took part.
    """

    id: TurnId
    conversation: ConversationId
    person: PersonId | None
    channel: str
    role: Role
    locale: str
    question: str
    text: str
    answer: Answer
    store_revision: int
    asked_at: datetime
    answered_at: datetime
    fingerprints: tuple[str, ...] = ()
    error_id: str | None = None
