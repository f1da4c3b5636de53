"""The policy reader: title, number, issuers, dates, status, articles (design.md 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.domain.documents import (
    Article,
    DocumentKind,
    ParsedDocument,
    PolicyFields,
    PolicyReference,
    Section,
)
from knowledge.domain.text import Field
from knowledge.reading.citations import find_policies
from knowledge.reading.dates import DATE, find_dates, first_date, made, of_match
from knowledge.reading.document_numbers import find_numbers
from knowledge.reading.letters.marks import find_openness
from knowledge.reading.letters.words import LABEL_LINE, ORGAN_LINE, ORGAN_SUFFIX
from knowledge.reading.numerals import number
from knowledge.reading.passages import cut
from knowledge.reading.policy_marks import title_bounds
from knowledge.reading.sentences import sentence_around
from knowledge.reading.source import Line, Source
from knowledge.reading.structure import section_tree

_HEAD = 15
_TAIL = 12
_ADOPTED = re.compile(rf"(?:{DATE.pattern})[^。\n()]{{0,60}}?(?:通过|审议通过|会议批准)")
_ISSUED = re.compile(rf"(?:{DATE.pattern})[^。\n()]{{0,40}}?(?:公布|发布|印发|颁布)")
_ISSUED_LABEL = re.compile(r"(?:成文日期|发文日期|印发日期|发布日期|公布日期)\s*[:\t ]")
_EFFECTIVE = re.compile(rf"自\s*(?:{DATE.pattern})\s*(?:起|开始)(?:正式)?(?:施行|实施|执行|生效)")
_FROM_ISSUE = re.compile(r"自(?:发布|公布|印发|颁布|下发)之日起(?:正式)?(?:施行|实施|执行|生效)")
_EXPIRES = re.compile(
    rf"(?:有效期(?:限)?(?:至|到|截至|截止)|施行至|执行至|有效至)\s*(?:{DATE.pattern})"
)
_TERM = re.compile(r"有效期(?:为|限为)?\s*(?P<years>\d{1,2}|[一二三四五六七八九十两]{1,2})\s*年")
_STATUS_LABEL = re.compile(
    r"(?:有效性|时效性|效力状态|文件状态|文件效力)\s*[:\t ]\s*(?P<word>[^\s,。;]{2,8})"
)
_REPEALED = re.compile(
    r"(?:本|此|该)(?:文件|通知|办法|规定|意见|方案|条例)[^。\n]{0,12}(?:已|经)[^。\n]{0,10}(?:废止|失效|停止执行)|\(已?(?:废止|失效)\)|^(?:已废止|已失效|废止|失效)$"
)
_SUPERSEDED = re.compile(
    r"(?:本|此|该)(?:文件|通知|办法|规定|意见|方案)[^。\n]{0,20}被[^。\n]{0,60}(?:替代|取代|代替)"
)
_DRAFT = re.compile(r"征求意见稿|草案|送审稿|讨论稿")
_TRIAL = re.compile(r"试行|暂行")
_IN_FORCE = re.compile(
    r"现印发给你们|起施行|起实施|起执行|遵照执行|认真(?:抓好)?(?:贯彻)?(?:执行|落实)"
)
_REPLACED = re.compile(r"(?:同时|予以|自行)废止|同时失效|停止执行|不再执行")
_TITLE_ORGAN = re.compile(
    rf"^(?P<organs>(?:中共)?[\u4e00-\u9fff]{{2,24}}?{ORGAN_SUFFIX}(?:[\s、]+[\u4e00-\u9fff]{{2,24}}?{ORGAN_SUFFIX}){{0,6}})\s*(?=关于|印发)"
)
_WORDS = {"有效": "in_force", "现行有效": "in_force", "废止": "repealed", "失效": "repealed"}


def read_policy(source: Source, start: int, end: int) -> ParsedDocument:
    """The policy that stands at ``start..end`` (clean offsets)."""
    lines = source.lines_in(start, end)
    title = title_bounds(source, lines[:_HEAD])
    body = title[1] if title else start
    sections = section_tree(source, body, end)
    own = _own_number(source, lines)
    without = [bounds for bounds in (title, own[1] if own else None) if bounds]
    policies, warnings = find_policies(source, start, end, without=without)
    fields = _fields(source, lines, title, start, end, sections, policies)
    passages = cut(source, start, end, sections)
    span = source.span(start, end)
    kind = DocumentKind.POLICY
    return ParsedDocument(kind, span, fields, sections, policies, passages, warnings)


def _fields(
    source: Source,
    lines: Sequence[Line],
    title: tuple[int, int] | None,
    start: int,
    end: int,
    sections: Sequence[Section],
    policies: Sequence[Field[PolicyReference]],
) -> PolicyFields:
    issued = _issued(source, lines, start, end)
    effective = _dated(source, _EFFECTIVE, start, end) or _from_issue(source, issued, start, end)
    own = _own_number(source, lines)
    return PolicyFields(
        title=_title(source, title, lines),
        document_number=own[0] if own else None,
        issuers=_issuers(source, lines, title),
        adopted=_dated(source, _ADOPTED, start, end),
        issued=issued,
        effective=effective,
        expires=_dated(source, _EXPIRES, start, end) or _term(source, effective, start, end),
        status=_status(source, lines, title, start, end),
        replaces=_replaces(source, policies, start, end),
        articles=tuple(_articles(sections)),
        openness=find_openness(source, [*lines[:_HEAD], *lines[-_TAIL:]]),
    )


def _title(
    source: Source, bounds: tuple[int, int] | None, lines: Sequence[Line]
) -> Field[str] | None:
    if bounds is None:
        return source.literal(lines[0].start, lines[0].end) if lines else None
    text = source.clean[slice(*bounds)]
    return source.field("".join(part.strip() for part in text.splitlines()), *bounds)


def _own_number(source: Source, lines: Sequence[Line]) -> tuple[Field[str], tuple[int, int]] | None:
    for line in lines[:_HEAD]:
        if "《" in line.text or "。" in line.text:
            continue
        found = next(find_numbers(source.folded, source.clean, line.start, line.end), None)
        if found is not None:
            field = source.field(found.value, found.start, found.end, found.confidence)
            return field, (found.start, found.end)
    return None


def _issuers(
    source: Source, lines: Sequence[Line], title: tuple[int, int] | None
) -> tuple[Field[str], ...]:
    """Signing organs, else the organ the title begins with, else the organ at the head."""
    dated = [index for index, line in enumerate(lines) if DATE.fullmatch(line.text)]
    last = dated[-1] if dated else len(lines)
    signed: list[Field[str]] = []
    for line in reversed(lines[max(0, last - 6) : last]):
        if ORGAN_LINE.fullmatch(line.text) is None or LABEL_LINE.match(line.text):
            break
        if title is None or line.start >= title[1]:
            signed.insert(0, source.literal(line.start, line.end))
    if signed:
        return tuple(signed)
    return tuple(_of_title(source, title)) or tuple(_of_head(source, lines, title))


def _of_title(source: Source, title: tuple[int, int] | None) -> Iterator[Field[str]]:
    if title is None:
        return
    compact = source.compact(*title)
    match = _TITLE_ORGAN.match(compact.text)
    if match is not None:
        for part in re.finditer(r"[^、]+", match["organs"]):
            yield source.literal(*compact.bounds(*part.span()))


def _of_head(
    source: Source, lines: Sequence[Line], title: tuple[int, int] | None
) -> Iterator[Field[str]]:
    for line in lines[:_HEAD]:
        text = line.text.removesuffix("文件")
        if title is not None and line.start >= title[0]:
            return
        if ORGAN_LINE.fullmatch(text):
            yield source.literal(line.start, line.start + len(text))


def _dated(source: Source, pattern: re.Pattern[str], start: int, end: int) -> Field[date] | None:
    for match in pattern.finditer(source.folded, start, end):
        value = of_match(match)
        if value is not None:
            inner = DATE.search(source.folded, *match.span())
            return source.field(value, *(inner.span() if inner else match.span()))
    return None


def _issued(source: Source, lines: Sequence[Line], start: int, end: int) -> Field[date] | None:
    for line in reversed(lines):
        match = DATE.fullmatch(line.text)
        value = of_match(match) if match else None
        if value is not None:
            return source.field(value, line.start, line.end)
    for line in lines[:_HEAD]:
        found = first_date(line.text) if _ISSUED_LABEL.search(line.text) else None
        if found is not None:
            return source.field(found.value, line.start + found.start, line.start + found.end)
    return _dated(source, _ISSUED, start, end) or _printed(source, lines)


def _printed(source: Source, lines: Sequence[Line]) -> Field[date] | None:
    """``…办公室 2024年3月5日印发`` on the last lines."""
    for line in reversed(lines[-_TAIL:]):
        found = list(find_dates(line.text)) if line.text.endswith("印发") else []
        if found:
            last = found[-1]
            return source.field(last.value, line.start + last.start, line.start + last.end)
    return None


def _from_issue(
    source: Source, issued: Field[date] | None, start: int, end: int
) -> Field[date] | None:
    match = _FROM_ISSUE.search(source.folded, start, end)
    return source.field(issued.value, *match.span()) if match and issued else None


def _term(
    source: Source, effective: Field[date] | None, start: int, end: int
) -> Field[date] | None:
    """有效期五年 counts from the day it takes effect."""
    match = _TERM.search(source.folded, start, end)
    years = number(match["years"]) if match else None
    if match is None or years is None or effective is None:
        return None
    begin = effective.value
    value = made(begin.year + years, begin.month, begin.day)
    return source.field(value, *match.span()) if value else None


def _status(
    source: Source, lines: Sequence[Line], title: tuple[int, int] | None, start: int, end: int
) -> Field[str]:
    """What the text says of its own force, without looking at a clock."""
    for line in (*lines[:_HEAD], *lines[-_TAIL:]):
        for pattern, value in ((_REPEALED, "repealed"), (_SUPERSEDED, "superseded")):
            match = pattern.search(line.text)
            if match is not None:
                return source.field(value, line.start + match.start(), line.start + match.end())
        label = _STATUS_LABEL.search(line.text)
        if label is not None and label["word"] in _WORDS:
            left, right = label.span("word")
            return source.field(_WORDS[label["word"]], line.start + left, line.start + right)
    if title is not None:
        for pattern, value in ((_DRAFT, "not_yet"), (_TRIAL, "trial")):
            match = pattern.search(source.folded, *title)
            if match is not None:
                return source.field(value, *match.span())
    match = _IN_FORCE.search(source.folded, start, end)
    return source.field("in_force", *match.span()) if match else Field("unknown")


def _replaces(
    source: Source, policies: Sequence[Field[PolicyReference]], start: int, end: int
) -> tuple[Field[PolicyReference], ...]:
    spans = [
        source.span(*sentence_around(source.folded, match.start(), start, end))
        for match in _REPLACED.finditer(source.folded, start, end)
    ]
    return tuple(
        policy
        for policy in policies
        if policy.span and any(span.start <= policy.span.start < span.end for span in spans)
    )


def _articles(sections: Sequence[Section]) -> Iterator[Field[Article]]:
    for section in sections:
        if section.label.endswith("条"):
            yield Field(Article(section.label, section.span), section.span)
        else:
            yield from _articles(section.children)
