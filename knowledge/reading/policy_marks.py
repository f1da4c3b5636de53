"""Signs of a policy: its title's last word, its articles, the words that put it in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.reading.dates import DATE
from knowledge.reading.document_numbers import NUMBER
from knowledge.reading.letters.marks import is_mark
from knowledge.reading.source import Line, Source
from knowledge.reading.words import ORGAN_SUFFIX, is_label_line

_GENRE = (
    r"(?:意见|办法|条例|规定|方案|规划|纲要|通知|决定|法|细则|标准|规范|计划|措施|公告|通告|批复|要点|制度|指南"
    r"|指引|规程|导则|预案|章程|规则|通报|决议|若干政策|政策|目录|清单)"
)
TITLE_END = re.compile(rf"{_GENRE}(?:\s*\([^()]{{1,30}}\))*[\s*》]*$")
_ARTICLE = re.compile(r"^[#* \t]*第[一二三四五六七八九十百零]+[条章]", re.MULTILINE)
_ISSUED = re.compile(
    r"特此(?:公告|通告|通知)|印发给你们|现印发|现予(?:公布|发布|印发)|请(?:认真)?(?:贯彻|遵照|结合实际|组织实施)|起施行|起实施|起执行|有效期|本(?:办法|条例|规定|细则|意见|方案)"
)
_REPLY = re.compile(r"收悉|答复如下|函复如下|回复如下")
_TO_ALL = re.compile(r"^各[^。\n]{2,120}:\r?$", re.MULTILINE)
_METADATA = re.compile(
    r"[\[〔(]?(?:索\s*引\s*号|信息索引|有\s*效\s*性|时\s*效\s*性|效力状态|文件状态|文件效力|是否有效"
    r"|文件名称|文件标题|信息名称|信息标题|名\s*称|题\s*名"
    r"|发布时间|发布日期|发文日期|成文日期|印发日期|公布日期|生效日期|施行日期|废止日期|失效日期|发布机构|发布机关|发文机关|发文单位|制定机关"
    r"|公开方式|公开属性|公开类型|公开形式|来\s*源|信息来源|信息分类|主题分类|组配分类|体裁分类|主题词|关键词|文\s*号"
    r"|发文字号|字\s*体|字\s*号|打\s*印|分\s*享|浏览次数|浏览量|阅读次数|点击数|当前位置|您的位置|作\s*者|责任编辑|日\s*期)"
    r"\s*[〕\])]?\s*[::\t]"
)
_HEAD_OF_ORGAN = re.compile(r"(?:[省市县区州镇乡]长|主席|主任|总理|局长|部长|厅长)\s*:?\s")
_BRACKETED = re.compile(r"[\[〔(][^\[\]〔〕()]{2,80}[\]〕)]")
_QUALIFIER = re.compile(
    r"\((?:试行|暂行|修订|修订稿|草案|送审稿|征求意见稿|[12]\d{3}年?[^()]{0,12})\)"
)
_TITLE_LABEL = re.compile(r"(?:文件|信息)?(?:名\s*称|标\s*题)\s*[:\t]\s*")
_VOID = re.compile(r"[#*\s]*〔(?:已|现已)?(?:废止|失效)〕")
_CHROME = re.compile(r"字\s*体\s*:|打\s*印\s*(?:本页)?$|关闭窗口|无障碍|首页\s*[>|]|\|\s*登录")
_ORDER = re.compile(
    rf"[\u4e00-\u9fff、\s]{{2,40}}{ORGAN_SUFFIX}\s*(?:令|公告|通告)\s*(?:\(?第[^()]{{1,8}}号\)?)?"
)
_HEAD = 12
_LONGEST_TITLE = 120
_LONGEST_MARK = 40
_DECORATION = "#*《》 \t"


def looks_like_policy(source: Source) -> bool:
    """Two signs of a policy in a text that does not answer anybody."""
    head = source.folded[:3000]
    title = title_bounds(source, source.lines[:_HEAD])
    # 批复 answers a 请示 of an office below, not a member.
    granted = title is not None and source.folded[: title[1]].rstrip("》* ").endswith("批复")
    if _REPLY.search(head) and not granted:
        return False
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
    """Clean bounds of the title: the first lines that join to something ending like one.

    …人民政府令 and …常务委员会公告 alone name the order; the rules it puts in force are
    titled below.
    """
    order: tuple[int, int] | None = None
    for index, line in enumerate(lines):
        if is_aside(line.text) or "。" in line.text:
            continue
        bounds = _joined(source, lines, index)
        if bounds is not None and _ORDER.fullmatch(source.folded, *bounds):
            order = order or bounds
        elif bounds is not None:
            return bounds
    return order or _labelled_title(source, lines)


def _labelled_title(source: Source, lines: Sequence[Line]) -> tuple[int, int] | None:
    """``文件名称：…`` where the title stands nowhere else."""
    for line in lines:
        match = _TITLE_LABEL.match(line.text)
        if match is not None and TITLE_END.search(line.text):
            return _bare(source, line.start + match.end(), line.end)
    return None


def is_aside(text: str) -> bool:
    """Whether a line belongs to the page around a policy: metadata, tools, marks."""
    return bool(
        _BRACKETED.fullmatch(text)
        or DATE.fullmatch(text)
        or _HEAD_OF_ORGAN.match(text)
        or is_mark(text)
        or is_label_line(text)
        or _METADATA.match(text)
        or _CHROME.search(text)
    )


def _joined(source: Source, lines: Sequence[Line], index: int) -> tuple[int, int] | None:
    start = lines[index].start
    for line in lines[index : index + 4]:
        text = source.folded[start : line.end]
        if len(text) > _LONGEST_TITLE or "。" in text or line.text.endswith((":", ",", ";")):
            return None
        if is_aside(line.text):
            return None
        if TITLE_END.search(line.text):
            return _bare(source, start, _qualified(lines, index, line))
    return None


def _qualified(lines: Sequence[Line], index: int, last: Line) -> int:
    """End of the title, with a （试行） that stands on the line below it."""
    following = next((line for line in lines[index:] if line.start > last.end), None)
    return following.end if following and _QUALIFIER.fullmatch(following.text) else last.end


def _bare(source: Source, start: int, end: int) -> tuple[int, int]:
    void = _VOID.match(source.folded, start, end)
    start = void.end() if void else start
    while start < end and source.folded[start] in _DECORATION:
        start += 1
    while end > start and source.folded[end - 1] in _DECORATION:
        end -= 1
    return start, end
