"""Where the letter's parts stand: head, salutation, body, tail, attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.reading.dates import DATE, is_damaged
from knowledge.reading.letters.addressees import Salutation, find_salutation
from knowledge.reading.letters.contacts import CONTINUED
from knowledge.reading.letters.marks import is_mark
from knowledge.reading.letters.titles import Title, find_titles
from knowledge.reading.source import Line, Source
from knowledge.reading.words import OPENING, ORGAN_LINE, is_label_line

_HEAD_REACH = 60
_ATTACHMENT = re.compile(r"附\s*件\s*[0-9一二三四五六七八九十]{0,2}\s*[:]?")
_NOTE = re.compile(r"\([^()]{2,120}(?:\([^()]*\)[^()]*){0,4}\)?|-?\s*\d{1,3}\s*-?|—.*—")
# 联系人 刘金花 联系电话 6512345: a table's cells, its colons lost.
_CELLS = re.compile(
    r"(?:责任领导|分管领导|督办领导|承办人|经办人|联系人|联系电话|签发人)(?: +[^ 。,;:]{1,20}){1,7}"
)
_PHONE = re.compile(r"[\d\s\-—─–、,/]{7,40}")
_DATE_END = re.compile(
    rf"^(?P<before>[^。;!?]{{0,60}}?)\s*(?:{DATE.pattern})\s*(?:\([^()]*\)|印发)?\s*$"
    r"|^[12〇二]\S{3}年\s*[\d一二三四五六七八九十]{1,2}\s*月$"
)
_SENTENCE_END = re.compile(r"[。!?;][”’」』)]*$")
# 承办科室：节水科: offices invent labels of their own.
_ANY_LABEL = re.compile(r"\(?(?:[\u4e00-\u9fff ]{2,12}(?:\([^()]{1,6}\))?:[^。!?;:]{0,40}){1,4}")
# What a page prints below the letter it shows.
_FURNITURE = re.compile(
    r"[〔(]?(?:打印|关闭|分享|返回|收藏|扫一扫|上一[篇条个]|下一[篇条个]|版权|浏览|责任编辑|编辑|字体|字号|网站|主办)"
    r"[^。]{0,50}"
)
_DATE_ALONE = re.compile(rf"(?:{DATE.pattern})")
_BELOW = 12
"""So many lines a page may print below the letter it shows."""
_COPY = re.compile(r"抄\s*[送报]")
_TAIL_MAXIMUM = 40
_LONGEST_SHARED = 80


@dataclass(frozen=True, slots=True)
class Zones:
    """A letter's parts as lists of lines and clean offsets.

    Attributes:
        head: lines before the salutation (or before the body without one).
        body: clean offsets from behind the salutation to the signature block.
        tail: signature, contact and copy lines.
        end: where the letter ends, attachments included.
    """

    start: int
    end: int
    titles: list[Title]
    salutation: Salutation | None
    head: list[Line]
    body: tuple[int, int]
    tail: list[Line]
    attachment: int

    @property
    def title(self) -> Title | None:
        """The letter's own title: the last one before the salutation."""
        return self.titles[-1] if self.titles else None


def find_zones(source: Source, start: int, end: int, head_from: int | None = None) -> Zones:
    """The parts of the letter that stands at ``start..end`` (clean offsets).

    Args:
        source: the text.
        start: clean offset of the letter.
        end: clean offset behind it.
        head_from: where a head begins that stands above ``start`` (domain.md 1.0: question
            and reply on one page share the labels at its top).
    """
    lines = source.lines_in(start, end)
    salutation = find_salutation(lines)
    head = _head(source, lines, salutation)
    if head_from is not None:
        head = [*_shared(source, head_from, start), *head]
    titles = find_titles(source, head)
    body_start = _body_start(salutation, head, titles, start)
    rest = [line for line in lines if line.end > body_start]
    content, attachment = _before_attachments(rest, end)
    tail = _tail(content)
    body_end = tail[0].start if tail else attachment
    return Zones(start, end, titles, salutation, head, (body_start, body_end), tail, attachment)


def _shared(source: Source, start: int, end: int) -> list[Line]:
    lines = source.lines_in(start, end)
    return [line for line in lines if len(line.text) <= _LONGEST_SHARED and "。" not in line.text]


def _head(source: Source, lines: Sequence[Line], salutation: Salutation | None) -> list[Line]:
    if salutation is not None:
        return [line for line in lines if line.end <= salutation.start]
    head: list[Line] = []
    for line in lines[:_HEAD_REACH]:
        if OPENING.search(line.text) or (
            len(line.text) > _TAIL_MAXIMUM and line.text.endswith("。")
        ):
            break
        head.append(line)
    titles = find_titles(source, head)
    if titles:
        return [line for line in head if line.end <= titles[-1].end or _belongs(line)]
    return head[:_TAIL_MAXIMUM]


def _belongs(line: Line) -> bool:
    return is_mark(line.text) or is_label_line(line.text)


def _body_start(
    salutation: Salutation | None, head: Sequence[Line], titles: Sequence[Title], start: int
) -> int:
    if salutation is not None:
        return salutation.after
    if titles:
        return max(titles[-1].end, head[-1].end if head else 0)
    return start


def _before_attachments(rest: Sequence[Line], end: int) -> tuple[list[Line], int]:
    """Lines up to a 附件 that stands alone behind a date, and where that begins."""
    dated = False
    for index, line in enumerate(rest):
        if dated and _ATTACHMENT.fullmatch(line.text):
            return list(rest[:index]), line.start
        dated = dated or _DATE_END.match(line.text) is not None
    return list(rest), end


def _tail(content: Sequence[Line]) -> list[Line]:
    first = _tail_start(content)
    signed = _signed_above(content, first)
    return list(content[first if signed is None else signed :])


def _signed_above(content: Sequence[Line], first: int) -> int | None:
    """Where unit and date stand above lines no letter ends with: what a page prints below it."""
    if any(_DATE_END.match(line.text) for line in content[first:]):
        return None
    for index in range(len(content) - 1, max(0, len(content) - _BELOW), -1):
        line = content[index]
        if _SENTENCE_END.search(line.text) and len(line.text) > _LONGEST_SHARED:
            return None
        dated = _DATE_ALONE.fullmatch(line.text) or is_damaged(line.text)
        if dated and ORGAN_LINE.fullmatch(content[index - 1].text):
            at = index - 1
            while at > 0 and is_tail_line(content[at - 1].text):
                at -= 1
            return at
    return None


def _tail_start(content: Sequence[Line]) -> int:
    first = len(content)
    for index in range(len(content) - 1, max(-1, len(content) - _TAIL_MAXIMUM - 1), -1):
        line = content[index]
        if is_tail_line(line.text):
            first = index
        elif not _continues_copy(content, index):
            break
    return first


def _continues_copy(content: Sequence[Line], index: int) -> bool:
    """The 抄送 line wraps: what follows it belongs to it."""
    above = content[max(0, index - 3) : index]
    return any(_COPY.match(line.text) for line in above)


def is_furniture(text: str) -> bool:
    """Whether a line is of the page around the letter: 打印本页 关闭窗口."""
    return _FURNITURE.fullmatch(text) is not None


def is_tail_line(text: str) -> bool:
    """Whether a line can belong to the block below the letter's text."""
    if is_label_line(text) or is_mark(text) or _PHONE.fullmatch(text):
        return True
    if _ANY_LABEL.fullmatch(text) and not OPENING.search(text):
        return True
    if any(pattern.fullmatch(text) for pattern in (_CELLS, CONTINUED, _NOTE)) or is_damaged(text):
        return True
    if _SENTENCE_END.search(text):
        return False
    return _DATE_END.match(text) is not None or any(
        pattern.fullmatch(text) for pattern in (_FURNITURE, ORGAN_LINE)
    )
