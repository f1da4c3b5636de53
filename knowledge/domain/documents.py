"""Documents as read from files: kinds, typed fields, sections, warnings.

Field names and shapes are the contract of ``dafu parse --json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import fields as members
from datetime import date
from enum import StrEnum
from typing import cast

from knowledge.domain.facts import (
    Article,
    CaseNumber,
    Commitment,
    Consultation,
    CopyTo,
    Figure,
    Labelled,
    PolicyReference,
    Session,
)
from knowledge.domain.registers import Register
from knowledge.domain.text import Field, Span


class DocumentKind(StrEnum):
    """What a document is."""

    REPLY = "reply"
    POLICY = "policy"
    RECORD = "record"
    PROPOSAL = "proposal"
    OTHER = "other"


class Openness(StrEnum):
    """公开属性; absent means unknown, and unknown is treated as not open."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ReplyFields:
    """What a reply letter says of itself (design: ``fields`` of ``dafu parse``)."""

    title: Field[str] | None = None
    genre: Field[str] | None = None
    body: Field[str] | None = None
    session: Field[Session] | None = None
    case_numbers: tuple[Field[CaseNumber], ...] = ()
    case_kind: Field[str] | None = None
    document_number: Field[str] | None = None
    result_class: Field[str] | None = None
    openness: Field[str] | None = None
    addressees: tuple[Field[str], ...] = ()
    addressee_kind: Field[str] | None = None
    addressee_count: Field[int] | None = None
    proposal_title: Field[str] | None = None
    role: Field[str] | None = None
    other_units: tuple[Field[str], ...] = ()
    signature_units: tuple[Field[str], ...] = ()
    date: Field[date] | None = None
    responsible_leader: Field[str] | None = None
    supervisor: Field[str] | None = None
    issuer: Field[str] | None = None
    assigned_on: Field[date] | None = None
    handlers: tuple[Field[str], ...] = ()
    phones: tuple[Field[str], ...] = ()
    copy_to: tuple[Field[CopyTo], ...] = ()
    consultation: Field[Consultation] | None = None
    policies: tuple[Field[PolicyReference], ...] = ()
    commitments: tuple[Field[Commitment], ...] = ()
    figures: tuple[Field[Figure], ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyFields:
    """What a policy document says of itself."""

    title: Field[str] | None = None
    document_number: Field[str] | None = None
    issuers: tuple[Field[str], ...] = ()
    adopted: Field[date] | None = None
    issued: Field[date] | None = None
    effective: Field[date] | None = None
    expires: Field[date] | None = None
    status: Field[str] | None = None
    replaces: tuple[Field[PolicyReference], ...] = ()
    articles: tuple[Field[Article], ...] = ()
    openness: Field[str] | None = None


@dataclass(frozen=True, slots=True)
class RecordFields:
    """面商记录表 and its kin, field for field (domain.md 3); also a row of a register.

    Attributes:
        title: 案由 or 标题 as printed.
        supporters: 附议人, 联名: who joined the member.
        co_handlers: 会办, 协办 units.
        due_on: 应办结 date.
        replied_on: 办复, 办结, 答复 date.
        method: 协商方式, 沟通方式.
        openness: 是否公开 of a row; the value is an ``Openness``.
        extra: labels and columns that have no field here.
    """

    unit: Field[str] | None = None
    case_number: Field[CaseNumber] | None = None
    member: Field[str] | None = None
    employer: Field[str] | None = None
    phone: Field[str] | None = None
    proposal_summary: Field[str] | None = None
    reply_points: Field[str] | None = None
    result_class: Field[str] | None = None
    member_opinion: Field[str] | None = None
    satisfaction: Field[str] | None = None
    consulted_on: Field[date] | None = None
    place: Field[str] | None = None
    consulted_by: Field[str] | None = None
    unit_phone: Field[str] | None = None
    title: Field[str] | None = None
    session: Field[Session] | None = None
    supporters: tuple[Field[str], ...] = ()
    co_handlers: tuple[Field[str], ...] = ()
    assigned_on: Field[date] | None = None
    due_on: Field[date] | None = None
    replied_on: Field[date] | None = None
    method: Field[str] | None = None
    handler: Field[str] | None = None
    responsible_leader: Field[str] | None = None
    document_number: Field[str] | None = None
    openness: Field[str] | None = None
    extra: tuple[Field[Labelled], ...] = ()
    demands: tuple[Field[str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalFields:
    """A member's proposal or a deputy's suggestion."""

    title: Field[str] | None = None
    case_number: Field[CaseNumber] | None = None
    session: Field[Session] | None = None
    proposers: tuple[Field[str], ...] = ()
    background: Field[str] | None = None
    demands: tuple[Field[str], ...] = ()


@dataclass(frozen=True, slots=True)
class OtherFields:
    """A readable document of no known kind: its first line serves as a title."""

    title: Field[str] | None = None


Fields = ReplyFields | PolicyFields | RecordFields | ProposalFields | OtherFields


def fields_of(fields: Fields) -> Iterator[tuple[str, tuple[Field[object], ...]]]:
    """Each field's name with its values: none, the one, or those of a list."""
    for slot in members(fields):
        value = cast("object", getattr(fields, slot.name))
        if isinstance(value, tuple):
            yield slot.name, cast("tuple[Field[object], ...]", value)
        else:
            yield slot.name, (cast("Field[object]", value),) if isinstance(value, Field) else ()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the section tree; ``span`` covers label, heading, text and children."""

    label: str
    heading: str
    span: Span
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """A doubt about what was read: a stable code, a place, and values for the sentence."""

    code: str
    span: Span | None = None
    details: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A stretch of whole sentences to be indexed, 200-500 characters where the text allows.

    Attributes:
        span: offsets into the raw text of the file.
        heading_path: headings above it, outermost first.
    """

    span: Span
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One document of a file; ``span`` is its part of the file's raw text."""

    kind: DocumentKind
    span: Span
    fields: Fields
    sections: tuple[Section, ...] = ()
    references: tuple[Field[PolicyReference], ...] = ()
    passages: tuple[PassageDraft, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """All documents of one file over one raw text.

    Attributes:
        text: the decoded file (byte-order mark dropped) or the extracted text.
        sha256: hex digest of the file's bytes.
        documents: in the order they stand in the file; never empty.
        registers: how the columns of a row-per-case table were understood.
    """

    text: str
    sha256: str
    documents: tuple[ParsedDocument, ...]
    registers: tuple[Register, ...] = ()
