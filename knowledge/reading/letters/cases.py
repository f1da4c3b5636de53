"""Which case a letter answers: session, body, numbers and kind, checked against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.text import Field
from knowledge.reading.letters.case_numbers import FoundNumber, find_numbers, labelled_number
from knowledge.reading.letters.opening import Opening
from knowledge.reading.letters.sessions import FoundSession, find_session
from knowledge.reading.letters.zones import Zones
from knowledge.reading.source import Compact, Line, Source
from knowledge.reading.words import KINDS

_KIND = re.compile(rf"(?P<kind>{KINDS})")
_PROPOSAL = re.compile(r"提案|协办件|参阅件")
_INFERRED = 0.7


@dataclass(slots=True)
class Case:
    """What the letter says of the case it answers."""

    session: Field[Session] | None = None
    body: Field[str] | None = None
    numbers: tuple[Field[CaseNumber], ...] = ()
    kind: Field[str] | None = None
    warnings: list[ReadingWarning] = field(default_factory=list[ReadingWarning])


@dataclass(frozen=True, slots=True)
class _Reading:
    """One place that names the case: a title or the opening."""

    compact: Compact
    session: FoundSession | None
    numbers: Sequence[FoundNumber]


def read_case(source: Source, zones: Zones, opening: Opening) -> Case:
    """The letter's own title first, then its opening, then page titles, then labels."""
    own = [zones.title.compact] if zones.title else []
    pages = [title.compact for title in zones.titles[:-1]]
    places = [*own, source.compact(opening.start, opening.end), *reversed(pages)]
    readings = [_read(compact) for compact in places]
    case = Case()
    _session(source, case, readings)
    _numbers(source, case, readings, zones.head)
    _kind(source, case, readings, zones)
    _body(source, case, readings)
    return case


def _read(compact: Compact) -> _Reading:
    session = find_session(compact.text)
    numbers = find_numbers(compact.text, session.value if session else None)
    return _Reading(compact, session, numbers)


def _session(source: Source, case: Case, readings: Sequence[_Reading]) -> None:
    named = [(reading, reading.session) for reading in readings if reading.session]
    if not named:
        return
    reading, found = named[0]
    value, confidence = found.value, 1.0
    for _, other in named[1:]:
        if found.damaged and value.meeting is None and other.value.meeting is not None:
            value, confidence = replace(value, meeting=other.value.meeting), _INFERRED
        elif _conflict(value, other.value):
            confidence = _INFERRED
    bounds = reading.compact.bounds(found.start, found.end)
    case.session = source.field(value, *bounds, confidence)
    if found.damaged:
        case.warnings.append(ReadingWarning("session.damaged", case.session.span))
    elif confidence < 1:
        case.warnings.append(ReadingWarning("session.conflict", case.session.span))


def _conflict(one: Session, other: Session) -> bool:
    pairs = ((one.term, other.term), (one.meeting, other.meeting))
    return any(left and right and left != right for left, right in pairs)


def _numbers(
    source: Source, case: Case, readings: Sequence[_Reading], head: Sequence[Line]
) -> None:
    reading = next((reading for reading in readings if reading.numbers), None)
    session = case.session.value if case.session else None
    if reading is None:
        case.numbers = tuple(_from_label(source, head, session))
        return
    for found in reading.numbers:
        bounds = reading.compact.bounds(found.start, found.end)
        printed = "".join(source.clean[slice(*bounds)].split())
        literal = found.value.literal if found.counted else printed
        value, doubt = replace(found.value, literal=literal), found.doubt
        confidence = 1.0 if doubt is None else _INFERRED
        case.numbers += (source.field(value, *bounds, confidence),)
        if doubt is not None:
            details = {"literal": value.literal}
            case.warnings.append(ReadingWarning(doubt, source.span(*bounds), details))
    _compare(source, case, reading, readings)


def _compare(source: Source, case: Case, own: _Reading, readings: Sequence[_Reading]) -> None:
    known = {number.value.number for number in case.numbers}
    for reading in readings:
        for found in reading.numbers:
            if reading is not own and found.value.number not in known:
                span = source.span(*reading.compact.bounds(found.start, found.end))
                details = {"literal": found.value.literal}
                case.warnings.append(ReadingWarning("case_number.conflict", span, details))


def _from_label(
    source: Source, head: Sequence[Line], session: Session | None
) -> list[Field[CaseNumber]]:
    for line in head:
        compact = source.compact(line.start, line.end)
        found = labelled_number(compact.text, session)
        if found is not None:
            bounds = compact.bounds(found.start, found.end)
            return [source.field(found.value, *bounds)]
    return []


def _kind(source: Source, case: Case, readings: Sequence[_Reading], zones: Zones) -> None:
    for reading in readings:
        after = reading.numbers[-1].end if reading.numbers else 0
        if any(number.value.literal == "来信" for number in reading.numbers):
            found = reading.numbers[0]
            bounds = reading.compact.bounds(found.start, found.end)
            case.kind = source.field("letter", *bounds)
            return
        match = _KIND.search(reading.compact.text, after) or _KIND.search(reading.compact.text)
        if match is not None:
            value = "proposal" if _PROPOSAL.search(match["kind"]) else "suggestion"
            case.kind = source.field(value, *reading.compact.bounds(*match.span("kind")))
            return
    _kind_of_addressee(source, case, zones)


def _kind_of_addressee(source: Source, case: Case, zones: Zones) -> None:
    if zones.salutation is None:
        return
    text = source.folded[zones.salutation.start : zones.salutation.end]
    for word, value in (("委员", "proposal"), ("代表", "suggestion")):
        if text.endswith(word):
            at = zones.salutation.end - len(word)
            case.kind = source.field(value, at, at + len(word))


def _body(source: Source, case: Case, readings: Sequence[_Reading]) -> None:
    for reading in readings:
        session = reading.session
        if session is not None and session.body is not None and session.body_at is not None:
            bounds = reading.compact.bounds(*session.body_at)
            case.body = source.field(session.body, *bounds)
            break
    if case.kind is None or case.kind.value == "letter":
        return
    expected = "cppcc" if case.kind.value == "proposal" else "congress"
    if case.body is None:
        case.body = Field(expected, case.kind.span)
    elif case.body.value != expected:
        case.warnings.append(ReadingWarning("case_kind.conflict", case.kind.span))
