"""Labels of sections in every style of the field (domain.md 1.12)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = "一二三四五六七八九十百零〇"
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第[{_CN}\d]{{1,4}}[编篇](?=\s|$)")),
    (1, re.compile(rf"第[{_CN}\d]{{1,4}}章(?![程节])")),
    (2, re.compile(rf"第[{_CN}\d]{{1,4}}节(?=\s|$|[\u4e00-\u9fff])")),
    (3, re.compile(rf"第[{_CN}\d]{{1,5}}条(?!第|款|规定|之)(?=[\s:、]|$|[\u4e00-\u9fff])")),
    (4, re.compile(rf"[{_CN}]{{1,3}}\s*[、.](?!\d)")),
    (5, re.compile(rf"\([{_CN}]{{1,3}}\)[、.]?")),
    (6, re.compile(r"\d{1,2}\s*[.、](?!\d)")),
    (7, re.compile(r"\(\d{1,2}\)[、.]?")),
    (8, re.compile(r"[①-⑳]|\d{1,2}\)")),
    (9, re.compile(rf"第[{_CN}](?:[,:、]|(?=\s*第)|[是,])(?:第[{_CN}][,:])?")),
    (10, re.compile(rf"(?:[{_CN}])是(?!否)|其[一二三四五]:|[一二三四五]要(?=[\u4e00-\u9fff])")),
)
_DECORATION = re.compile(r"[#*>\s]*")
ARTICLE = 3
INLINE = 10


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


def starts_heading(text: str) -> bool:
    """Whether a folded line begins with a section label."""
    return read_label(text) is not None


_FIRST = frozenset(f"第(其0123456789{_CN}①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
