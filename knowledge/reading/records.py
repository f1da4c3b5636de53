"""The record reader: 面商记录表 and its kin, field for field (domain.md 3)."""

from __future__ import annotations

import re
from datetime import date

from knowledge.domain.documents import DocumentKind, ParsedDocument, ReadingWarning, RecordFields
from knowledge.domain.facts import CaseNumber
from knowledge.domain.text import Field
from knowledge.reading.citations import find_policies
from knowledge.reading.dates import first_date
from knowledge.reading.demands import summary_demands
from knowledge.reading.forms import FormLabel, form_labels
from knowledge.reading.letters.case_numbers import decode, find_numbers
from knowledge.reading.letters.contacts import PHONE
from knowledge.reading.letters.marks import CLASS_WORD
from knowledge.reading.letters.sessions import find_session
from knowledge.reading.passages import cut
from knowledge.reading.source import Source
from knowledge.reading.ticks import all_ticked, ticked

_CLASS = re.compile(r"(?P<mark>[A-D])\s*类?|(?P<words>[甲乙丙丁])类")
_SATISFACTION = re.compile(r"(?:基本|不|非常|比较)?满意(?![度程情:])")
_VALUES = {"满意": "satisfied", "非常满意": "satisfied", "基本满意": "mostly_satisfied"}
_TOKEN = re.compile(
    r"第?\s*(?P<token>[A-Za-z]{0,4}[\u4e00-\u9fff]?(?:[(〔]\d{4}[)〕])?-?\d{1,14})\s*号?"
)
_CELL_END = re.compile(r"[\t\n|]|<div|<br")
_TAG = re.compile(r"<[^<>]{0,200}>")
_SIGNED = re.compile(r"(?:委员|代表)?签\s{0,4}[字名]\s{0,4}[:]?")
_EDGES = " \t\r\n|*\u3000"


class _Form:
    """The values behind a form's labels, each up to the next label."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.labels = form_labels(source, start, end)
        edges = [label.start for label in self.labels[1:]]
        self._ends = dict(zip(self.labels, [*edges, end], strict=True)) if self.labels else {}

    def bounds(self, label: FormLabel) -> tuple[int, int] | None:
        """Clean bounds of a value without blanks, rules and tags around it; None when blank."""
        text = self.source.folded
        start, end = label.end, self._ends[label]
        while start < end and (text[start] in _EDGES or _TAG.match(text, start, end)):
            tag = _TAG.match(text, start, end)
            start = tag.end() if tag else start + 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        return (start, end) if end > start else None

    def all(self, *names: str) -> list[FormLabel]:
        """Labels of these fields, in order."""
        return [label for label in self.labels if label.name in names]

    def cell(self, *names: str) -> Field[str] | None:
        """The first value of these fields up to the end of its cell: names, places, units."""
        for label in self.all(*names):
            bounds = self.bounds(label)
            if bounds is not None:
                stop = _CELL_END.search(self.source.folded, *bounds)
                start, end = self.source.trimmed(bounds[0], stop.start() if stop else bounds[1])
                return self.source.field(_tidy(self.source.clean[start:end]), start, end)
        return None

    def text(self, *names: str) -> Field[str] | None:
        """The first value of these fields, on one line, without tags."""
        for label in self.all(*names):
            bounds = self.bounds(label)
            if bounds is not None:
                return self.source.field(_tidy(self.source.clean[slice(*bounds)]), *bounds)
        return None


def read_record(source: Source, start: int, end: int) -> ParsedDocument:
    """The form that stands at ``start..end`` (clean offsets)."""
    form = _Form(source, start, end)
    policies, warnings = find_policies(source, start, end)
    summary = next((form.bounds(label) for label in form.all("proposal_summary")), None)
    opinion = _opinion(form)
    phones = _phones(form)
    fields = RecordFields(
        unit=form.cell("unit"),
        case_number=_case_number(form),
        member=form.cell("member"),
        employer=form.cell("employer"),
        phone=phones[0],
        proposal_summary=form.text("proposal_summary", "case_title"),
        reply_points=form.text("reply_points"),
        result_class=_result_class(form, start, end),
        member_opinion=opinion,
        satisfaction=_satisfaction(form, opinion, start, end),
        consulted_on=_consulted_on(form),
        place=form.cell("place"),
        consulted_by=form.cell("consulted_by"),
        unit_phone=phones[1],
        demands=summary_demands(source, *summary) if summary else (),
    )
    passages = cut(source, start, end, ())
    kind = DocumentKind.RECORD
    notes = (*warnings, *_ambiguous(source, start, end))
    return ParsedDocument(kind, source.span(start, end), fields, (), policies, passages, notes)


def _ambiguous(source: Source, start: int, end: int) -> list[ReadingWarning]:
    """Several different choices ticked: none is taken, and the doubt is told."""
    warnings: list[ReadingWarning] = []
    for name, words in (("result_class", CLASS_WORD), ("satisfaction", _SATISFACTION)):
        found = all_ticked(source.folded, start, end, words)
        if len({choice.text for choice in found}) > 1:
            span = source.span(found[0].start, found[-1].end)
            warnings.append(ReadingWarning(f"{name}.ambiguous", span))
    return warnings


def _tidy(text: str) -> str:
    bare = _TAG.sub("", text)
    return "".join(part.strip() for part in bare.splitlines()).strip(_EDGES)


def _case_number(form: _Form) -> Field[CaseNumber] | None:
    for label in form.all("case_number"):
        bounds = form.bounds(label)
        match = _TOKEN.match(form.source.folded, *bounds) if bounds else None
        if match is not None:
            value, _ = decode("".join(match["token"].split()), None)
            return form.source.field(value, *match.span("token"))
        if bounds is not None:
            compact = form.source.compact(*bounds)
            session = find_session(compact.text)
            for found in find_numbers(compact.text, session.value if session else None):
                return form.source.field(found.value, *compact.bounds(found.start, found.end))
    return None


def _phones(form: _Form) -> tuple[Field[str] | None, Field[str] | None]:
    """The member's phone stands above the talk's time and people, the unit's below."""
    talked = form.all("consulted_on", "consulted_by")
    edge = talked[0].start if talked else None
    own: Field[str] | None = None
    office: Field[str] | None = None
    for label in form.all("phone"):
        bounds = form.bounds(label)
        match = PHONE.search(form.source.folded, *bounds) if bounds else None
        if match is None:
            continue
        found = form.source.literal(*match.span())
        if edge is not None and label.start > edge:
            office = office or found
        else:
            own = own or found
    return own, office


def _result_class(form: _Form, start: int, end: int) -> Field[str] | None:
    stretches = [bounds for label in form.all("result_class") if (bounds := form.bounds(label))]
    folded = form.source.folded
    for bounds in (*stretches, (start, end)):
        choice = ticked(folded, *bounds, CLASS_WORD)
        if choice is not None:
            return form.source.field(choice.text, choice.start, choice.end)
    for left, right in stretches:
        match = _CLASS.match(folded, left, right)
        if match is not None and _only_class(folded, left, right):
            group = "mark" if match["mark"] else "words"
            return form.source.field(match[group], *match.span(group))
    return None


def _only_class(folded: str, start: int, end: int) -> bool:
    return len(_CLASS.findall(folded, start, end)) == 1


def _opinion(form: _Form) -> Field[str] | None:
    for label in form.all("member_opinion"):
        bounds = form.bounds(label)
        if bounds is None:
            continue
        start, end = bounds
        signed = _SIGNED.search(form.source.folded, start, end)
        if signed is not None:
            start, end = form.source.trimmed(start, signed.start())
        value = _tidy(form.source.clean[start:end])
        if value:
            return form.source.field(value, start, end)
    return None


def _satisfaction(
    form: _Form, opinion: Field[str] | None, start: int, end: int
) -> Field[str] | None:
    folded = form.source.folded
    choice = ticked(folded, start, end, _SATISFACTION)
    if choice is not None:
        return form.source.field(_value(choice.text), choice.start, choice.end)
    stretches = [bounds for label in form.all("satisfaction") if (bounds := form.bounds(label))]
    if opinion is not None and opinion.span is not None:
        at = form.source.clean_at(opinion.span.start)
        stretches.append((at, form.source.clean_at(opinion.span.end)))
    for left, right in stretches:
        words = list(_SATISFACTION.finditer(folded, left, right))
        if len({word.group() for word in words}) == 1:
            return form.source.field(_value(words[0].group()), *words[0].span())
    return None


def _value(words: str) -> str:
    """The three answers of the field (domain.md 2.1: 满意, 基本满意, 不满意)."""
    if words.startswith("比较"):
        return "mostly_satisfied"
    return _VALUES.get(words, "dissatisfied")


def _consulted_on(form: _Form) -> Field[date] | None:
    for label in form.all("consulted_on"):
        bounds = form.bounds(label)
        found = first_date(form.source.folded, *bounds) if bounds else None
        if found is not None:
            return form.source.field(found.value, found.start, found.end)
    return None
