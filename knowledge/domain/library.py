"""The library: documents as kept, their passages, changes and who may see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import NewType

from knowledge.domain.documents import DocumentKind, Openness, ParsedDocument
from knowledge.domain.text import Span, legible

DocumentId = NewType("DocumentId", str)
PassageId = NewType("PassageId", str)


class DocumentStatus(StrEnum):
    """Only active documents are found; the others are kept and can be listed."""

    ACTIVE = "active"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Provenance(StrEnum):
    """Where a document came from; samples are shown as 【示例】 wherever they are quoted."""

    OWN = "own"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """The fields of a document that search, answers and lists need.

    Attributes:
        number: document number, else the case literal (design.md 10).
        unit: signing or issuing unit, as printed.
        place: place name taken from the unit or session, e.g. 晋城.
        policy_status: in_force, repealed, superseded, not_yet, trial or unknown, as its own
            text says; policies only, like effective and expires.
    """

    id: DocumentId
    version: int
    kind: DocumentKind
    title: str
    document_number: str | None = None
    case_number: str | None = None
    case_value: int | None = None
    genre: str | None = None
    body: str | None = None
    session: str | None = None
    unit: str | None = None
    place: str | None = None
    date: date | None = None
    result_class: str | None = None
    openness: Openness | None = None
    status: DocumentStatus = DocumentStatus.ACTIVE
    provenance: Provenance = Provenance.OWN
    policy_status: str | None = None
    effective: date | None = None
    expires: date | None = None

    @property
    def number(self) -> str | None:
        """Document number, else the case literal."""
        return self.document_number or self.case_number

    @property
    def year(self) -> int | None:
        """Year of the document's date."""
        return self.date.year if self.date else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage: ``text`` equals the document's raw text at ``span``.

    ``context`` (title, number, unit, heading path) is indexed with it and never quoted.
    """

    id: PassageId
    document: DocumentCard
    ordinal: int
    text: str
    span: Span
    heading_path: tuple[str, ...] = ()

    @property
    def context(self) -> str:
        """What a reader of the bare passage would need to know, for indexing only."""
        card = self.document
        parts = (card.title, card.document_number, card.case_number, card.unit, *self.heading_path)
        return " ".join(part for part in parts if part)


def indexed_text(passage: Passage) -> str:
    """What is embedded of a passage: its context, then its text, nothing invisible."""
    return legible(f"{passage.context}\n{passage.text}")


def indexed_sha256(passage: Passage) -> str:
    """Hex digest of the indexed text, under which its vectors are kept."""
    return sha256(indexed_text(passage).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reference:
    """An edge: ``source`` cites ``title``/``number``; ``target`` once that document is stored."""

    source: DocumentId
    title: str | None
    number: str | None
    article: str | None
    relation: str
    span: Span | None
    target: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be stored: where it lies, what it holds, whose it is.

    Attributes:
        path: the resolved path or another stable name of the source.
        openness, unit: the operator's word, used where the document itself is silent.
    """

    path: str
    sha256: str
    text: str
    documents: tuple[ParsedDocument, ...]
    provenance: Provenance = Provenance.OWN
    openness: Openness | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document with the text of one: on another site, in another script, an excerpt.

    Attributes:
        main: whether it is to be shown rather than the one it is a copy of.
    """

    document: DocumentCard
    main: bool


class StoreOutcome(StrEnum):
    """What storing a file did."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    """Result of storing one file."""

    outcome: StoreOutcome
    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the change log: this document's indexed state must be made anew."""

    seq: int
    document: DocumentId


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document whole, as ``dafu documents show`` gives it."""

    card: DocumentCard
    text: str
    span: Span
    sources: tuple[str, ...]
    fields_json: str
    warnings_json: str
    stored_at: datetime
    linked: tuple[DocumentId, ...] = field(default=())
    copies: tuple[DocumentId, ...] = ()
