"""案号 in every form the field uses, decoded and checked against the session (domain.md 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.domain.facts import CaseNumber, Session
from knowledge.reading.numerals import number
from knowledge.reading.words import KINDS

_LITERAL = (
    r"[A-Za-z]{1,4}-?\(\d{4}\)-?\d{1,6}|[A-Za-z]{1,4}-?\d{1,14}|[〔(]\d{4}[〕)]\d{1,6}"
    r"|(?:19|20)\d\d-\d{1,5}"
    r"|[\u4e00-\u9fff]?\d{1,14}|[一二三四五六七八九十百〇零]{1,6}"
)
_SUBJECT = r"(?:\((?P<subject>[^()号]{1,16}类[^()号]{0,4}\d+号?)\))?"
_WITH_MARK = re.compile(rf"第(?P<token>{_LITERAL})号{_SUBJECT}")
_LETTER = re.compile(r"(?P<token>来信)号|委员(?P<word>来信)")
# 第13、15、50号, 第13号和第15号, 第13-15号: the mark 号 ends the list at the latest.
_RANGE = r"(?:至|到|[-—–─~]{1,2})"
_LIST = re.compile(rf"第\d{{1,14}}号?(?:(?:以及|[、,和及与]|{_RANGE})第?\d{{1,14}}号?)+(?<=号)")
_LISTED = re.compile(rf"(?P<to>{_RANGE})?第?(?P<token>\d{{1,14}})号?")
_HYPHENED = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<serial>\d{1,5})")
_LONGEST_RANGE = 50
_WITHOUT_MARK = re.compile(
    rf"(?P<token>[A-Za-z]{{1,4}}\d{{1,14}}|(?<=[议表次案“\"])(?:[〔(]\d{{4}}[〕)]|[\u4e00-\u9fff])?\d{{1,14}}"
    rf"|(?<![\d〕)])\d{{1,14}}|[一二三四五六七八九十]{{1,3}})号{_SUBJECT}"
    rf"[”\"]?(?=(?:重点)?(?:{KINDS}))"
)
_LABELLED = re.compile(
    r"(?:提案编号|建议编号|建议提案号|建议/提案号|提案号|建议号|案号|编号)[:\s]*"
    r"第?(?P<token>[A-Za-z]{0,4}[\u4e00-\u9fff]?(?:\(\d{4}\)|〔\d{4}〕|(?:19|20)\d\d-)?\d{1,14})号?"
)
_SHAPE = re.compile(
    r"(?P<prefix>[A-Za-z]{1,4}|[\u4e00-\u9fff])?-?(?:[〔(](?P<year>\d{4})[〕)])?-?(?P<digits>\d+)"
)
_YEAR_CODED = re.compile(r"(?P<year>(?:19[89]|20[0-4])\d)(?P<serial>\d{3,4})")
_CODED_MINIMUM = 5
_SERIAL = (3, 4)


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A case number with the offsets of its token; ``doubt`` is a warning's code.

    ``counted`` numbers stand inside a range (the 14 of 第13-15号): their offsets are its.
    """

    value: CaseNumber
    start: int
    end: int
    doubt: str | None = None
    counted: bool = False


def find_numbers(text: str, session: Session | None = None) -> list[FoundNumber]:
    """Case numbers in a text without blanks: 第…号 first, then the forms without 第."""
    found = _distinct([*_listed(text, session), *_marked(text, session)])
    return found or _unmarked(text, session)


def labelled_number(text: str, session: Session | None = None) -> FoundNumber | None:
    """``建议号：218``, ``编号 247``, ``提案编号：423`` (domain.md 3)."""
    match = _LABELLED.search(text)
    return _found(match, session) if match else None


def _listed(text: str, session: Session | None) -> list[FoundNumber]:
    match = _LIST.search(text)
    if match is None or _WITH_MARK.fullmatch(match.group()):
        return []
    found: list[FoundNumber] = []
    for part in _LISTED.finditer(text, *match.span()):
        if part["to"] and found:
            found.extend(_between(found[-1], part))
        found.append(_found(part, session))
    return _distinct(found)


def _between(first: FoundNumber, last: re.Match[str]) -> Iterator[FoundNumber]:
    """The numbers inside a range, spelled as wide as its ends."""
    literal = first.value.literal
    low, high = int(literal), int(last["token"])
    if high - low > _LONGEST_RANGE:
        return
    width = len(literal) if literal.startswith("0") else 1
    for value in range(low + 1, high):
        number = CaseNumber(f"{value:0{width}d}", value)
        yield FoundNumber(number, first.start, last.end("token"), counted=True)


def _marked(text: str, session: Session | None) -> list[FoundNumber]:
    found = [_found(match, session) for match in _WITH_MARK.finditer(text)]
    letter = _LETTER.search(text)
    if letter is not None and not found:
        group = "token" if letter["token"] else "word"
        found.append(FoundNumber(CaseNumber("来信", None), letter.start(group), letter.end(group)))
    return _distinct(found)


def _unmarked(text: str, session: Session | None) -> list[FoundNumber]:
    return _distinct(_found(match, session) for match in _WITHOUT_MARK.finditer(text))


def _distinct(found: Iterator[FoundNumber] | list[FoundNumber]) -> list[FoundNumber]:
    kept: dict[str, FoundNumber] = {}
    for item in found:
        kept.setdefault(item.value.literal, item)
    return list(kept.values())


def _found(match: re.Match[str], session: Session | None) -> FoundNumber:
    subject = match.groupdict().get("subject")
    value, doubt = decode(match["token"], session, subject)
    return FoundNumber(value, match.start("token"), match.end("token"), doubt)


def decode(
    token: str, session: Session | None, subject: str | None = None
) -> tuple[CaseNumber, str | None]:
    """Prefix, year and serial of a token, and the code of a doubt about them.

    A long number starts with the year (20230542) or with 届 and 次 (54057 = 五届四次 057);
    the second reading is checked against the session it stands with.
    """
    hyphened = _HYPHENED.fullmatch(token)
    if hyphened is not None:
        year, serial = int(hyphened["year"]), int(hyphened["serial"])
        return CaseNumber(token, serial, None, year, subject), None
    shape = _SHAPE.fullmatch(token)
    if shape is None:
        return CaseNumber(token, number(token), None, None, subject), None
    digits, prefix = shape["digits"], shape["prefix"]
    year = int(shape["year"]) if shape["year"] else None
    if prefix is not None and len(digits) > 2 * _CODED_MINIMUM:
        return CaseNumber(token, _inner_serial(digits, session), prefix, year, subject), None
    if year is not None or prefix is not None or len(digits) < _CODED_MINIMUM or digits[0] == "0":
        return CaseNumber(token, int(digits), prefix, year, subject), None
    return _coded(token, digits, session, subject)


def _coded(
    token: str, digits: str, session: Session | None, subject: str | None
) -> tuple[CaseNumber, str | None]:
    for code in _codes(session):
        if digits.startswith(code) and len(digits) - len(code) in _SERIAL:
            serial = int(digits[len(code) :])
            return CaseNumber(token, serial, code, None, subject), None
    yearly = _YEAR_CODED.fullmatch(digits)
    if yearly:
        year = int(yearly["year"])
        return CaseNumber(token, int(yearly["serial"]), None, year, subject), None
    if session is None or session.term is None or session.meeting is None:
        return CaseNumber(token, int(digits), None, None, subject), None
    return CaseNumber(token, int(digits), None, None, subject), "case_number.session_mismatch"


def _codes(session: Session | None) -> list[str]:
    """The ways 届 and 次 are written before a serial, longest first."""
    if session is None or session.term is None or session.meeting is None:
        return []
    term, meeting = session.term, session.meeting
    codes = {f"{term}{meeting}", f"{term}{meeting:02}", f"{term:02}{meeting:02}"}
    return sorted(codes, key=len, reverse=True)


def _inner_serial(digits: str, session: Session | None) -> int:
    """``100012050700`` of 十二届五次: the serial behind 12 05 (domain.md 1.2, inferred)."""
    for code in _codes(session):
        _, mark, serial = digits.rpartition(code)
        if mark and len(serial) in _SERIAL:
            return int(serial)
    return int(digits)
