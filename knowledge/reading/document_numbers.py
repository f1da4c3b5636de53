"""发文字号 with every bracket of the field, damaged ones repaired only when certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SERIES = r"[\u4e00-\u9fffA-Za-z]{2,20}"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_BRACKET = rf"[〔(]\s*{_YEAR}\s*年?[〕)]\s*第?\s*(?P<serial>\d{{1,5}}|来信)\s*号"
NUMBER = re.compile(rf"(?P<series>{_SERIES})\s*{_BRACKET}")
# The bracket is rare and the characters of a series are not: find the one, look back for
# the other, or every run of text costs its square.
_ANCHOR = re.compile(_BRACKET)
_SERIES_BEFORE = re.compile(rf"{_SERIES}\s{{0,3}}$")
_LOOK_BACK = 24
# One bracket lost: the year has four digits, so the rest before 号 is the serial.
_LOST_BRACKET = re.compile(
    rf"(?P<series>{_SERIES})[〔(]?{_YEAR}[年\s-]?[〕)]?\s?第?(?P<serial>\d{{1,4}})号"
)
_SERIES_WORDS = ("函", "复", "提", "字", "发", "办")
_LOST_END = re.compile(rf"(?P<series>{_SERIES})〔{_YEAR}(?P<serial>\d{{1,4}})(?![\d〕号])")
# The word 号 is lost at the end of a line: nothing else can follow there.
_LOST_WORD = re.compile(rf"(?P<series>{_SERIES})〔{_YEAR}〕(?P<serial>\d{{1,4}})$", re.MULTILINE)
_DAMAGE = re.compile(
    r"[〔(]?(?:19|20)\d{3,6}[〕)号]|〔(?:19|20)\d{3}|(?:19|20)\d\d〕\d|〔(?:19|20)\d\d〕?\d{1,4}"
)
# …会议第B(2019)331号 is a case's number, not a document's (domain.md 1.2).
_CASE = re.compile(r"第[A-Za-z]{0,4}$")
_LABEL = re.compile(r"(?:发文字号|文\s*号)\s*[::\t ]\s*")
_METADATA = re.compile(r"[\u4e00-\u9fff]{0,20}\d{4}-\d{1,5}号?")
_ORDER = re.compile(
    r"(?P<issuer>国务院|主席|[\u4e00-\u9fff]{2,12}?)令"
    r"\s*\(?(?:\d{4}年)?第?\s*[0-9一二三四五六七八九十百]{1,5}\s*号"
)
_YEAR_LEAD = re.compile(r".*年")
# Words that stand before a number in a sentence and are not part of it.
_LEAD = re.compile(
    r".*(?:根据|按照|依据|依照|按|依|落实|执行|印发|下发|出台|转发|发布|贯彻|关于|又有|还有|另有|详见|见|即|以|和|及|与|的|了|在|对|文号|字号)"
)
REPAIRED = 0.8
DAMAGED = 0.4


@dataclass(frozen=True, slots=True)
class FoundDocumentNumber:
    """A number with its offsets; ``doubt`` is a warning's code when it was damaged."""

    value: str
    start: int
    end: int
    confidence: float = 1.0
    doubt: str | None = None


def find_numbers(
    folded: str, clean: str, start: int, end: int, *, year: int | None = None
) -> Iterator[FoundDocumentNumber]:
    """All numbers of a stretch, whole ones as printed without blanks.

    Args:
        folded: the text to look in.
        clean: the same text as printed.
        start: where the stretch begins.
        end: where it ends.
        year: year of the letter's date; it makes the repair of a number without 号 certain.
    """
    found = False
    for match in whole_numbers(folded, start, end):
        found = True
        left = _series_start(match)
        yield FoundDocumentNumber(_printed(clean, left, match.end()), left, match.end())
    if not found and _DAMAGE.search(folded, start, end):
        yield from _damaged(folded, clean, start, end, year)


def whole_numbers(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches of NUMBER for every undamaged number of a stretch."""
    for anchor in _ANCHOR.finditer(folded, start, end):
        left = max(start, anchor.start() - _LOOK_BACK)
        series = _SERIES_BEFORE.search(folded[left : anchor.start()])
        match = NUMBER.match(folded, left + series.start(), end) if series else None
        if match is not None and _CASE.search(match["series"]) is None:
            yield match


def _damaged(
    folded: str, clean: str, start: int, end: int, year: int | None
) -> Iterator[FoundDocumentNumber]:
    for match in (
        *_LOST_BRACKET.finditer(folded, start, end),
        *_LOST_WORD.finditer(folded, start, end),
    ):
        bracketed = any(mark in match.group() for mark in "〔〕()")
        if _CASE.search(match["series"]) or not (bracketed or _is_own(match, year)):
            continue
        left = _series_start(match)
        yield FoundDocumentNumber(
            _mended(folded, match, left), left, match.end(), REPAIRED, "document_number.repaired"
        )
        return
    for match in _LOST_END.finditer(folded, start, end):
        left = _series_start(match)
        if year is not None and int(match["year"]) == year:
            mended = _mended(folded, match, left)
            yield FoundDocumentNumber(
                mended, left, match.end(), REPAIRED, "document_number.repaired"
            )
        else:
            printed = _printed(clean, left, match.end())
            yield FoundDocumentNumber(
                printed, left, match.end(), DAMAGED, "document_number.damaged"
            )


def _is_own(match: re.Match[str], year: int | None) -> bool:
    """Without any bracket only the word of a series and the letter's year make it certain."""
    return int(match["year"]) == year and match["series"].endswith(_SERIES_WORDS)


def labelled(folded: str, clean: str, start: int, end: int) -> FoundDocumentNumber | None:
    """``文号：2022-92``: the form metadata tables use (domain.md 1.4)."""
    label = _LABEL.search(folded, start, end)
    match = _METADATA.match(folded, label.end(), end) if label else None
    if match is None:
        return None
    return FoundDocumentNumber(_printed(clean, *match.span()), *match.span())


def find_orders(folded: str, start: int, end: int) -> Iterator[FoundDocumentNumber]:
    """``主席令第五十九号``, ``国务院令第712号``."""
    for match in _ORDER.finditer(folded, start, end):
        left = match.start() + _order_lead(match["issuer"])
        value = "".join(folded[left : match.end()].split())
        yield FoundDocumentNumber(value, left, match.end())


def _order_lead(issuer: str) -> int:
    """How many characters before the issuer of an order belong to the sentence.

    住房和城乡建设部 holds an 和 of its own.
    """
    for pattern in (_LEAD, _YEAR_LEAD):
        lead = pattern.match(issuer)
        if lead is not None and lead.end() < len(issuer):
            inside = lead.end() > 1 and issuer[lead.end() - 1] == "和"
            joined = inside and not issuer.endswith(("国务院", "主席"))
            return 0 if joined else lead.end()
    return 0


def normalised(number: str) -> str:
    """The one spelling numbers are compared in: 〔〕, no blanks, no leading zeros."""
    match = NUMBER.search(number)
    if match is None:
        return "".join(number.split())
    serial = match["serial"].lstrip("0") or match["serial"]
    return f"{match['series']}〔{match['year']}〕{serial}号"


def _series_start(match: re.Match[str]) -> int:
    lead = _LEAD.match(match["series"])
    if lead is None or lead.end() == len(match["series"]):
        return match.start("series")
    return match.start("series") + lead.end()


def _printed(clean: str, start: int, end: int) -> str:
    return "".join(clean[start:end].split())


def _mended(folded: str, match: re.Match[str], left: int) -> str:
    series = folded[left : match.end("series")]
    return f"{series}〔{match['year']}〕{match['serial']}号"
