"""The record reader: 面商记录表 and its kin, field for field (domain.md 3)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from knowledge.domain.documents import DocumentKind, ParsedDocument, ReadingWarning, RecordFields
from knowledge.domain.facts import CaseNumber, Labelled, Session
from knowledge.domain.text import Field, legible
from knowledge.reading.citations import find_policies
from knowledge.reading.demands import summary_demands
from knowledge.reading.document_numbers import find_numbers as find_document_numbers
from knowledge.reading.letters.marks import find_openness
from knowledge.reading.letters.sessions import find_session
from knowledge.reading.passages import cut
from knowledge.reading.record_marks import (
    behind_choices,
    is_choice_row,
    judged,
    read_class,
    read_satisfaction,
)
from knowledge.reading.record_numbers import number_in, told_number
from knowledge.reading.record_people import (
    read_co_handlers,
    read_handler,
    read_member,
    read_phones,
    read_unit,
)
from knowledge.reading.record_values import Form
from knowledge.reading.source import Source
from knowledge.reading.ticks import has_boxes, ticked

_SIGNED = re.compile(
    r"(?:(?:委员|代表|提案人)?(?:本人)?\(?签\s{0,4}[字名章]\)?\s{0,4}[:]?"
    r"|(?<=\s)(?:\d{4}|\s{2,8})\s?年\s{0,8}\d{0,2}\s{0,8}月\s{0,8}\d{0,2}\s{0,8}日\s*$)"
)
_WAY = re.compile(r"[\u4e00-\u9fff]{2,8}")
_EXTRA = ("extra", "attitude", "reason", "remark")
_LONG_TEXT = 8

Doubts = tuple[ReadingWarning, ...]


def read_record(source: Source, start: int, end: int) -> ParsedDocument:
    """The form that stands at ``start..end`` (clean offsets)."""
    form = Form(source, start, end)
    policies, warnings = find_policies(source, start, end)
    fields, doubts = _judged(form, start, end)
    passages = cut(source, start, end, ())
    kind, span = DocumentKind.RECORD, source.span(start, end)
    return ParsedDocument(kind, span, fields, (), policies, passages, (*warnings, *doubts))


def _judged(form: Form, start: int, end: int) -> tuple[RecordFields, Doubts]:
    """All fields; those that weigh several places of the form come with their doubts."""
    result_class, class_doubts = read_class(form, start, end)
    opinion = _opinion(form)
    satisfaction, doubts = read_satisfaction(form, opinion, start, end)
    own_phone, unit_phone = read_phones(form)
    session = _session(form, start, end)
    fields = replace(
        _told(form),
        unit=read_unit(form, start),
        case_number=_case_number(form, start, session),
        phone=own_phone,
        unit_phone=unit_phone,
        result_class=result_class,
        member_opinion=opinion,
        satisfaction=satisfaction,
        session=session,
        openness=find_openness(form.source, form.source.lines_in(start, end)),
    )
    return fields, (*class_doubts, *doubts)


def _told(form: Form) -> RecordFields:
    """What a label of its own tells."""
    title = form.cell("title")
    summary = next(iter(form.stretches("proposal_summary")), None)
    return RecordFields(
        member=read_member(form),
        employer=form.cell("employer"),
        proposal_summary=form.text("proposal_summary") or title,
        reply_points=_reply_points(form),
        consulted_on=form.day("consulted_on") or _answered_on(form),
        place=form.cell("place"),
        consulted_by=form.cell("consulted_by"),
        title=title,
        supporters=form.names("supporters"),
        co_handlers=read_co_handlers(form),
        assigned_on=form.day("assigned_on"),
        due_on=form.day("due_on"),
        replied_on=form.day("replied_on") or _answered_in_writing(form),
        method=_method(form),
        handler=read_handler(form),
        responsible_leader=form.cell("responsible_leader"),
        document_number=_document_number(form),
        extra=_extra(form),
        demands=summary_demands(form.source, *summary) if summary else (),
    )


def _case_number(
    form: Form, start: int, session: Field[Session] | None
) -> Field[CaseNumber] | None:
    known = session.value if session else None
    for bounds in form.stretches("case_number"):
        found = told_number(form.source, *bounds, known)
        if found is not None:
            return found
    head = form.labels[0].start if form.labels else start
    return number_in(form.source, start, head, known)


def _session(form: Form, start: int, end: int) -> Field[Session] | None:
    """会议届次, else the session the head or the case's number is told with."""
    head = form.labels[0].start if form.labels else end
    stretches = [*form.stretches("session"), (start, head), *form.stretches("case_number")]
    for bounds in stretches:
        compact = form.source.compact(*bounds)
        found = find_session(compact.text)
        if found is not None and not found.damaged:
            return form.source.field(found.value, *compact.bounds(found.start, found.end))
    return None


def _answered_on(form: Form) -> Field[date] | None:
    """答复时间 of a talk: the form has its place or its people too."""
    return form.day("answered_on") if _answered_in_person(form) else None


def _answered_in_writing(form: Form) -> Field[date] | None:
    return None if _answered_in_person(form) else form.day("answered_on")


def _answered_in_person(form: Form) -> bool:
    return bool(form.all("place", "consulted_by")) and not form.stretches("consulted_on")


def _method(form: Form) -> Field[str] | None:
    """How they talked: the words, or the one that is ticked."""
    for bounds in form.stretches("method"):
        if has_boxes(form.source.folded, *bounds):
            choice = ticked(form.source.folded, *bounds, _WAY)
            return form.source.literal(choice.start, choice.end) if choice else None
    return form.cell("method")


def _reply_points(form: Form) -> Field[str] | None:
    """答复意见要点, else the words that stand where a class could be ticked."""
    told = form.text("reply_points")
    if told is not None:
        return told
    for start, end in form.stretches("result_class"):
        text = form.source.folded[start:end]
        if len(text) > _LONG_TEXT and "。" in text and not has_boxes(text, 0, len(text)):
            return form.source.field(form.tidy(start, end), start, end)
    return None


def _opinion(form: Form) -> Field[str] | None:
    """What the member wrote, without a row of answers to tick and without the signature."""
    for name in ("member_opinion", "satisfaction", "reason"):
        for start, end in form.stretches(name):
            found = _written(form, start, end, asked=name == "satisfaction")
            if found is not None:
                return found
    return None


def _written(form: Form, start: int, end: int, *, asked: bool) -> Field[str] | None:
    if is_choice_row(form, start, end):
        start, end = behind_choices(form, start, end)
    elif asked and (judged(form, start, end) != (None, ()) or end - start < _LONG_TEXT):
        return None
    signed = _SIGNED.search(form.source.folded, start, end)
    if signed is not None:
        start, end = form.source.trimmed(start, signed.start())
    value = form.tidy(start, end)
    return form.source.field(value, start, end) if value else None


def _document_number(form: Form) -> Field[str] | None:
    """回复文号, else the number of the reply that 办理复文 begins with."""
    stretches = [
        *form.stretches("document_number"),
        *(
            bounds
            for bounds in form.stretches("reply_points")
            if form.source.folded[bounds[0]] == "《"
        ),
    ]
    for bounds in stretches:
        found = next(find_document_numbers(form.source.folded, form.source.clean, *bounds), None)
        if found is not None:
            return form.source.field(found.value, found.start, found.end, found.confidence)
    return None


def _extra(form: Form) -> tuple[Field[Labelled], ...]:
    """Labels without a field; the mark for attitude stands beside the one for the result."""
    return tuple(_shown(form, item) for item in form.extra(*_EXTRA))


def _shown(form: Form, item: Field[Labelled]) -> Field[Labelled]:
    if item.span is None or not has_boxes(item.value.text, 0, len(item.value.text)):
        return item
    bounds = form.source.clean_at(item.span.start), form.source.clean_at(item.span.end)
    choice, _ = judged(form, *bounds)
    told = legible(choice.span.of(form.source.raw)) if choice and choice.span else ""
    return form.source.field(Labelled(item.value.label, told), *bounds)
