"""抄送: who gets a copy and how many (domain.md 1.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.domain.facts import CopyTo
from knowledge.domain.text import Field
from knowledge.reading.source import Source

_COPY = re.compile(r"(?:^|\n|[ \t(])(?:抄\s*[送报]|分送)(?:单位)?\s*:\s*")
_STOP = re.compile(
    r"。|\n[ \t\r]*\n|\n[ \t]*抄\s*[送报]|(?:责任领导|承办人|联系人|联系电话|签发|附件|主题词)"
    r"|\n[^\n]{0,40}印发|\n[^\n]{0,30}\d{4}年"
)
_ITEM = re.compile(
    r"(?P<name>[^\s、,;:()](?:[^、,;:()\n]*[^\s、,;:()])?)\s*(?:\(\s*(?P<each>各)?(?P<copies>\d{1,3})\s*份?\s*\)?)?"
)
_BARE = re.compile(r"\s*(?P<copies>\d{1,2})份$")
_GAP = re.compile(r"(?<!\s)\s+(?=[\u4e00-\u9fff]{2})")


def read_copies(source: Source, start: int, end: int) -> tuple[Field[CopyTo], ...]:
    """Receivers of all 抄送 and 抄报 lines of a stretch."""
    fields: list[Field[CopyTo]] = []
    for label in _COPY.finditer(source.folded, start, end):
        stop = _STOP.search(source.folded, label.end(), end)
        fields.extend(_items(source, label.end(), stop.start() if stop else end))
    return tuple(fields)


def _items(source: Source, start: int, end: int) -> Iterator[Field[CopyTo]]:
    for match in _ITEM.finditer(source.folded, start, end):
        left, name_end = match.span("name")
        bare = _BARE.search(source.folded[left:name_end])
        printed = match["copies"] or (bare["copies"] if bare else None)
        name_end = left + bare.start() if bare else name_end
        for gap in [*_GAP.finditer(source.folded, left, name_end), None]:
            right = gap.start() if gap else name_end
            last = gap is None
            copies = int(printed) if last and printed else None
            value = CopyTo(source.clean[left:right], copies)
            yield source.field(value, left, match.end() if copies else right)
            left = gap.end() if gap else right
