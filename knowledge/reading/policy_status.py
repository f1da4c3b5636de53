"""What a policy says of its own force and of those it puts out of force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.domain.facts import PolicyReference
from knowledge.domain.text import Field
from knowledge.reading.sentences import sentence_around
from knowledge.reading.source import Line, Source

_HEAD = 15
_TAIL = 12
_SELF = r"(?:本|此|该)(?:文件|通知|办法|规定|意见|方案|条例|细则|公告|政策)"
_BY = r"(?:《[^。\n]{1,90}》)?\s*(?:\([^()]{1,40}\))?"
_REPEALED = re.compile(
    rf"{_SELF}(?:现|目前|自[^。,]{{4,14}}起)?(?:已经?|被|已由|由){{1,3}}{_BY}[^。,;《\n]{{0,16}}?(?:废止|失效|停止执行)"
    r"|\(已?(?:废止|失效)\)|^[〔(]?(?:已废止|已失效|废止|失效)[〕)]?$|^〔(?:已?废止|已?失效)〕"
)
_SUPERSEDED = re.compile(
    rf"{_SELF}[^。,\n]{{0,12}}(?:被|由){_BY}[^。,;《\n]{{0,20}}?(?:替代|取代|代替|修订|修改)"
)
_LABEL = re.compile(
    r"(?:有\s*效\s*性|时\s*效\s*性|效力状态|文件状态|文件效力|是否有效)"
    r"\s*[:\t ]\s*(?P<word>[^\s,。;]{1,8})"
)
_WORDS = {
    "是": "in_force",
    "有效": "in_force",
    "现行有效": "in_force",
    "继续有效": "in_force",
    "否": "repealed",
    "废止": "repealed",
    "已废止": "repealed",
    "失效": "repealed",
    "已失效": "repealed",
    "宣布失效": "repealed",
    "无效": "repealed",
    "全文废止": "repealed",
    "全文失效": "repealed",
    "尚未生效": "not_yet",
    "未生效": "not_yet",
    "尚未施行": "not_yet",
    "试行": "trial",
    "已修改": "superseded",
    "已修订": "superseded",
    "已被修订": "superseded",
    "已被修改": "superseded",
}
_DRAFT = re.compile(r"征求意见稿|草案|送审稿|讨论稿")
_TRIAL = re.compile(r"试行|暂行")
_ON_TRIAL = re.compile(
    r"本[^。,;\n]{1,8}试行期|[日起]试行(?=[。,;])|试行期(?:限)?为?[一二三四五\d]"
)
_IN_FORCE = re.compile(
    r"现印发给你们|日(?:起)?(?:后)?施行|起(?:正式)?(?:施行|实施|执行|生效)(?![\u4e00-\u9fff《])|遵照执行|认真(?:抓好)?(?:贯彻)?(?:执行|落实)"
)
_REPLACED = re.compile(
    r"(?:同时|予以|自行|即行|一并|相应)废止|废止(?:以下|下列|《)|同时失效|停止执行|不再执行|》\s*(?:\([^()]{1,40}\))?\s*(?:废止|失效)|(?:替代|取代|代替)《"
    r"|(?:之日|日)起(?:同时|即行|自行)?(?:废止|失效|停止执行)"
)
# 决定废止下列文件： and the list below it, or the list in an attachment.
_LIST_HEAD = re.compile(r"(?:废止|失效)[^。;《\n]{0,24}(?:如下)?[:。]?[ \t\r]*$", re.MULTILINE)
_LIST_ITEM = re.compile(r"[ \t*#]*(?:[(]?[\d一二三四五六七八九十]{1,3}[)、.]*\s*)?《")
_BASIS = re.compile(r"(?:根据|依据|按照|依照|参照|遵照|落实|贯彻)\s*$")


def read_status(
    source: Source, lines: Sequence[Line], title: tuple[int, int] | None, start: int, end: int
) -> Field[str]:
    """What the text says of its own force, without looking at a clock.

    ``in_force`` means that the text puts itself in force, from its effective date on; whether
    that day has come is for the library to judge.
    """
    told = _told(source, lines)
    if told is not None and told.value != "in_force":
        return told
    if title is not None:
        for pattern, value in ((_DRAFT, "not_yet"), (_TRIAL, "trial")):
            match = pattern.search(source.folded, *title)
            if match is not None:
                return source.field(value, *match.span())
    if told is not None:
        return told
    trial = _ON_TRIAL.search(source.folded, start, end)
    if trial is not None:
        return source.field("trial", *trial.span())
    match = _IN_FORCE.search(source.folded, start, end)
    return source.field("in_force", *match.span()) if match else Field("unknown")


def _told(source: Source, lines: Sequence[Line]) -> Field[str] | None:
    """Metadata and remarks at the edges: 有效性：已废止, 【本文件已被《…》废止】."""
    for line in (*lines[:_HEAD], *lines[-_TAIL:]):
        for pattern, value in ((_REPEALED, "repealed"), (_SUPERSEDED, "superseded")):
            match = pattern.search(line.text)
            if match is not None:
                return source.field(value, line.start + match.start(), line.start + match.end())
        label = _LABEL.search(line.text)
        if label is not None and label["word"] in _WORDS:
            left, right = label.span("word")
            return source.field(_WORDS[label["word"]], line.start + left, line.start + right)
    return None


def read_replaced(
    source: Source, policies: Sequence[Field[PolicyReference]], start: int, end: int
) -> tuple[Field[PolicyReference], ...]:
    """The policies that this one puts out of force, each with title and number as printed."""
    found = {
        policy.value: policy
        for left, right in _repealing(source, start, end)
        for policy in policies
        if policy.span and left <= policy.span.start < right and not _cited(source, policy)
    }
    return tuple(found.values())


def _repealing(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Raw bounds of sentences that repeal something other than this text."""
    for match in _REPLACED.finditer(source.folded, start, end):
        left, right = sentence_around(source.folded, match.start(), start, end)
        if _REPEALED.search(source.folded, left, right) is None:
            span = source.span(left, right)
            yield span.start, span.end
    for match in _LIST_HEAD.finditer(source.folded, start, end):
        stop = _list_end(source, match.end(), end)
        if stop > match.end():
            span = source.span(match.end(), stop)
            yield span.start, span.end


def _list_end(source: Source, start: int, end: int) -> int:
    """End of the items that begin with a title right below the head of a list."""
    stop = start
    for line in source.lines_in(start, end):
        if _LIST_ITEM.match(source.folded, line.start) is None:
            break
        stop = line.end
    return stop


def _cited(source: Source, policy: Field[PolicyReference]) -> bool:
    """Whether a policy is only the ground the sentence stands on."""
    at = source.clean_at(policy.span.start) if policy.span else 0
    return _BASIS.search(source.folded[max(0, at - 6) : at]) is not None
