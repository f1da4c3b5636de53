"""When a policy was adopted and issued, takes effect and ends (design.md 10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.domain.text import Field
from knowledge.reading.dates import DATE, find_dates, first_date, made, of_match
from knowledge.reading.numerals import number
from knowledge.reading.source import Line, Source

_HEAD = 15
_TAIL = 12
_FROM = r"(?:正式|开始)?(?:施行|实施|执行|实行|生效|试行)"
# 根据…2018年通过的《…》 tells of another document.
_ADOPTED = re.compile(
    rf"(?<!根据)(?<!依据)(?<!按照)(?:{DATE.pattern})(?:(?!\d{{4}}年)[^。\n()《]){{0,60}}?(?:通过|审议通过|会议批准)(?!的)"
)
_ISSUED = re.compile(
    rf"(?:{DATE.pattern})(?:(?!\d{{4}}年)[^。\n()]){{0,40}}?(?:公布|发布|印发|颁布)"
)
_ISSUED_LABEL = re.compile(r"(?:成文|发文|印发|发布|公布)(?:日期|时间)\s*[:\t ]")
# 自…起实施老年助餐补贴 tells of a measure; the policy's own start ends its clause.
_OTHER_DATE = DATE.pattern.replace("?P<", "?P<other_")
_EFFECTIVE = re.compile(
    rf"(?:[自从]|本[^。,;\n]{{1,16}}于?|(?:^|(?<=[。,;\n条]))\s*)\s*(?:{DATE.pattern})\s*(?:\d{{1,2}}时|零时)?"
    rf"(?:\(含\))?(?:起|开始)?\s*(?:至(?:{_OTHER_DATE})止?)?{_FROM}"
    rf"(?=至|到|[一二两三四五\d]{{1,2}}(?:年|个月)|[^\u4e00-\u9fff《]|$)",
    re.MULTILINE,
)
_TERM_BEGINS = re.compile(
    rf"(?:(?:有效期|试行期|执行期)限?为?[自从]|(?:施行|实施|生效|执行)(?:日期|时间)(?:为|是))\s*"
    rf"(?:{DATE.pattern})\s*(?:起?至|(?=[,。;]))"
)
_EFFECTIVE_LABEL = re.compile(r"(?:施行|实施|生效|执行)(?:日期|时间)\s*[:\t ]")
# A term in working days needs a calendar of holidays and is not computed.
_FROM_ISSUE = re.compile(
    r"[自从](?:本\w{2})?(?:正式)?(?:发布|公布|印发|颁布|下发|发文|成文|签发)之日起"
    r"(?:(?:满|第)?(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<unit>日|天|个月)(?:之?后|起)?)?"
    rf"[,]?(?:开始)?{_FROM}"
)
_EXPIRES = re.compile(
    rf"(?:(?:有效期|试行期|执行期|实施期)限?为?(?:[自从]?(?:{_OTHER_DATE})起?)?(?:至|到|截至|截止到?)"
    rf"|[自从]\s*(?:{_OTHER_DATE.replace('other_', 'second_')})起?至"
    rf"|(?:施行|执行|有效|试行|实施)(?:至|到))\s*(?:{DATE.pattern})"
)
_ENDS = re.compile(rf"(?<=[,;])\s*于?\s*(?:{DATE.pattern})(?:起)?(?:自动|自行)?(?:废止|失效)")
_EXPIRES_LABEL = re.compile(r"(?:失效|废止|截止|终止)(?:日期|时间)\s*[:\t ]")
_UNTIL_END = re.compile(
    r"(?:有效期|试行期|执行期|实施期)限?为?(?:至|到|截至|截止到?)(?P<year>20\d\d)年"
    r"(?:底|末|年底|(?P<month>\d{1,2})月(?:底|末|份)?(?!\d|\s*\d))"
)
_TERM = re.compile(
    r"(?:(?:有效|试行|执行|实施|施行|暂行|使用)期限?|有效|[日起,]试行|[日起,]暂行)(?:暂定)?(?:为|是|:)?"
    r"(?:自[^。,]{0,12}之日起)?\s*(?P<count>\d{1,2}|[一二三四五六七八九十两]{1,2})\s*(?P<unit>年|个月)"
)


@dataclass(frozen=True, slots=True)
class PolicyDates:
    """The days of a policy's life; any may be absent."""

    adopted: Field[date] | None
    issued: Field[date] | None
    effective: Field[date] | None
    expires: Field[date] | None


def read_dates(source: Source, lines: Sequence[Line], start: int, end: int) -> PolicyDates:
    """All days the text tells; a term in years or months counts from the day it takes effect."""
    issued = _issued(source, lines, start, end)
    effective = (
        _dated(source, _EFFECTIVE, start, end)
        or _dated(source, _TERM_BEGINS, start, end)
        or _labelled(source, _EFFECTIVE_LABEL, lines)
        or _from_issue(source, issued, start, end)
    )
    expires = (
        _dated(source, _EXPIRES, start, end)
        or _labelled(source, _EXPIRES_LABEL, lines)
        or _until_end(source, start, end)
        or _dated(source, _ENDS, start, end)
        or _term(source, effective, start, end)
    )
    return PolicyDates(_dated(source, _ADOPTED, start, end), issued, effective, expires)


def _dated(source: Source, pattern: re.Pattern[str], start: int, end: int) -> Field[date] | None:
    for match in pattern.finditer(source.folded, start, end):
        value = of_match(match)
        if value is not None:
            return source.field(value, match.start("year"), match.end("day"))
    return None


def _issued(source: Source, lines: Sequence[Line], start: int, end: int) -> Field[date] | None:
    for line in reversed(lines):
        match = DATE.fullmatch(line.text)
        value = of_match(match) if match else None
        if value is not None:
            return source.field(value, line.start, line.end)
    return (
        _labelled(source, _ISSUED_LABEL, lines)
        or _dated(source, _ISSUED, start, end)
        or _printed(source, lines)
    )


def _labelled(source: Source, label: re.Pattern[str], lines: Sequence[Line]) -> Field[date] | None:
    for line in lines[:_HEAD]:
        match = label.search(line.text)
        found = first_date(line.text, match.end()) if match else None
        if found is not None:
            return source.field(found.value, line.start + found.start, line.start + found.end)
    return None


def _printed(source: Source, lines: Sequence[Line]) -> Field[date] | None:
    """``…办公室 2024年3月5日印发`` on the last lines."""
    for line in reversed(lines[-_TAIL:]):
        found = list(find_dates(line.text)) if line.text.endswith("印发") else []
        if found:
            last = found[-1]
            return source.field(last.value, line.start + last.start, line.start + last.end)
    return None


def _from_issue(
    source: Source, issued: Field[date] | None, start: int, end: int
) -> Field[date] | None:
    match = _FROM_ISSUE.search(source.folded, start, end)
    if match is None or issued is None:
        return None
    count = number(match["count"] or "") or 0
    if match["unit"] == "个月":
        value = _months_later(issued.value, count)
    else:
        value = issued.value + timedelta(days=count)
    return source.field(value, *match.span())


def _term(
    source: Source, effective: Field[date] | None, start: int, end: int
) -> Field[date] | None:
    """有效期五年 counts from the day it takes effect and ends the day before its anniversary."""
    match = _TERM.search(source.folded, start, end)
    count = number(match["count"]) if match else None
    if match is None or not count or effective is None:
        return None
    months = 12 * count if match["unit"] == "年" else count
    last = _months_later(effective.value, months) - timedelta(days=1)
    return source.field(last, *match.span())


def _until_end(source: Source, start: int, end: int) -> Field[date] | None:
    """有效期至2025年底, 有效期至2025年6月: the last day of the year or month."""
    match = _UNTIL_END.search(source.folded, start, end)
    begin = made(int(match["year"]), int(match["month"] or 12), 1) if match else None
    if match is None or begin is None:
        return None
    return source.field(_months_later(begin, 1) - timedelta(days=1), *match.span())


def _months_later(day: date, months: int) -> date:
    """The same day of a later month; the first of the next where the month is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    found = made(day.year + years, month + 1, day.day)
    if found is not None:
        return found
    years, month = divmod(day.month + months, 12)
    return date(day.year + years, month + 1, 1)
