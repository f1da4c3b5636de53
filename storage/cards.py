"""What a document's card says, computed from its fields; where they are silent, by rule."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from knowledge.domain.documents import (
    DocumentKind,
    Fields,
    ParsedDocument,
    PolicyFields,
    ProposalFields,
    RecordFields,
    ReplyFields,
)
from knowledge.domain.documents import Openness as Open
from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.library import DocumentCard, DocumentId, SourceFile
from knowledge.domain.text import Field
from storage.folding import folded_number, folded_title

LONGEST_TITLE = 200
"""A document without line breaks must not become its own title."""

_LEVELS = "特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|区|县|旗|州|盟|镇|乡|街道"
_PLACE = re.compile(rf"(?:中共|政协)?(?!国家|全国|中国|中华)(\w{{2,8}}?)(?:{_LEVELS})")
# These end in 区 but name a zone, a station or an estate, not a place.
_NO_PLACE = re.compile(r"(开发|高新|示范|工业|产业|园|景|保税|合作|实验|试验)$")
_NUMERALS = "零一二三四五六七八九"


def read_card(parsed: ParsedDocument, source: SourceFile) -> DocumentCard:
    """The card of a document as read, without id and version yet.

    The operator's openness stands where the document is silent or less careful; the
    operator's unit where it is silent.
    """
    fields = parsed.fields
    bare = DocumentCard(
        id=DocumentId(""),
        version=0,
        kind=parsed.kind,
        title=_title(fields, parsed.span.of(source.text)),
        openness=strictest(read_openness(parsed), source.openness),
        provenance=source.provenance,
    )
    card = replace(bare, **_by_kind(fields))
    unit = card.unit or source.unit
    return replace(card, unit=unit, place=place_of(unit) or _session_place(fields))


def strictest(*words: Open | None) -> Open | None:
    """The most careful of what document and operator say; None when all are silent."""
    order = (Open.CLOSED, Open.ON_REQUEST, Open.OPEN)
    return next((word for word in order if word in words), None)


def read_openness(parsed: ParsedDocument) -> Open | None:
    """What the document itself says of its openness; None when it is silent."""
    fields = parsed.fields
    if not isinstance(fields, ReplyFields | PolicyFields | RecordFields) or not fields.openness:
        return None
    said = fields.openness.value
    return Open(said) if said in set(Open) else None


def read_unit(parsed: ParsedDocument) -> str | None:
    """The unit the document itself names as its own; None when it is silent."""
    unit = _by_kind(parsed.fields).get("unit")
    return None if unit is None else str(unit)


def place_of(unit: str | None) -> str | None:
    """The place a unit's name begins with, without its level: 晋城市发展和改革委员会 -> 晋城."""
    found = _PLACE.match(unit or "")
    if found is None or _NO_PLACE.search(found[1]):
        return None
    return found[1]


def number_keys(parsed: ParsedDocument, card: DocumentCard) -> Sequence[str]:
    """All folded numbers by which this document can be asked for."""
    cases = _cases(parsed.fields)
    keys = {folded_number(card.document_number), folded_number(card.case_number)}
    keys |= {folded_number(case.literal) for case in cases}
    keys |= {str(case.number) for case in cases if case.number is not None}
    return sorted(key for key in keys if key)


def identity(card: DocumentCard) -> str | None:
    """Digest of what makes a changed copy the same document; None without any number.

    For policies number and title; for the rest kind, unit, genre, body, case, session, number.
    """
    number = folded_number(card.document_number)
    if card.kind is DocumentKind.POLICY:
        return _digest(card.kind, number, folded_title(card.title)) if number else None
    if number is None and card.case_value is None:
        return None
    session = (card.body, card.session)
    return _digest(card.kind, card.unit, card.genre, card.case_value, *session, number)


def _digest(*parts: object) -> str:
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _by_kind(fields: Fields) -> dict[str, Any]:
    match fields:
        case ReplyFields():
            return _reply(fields)
        case PolicyFields():
            return _policy(fields)
        case RecordFields():
            return _record(fields)
        case ProposalFields():
            return {**_case(_cases(fields)), "session": _session(fields.session)}
        case _:
            return {}


def _reply(fields: ReplyFields) -> dict[str, Any]:
    return {
        **_case(_cases(fields)),
        "document_number": _value(fields.document_number),
        "genre": _value(fields.genre),
        "body": _value(fields.body),
        "session": _session(fields.session),
        "unit": _first(fields.signature_units),
        "date": _value(fields.date),
        "result_class": _value(fields.result_class),
    }


def _policy(fields: PolicyFields) -> dict[str, Any]:
    dates = (fields.issued, fields.adopted, fields.effective)
    return {
        "document_number": _value(fields.document_number),
        "unit": _first(fields.issuers),
        "date": next((_date(day) for day in dates if day), None),
        "policy_status": _value(fields.status),
        "effective": _date(fields.effective),
        "expires": _date(fields.expires),
    }


def _record(fields: RecordFields) -> dict[str, Any]:
    return {
        **_case(_cases(fields)),
        "session": _session(fields.session),
        "unit": _value(fields.unit),
        "date": _date(fields.consulted_on),
        "result_class": _value(fields.result_class),
    }


def _cases(fields: Fields) -> Sequence[CaseNumber]:
    if isinstance(fields, ReplyFields):
        return [case.value for case in fields.case_numbers]
    if isinstance(fields, RecordFields | ProposalFields) and fields.case_number:
        return [fields.case_number.value]
    return []


def _case(cases: Sequence[CaseNumber]) -> dict[str, Any]:
    if not cases:
        return {}
    return {"case_number": cases[0].literal, "case_value": cases[0].number}


def _title(fields: Fields, text: str) -> str:
    """The printed title; a 面商记录 has none and is called by its first line, a row by its case."""
    title = fields.title
    printed = " ".join(title.value.split()) if title else ""
    return printed[:LONGEST_TITLE] or _first_line(text)


def _first_line(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return next((line[:LONGEST_TITLE] for line in lines if line), "")


def _value(field: Field[Any] | None) -> Any:  # noqa: ANN401 - fields are of many types
    return None if field is None else field.value


def _date(field: Field[date] | None) -> date | None:
    return None if field is None else field.value


def _first(fields: Sequence[Field[str]]) -> str | None:
    return fields[0].value if fields else None


def _session(field: Field[Session] | None) -> str | None:
    """Place and numbers as one label: 晋城八届三次."""
    if field is None:
        return None
    session = field.value
    term = f"{_numeral(session.term)}届" if session.term else ""
    meeting = f"{_numeral(session.meeting)}次" if session.meeting else ""
    return f"{session.place or ''}{term}{meeting}" or None


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens > len(_NUMERALS) - 1:
        return str(number)
    ten = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return ten + (_NUMERALS[ones] if ones or not tens else "")


def _session_place(fields: Fields) -> str | None:
    if isinstance(fields, ReplyFields | ProposalFields | RecordFields) and fields.session:
        return fields.session.value.place
    return None
