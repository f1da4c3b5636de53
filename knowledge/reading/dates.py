"""Dates in every spelling of the field, damaged ones included (domain.md 1.0, 1.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.reading.numerals import number

_YEAR = r"[0-9〇零一二三四五六七八九OoΟ○]{4}"
DATE = re.compile(
    rf"(?<![0-9])(?P<year>{_YEAR})\s*(?:年|[-./](?=\s*[01]?\d\s*[-./]))\s*"
    r"(?P<month>\d{1,2}|[元一二三四五六七八九十]{1,2})\s*[月\-./]\s*"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十廿]{1,3})(?!\d)\s{0,3}[日号]?"
)
SHORT_DATE = re.compile(r"(?<![0-9年])(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]")
DAMAGED = re.compile(r"(?P<year>20\d\d|19\d\d)?年?(?P<rest>\d{2,4})日?$")
# 20247月22日, 2024年722日: one of the three words is lost.
_LOST_YEAR = re.compile(r"(?P<year>20\d\d|19\d\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日?")
_COMPACT = 4


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with its place in the text it was looked for in."""

    value: date
    start: int
    end: int


def made(year: int | None, month: int | None, day: int | None) -> date | None:
    """The date, or None when there is no such day."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def of_match(match: re.Match[str]) -> date | None:
    """Value of a DATE match."""
    month, day = match["month"].replace("元", "一"), match["day"].replace("廿", "二十")
    return made(number(match["year"]), number(month), number(day))


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundDate]:
    """All full dates that exist in the calendar, in order."""
    for match in DATE.finditer(text, start, len(text) if end is None else end):
        value = of_match(match)
        if value is not None:
            yield FoundDate(value, match.start(), match.end())


def first_date(text: str, start: int = 0, end: int | None = None) -> FoundDate | None:
    """The first full date."""
    return next(find_dates(text, start, end), None)


# A seal over the date takes a numeral with it.
_LOST_NUMBER = re.compile(r"\d{4}年(?:月\d{1,2}日?|\d{1,2}月日|月日)")


def is_damaged(text: str) -> bool:
    """Whether a folded line is a date that lost some of its words."""
    return any(pattern.fullmatch(text) for pattern in (DAMAGED, _LOST_YEAR, _LOST_NUMBER))


def repaired(text: str) -> date | None:
    """``2017821日`` -> 2017-08-21: only when exactly one day of the calendar fits.

    A page that mixes fonts drops 年 and 月 when it is copied (domain.md 1.0).
    """
    lost = _LOST_YEAR.fullmatch(text)
    if lost is not None:
        return made(int(lost["year"]), int(lost["month"]), int(lost["day"]))
    match = DAMAGED.fullmatch(text)
    if match is None or match["year"] is None:
        return None
    rest = match["rest"]
    if len(rest) == _COMPACT:
        return made(int(match["year"]), int(rest[:2]), int(rest[2:]))
    found = {
        day
        for cut in range(1, len(rest))
        if rest[cut] != "0" and rest[0] != "0"
        for day in (made(int(match["year"]), int(rest[:cut]), int(rest[cut:])),)
        if day is not None
    }
    return found.pop() if len(found) == 1 else None
