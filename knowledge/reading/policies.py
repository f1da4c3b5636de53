"""The policy reader: title, number, issuers, dates, status, articles (design.md 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.domain.documents import (
    DocumentKind,
    ParsedDocument,
    PolicyFields,
    ReadingWarning,
    Section,
)
from knowledge.domain.facts import Article, PolicyReference
from knowledge.domain.text import Field
from knowledge.reading.citations import find_policies
from knowledge.reading.document_numbers import find_numbers
from knowledge.reading.letters.marks import find_openness
from knowledge.reading.passages import cut
from knowledge.reading.policy_dates import read_dates
from knowledge.reading.policy_issuers import read_issuers
from knowledge.reading.policy_marks import is_aside, title_bounds
from knowledge.reading.policy_status import read_replaced, read_status
from knowledge.reading.source import Line, Source
from knowledge.reading.structure import section_tree

_HEAD = 15
_TAIL = 12
_OWN_ORDER = re.compile(
    r"(?P<name>[\u4e00-\u9fff、]{2,40}(?:令|公告|通告))\s*\(?\s*"
    r"(?P<serial>(?:\d{4}\s*年\s*)?第?\s*[\d一二三四五六七八九十百]{1,5}\s*号)(?:\s*\))?"
)
_CAPTION_ORDER = re.compile(
    r"^\(.{0,80}?日\s*(?P<order>[\u4e00-\u9fff]{2,20}令第[\d一二三四五六七八九十百]{1,5}号)(?:公布|发布)"
)
_REJOINED = 0.95
_SOON = 183
"""Days: rules usually take effect a month or two behind their issue."""


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
    notes = (*warnings, *_later(fields))
    return ParsedDocument(kind, span, fields, sections, policies, passages, notes)


def _fields(
    source: Source,
    lines: Sequence[Line],
    title: tuple[int, int] | None,
    start: int,
    end: int,
    sections: Sequence[Section],
    policies: Sequence[Field[PolicyReference]],
) -> PolicyFields:
    dates = read_dates(source, lines, start, end)
    own = _own_number(source, lines)
    return PolicyFields(
        title=_title(source, title, lines),
        document_number=own[0] if own else None,
        issuers=read_issuers(source, lines, title),
        adopted=dates.adopted,
        issued=dates.issued,
        effective=dates.effective,
        expires=dates.expires,
        status=_status(source, lines, title, (start, end), dates.effective),
        replaces=read_replaced(source, policies, start, end),
        articles=tuple(_articles(sections)),
        openness=find_openness(source, [*lines[:_HEAD], *lines[-_TAIL:]]),
    )


def _status(
    source: Source,
    lines: Sequence[Line],
    title: tuple[int, int] | None,
    bounds: tuple[int, int],
    effective: Field[date] | None,
) -> Field[str]:
    """What the text says of its force; a day it takes effect says that it is meant to be."""
    told = read_status(source, lines, title, *bounds)
    if told.value == "unknown" and effective is not None:
        return Field("in_force", effective.span)
    return told


def _later(fields: PolicyFields) -> list[ReadingWarning]:
    """A policy that waits long for its first day is not in force when it is read early."""
    begin, issued = fields.effective, fields.issued
    if begin is None or issued is None or (begin.value - issued.value).days <= _SOON:
        return []
    details = {"effective": begin.value.isoformat()}
    return [ReadingWarning("policy.effective_later", begin.span, details)]


def _title(
    source: Source, bounds: tuple[int, int] | None, lines: Sequence[Line]
) -> Field[str] | None:
    if bounds is None:
        line = next((line for line in lines[:_HEAD] if not is_aside(line.text)), None)
        return source.literal(line.start, line.end) if line else None
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
    return _own_order(source, lines)


def _own_order(source: Source, lines: Sequence[Line]) -> tuple[Field[str], tuple[int, int]] | None:
    """``…人民政府令`` and ``（第45号）``, ``…公告 2024年第5号`` on the first lines."""
    head = lines[:_HEAD]
    for line in head:
        match = _OWN_ORDER.match(source.folded, line.start)
        if match is not None and match.end() in {other.end for other in head}:
            value = "".join((match["name"] + match["serial"]).split())
            sure = 1.0 if value == "".join(match.group().split()) else _REJOINED
            return source.field(value, *match.span(), sure), match.span()
    for line in head:
        match = _CAPTION_ORDER.search(line.text)
        if match is not None:
            start, end = (line.start + at for at in match.span("order"))
            return source.literal(start, end), (start, end)
    return None


def _articles(sections: Sequence[Section]) -> Iterator[Field[Article]]:
    for section in sections:
        if section.label.endswith("条"):
            yield Field(Article(section.label, section.span), section.span)
        else:
            yield from _articles(section.children)
