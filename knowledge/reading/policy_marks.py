"""Signs of a policy: its title's last word, its articles, the words that put it in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.reading.document_numbers import NUMBER
from knowledge.reading.letters.marks import is_mark
from knowledge.reading.letters.words import LABEL_LINE
from knowledge.reading.source import Line, Source

_GENRE = (
    r"(?:意见|办法|条例|规定|方案|规划|纲要|通知|决定|法|细则|标准|规范|计划|措施|公告|通告|批复|要点|制度|指南"
    r"|指引|规程|导则|预案|章程|规则|通报|决议|若干政策|政策|目录|清单)"
)
TITLE_END = re.compile(rf"{_GENRE}(?:\s*\([^()]{{1,30}}\))*[\s*》]*$")
_ARTICLE = re.compile(r"^[#* \t]*第[一二三四五六七八九十百零]+[条章]", re.MULTILINE)
_ISSUED = re.compile(
    r"印发给你们|现印发|现予(?:公布|发布|印发)|请(?:认真)?(?:贯彻|遵照|结合实际|组织实施)|起施行|起实施|起执行|有效期|本(?:办法|条例|规定|细则|意见|方案)"
)
_REPLY = re.compile(r"收悉|答复如下|函复如下|回复如下")
_TO_ALL = re.compile(r"^各[^。\n]{2,120}[:]$", re.MULTILINE)
_HEAD = 12
_LONGEST_TITLE = 120
_LONGEST_MARK = 40
_DECORATION = "#*《》 \t"


def looks_like_policy(source: Source) -> bool:
    """Two signs of a policy in a text that does not answer anybody."""
    head = source.folded[:3000]
    if _REPLY.search(head):
        return False
    title = title_bounds(source, source.lines[:_HEAD])
    signs = (
        title is not None,
        _ARTICLE.search(source.folded) is not None,
        any(
            NUMBER.search(line.text)
            for line in source.lines[:_HEAD]
            if len(line.text) < _LONGEST_MARK
        ),
        _ISSUED.search(source.folded) is not None,
        _TO_ALL.search(head) is not None,
    )
    return sum(signs) > 1 and (title is not None or signs[1])


def title_bounds(source: Source, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Clean bounds of the title: the first lines that join to something ending like one."""
    for index, line in enumerate(lines):
        if is_mark(line.text) or LABEL_LINE.match(line.text) or "。" in line.text:
            continue
        bounds = _joined(source, lines, index)
        if bounds is not None:
            return bounds
    return None


def _joined(source: Source, lines: Sequence[Line], index: int) -> tuple[int, int] | None:
    start = lines[index].start
    for line in lines[index : index + 4]:
        text = source.folded[start : line.end]
        if len(text) > _LONGEST_TITLE or "。" in text or line.text.endswith((":", ",", ";")):
            return None
        if is_mark(line.text):
            return None
        if TITLE_END.search(line.text):
            return _bare(source, start, line.end)
    return None


def _bare(source: Source, start: int, end: int) -> tuple[int, int]:
    while start < end and source.folded[start] in _DECORATION:
        start += 1
    while end > start and source.folded[end - 1] in _DECORATION:
        end -= 1
    return start, end
