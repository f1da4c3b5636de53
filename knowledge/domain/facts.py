"""What fields hold: sessions, numbers, references and the other things documents state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.domain.text import Span


@dataclass(frozen=True, slots=True)
class Session:
    """届次: which meeting of which body; body is ``cppcc`` or ``congress``.

    Attributes:
        level: national, province, city, county or township; None when not printed.
        place: the place name as printed, without the level word; None when not printed.
        term: 届, e.g. 8 for 八届.
        meeting: 次, e.g. 3 for 三次会议.
    """

    level: str | None
    place: str | None
    term: int | None
    meeting: int | None


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """案号 as printed (without 第…号) and decoded.

    ``第TA0423号`` is literal ``TA0423``, number 423, prefix ``TA``.
    """

    literal: str
    number: int | None
    prefix: str | None = None
    year: int | None = None
    subject_class: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyReference:
    """A policy a document cites: title without 《》, number, issuer, article; any may be absent."""

    title: str | None
    number: str | None
    issuer: str | None = None
    article: str | None = None
    in_force: bool | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """面商: when, how and with whom."""

    date: date | None
    method: str | None
    person: str | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """承诺事项: the sentence that promises, and by when."""

    text: str
    due: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as the document gives it."""

    text: str
    number: float
    unit: str | None


@dataclass(frozen=True, slots=True)
class CopyTo:
    """One receiver of the 抄送 line and how many copies."""

    name: str
    copies: int | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label or column this program has no name for, with what stands there."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """第…条 of a policy."""

    label: str
    span: Span
