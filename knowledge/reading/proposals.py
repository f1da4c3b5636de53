"""The proposal reader: who asks, why, and for what, ask by ask (design.md 10, domain.md 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.domain.documents import DocumentKind, ParsedDocument, ProposalFields
from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.text import Field
from knowledge.reading.citations import find_policies
from knowledge.reading.demands import asks_behind, proposal_demands
from knowledge.reading.letters.sessions import find_session
from knowledge.reading.passages import cut
from knowledge.reading.proposal_parts import (
    Part,
    body_start,
    find_parts,
    is_group,
    without_close,
)
from knowledge.reading.record_numbers import number_in, told_number
from knowledge.reading.record_values import Form
from knowledge.reading.source import Line, Source
from knowledge.reading.structure import section_tree

_TITLE = re.compile(r"(?:关于|对)[^。;]{2,90}(?:提案|建议案|建议|议案|案)")
_SESSION_LINE = re.compile(
    r"[^。:]{2,40}(?:会议|委员会|大会)?[^。:]{0,12}(?:提案|建议|议案)[表单]?"
)
_NUMBER_LINE = re.compile(r"第\s*[A-Za-z0-9\u4e00-\u9fff()〔〕-]{1,16}\s*号[^。]{0,12}")
_POST = re.compile(r"[\u4e00-\u9fff]{0,16}(?:政协委员|人大代表|委员|代表)")
_HEAD = 12
_BELOW = 2
_LONGEST_HEAD = 50


def read_proposal(source: Source, start: int, end: int) -> ParsedDocument:
    """The proposal that stands at ``start..end`` (clean offsets)."""
    form = Form(source, start, end)
    lines = source.lines_in(start, end)
    title = _title(form, lines)
    parts = find_parts(form, start, end)
    body = _body(form, parts, title, lines, start)
    close = min([part.end for part in parts[-1:]] or [without_close(source, body, end)])
    demands, asking = _demands(source, parts, body, close)
    session = _session(form, lines[:_HEAD])
    fields = ProposalFields(
        title=title,
        case_number=_number(form, lines[:_HEAD], session),
        session=session,
        proposers=_proposers(form, title, lines),
        background=_background(source, parts, body, close if asking is None else asking),
        demands=demands,
    )
    sections = section_tree(source, body, end)
    policies, warnings = find_policies(source, body, end)
    passages = cut(source, start, end, sections, [body])
    span = source.span(start, end)
    return ParsedDocument(
        DocumentKind.PROPOSAL, span, fields, sections, policies, passages, warnings
    )


def _title(form: Form, lines: Sequence[Line]) -> Field[str] | None:
    """案由 or 标题, else the line that reads 关于…的提案, else the first line."""
    told = form.cell("title")
    if told is not None:
        return told
    source = form.source
    for line in lines[:_HEAD]:
        match = _TITLE.search(line.text)
        if match is not None and match.end() >= len(line.text.rstrip("*》 ")) - _HEAD:
            return source.literal(line.start + match.start(), line.start + match.end())
    first = lines[0] if lines else None
    if first is None or any(first.start <= label.start < first.end for label in form.labels):
        return None
    return source.literal(first.start, first.end)


def _proposers(
    form: Form, title: Field[str] | None, lines: Sequence[Line]
) -> tuple[Field[str], ...]:
    """提案人 and those who join, else the group named below the title or at the end."""
    named = form.names("member", "supporters")
    people = tuple(name for name in named if _POST.fullmatch(name.value) is None)
    if named:
        return people or named
    after = form.source.clean_at(title.span.end) if title and title.span else 0
    below = [line for line in lines if line.start >= after]
    for line in (*below[:_BELOW], *below[-_BELOW:]):
        if is_group(line.text):
            return (form.source.literal(line.start, line.end),)
    return ()


def _body(
    form: Form, parts: Sequence[Part], title: Field[str] | None, lines: Sequence[Line], start: int
) -> int:
    """Where the text begins: at its first part, else behind the head."""
    source = form.source
    after = source.clean_at(title.span.end) if title and title.span else start
    behind = [line for line in lines if line.end > after]
    while behind and _is_head_line(behind[0].text):
        after = behind[0].end
        behind = behind[1:]
    begin = body_start(form, lines, after)
    if parts and (parts[0].label <= begin or parts[0].name == "content"):
        return parts[0].start
    return min(begin, parts[0].label) if parts else begin


def _is_head_line(text: str) -> bool:
    if _SESSION_LINE.fullmatch(text) or _NUMBER_LINE.fullmatch(text) or is_group(text):
        return True
    short = len(text) <= _LONGEST_HEAD and "。" not in text and ":" not in text
    return short and find_session("".join(text.split())) is not None


def _demands(
    source: Source, parts: Sequence[Part], body: int, end: int
) -> tuple[tuple[Field[str], ...], int | None]:
    """Asks of the part that is headed so, else of the whole text."""
    asking = [part for part in parts if part.name == "demands"]
    found = tuple(field for part in asking for field in asks_behind(source, part.start, part.end))
    if found:
        return found, asking[0].label
    return proposal_demands(source, body, end)


def _session(form: Form, head: Sequence[Line]) -> Field[Session] | None:
    source = form.source
    stretches = [*form.stretches("session"), *((line.start, line.end) for line in head)]
    for bounds in stretches:
        compact = source.compact(*bounds)
        found = find_session(compact.text)
        if found is not None:
            return source.field(found.value, *compact.bounds(found.start, found.end))
    return None


def _number(
    form: Form, head: Sequence[Line], session: Field[Session] | None
) -> Field[CaseNumber] | None:
    source = form.source
    known = session.value if session else None
    for bounds in form.stretches("case_number"):
        found = told_number(source, *bounds, known)
        if found is not None:
            return found
    numbers = (number_in(source, line.start, line.end, known) for line in head)
    return next((number for number in numbers if number), None)


def _background(source: Source, parts: Sequence[Part], body: int, end: int) -> Field[str] | None:
    """What stands before the asks, without the heading it may have."""
    headed = next(
        (part for part in parts if part.name == "background" and part.label >= body), None
    )
    start = body
    if headed is not None and not source.folded[body : headed.label].strip():
        start = headed.start
    left, right = source.trimmed(start, end)
    if right <= left:
        return None
    return source.field(source.one_line(left, right), left, right)
