"""Class mark and openness mark wherever a letter carries them (domain.md 1.5, 1.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.domain.documents import Openness
from knowledge.domain.text import Field
from knowledge.reading.document_numbers import NUMBER
from knowledge.reading.source import Line, Source
from knowledge.reading.ticks import ticked

CLASS_WORD = re.compile(r"[A-D](?=\s*类|\s*[(<□☑√✓\t|])|[甲乙丙丁](?=类)")
_CLASS_LABEL = re.compile(
    r"(?:(?:办复|办理|答复|提案|建议|解决|分)?(?:类\s*别|类\s*型|结\s*果|程\s*度)|分类)"
    r"(?:\([^()]{1,6}\))?\s*[:\t |]\s*"
    r"[(〔]?(?P<mark>[A-D](?![A-Za-z0-9])|[甲乙丙丁](?=类)|(?:已|正|部分|基本|全部)?(?:经|在)?"
    r"(?:解决|采纳|列入|计划|留作|拟|参考|暂)[^\s,。;:()〕\t]{0,24})"
)
_RESULT = (
    r"(?:已|正在|部分|基本)?(?:经)?(?:解决|采纳)(?:[或和、]?(?:采纳|解决))?|正在解决"
    r"|(?:列入)?计划(?:拟)?(?:解决|采纳)(?:或(?:准备|拟)采纳)?|列入(?:规划|计划)(?:逐步|拟)?解决|留作参考"
)
_OPENNESS = r"(?:同意|主动|全文|摘要|依申请|不予|不同意|不)?公开"
_CLASS_LINE = re.compile(
    rf"[(〔“\"]?\s*(?:(?P<mark>[A-D]|[甲乙丙丁](?=[”\"]?\s*类))\s*[”\"]?\s*类?(?:件|答复件)?\s*[)〕]?"
    rf"(?:\s*\((?:{_RESULT})\))?(?:[\s,、;|(]+(?P<openness>{_OPENNESS}))?[)〕]?"
    rf"|(?P<word>{_RESULT})[)〕”\"]?)[\s*]*"
)
_CLASS_GLUED = re.compile(
    r"[ \t]*[(〔]?\s*(?P<mark>[A-D]|[甲乙丙丁])\s*类\s*[))〕]?"
    # 文号 to the left, the bare letter to the right of one line.
    r"|[ \t]{2,}(?P<bare>[A-D])[ \t]*(?=\r?\n|$)"
)
_CLASS_INLINE = re.compile(r"(?:^|[\s((〔])(?P<mark>[A-D])\s*类(?=$|[\s))〕])")
_OPEN_LABEL = re.compile(
    r"(?P<label>是否(?:同意|可以)?(?:对外|主动|向社会)?公开"
    r"|公开(?:选项|方式|属性|类型|类别|形式|情况))\s*[:\t ]\s*(?P<mark>是|否|[^\s,。;:()〕]{2,8})"
)
_OPEN_ANSWER = re.compile(
    rf"(?:复文|答复|信息)?公开\s*:\s*(?P<mark>(?:是|否)(?![\u4e00-\u9fff])|{_OPENNESS})"
)
_OPEN_NOTE = re.compile(
    r"\(?\s*(?P<mark>(?:此|本)件(?:[^\s。()]{0,6})公开(?:发布)?|(?:此|本)件(?:不予|不)公开)\s*\)?"
)
_OPEN_LINE = re.compile(rf"[(〔]?(?P<mark>{_OPENNESS})[)〕]?\s*")
_OPEN_AFTER = re.compile(rf"(?:^|[\s)〕,、;(])(?P<mark>{_OPENNESS})[)〕]?$")
_OPEN_WORD = re.compile(_OPENNESS)
_BOX = "□☐▢○◯■☑☒√✓✔"
_TICKED_LINE = re.compile(
    rf"(?=[^\n]*[{_BOX}])(?:[\s{_BOX}()|、,]|[A-D]|类|件|{_OPENNESS})*(?:[A-D]|{_OPENNESS})(?:[\s{_BOX}()|、,]|[A-D]|类|件|{_OPENNESS})*"
)
_ANSWERS = {
    **dict.fromkeys(("是", "同意", "可以", "可", "愿意"), Openness.OPEN),
    **dict.fromkeys(("否", "不同意", "不可以", "不可", "不愿意"), Openness.CLOSED),
}
_CITED = re.compile(r"根据|按照|依据|依照|落实|执行|贯彻")
_CITES = re.compile(r"[)〕]?(?:文件|精神|要求|规定|[,、;《])|[^。]*。")
_LONGEST_LINE = 40
_BETWEEN = " \t|,;、"
_LEFT_OVER = 3


def is_mark(text: str) -> bool:
    """Whether a folded line says nothing but class, openness or document number."""
    if len(text) > _LONGEST_LINE:
        return False
    marks = (_CLASS_LINE, _OPEN_LINE, _OPEN_NOTE, _OPEN_ANSWER, _TICKED_LINE)
    if _only_number(text) or any(mark.fullmatch(text) for mark in marks):
        return True
    return _only_labels(text)


def _only_labels(text: str) -> bool:
    """Whether a line holds labelled marks alone: 答复类别 A 公开属性 主动公开."""
    rest = text.strip(_BETWEEN)
    label = _CLASS_LABEL.match(rest) or _OPEN_LABEL.match(rest)
    while label is not None:
        rest = rest[label.end() :].lstrip(_BETWEEN)
        if len(rest) <= _LEFT_OVER:
            return True
        label = _CLASS_LABEL.match(rest) or _OPEN_LABEL.match(rest)
    return False


def _only_number(text: str) -> bool:
    """Whether a line is a document number with its marks, not a sentence that cites one."""
    match = NUMBER.match(text)
    return match is not None and not _CITED.match(text) and not _CITES.match(text, match.end())


def class_after(source: Source, number: Field[str]) -> Field[str] | None:
    """The mark glued to the number's end, as in ``…〔2017〕16号C类``."""
    if number.span is None:
        return None
    glued = _CLASS_GLUED.match(source.folded, source.clean_at(number.span.end))
    return _letter(source, glued) if glued else None


def find_class(source: Source, lines: Sequence[Line]) -> Field[str] | None:
    """The class mark of head or tail lines: a ticked box, a label, then a line of its own."""
    for line in lines:
        choice = ticked(line.text, 0, len(line.text), CLASS_WORD)
        if choice is not None:
            return source.field(choice.text, line.start + choice.start, line.start + choice.end)
    for pattern in (_CLASS_LABEL, _CLASS_LINE, _CLASS_INLINE):
        for line in lines:
            whole = pattern is _CLASS_LINE
            match = (pattern.fullmatch if whole else pattern.search)(line.text)
            if match is not None:
                group = "word" if whole and match["mark"] is None else "mark"
                start, end = (line.start + offset for offset in match.span(group))
                return source.field(source.folded[start:end], start, end)
    return None


def find_openness(source: Source, lines: Sequence[Line]) -> Field[str] | None:
    """The openness mark of head or tail lines; the value is an ``Openness``."""
    for line in lines:
        if "公开" not in line.text:
            continue
        choice = ticked(line.text, 0, len(line.text), _OPEN_WORD)
        if choice is not None:
            value = _known(choice.text)
            return source.field(value.value, line.start + choice.start, line.start + choice.end)
        for pattern in (_OPEN_LABEL, _OPEN_ANSWER, _OPEN_NOTE, _OPEN_AFTER):
            match = pattern.search(line.text)
            value = openness(match["mark"]) if match else None
            if match is not None and value is not None:
                start, end = (line.start + offset for offset in match.span("mark"))
                return source.field(value.value, start, end)
        whole = _OPEN_LINE.fullmatch(line.text)
        if whole is not None:
            start, end = (line.start + offset for offset in whole.span("mark"))
            return source.field(_known(whole["mark"]).value, start, end)
    return None


def openness(words: str) -> Openness | None:
    """What the words of an openness mark say; None when they say nothing about it."""
    # 部分公开 does not say which part: it stays unknown, and unknown is not open.
    if "部分" in words:
        return None
    return _ANSWERS.get(words) or (_known(words) if "公开" in words else None)


def _known(words: str) -> Openness:
    if "申请" in words:
        return Openness.ON_REQUEST
    if "不" in words:
        return Openness.CLOSED
    return Openness.OPEN


def _letter(source: Source, match: re.Match[str]) -> Field[str]:
    name = "mark" if match["mark"] else "bare"
    return source.field(match[name], *match.span(name))
