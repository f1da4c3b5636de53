"""The proposal reader: 案由, number, session, proposers, background and asks (domain.md 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.domain.documents import DocumentKind, ParsedDocument, ProposalFields
from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.text import Field
from knowledge.reading.citations import find_policies
from knowledge.reading.demands import asks_behind, proposal_demands
from knowledge.reading.letters.case_numbers import decode, find_numbers
from knowledge.reading.letters.sessions import find_session
from knowledge.reading.passages import cut
from knowledge.reading.proposal_marks import LABEL
from knowledge.reading.source import Line, Source
from knowledge.reading.structure import section_tree

_TITLE = re.compile(r"(?:关于|对)[^。;]{2,90}(?:提案|建议案|建议|议案|案)")
_TOKEN = re.compile(
    r"第?\s*(?P<token>[A-Za-z]{0,4}[\u4e00-\u9fff]?(?:[(〔]\d{4}[)〕])?-?\d{1,14})\s*号?"
)
_NAMES = re.compile(r"[^\s、,;:()]{2,20}")
_SIGNED = re.compile(r"^[ \t]*(?:提案人|提案者|建议人|代表|委员)\s*[:]\s*", re.MULTILINE)
_HEAD = 12


def read_proposal(source: Source, start: int, end: int) -> ParsedDocument:
    """The proposal that stands at ``start..end`` (clean offsets)."""
    labels = list(LABEL.finditer(source.folded, start, end))
    lines = source.lines_in(start, end)
    title = _title(source, labels, lines)
    body = _body_start(source, labels, title, lines, start)
    demands, asking = _demands(source, labels, body, end)
    session = _session(source, lines[:_HEAD])
    fields = ProposalFields(
        title=title,
        case_number=_number(source, labels, lines[:_HEAD], session),
        session=session,
        proposers=_proposers(source, labels, start, end),
        background=_background(source, body, asking if asking is not None else end),
        demands=demands,
    )
    sections = section_tree(source, body, end)
    policies, warnings = find_policies(source, body, end)
    passages = cut(source, start, end, sections, [body])
    kind = DocumentKind.PROPOSAL
    span = source.span(start, end)
    return ParsedDocument(kind, span, fields, sections, policies, passages, warnings)


def _value(source: Source, labels: Sequence[re.Match[str]], name: str) -> tuple[int, int] | None:
    """Bounds of the first value behind a label, up to the end of its line."""
    for label in labels:
        if label.lastgroup == name:
            stop = source.folded.find("\n", label.end())
            bounds = source.trimmed(label.end(), stop if stop >= 0 else len(source.clean))
            if bounds[1] > bounds[0]:
                return bounds
    return None


def _title(
    source: Source, labels: Sequence[re.Match[str]], lines: Sequence[Line]
) -> Field[str] | None:
    bounds = _value(source, labels, "title")
    if bounds is not None:
        return source.literal(*bounds)
    for line in lines[:_HEAD]:
        match = _TITLE.search(line.text)
        if match is not None and match.end() >= len(line.text.rstrip("*》 ")) - _HEAD:
            return source.literal(line.start + match.start(), line.start + match.end())
    first = lines[0] if lines else None
    if first is None or LABEL.match(first.text):
        return None
    return source.literal(first.start, first.end)


def _body_start(
    source: Source,
    labels: Sequence[re.Match[str]],
    title: Field[str] | None,
    lines: Sequence[Line],
    start: int,
) -> int:
    content = next((label for label in labels if label.lastgroup == "content"), None)
    if content is not None:
        return content.end()
    after = source.clean_at(title.span.end) if title and title.span else start
    head = [
        label for label in labels if label.lastgroup != "demands" and label.start() < after + 400
    ]
    if head:
        stop = source.folded.find("\n", head[-1].end())
        after = max(after, stop if stop >= 0 else after)
    following = [line for line in lines if line.start >= after]
    return following[0].start if following else after


def _demands(
    source: Source, labels: Sequence[re.Match[str]], body: int, end: int
) -> tuple[tuple[Field[str], ...], int | None]:
    for index, label in enumerate(labels):
        if label.lastgroup == "demands" and label.start() >= body:
            stop = labels[index + 1].start() if index + 1 < len(labels) else end
            found, _ = proposal_demands(source, label.start(), stop)
            return found or asks_behind(source, label.end(), stop), label.start()
    return proposal_demands(source, body, end)


def _session(source: Source, head: Sequence[Line]) -> Field[Session] | None:
    for line in head:
        compact = source.compact(line.start, line.end)
        found = find_session(compact.text)
        if found is not None:
            return source.field(found.value, *compact.bounds(found.start, found.end))
    return None


def _number(
    source: Source,
    labels: Sequence[re.Match[str]],
    head: Sequence[Line],
    session: Field[Session] | None,
) -> Field[CaseNumber] | None:
    known = session.value if session else None
    bounds = _value(source, labels, "number")
    match = _TOKEN.match(source.folded, *bounds) if bounds else None
    if match is not None:
        value, _ = decode("".join(match["token"].split()), known)
        return source.field(value, *match.span("token"))
    for line in head:
        compact = source.compact(line.start, line.end)
        for found in find_numbers(compact.text, known):
            return source.field(found.value, *compact.bounds(found.start, found.end))
    return None


def _proposers(
    source: Source, labels: Sequence[re.Match[str]], start: int, end: int
) -> tuple[Field[str], ...]:
    found: dict[str, Field[str]] = {}
    stretches = [label.end() for label in labels if label.lastgroup == "proposers"]
    stretches += [match.end() for match in _SIGNED.finditer(source.folded, start, end)]
    for left in stretches:
        stop = source.folded.find("\n", left)
        for field in _people(source, left, stop if 0 <= stop < end else end):
            found.setdefault(field.value, field)
    return tuple(found.values())


def _people(source: Source, start: int, end: int) -> Iterator[Field[str]]:
    for match in _NAMES.finditer(source.folded, start, end):
        text = match.group()
        counted = re.match(r".*?(?=等\d*[名位人]?)", text)
        stop = match.start() + (counted.end() if counted and counted.end() else len(text))
        yield source.literal(match.start(), stop)


def _background(source: Source, start: int, end: int) -> Field[str] | None:
    left, right = source.trimmed(start, end)
    if right <= left:
        return None
    value = "".join(part.strip() for part in source.clean[left:right].splitlines())
    return source.field(value, left, right)
