"""The letter reader: every field of a reply from its zones (domain.md 1.1-1.13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from knowledge.domain.documents import (
    DocumentKind,
    ParsedDocument,
    ReadingWarning,
    ReplyFields,
    Section,
)
from knowledge.domain.facts import PolicyReference
from knowledge.domain.text import Field
from knowledge.reading.citations import find_policies
from knowledge.reading.letters.addressees import (
    addressee_count,
    addressee_kind,
    read_addressees,
)
from knowledge.reading.letters.assignments import read_assigned
from knowledge.reading.letters.cases import Case, read_case
from knowledge.reading.letters.commitments import read_commitments
from knowledge.reading.letters.consultations import read_consultation
from knowledge.reading.letters.contacts import approved_by, read_contacts
from knowledge.reading.letters.copies import read_copies
from knowledge.reading.letters.figures import read_figures
from knowledge.reading.letters.marks import class_after, find_class, find_openness
from knowledge.reading.letters.numbering import read_document_number
from knowledge.reading.letters.opening import (
    Opening,
    find_opening,
    other_units,
    proposal_title,
    read_role,
)
from knowledge.reading.letters.signatures import read_date, read_units
from knowledge.reading.letters.zones import Zones, find_zones
from knowledge.reading.passages import cut
from knowledge.reading.source import Line, Source
from knowledge.reading.structure import section_tree

# Groups of members; 市残联 as the receiver of a co-handler's opinion is the main handler.
_PROPOSES = re.compile(r"小组|联络|界|代表团|专委会|委员会$")

_CONTACT = re.compile(r"\s*[(]?(?:联系|咨询)?(?:电话|人|方式)\s*:")

Policies = tuple[Field[PolicyReference], ...]


def read_letter(
    source: Source, start: int, end: int, *, head_from: int | None = None
) -> ParsedDocument:
    """The reply that stands at ``start..end`` (clean offsets).

    Args:
        source: the text.
        start: clean offset of the letter.
        end: clean offset behind it.
        head_from: where a head begins that it shares with the question above it.
    """
    zones = find_zones(source, start, end, head_from)
    opening = find_opening(source, *zones.body)
    case = read_case(source, zones, opening)
    sections = section_tree(source, *zones.body, run_in=True)
    fields, policies, warnings = _fields(source, zones, opening, case)
    return ParsedDocument(
        DocumentKind.REPLY,
        source.span(start, end),
        fields,
        sections,
        policies,
        cut(source, start, end, sections, _breaks(zones, opening, sections)),
        (*warnings, *_missing(fields), *case.warnings),
    )


def _breaks(zones: Zones, opening: Opening, sections: Sequence[Section]) -> list[int]:
    breaks = [zones.body[1], zones.attachment]
    if not sections:
        breaks.append(opening.end)
    return breaks


def _fields(
    source: Source, zones: Zones, opening: Opening, case: Case
) -> tuple[ReplyFields, Policies, list[ReadingWarning]]:
    body = zones.body
    signed, warnings = read_date(source, zones)
    year = signed.value.year if signed else None
    number, doubts = read_document_number(source, zones, year)
    asked = proposal_title(source, opening, zones.title)
    units = read_units(source, zones)
    without = [asked[1]] if asked else []
    policies, unsure = find_policies(source, *body, without=without, year=year)
    fields = ReplyFields(
        title=zones.title.field(source) if zones.title else None,
        genre=_genre(source, zones),
        body=case.body,
        session=case.session,
        case_numbers=case.numbers,
        case_kind=case.kind,
        document_number=number,
        result_class=_class(source, zones, number),
        proposal_title=asked[0] if asked else None,
        role=read_role(source, opening, zones.title, units),
        signature_units=units,
        date=signed,
        consultation=read_consultation(source, *body, _value(signed)),
        policies=policies,
        commitments=read_commitments(source, opening.end, body[1], _value(signed)),
        figures=read_figures(source, opening.end, body[1]),
    )
    fields = _with_addressees(source, fields, zones, opening)
    fields = _with_people(source, fields, zones, opening)
    return fields, policies, [*warnings, *doubts, *unsure]


def _with_addressees(
    source: Source, fields: ReplyFields, zones: Zones, opening: Opening
) -> ReplyFields:
    units = other_units(source, opening, fields.signature_units)
    if zones.salutation is None:
        return replace(fields, other_units=units)
    names = read_addressees(source, zones.salutation)
    kind = addressee_kind(source, zones.salutation)
    helps = fields.role is not None and fields.role.value == "co_handler"
    if helps and kind.value == "group" and not _PROPOSES.search(names[-1].value):
        kind = replace(kind, value="unit")
    # A 会办意见 is written to the unit that handles the case (domain.md 1.7).
    if kind.value == "unit" and all(names[0].value != unit.value for unit in units):
        units = (*names, *units)
    return replace(
        fields,
        body=fields.body or _body_of(kind),
        addressees=names,
        addressee_kind=kind,
        addressee_count=addressee_count(source, zones.salutation),
        other_units=units,
    )


def _with_people(
    source: Source, fields: ReplyFields, zones: Zones, opening: Opening
) -> ReplyFields:
    edges = [*zones.head, *zones.tail]
    contacts = read_contacts(source, [*edges, *_told_at_the_end(source, zones)])
    approved = approved_by(source, *zones.body)
    return replace(
        fields,
        openness=find_openness(source, edges),
        responsible_leader=contacts.leader or _approver(approved, "审阅"),
        supervisor=contacts.supervisor,
        assigned_on=read_assigned(source, edges, opening, _value(fields.date)),
        issuer=contacts.issuer or _approver(approved, "审签", "签发", "审定"),
        handlers=contacts.handlers,
        phones=contacts.phones,
        copy_to=read_copies(source, zones.body[1], zones.end),
    )


def _told_at_the_end(source: Source, zones: Zones) -> Iterator[Line]:
    """联系电话：… behind the last sentence of the text, on its line."""
    last = source.lines_in(*zones.body)[-1:]
    for line in last:
        at = line.text.rfind("。", 0, -1) + 1
        if at and _CONTACT.match(line.text, at):
            start = line.start + at
            yield Line(start, line.end, source.folded[start : line.end])


def _value(field: Field[date] | None) -> date | None:
    return field.value if field else None


def _body_of(kind: Field[str]) -> Field[str] | None:
    """Whom a letter answers tells the body where its title does not: 委员 sit in the CPPCC."""
    body = {"member": "cppcc", "deputy": "congress"}.get(kind.value)
    return replace(kind, value=body) if body else None


def _genre(source: Source, zones: Zones) -> Field[str] | None:
    title = zones.title
    return source.field(title.genre, *title.genre_at) if title else None


def _class(source: Source, zones: Zones, number: Field[str] | None) -> Field[str] | None:
    glued = class_after(source, number) if number else None
    return glued or find_class(source, zones.head) or find_class(source, zones.tail)


def _approver(found: tuple[str, Field[str]] | None, *verbs: str) -> Field[str] | None:
    return found[1] if found and found[0] in verbs else None


def _missing(fields: ReplyFields) -> list[ReadingWarning]:
    """Parts every letter should have; their absence is told, never filled in."""
    parts = {
        "title": fields.title,
        "addressees": fields.addressees,
        "date": fields.date,
        "signature_units": fields.signature_units,
    }
    return [ReadingWarning(f"{name}.missing") for name, value in parts.items() if not value]
