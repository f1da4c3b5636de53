"""Signs of a proposal or suggestion, and of a page that carries its answer too (domain.md 1.0)."""

from __future__ import annotations

import re

from knowledge.reading.form_titles import is_form_title
from knowledge.reading.source import Source
from knowledge.reading.words import OPENING

LABELS: dict[str, str] = {
    "title": r"案\s*由|题\s*目|标\s*题|(?:提案|建议)(?:题目|标题|名称|题名)",
    "number": r"编\s*号|案\s*号|提案编号|建议编号|提案号|建议号|建议/提案号|第?N?号",
    "proposers": (
        r"提\s*案\s*(?:者|人)|(?:建议/提案)?提出(?:者|人)|建议人|领衔(?:委员|代表|人)|第一提案人|联名(?:委员|代表|人)|附议(?:人|委员|代表)"
        r"|代表姓名|委员姓名|领衔和联名委员|参与代表"
    ),
    "content": r"(?:提案|建议)?(?:正文|内容)(?:\(摘要\))?|(?:建议/提案)内容|事\s*由",
    "demands": r"(?:具体|工作|意见)?建议|具体工作建议|办法|对策建议",
    "other": r"承办单位|办理部门|处理状态|签发人|签发日期|发布日期|类\s*别|责任领导"
    r"|政府督办领导|督办领导|交办日期|交办时间|主办单位|协办单位|联系电话|所属代表团"
    r"|代表团|通讯地址|组\s*别|界\s*别|审查意见|收文时间|协商方式|办结时间|办理结果",
}
LABEL = re.compile(
    r"^[ \t|#*]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in LABELS.items())
    + r")[ *]*(?::|\t)[ \t|*]*",
    re.MULTILINE,
)
# Where a proposal's own words begin.
ASKED = re.compile(
    r"^[ \t|#*]*(?:(?:提案|建议)?(?:正文|内容)|具体建议|建议|情况分析|事\s*由|理\s*由|办法)"
    r"[ *]*[:\t]",
    re.MULTILINE,
)
_REPLY_LABEL = re.compile(
    r"^[ \t|#*]*(?P<label>(?:答复|回复|办复|办理)(?:内容|情况|意见|复文)?(?:\(摘要\))?"
    r"|答复全文|回复内容)[ *]*(?::|\t|(?=\r?$))",
    re.MULTILINE,
)
_ANSWERED = (
    re.compile(r"^[ \t|#*]*(?:承办单位|办理部门|主办单位)[ *]*[:\t]", re.MULTILINE),
    re.compile(
        r"^[ \t|#*]*(?:办理|办复|落实)(?:情况|结果)[ *]*[:\t][ \t]*"
        r"(?!已于?\d{4}年[^\n]{2,8}办[复结])[^\s□☐☑(A-D][^\n]{8}",
        re.MULTILINE,
    ),
)
_TITLE = re.compile(
    r"[#*\s]*(?:《)?(?:关于|对)[^。;]{2,90}(?:提案|建议案|建议|议案)(?:》)?[\s*]*(?:\([^()]{1,40}\))?"
)
_ASKS = re.compile(r"建\s*议|提案|议案|委员|代表")
_REACH = 12
_FEWEST = 2
_SHORT_ANSWER = 40
_FORM_HEAD = 5


def reply_label(source: Source) -> int | None:
    """Where the answer begins on a page that shows the question first; None on other pages.

    A record that sums the answer up in a cell is one document.
    """
    headed = any(
        is_form_title(source.lines, index) for index in range(min(_FORM_HEAD, len(source.lines)))
    )
    for match in _REPLY_LABEL.finditer(source.folded):
        names = {
            label.lastgroup for label in LABEL.finditer(source.folded, 0, match.start("label"))
        }
        answer = source.folded[match.end() :]
        letter = OPENING.search(answer) is not None
        if not letter and (headed or "摘要" in match["label"]):
            continue
        long_answer = len(answer) > _SHORT_ANSWER or letter
        if {"content", "demands"} & names and len(names) > _FEWEST and long_answer:
            return match.start("label")
    return None


def looks_like_proposal(source: Source) -> bool:
    """A title that ends with 提案 or 建议, or the labels of a proposal sheet."""
    if any(_TITLE.fullmatch(line.text) for line in source.lines[:_REACH]):
        return True
    return is_sheet(source, len(source.folded))


def is_answered(source: Source) -> bool:
    """Whether a sheet tells in a line who handled it and what came of it: a public record.

    已于…办复 tells when, not what (domain.md 3, 贵池).
    """
    return all(pattern.search(source.folded) for pattern in _ANSWERED)


def is_sheet(source: Source, end: int) -> bool:
    """Whether the labels of a proposal sheet stand before ``end`` (clean offset)."""
    names = {label.lastgroup for label in LABEL.finditer(source.folded, 0, min(end, 2000))}
    asks = {"title", "proposers", "content"} & names
    return len(asks) >= _FEWEST and _ASKS.search(source.folded, 0, end) is not None
