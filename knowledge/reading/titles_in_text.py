"""《titles》 inside a text, nested ones included, without running away on an open mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 160
# A work of art, a paper, a programme: the word beside the marks tells what it is.
_WORK_BEFORE = re.compile(
    r"(?:话剧|歌剧|戏曲|小说|散文|诗集|歌曲|电影|影片|微电影|纪录片|专题片|宣传片|短视频|电视剧|舞剧|节目|栏目|专栏"
    r"|杂志|期刊|报刊|专著|图书|画册|游戏|平台|APP|公众号|报纸|绘本|教材|读本|丛书)(?:[《》、][^《》]{0,30})*$"
)
_WORK_AFTER = re.compile(
    r"(?:、?《[^《》]{1,40}》){0,4}等?(?:一书|栏目|专栏|节目|杂志|期刊|纪录片|专题片|宣传片|APP|平台|公众号|报纸"
    r"|图书|作品|书籍|剧目|经典|名著|影片|电影|歌曲|话剧|教材|读本|丛书|报道|专版)"
)
# 今日说法, 孙子兵法 end like a law.
_NO_LAW = re.compile(r"(?:说|兵|书|看|做|手|用|语|魔|疗|算|想|笔|技|戏|章|枪|拳|针|之)法$")
_LONGEST_WORK = 8


@dataclass(frozen=True, slots=True)
class BookTitle:
    """Offsets of 《…》 with and without its marks."""

    start: int
    end: int

    @property
    def inner_start(self) -> int:
        """Behind 《."""
        return self.start + 1

    @property
    def inner_end(self) -> int:
        """Before 》."""
        return self.end - 1


def is_work(text: str, title: BookTitle) -> bool:
    """Whether the words beside a title say that it is a book, a film, a programme or an app."""
    if title.end - title.start <= _LONGEST_WORK and _NO_LAW.search(
        text, title.inner_start, title.inner_end
    ):
        return True
    before = text[max(0, title.start - 2 * _LONGEST_WORK) : title.start]
    return bool(_WORK_BEFORE.search(before) or _WORK_AFTER.match(text, title.end))


def find_book_titles(text: str, start: int, end: int) -> Iterator[BookTitle]:
    """Outermost 《…》 pairs of a stretch, in order; an unclosed mark is skipped."""
    at = text.find("《", start, end)
    while at >= 0:
        close = _closing(text, at, min(end, at + _LONGEST))
        if close is None:
            at = text.find("《", at + 1, end)
        else:
            yield BookTitle(at, close)
            at = text.find("《", close, end)


def _closing(text: str, at: int, end: int) -> int | None:
    if text.find("》", at, end) < 0:
        return None
    depth = 0
    for index in range(at, end):
        mark = text[index]
        if mark == "《":
            depth += 1
        elif mark == "》":
            depth -= 1
            if depth == 0:
                return index + 1
    return None
