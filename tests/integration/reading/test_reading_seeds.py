"""Two real letters, kept outside the project, come out right field for field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.domain.documents import DocumentKind, ParsedFile, RecordFields, ReplyFields
from knowledge.reading.reader import FileReader

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def _seed(name: str) -> ParsedFile:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the two real letters are not kept beside this project")
    return FileReader().read(path)


def test_the_form_and_the_letter_of_one_file_come_out_apart() -> None:
    parsed = _seed("jincheng_ta0423_reply.txt")

    assert [item.kind for item in parsed.documents] == [DocumentKind.RECORD, DocumentKind.REPLY]
    assert parsed.documents[1].span.of(parsed.text).startswith("晋城市发展和改革委员会")


def test_the_form_is_read_field_for_field() -> None:
    fields = _seed("jincheng_ta0423_reply.txt").documents[0].fields
    assert isinstance(fields, RecordFields)

    assert fields.case_number is not None
    assert fields.case_number.value.number == 423
    expected = {
        "unit": "晋城市发改委",
        "member": "民进晋城市委会",
        "employer": "民进晋城市委会",
        "phone": "13703564852",
        "result_class": "A",
        "satisfaction": "satisfied",
        "consulted_on": date(2024, 7, 22),
        "place": "民进晋城市委会",
        "consulted_by": "李晴",
    }
    assert {name: getattr(fields, name).value for name in expected} == expected
    assert len(fields.demands) == 4
    assert any("无人机" in field.value for field in fields.demands)


def test_the_letter_with_a_prefixed_number_is_read() -> None:
    document = _seed("jincheng_ta0423_reply.txt").documents[1]
    fields = document.fields
    assert isinstance(fields, ReplyFields)

    (number,) = fields.case_numbers
    assert (number.value.literal, number.value.number, number.value.prefix) == ("TA0423", 423, "TA")
    assert [field.value for field in fields.signature_units] == ["晋城市发展和改革委员会"]
    assert fields.date is not None
    assert fields.date.value == date(2024, 7, 22)
    assert fields.result_class is None
    assert fields.addressee_kind is not None
    assert fields.addressee_kind.value == "party"
    labels = [section.label for section in document.sections]
    assert labels[:4] == ["一、", "二、", "三、", "四、"]
    assert document.sections[4].label == ""
    assert "无人机" in document.sections[4].heading
    assert any("无人机" in "".join(passage.heading_path) for passage in document.passages)


def test_the_letter_without_a_date_is_read() -> None:
    parsed = _seed("hengyang_309_reply.txt")
    (document,) = parsed.documents
    fields = document.fields
    assert isinstance(fields, ReplyFields)

    assert fields.document_number is not None
    assert fields.document_number.value == "衡农提复〔2023〕25号"
    assert fields.result_class is not None
    assert fields.result_class.value == "B"
    assert fields.case_numbers[0].value.literal == "309"
    assert [field.value for field in fields.addressees] == ["胡泽明"]
    assert [field.value for field in fields.signature_units] == ["衡阳市农业农村局"]
    assert fields.date is None
    assert fields.responsible_leader is not None
    assert [len(fields.handlers), len(fields.phones)] == [1, 1]
    assert [(item.value.name, item.value.copies) for item in fields.copy_to] == [
        ("市政府办", 2),
        ("市政协提案委", 2),
    ]
    assert [item.value.number for item in fields.policies] == [
        "国办发〔2021〕29号",
        "湘交运输规〔2021〕9号",
        "湘政办发〔2022〕25号",
        None,
    ]
    assert [item.value.in_force for item in fields.policies] == [None, None, None, False]
    assert [section.label for section in document.sections[2].children] == [
        f"（{mark}）" for mark in "一二三四五"
    ]
