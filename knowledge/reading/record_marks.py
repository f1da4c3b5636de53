"""What a form has ticked or written: its class, and satisfaction (domain.md 1.5, 2.1, 2.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Field
from knowledge.reading.letters.marks import CLASS_WORD
from knowledge.reading.record_values import Form
from knowledge.reading.ticks import Choice, all_ticked, has_boxes, under_column, without_boxes

_LETTER = re.compile(r"(?<![A-Za-z0-9])[A-D](?![A-Za-z0-9])|[甲乙丙丁](?=类|\s*[(□☑√✓✔\t]|$)")
_TOLD = re.compile(r"(?P<mark>[A-D](?![A-Za-z0-9])|[甲乙丙丁](?=类))\s*类?")
_RESULT = re.compile(
    r"[\u4e00-\u9fff、,/]{0,12}(?:解决|采纳|列入|参考|落实|规划|计划)[\u4e00-\u9fff、,/]{0,12}"
)
SATISFACTION = re.compile(
    r"(?:基本|较为?|比较|不(?:太|够|是很|甚|十分|很)?|非常|很|十分)?满意(?![度程情率:与])"
    r"|(?<=是否满意:)[是否]"
)
# 望让群众满意 tells what the member wishes, not what they think.
_OF_OTHERS = re.compile(
    r"(?:让|使|令|群众|百姓|居民|村民|市民|人民|社会|力争|确保|直[到至]|争取)[^,。;]{0,8}$"
)
_VALUES = {
    "满意": "satisfied",
    "非常满意": "satisfied",
    "很满意": "satisfied",
    "十分满意": "satisfied",
    "是": "satisfied",
    "基本满意": "mostly_satisfied",
    "较满意": "mostly_satisfied",
    "较为满意": "mostly_satisfied",
    "比较满意": "mostly_satisfied",
}

_RECOGNISED = 0.8
_CLAUSE = 16
_BARE_TICKS = 12

Marked = tuple[Field[str] | None, tuple[ReadingWarning, ...]]


def read_class(form: Form, start: int, end: int) -> Marked:
    """The class as a letter or in the words used; several ticks give none and a warning."""
    folded = form.source.folded
    stretches = [
        bounds
        for bounds in form.stretches("result_class")
        if SATISFACTION.search(folded, *bounds) is None
    ]
    for bounds in stretches:
        for words in (_LETTER, _RESULT):
            found = all_ticked(folded, *bounds, words) or _in_column(form, bounds, words)
            if found:
                return _chosen(form, found, "result_class", _words_of)
    for bounds in stretches:
        told = _told_class(form, *bounds)
        if told is not None:
            return told, ()
    found = [] if stretches else all_ticked(folded, start, end, CLASS_WORD)
    return _chosen(form, found, "result_class", _words_of)


def _in_column(form: Form, bounds: tuple[int, int], words: re.Pattern[str]) -> list[Choice]:
    """The choice that heads the column of a tick with no words beside it."""
    text = form.source.folded
    if len(text[slice(*bounds)].strip()) > _BARE_TICKS:
        return []
    return under_column(text, form.start, *bounds, words)


def _told_class(form: Form, start: int, end: int) -> Field[str] | None:
    """A class written out: ``B类``, ``乙类``, ``解决或采纳``; unticked boxes tell none."""
    folded = form.source.folded
    if has_boxes(folded, start, end):
        return None
    match = _TOLD.match(folded, start, end)
    if match is not None and len(_TOLD.findall(folded, start, end)) == 1:
        return form.source.field(match["mark"], *match.span("mark"))
    words = _RESULT.fullmatch(folded, start, end)
    return form.source.literal(start, end) if words else None


def read_satisfaction(form: Form, opinion: Field[str] | None, start: int, end: int) -> Marked:
    """The overall mark, else the one on the result; attitude alone says nothing of it.

    上海, 山东 and 宁波 ask for attitude and result apart (domain.md 2.5).
    """
    folded = form.source.folded
    results = [
        bounds
        for bounds in form.stretches("outcome", "result_class")
        if SATISFACTION.search(folded, *bounds) or _in_column(form, bounds, SATISFACTION)
    ]
    opinions = form.stretches("member_opinion")
    ways: Sequence[Sequence[tuple[int, int]]] = (
        form.stretches("satisfaction"),
        results,
        opinions,
    )
    for stretches in ways:
        for bounds in stretches:
            found, doubts = judged(form, *bounds)
            if found is not None or doubts:
                apart = stretches is results and _differs(form, found)
                return found, (*doubts, *_by_result(found, apart=apart))
    if opinion is not None and opinion.span is not None:
        at = (form.source.clean_at(at) for at in (opinion.span.start, opinion.span.end))
        return _written(form, *at), ()
    asked = form.all("satisfaction", "outcome", "attitude")
    found = [] if asked else all_ticked(folded, start, end, SATISFACTION)
    return _chosen(form, found, "satisfaction", value_of)


def _differs(form: Form, result: Field[str] | None) -> bool:
    """Whether attitude was marked otherwise than the result."""
    marks = [judged(form, *bounds)[0] for bounds in form.stretches("attitude")]
    return result is not None and any(mark and mark.value != result.value for mark in marks)


def _by_result(found: Field[str] | None, *, apart: bool) -> tuple[ReadingWarning, ...]:
    return (ReadingWarning("satisfaction.by_result", found.span),) if found and apart else ()


def judged(form: Form, start: int, end: int) -> Marked:
    """The ticked or only answer of a stretch."""
    found = all_ticked(form.source.folded, start, end, SATISFACTION)
    found = found or _in_column(form, (start, end), SATISFACTION)
    if found:
        return _chosen(form, found, "satisfaction", value_of)
    if has_boxes(form.source.folded, start, end):
        return None, ()
    return _written(form, start, end), ()


def _written(form: Form, start: int, end: int) -> Field[str] | None:
    folded = form.source.folded
    words = [
        word
        for word in SATISFACTION.finditer(folded, start, end)
        if _OF_OTHERS.search(folded[max(start, word.start() - _CLAUSE) : word.start()]) is None
    ]
    if len({word.group() for word in words}) != 1:
        return None
    choice = Choice(words[0].group(), *words[0].span())
    return form.source.field(value_of(choice), choice.start, choice.end)


def value_of(choice: Choice) -> str:
    """The three answers of the field (domain.md 2.1: 满意, 基本满意, 不满意)."""
    return _VALUES.get(choice.text, "dissatisfied")


def _words_of(choice: Choice) -> str:
    return choice.text


def is_choice_row(form: Form, start: int, end: int) -> bool:
    """Whether a value is the row of answers to tick rather than words of the member."""
    text = form.source.folded[start:end]
    several = len({word.group() for word in SATISFACTION.finditer(text)}) > 1
    return several or (has_boxes(text, 0, len(text)) and SATISFACTION.search(text) is not None)


def behind_choices(form: Form, start: int, end: int) -> tuple[int, int]:
    """What the member wrote behind the row of answers."""
    text = form.source.folded
    words = list(SATISFACTION.finditer(text, start, end))
    line = text.find("\n", words[-1].end(), end) if words else -1
    if line < 0 or not without_boxes(text[line:end]).strip():
        return end, end
    return form.source.trimmed(line, end)


def _chosen(
    form: Form, found: Sequence[Choice], name: str, value: Callable[[Choice], str]
) -> Marked:
    """The ticked choice; several give none and a doubt, a tick read as V gives both."""
    if not found:
        return None, ()
    span = form.source.span(found[0].start, found[-1].end)
    if len({value(choice) for choice in found}) > 1:
        return None, (ReadingWarning(f"{name}.ambiguous", span),)
    choice = found[0]
    doubts = () if choice.sure else (ReadingWarning("tick.recognised", span),)
    confidence = 1.0 if choice.sure else _RECOGNISED
    field = form.source.field(value(choice), choice.start, choice.end, confidence)
    return field, doubts
