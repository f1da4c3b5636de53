"""What a card says, computed from fields of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.domain.documents import (
    DocumentKind,
    Fields,
    Openness,
    OtherFields,
    ParsedDocument,
    PolicyFields,
    ProposalFields,
    RecordFields,
    ReplyFields,
)
from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.library import DocumentCard, SourceFile
from knowledge.domain.text import Field, Span
from storage.cards import identity, number_keys, place_of, read_card

TEXT = "\n \u3000\n  柏川县  水利局文件\n正文。"


def card(
    kind: DocumentKind,
    fields: Fields,
    *,
    text: str = TEXT,
    openness: Openness | None = None,
    unit: str | None = None,
) -> DocumentCard:
    parsed = ParsedDocument(kind, Span(0, len(text)), fields)
    return read_card(
        parsed, SourceFile("a.txt", "0", text, (parsed,), openness=openness, unit=unit)
    )


def reply(fields: ReplyFields) -> DocumentCard:
    return card(DocumentKind.REPLY, fields)


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ("晋城市发展和改革委员会", "晋城"),
        ("柏川县水利局", "柏川"),
        ("青石自治县教育局", "青石"),
        ("云岭壮族自治区林业厅", "云岭壮族"),
        ("东海省生态环境厅", "东海"),
        ("湖西州林业局", "湖西"),
        ("白草旗农牧局", "白草"),
        ("台州市交通运输局", "台州"),
        ("临江新区管委会", "临江"),
        ("中共柏川县委办公室", "柏川"),
        ("政协柏川县委员会", "柏川"),
        ("国家市场监督管理总局", None),
        ("市场监督管理局", None),
        ("市民政局", None),
        ("县水利局", None),
        ("柏川经济开发区管委会", None),
        ("民政部", None),
        ("", None),
        (None, None),
    ],
)
def test_the_place_is_what_a_units_name_begins_with(unit: str | None, place: str | None) -> None:
    assert place_of(unit) == place


def test_a_silent_document_is_called_by_its_first_line() -> None:
    found = card(DocumentKind.OTHER, OtherFields())

    assert found.title == "柏川县 水利局文件"
    assert (found.number, found.unit, found.date, found.openness) == (None, None, None, None)


def test_a_text_without_lines_does_not_become_its_own_title() -> None:
    assert len(card(DocumentKind.OTHER, OtherFields(), text="字" * 9000).title) == 200


def test_a_title_over_two_lines_is_one_line() -> None:
    assert (
        reply(ReplyFields(title=Field("关于第12号\n 提案的答复"))).title == "关于第12号 提案的答复"
    )


def test_the_number_is_the_document_number_else_the_case_literal() -> None:
    case = (Field(CaseNumber("TA0423", 423, "TA")),)

    assert reply(ReplyFields(case_numbers=case)).number == "TA0423"
    both = reply(ReplyFields(case_numbers=case, document_number=Field("柏发〔2024〕1号")))
    assert both.number == "柏发〔2024〕1号"
    assert both.case_value == 423


def test_the_session_is_one_label() -> None:
    session = Field(Session("city", "晋城", 8, 3))

    assert reply(ReplyFields(session=session)).session == "晋城八届三次"
    assert (
        reply(ReplyFields(session=Field(Session("national", None, 14, 20)))).session
        == "十四届二十次"
    )
    assert reply(ReplyFields(session=Field(Session("county", None, None, 1)))).session == "一次"
    assert reply(ReplyFields(session=Field(Session(None, None, None, None)))).session is None
    assert reply(ReplyFields(session=session)).place == "晋城"


@pytest.mark.parametrize("kind", [DocumentKind.RECORD, DocumentKind.PROPOSAL, DocumentKind.OTHER])
def test_the_operators_word_opens_what_says_nothing_of_it(kind: DocumentKind) -> None:
    fields: dict[DocumentKind, Fields] = {
        DocumentKind.RECORD: RecordFields(),
        DocumentKind.PROPOSAL: ProposalFields(),
        DocumentKind.OTHER: OtherFields(),
    }

    assert card(kind, fields[kind]).openness is None
    assert card(kind, fields[kind], openness=Openness.OPEN).openness is Openness.OPEN


def test_what_the_document_says_stands_above_the_operators_word() -> None:
    said = ReplyFields(openness=Field("closed"), signature_units=(Field("柏川县水利局"),))
    found = card(DocumentKind.REPLY, said, openness=Openness.OPEN, unit="柏川县教育局")

    assert (found.openness, found.unit) == (Openness.CLOSED, "柏川县水利局")


def test_an_openness_of_no_known_kind_counts_as_silence() -> None:
    said = ReplyFields(openness=Field("perhaps"))

    assert card(DocumentKind.REPLY, said).openness is None
    assert card(DocumentKind.REPLY, said, openness=Openness.CLOSED).openness is Openness.CLOSED


def test_a_policy_is_dated_by_its_issue_before_its_adoption() -> None:
    fields = PolicyFields(
        issued=Field(date(2023, 3, 1)),
        adopted=Field(date(2023, 2, 1)),
        issuers=(Field("柏川县人民政府"),),
        status=Field("trial"),
    )
    found = card(DocumentKind.POLICY, fields)

    assert (found.date, found.unit, found.policy_status) == (
        date(2023, 3, 1),
        "柏川县人民政府",
        "trial",
    )
    unissued = card(DocumentKind.POLICY, replace(fields, issued=None))
    assert unissued.date == date(2023, 2, 1)


def test_every_case_of_a_joint_letter_is_a_key() -> None:
    cases = (Field(CaseNumber("TA0423", 423, "TA")), Field(CaseNumber("35", 35)))
    fields = ReplyFields(case_numbers=cases, document_number=Field("柏发[2024]1号"))
    parsed = ParsedDocument(DocumentKind.REPLY, Span(0, 1), fields)
    found = card(DocumentKind.REPLY, fields)

    assert number_keys(parsed, found) == ["35", "423", "TA0423", "柏发〔2024〕1"]


def test_without_a_number_there_is_no_identity() -> None:
    units = (Field("柏川县水利局"),)

    assert identity(reply(ReplyFields(signature_units=units, genre=Field("答复")))) is None
    assert identity(card(DocumentKind.POLICY, PolicyFields(title=Field("办法")))) is None
    one = reply(ReplyFields(signature_units=units, document_number=Field("柏发〔2024〕1号")))
    same = reply(ReplyFields(signature_units=units, document_number=Field("柏发[2024]1号")))
    assert identity(one) == identity(same)
    assert identity(one) != identity(replace(one, unit="柏川县教育局"))


def test_a_row_of_a_register_is_called_by_its_case_and_keeps_its_session() -> None:
    fields = RecordFields(
        title=Field("关于修缮老街排水的提案"),
        case_number=Field(CaseNumber("015", 15)),
        unit=Field("水务局"),
        session=Field(Session("city", "云溪", 7, 2)),
        openness=Field("closed"),
    )
    later = replace(fields, session=Field(Session("city", "云溪", 7, 3)))

    found = card(DocumentKind.RECORD, fields, openness=Openness.OPEN)

    assert found.title == "关于修缮老街排水的提案"
    assert found.openness is Openness.CLOSED
    assert found.place == "云溪"
    assert identity(found) != identity(card(DocumentKind.RECORD, later))
