"""抄送: who gets a copy and how many (domain.md 1.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.domain.facts import CopyTo
from knowledge.domain.text import Field
from knowledge.reading.numerals import number
from knowledge.reading.source import Source
from knowledge.reading.words import ORGAN_SUFFIX

_Item = tuple[Field[CopyTo], bool]
"""A receiver, and whether its count is meant for each."""

_COPY = re.compile(r"(?:^|\n|[ \t(;。])(?:抄\s*[送报]|分送)(?:单位)?\s*:\s*")
_STOP = re.compile(
    r"。|\n[ \t\r]*\n|[\n;][ \t]*抄\s*[送报]|(?:责任领导|承办人|联系人|联系电话|签发|附件|主题词)"
    r"|\n[^\n]{0,40}印发|\n[^\n]{0,30}\d{4}年"
    r"|\n[ \t]*[\u4e00-\u9fff]{2,8}:"
)
_COUNT = r"(?P<copies>\d{1,3}|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,2})"
# 各县（市、区）, 市政府办（督查室）: what the brackets hold is no count.
_INNER = r"\((?!\s*(?:各\s*)?[\d一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})[^()\n]{1,20}\)"
_ITEM = re.compile(
    rf"(?P<name>[^\s、,;:()…](?:(?:[^、,;:()\n]|{_INNER})*(?:[^\s、,;:()]|{_INNER}))?)"
    rf"\s*(?:\(\s*(?P<each>各)?\s*{_COUNT}\s*份?\s*\)?)?"
)
_BARE = re.compile(rf"\s*(?P<each>各)?\s*{_COUNT}\s*份$")
_WRITTEN = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_UNIT_END = re.compile(rf"{ORGAN_SUFFIX}$")
_GAP = re.compile(r"(?<!\s)\s+(?=[\u4e00-\u9fff]{2})")


def read_copies(source: Source, start: int, end: int) -> tuple[Field[CopyTo], ...]:
    """Receivers of all 抄送 and 抄报 lines of a stretch."""
    fields: list[Field[CopyTo]] = []
    for label in _COPY.finditer(source.folded, start, end):
        stop = _STOP.search(source.folded, label.end(), end)
        items = list(_items(source, label.end(), stop.start() if stop else end))
        fields.extend(field for field, _ in _each(items))
    return tuple(fields)


def _each(items: list[_Item]) -> list[_Item]:
    """各1份 behind the last receiver counts for all that have no count of their own."""
    if not items or not items[-1][1]:
        return items
    copies = items[-1][0].value.copies
    return [
        (replace(field, value=replace(field.value, copies=field.value.copies or copies)), each)
        for field, each in items
    ]


def _items(source: Source, start: int, end: int) -> Iterator[_Item]:
    broken = ""
    begin = start
    for match in _ITEM.finditer(source.folded, start, end):
        left, name_end = match.span("name")
        bare = _BARE.search(source.folded[left:name_end])
        count = match if match["copies"] else bare
        name_end = left + bare.start() if bare else name_end
        for gap in [*_GAP.finditer(source.folded, left, name_end), None]:
            right = gap.start() if gap else name_end
            copies = _value(count) if gap is None else None
            name, at = broken + source.clean[left:right], begin if broken else left
            broken, begin = "", at
            if gap is None and copies is None and _breaks_off(source, right, end, name):
                broken = name
                continue
            field = source.field(CopyTo(name, copies), at, match.end() if copies else right)
            yield field, bool(copies and count and count["each"])
            left = gap.end() if gap else right
    if broken:
        yield source.field(CopyTo(broken, None), *source.trimmed(begin, end)), False


def _value(count: re.Match[str] | None) -> int | None:
    return None if count is None else number(count["copies"].translate(_WRITTEN))


def _breaks_off(source: Source, at: int, end: int, name: str) -> bool:
    """Whether a line ends inside a receiver's name: 市政协提 / 案委员会."""
    after = source.folded[at:end].lstrip(" \t\r")
    return after.startswith("\n") and _UNIT_END.search(name) is None and bool(after.strip())
