"""Labels of sections in every style of the field (domain.md 1.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.reading.numerals import number

_CN = "一二三四五六七八九十百零〇"
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第[{_CN}\d]{{1,4}}[编篇](?=\s|$)")),
    (1, re.compile(rf"第[{_CN}\d]{{1,4}}章(?![程节])")),
    (2, re.compile(rf"第[{_CN}\d]{{1,4}}节(?=\s|$|[\u4e00-\u9fff])")),
    (3, re.compile(rf"第[{_CN}\d]{{1,5}}条(?!第|款|规定|之)(?=[\s:、]|$|[\u4e00-\u9fff])")),
    (
        4,
        re.compile(
            rf"[{_CN}]{{1,3}}\s*(?:[、.](?!\d)|、(?=20\d\d年))|[{_CN}]{{1,2}}\s?[,:](?=\s*[\u4e00-\u9fff“])"
            rf"|[{_CN}]{{1,2}}\s+(?=[\u4e00-\u9fff“][^。,;:]{{2,28}}$)"
        ),
    ),
    (5, re.compile(rf"\([{_CN}]{{1,3}}\)[、.]?|[㈠-㈩]")),
    (6, re.compile(r"\d{1,2}\s*[.、](?!\d)|[⒈-⒛]")),
    (7, re.compile(r"\(\d{1,2}\)[、.]?|[⑴-⒇]")),
    (8, re.compile(r"[①-⑳❶-❿]|\d{1,2}\)")),
    (9, re.compile(rf"第[{_CN}](?:[,:、]|(?=\s*第)|[是,])(?:第[{_CN}][,:])?")),
    (10, re.compile(rf"(?:[{_CN}])是(?!否)|其[一二三四五]:|[一二三四五]要(?=[\u4e00-\u9fff])")),
)
_DECORATION = re.compile(r"[#*>\s]*")
ARTICLE = 3
UNNUMBERED = 4.5
"""A head without a number stands below 一、 and above （一）."""
INLINE = 10
# （一）…（二）… inside a paragraph, by the levels of their styles.
_COUNTED = re.compile(
    rf"[:;。!?”)\s](?:(?P<l4>[{_CN}]{{1,3}})、|\((?P<l5>[{_CN}]{{1,3}})\)|(?P<l6>\d{{1,2}})[.、](?!\d)"
    r"|\((?P<l7>\d{1,2})\)|(?P<l8>[①-⑳]))"
)
_CIRCLED = ord("①") - 1


@dataclass(frozen=True, slots=True)
class Label:
    """A section label at the start of a line: its depth and offsets inside the line."""

    level: int
    start: int
    end: int


def read_label(text: str) -> Label | None:
    """The label a folded line begins with; Markdown marks before it are skipped."""
    decoration = _DECORATION.match(text)
    start = decoration.end() if decoration else 0
    if text[start : start + 1] not in _FIRST:
        return None
    for level, pattern in _STYLES:
        match = pattern.match(text, start)
        if match is not None:
            return Label(level, start, match.end())
    return None


@dataclass(frozen=True, slots=True)
class Inner:
    """A label inside a paragraph: its level, what it counts, and its offsets in the text."""

    level: int
    value: int | None
    start: int
    end: int


def inner_labels(text: str, start: int, end: int) -> Iterator[Inner]:
    """Labels that stand behind a colon, a semicolon or a full stop of a paragraph."""
    for match in _COUNTED.finditer(text, max(0, start - 1), end):
        group = str(match.lastgroup)
        token = match[group]
        value = ord(token) - _CIRCLED if group == "l8" else number(token)
        yield Inner(int(group[1:]), value, match.start() + 1, match.end())


def starts_heading(text: str) -> bool:
    """Whether a folded line begins with a section label."""
    return read_label(text) is not None


_RANGES = ("①⑳", "❶❿", "㈠㈩", "⑴⒇", "⒈⒛")
_FIRST = frozenset(f"第(其0123456789{_CN}") | {
    chr(code) for first, last in _RANGES for code in range(ord(first), ord(last) + 1)
}
