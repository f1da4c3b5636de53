"""落款: who signs and when; without one, the organ at the head (domain.md 1.0, 1.10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Field
from knowledge.reading.dates import (
    DATE,
    SHORT_DATE,
    find_dates,
    first_date,
    is_damaged,
    repaired,
)
from knowledge.reading.letters.organs import organ_names
from knowledge.reading.letters.zones import Zones, is_furniture
from knowledge.reading.source import Line, Source
from knowledge.reading.words import ORGAN_LINE, ORGAN_SUFFIX, is_label_line

_IN_TITLE = re.compile(rf"^(?P<organ>[^\s关]{{2,30}}?{ORGAN_SUFFIX})(?=关于|对)")
_LABELLED_UNIT = re.compile(
    r"(?:承办单位|答复单位|主办单位|联系单位|办理单位"
    r"|办理部门|^单\s*位|落款单位)(?:名称)?(?:\([^()]{1,6}\))?\s*[:\t ]"
    r"\s*(?P<unit>[^\s,。;:()]{2,40})"
)
_LABELLED_DATE = re.compile(
    r"(?:答复时间|答复日期|成文日期|签发日期|办结时间|办复时间|落款日期|^日\s*期)\s*[:\t ]"
)
# 某局办公室　2024年7月23日印发: who prints and when, not who signs.
_PRINTED = re.compile(r"印发$")
_DATE_LINE = re.compile(rf"\(?\s*(?:{DATE.pattern})\s*\)?")
_MONTH = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月")
REPAIRED = 0.8


def read_date(source: Source, zones: Zones) -> tuple[Field[date] | None, list[ReadingWarning]]:
    """The date under the letter, else a labelled one; damaged ones only when certain."""
    unlabelled = [line for line in zones.tail if not is_label_line(line.text)]
    printed = [line for line in unlabelled if _PRINTED.search(line.text)]
    signed = [line for line in unlabelled if line not in printed]
    for line in (*reversed(signed), *reversed(printed)):
        *_, last = [None, *find_dates(line.text)]
        if last is not None:
            return source.field(last.value, line.start + last.start, line.start + last.end), []
    damaged = _damaged(source, unlabelled)
    if damaged is not None:
        return damaged
    for line in (*zones.tail, *zones.head):
        found = first_date(line.text) if _LABELLED_DATE.search(line.text) else None
        if found is not None:
            return source.field(found.value, line.start + found.start, line.start + found.end), []
    return _below_title(source, zones), []


def _below_title(source: Source, zones: Zones) -> Field[date] | None:
    """A date alone on a line of the head, once nothing below the letter tells one."""
    for line in zones.head:
        # 2024-08-01 alone is the page's own date, not the letter's.
        written = "年" in line.text and _DATE_LINE.fullmatch(line.text)
        found = first_date(line.text) if written else None
        if found is not None:
            return source.field(found.value, line.start + found.start, line.start + found.end)
    return None


def _damaged(
    source: Source, lines: Sequence[Line]
) -> tuple[Field[date] | None, list[ReadingWarning]] | None:
    for line in reversed(lines):
        damaged = (
            is_damaged(line.text)
            or SHORT_DATE.fullmatch(line.text)
            or _MONTH.fullmatch(line.text)
            or DATE.fullmatch(line.text)  # a day the calendar does not have
        )
        if not damaged:
            continue
        span = source.span(line.start, line.end)
        details = {"literal": source.clean[line.start : line.end]}
        value = repaired(line.text)
        if value is None:
            return None, [ReadingWarning("date.damaged", span, details)]
        warning = ReadingWarning("date.repaired", span, {**details, "value": value.isoformat()})
        return Field(value, span, REPAIRED), [warning]
    return None


def read_units(source: Source, zones: Zones) -> tuple[Field[str], ...]:
    """Signing units: above the date, else the organ of the head, of the title, of a label."""
    return (
        _signed(source, zones.tail)
        or _in_head(source, zones)
        or _in_title(source, zones)
        or _labelled(source, (*zones.tail, *zones.head))
    )


def _signed(source: Source, tail: Sequence[Line]) -> tuple[Field[str], ...]:
    fields: list[Field[str]] = []
    for line in tail:
        if (
            is_label_line(line.text)
            or is_furniture(line.text)
            or (fields and _PRINTED.search(line.text))
        ):
            continue
        end = _without_date(line)
        text = line.text[: end - line.start]
        if text and ORGAN_LINE.fullmatch(text.strip()):
            fields.extend(organ_names(source, line.start, end))
    return tuple(fields)


def _without_date(line: Line) -> int:
    match = DATE.search(line.text)
    return line.start + len(line.text[: match.start()].rstrip()) if match else line.end


def _in_head(source: Source, zones: Zones) -> tuple[Field[str], ...]:
    for line in reversed(zones.head):
        inside = any(title.start <= line.start < title.end for title in zones.titles)
        text = line.text.strip("#* ")
        if not inside and not is_label_line(text) and ORGAN_LINE.fullmatch(text):
            left = line.start + line.text.index(text)
            return tuple(organ_names(source, left, left + len(text)))
    return ()


def _in_title(source: Source, zones: Zones) -> tuple[Field[str], ...]:
    for title in reversed(zones.titles):
        match = _IN_TITLE.match(title.compact.text)
        if match is not None:
            return (source.literal(*title.compact.bounds(*match.span("organ"))),)
    return ()


def _labelled(source: Source, lines: Sequence[Line]) -> tuple[Field[str], ...]:
    for line in lines:
        match = _LABELLED_UNIT.search(line.text)
        if match is not None:
            start, end = match.span("unit")
            return (source.literal(line.start + start, line.start + end),)
    return ()
