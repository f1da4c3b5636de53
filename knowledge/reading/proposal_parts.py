"""The parts of a proposal: its head, what it tells first, what it asks for, what offices added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.reading.dates import DATE
from knowledge.reading.form_places import FormLabel
from knowledge.reading.record_values import Form
from knowledge.reading.source import Line, Source
from knowledge.reading.words import ORGAN_LINE

_BACKGROUND = (
    r"(?:提案|建议|案由)?(?:的)?(?:背景|案据|理由|事由|缘由|由来|原因|依据)(?:情况|介绍|分析"
    r"|和依据|及依据|说明)?"
    r"|(?:基本|现实|有关|主要|当前)?情况(?:分析|介绍|说明|概述|反映|(?:和|与|及|、)问题)?"
    r"|(?:当前|目前)?(?:存在|主要|突出|面临|具体|反映)?(?:的)?(?:主要)?问题(?:(?:和|与|及"
    r"|、)?(?:原因"
    r"|分析|不足|困难))?"
    r"|现状(?:(?:和|与|及|、)?(?:存在)?(?:的)?问题)?(?:分析)?|问题的?提出|调研情况|分析"
)
_DEMANDS = (
    r"(?:提案|意见|具体|工作|相关|有关|几点|主要|改进|解决|对策|措施|政策)?(?:的)?(?:工作)?"
    r"(?:意见|对策|措施|办法)?(?:和|与|及|、)?(?:建议|对策|办法|诉求|解决措施|改进措施"
    r"|工作措施|请求)"
    r"(?:(?:和|与|及|、)(?:办法|对策|措施|要求))?(?:如下)?|(?:具体|主要)?(?:要求|请求事项|诉求)"
)
_CONTENT = r"(?:提案|建议|议案|建议/提案|提案/建议|主要)?(?:的)?(?:主要)?(?:正文|内容)(?:\(摘要\))?"
_PART = re.compile(
    r"^[ \t|#*>]*〔?(?:"
    rf"(?P<content>{_CONTENT})|(?P<background>{_BACKGROUND})|(?P<demands>{_DEMANDS})"
    r")〕?[ *]*(?:\([^()\n]{1,20}\))?[ *]*(?::|\t|\||(?=\r?$))[ \t|*]*",
    re.MULTILINE,
)
_HEAD_NAMES = frozenset(
    {"title", "case_number", "session", "member", "supporters", "own_phone", "phone", "employer"}
    | {"extra", "unit", "co_handlers", "result_class", "handler", "unit_phone", "document_number"}
    | {"responsible_leader", "assigned_on", "due_on", "replied_on", "signature", "aside"}
    | {"handler_phone", "satisfaction", "method"}
)
_CLOSING = re.compile(
    r"(?:以上|上述)(?:提案|建议|意见)?[^。]{0,12}(?:请|妥否|当否|是否)[^。]{0,20}。?"
    r"|妥否[^。]{0,12}。?|附件?\s*:.*"
    r"|请[^。]{0,6}(?:审议|审查|研究|采纳|考虑|予以考虑|领导参考)。?|此致|敬礼!?"
)
_PARTY = re.compile(
    r"(?:民[革盟建进]|农工党?|农工民主党|致公党|九三(?:学社)?|台盟|工商联|无党派|共青团|妇联"
    r"|总工会|科协|侨联|台联"
    r"|[\u4e00-\u9fff]{2,12}(?:政协|党派|支部|总支|市委会|县委会|区委会|省委会|专委会|工委"
    r"|界别?|小组|活动组|联络组))"
    r"[\u4e00-\u9fff]{0,16}"
)
_LONGEST_NAME = 30
_NAME_LINE = re.compile(r"(?:[\u4e00-\u9fff]{2,4}(?:\s|、|$)){1,8}")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a proposal: ``content``, ``background`` or ``demands``; its label and its text."""

    name: str
    label: int
    start: int
    end: int


def find_parts(form: Form, start: int, end: int) -> list[Part]:
    """Parts with a heading of their own, each up to the next part or the labels behind it."""
    source = form.source
    heads = list(_PART.finditer(source.folded, start, end))
    parts: list[Part] = []
    for index, head in enumerate(heads):
        stop = heads[index + 1].start() if index + 1 < len(heads) else end
        added = next((label.start for label in _added(form, head.end(), stop)), stop)
        name = str(head.lastgroup)
        parts.append(Part(name, head.start(), head.end(), without_close(source, head.end(), added)))
    return parts


def _added(form: Form, start: int, stop: int) -> Iterator[FormLabel]:
    """Labels that begin a line behind a part: 审查意见, 收文时间, 承办单位."""
    for label in form.labels:
        if start <= label.start < stop and label.name in _HEAD_NAMES and _opens(form, label, start):
            yield label


def _opens(form: Form, label: FormLabel, start: int) -> bool:
    line = form.source.folded.rfind("\n", 0, label.start) + 1
    return line >= start and not form.source.folded[line : label.start].strip(" \t|#*>")


def body_start(form: Form, lines: Sequence[Line], after: int) -> int:
    """Where the text begins behind the title and the labels of the head."""
    labels = {label.start: label for label in form.labels if label.name in _HEAD_NAMES}
    at = after
    for line in lines:
        if line.start < at:
            continue
        label = next((labels[key] for key in labels if line.start <= key < line.end), None)
        if label is None or not _opens(form, label, line.start):
            return line.start
        bounds = form.bounds(label)
        at = min(bounds[1], line.end) if bounds else line.end
    return at


def without_close(source: Source, start: int, end: int) -> int:
    """End of a part without signature, date and the request to consider it."""
    for line in reversed(source.lines_in(start, end)):
        text = line.text
        closes = (
            DATE.fullmatch(text)
            or _CLOSING.fullmatch(text)
            or is_group(text)
            or _NAME_LINE.fullmatch(text)
        )
        if not closes or line.start <= start:
            return min(end, line.end)
        end = line.start
    return end


def is_group(text: str) -> bool:
    """Whether a line is nothing but the name of a party, an organ or a circle that proposes."""
    return (
        len(text) < _LONGEST_NAME
        and "\t" not in text
        and bool(_PARTY.fullmatch(text) or ORGAN_LINE.fullmatch(text))
    )
