"""Registers that stand in a text as lines with tabs."""

from __future__ import annotations

import pytest

from knowledge.domain.documents import DocumentKind, RecordFields
from knowledge.domain.text import Span
from knowledge.reading.loaded import Loaded
from knowledge.reading.parsing import parse_loaded, parse_registers, parse_text
from tests.unit.reading.letters import letter

TABLE = (
    "云溪市政协七届二次会议提案交办表\n"
    "\n"
    "提案号\t案由\t提案人\t主办单位\n"
    "15\t关于修缮老街排水的提案\t林知秋\t水务局\n"
    "16\t关于增设路灯的提案\t何苗\n"
    "17\t关于延长夜班公交的提案\t沈一帆\t交通局\n"
)


def test_a_pasted_table_of_cases_is_a_register() -> None:
    documents = parse_text(TABLE)

    assert [document.kind for document in documents] == [DocumentKind.RECORD] * 3
    fields = documents[0].fields
    assert isinstance(fields, RecordFields)
    assert fields.unit is not None
    assert fields.unit.span is not None
    assert fields.unit.span.of(TABLE) == "水务局"
    assert fields.session is not None
    assert fields.session.value.term == 7
    assert documents[1].span.of(TABLE) == "16\t关于增设路灯的提案\t何苗"
    (register,) = parse_registers(Loaded(TABLE))
    assert (register.sheet, register.rows) == (None, 3)


def test_a_hidden_cell_of_a_table_is_not_read() -> None:
    at = TABLE.index("水务局")

    (first, *_) = parse_loaded(Loaded(TABLE, hidden=(Span(at, at + 3),)))

    assert isinstance(first.fields, RecordFields)
    assert first.fields.unit is None
    assert first.fields.title is not None


def test_a_table_whose_rows_outgrow_its_headings_is_none() -> None:
    uneven = TABLE.replace("林知秋\t水务局", "林知秋\t水务局\t住建局")

    assert parse_registers(Loaded(uneven)) == ()


def test_a_letter_with_a_table_stays_a_letter() -> None:
    text = letter(after=TABLE)

    assert parse_text(text)[0].kind is DocumentKind.REPLY
    assert parse_registers(Loaded(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "编号\t名称\t责任单位\n1\t老街改造工程\t水务局\n2\t路灯工程\t城管局\n3\t公交工程\t交通局\n",
        (
            "承办单位\t云溪市水务局\t提案编号\t118\n委员姓名\t林知秋\t联系电话\t13800000001\n"
            "面商时间\t2024年6月3日\t面商地点\t水务局\n"
        ),
        "单位\t件数\t办结数\n水务局\t3\t3\n城管局\t2\t2\n",
    ],
)
def test_other_tables_are_no_registers(text: str) -> None:
    assert parse_registers(Loaded(text)) == ()
