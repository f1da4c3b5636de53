"""Phones, people, numbers and days of a form go to whom and what their labels say."""

from __future__ import annotations

import pytest

from knowledge.domain.documents import DocumentKind, RecordFields
from knowledge.reading.parsing import parse_text

_HEAD = "溪口县代表建议办理登记卡\n承办单位：溪口县水利局\n"


def _fields(lines: str, head: str = _HEAD) -> RecordFields:
    (document,) = parse_text(head + lines)
    assert isinstance(document.fields, RecordFields)
    return document.fields


def _value(field: object) -> object:
    return getattr(field, "value", None)


@pytest.mark.parametrize(
    ("lines", "own", "office"),
    [
        (
            "代表姓名：陶然\n联系电话：5551111\n承办人：路长风\n联系电话：5552222\n",
            "5551111",
            "5552222",
        ),
        ("承办人：路长风\n电话：5552222\n代表姓名：陶然\n电话：5551111\n", "5551111", "5552222"),
        ("代表联系电话：5551111\n承办单位联系电话：5552222\n", "5551111", "5552222"),
        (
            "代表姓名：陶然\n工作单位：溪口一中\n联系电话：\n面商人：路长风\n联系电话：5552222\n",
            None,
            "5552222",
        ),
        ("承办人及联系电话：路长风 5552222\n代表姓名：陶然\n", None, "5552222"),
        ("代表姓名：陶然\n面商时间：2024年5月6日\n联系电话：5552222\n", None, "5552222"),
    ],
)
def test_a_phone_belongs_to_whoever_stands_above_it(
    lines: str, own: str | None, office: str | None
) -> None:
    fields = _fields(lines)

    assert (_value(fields.phone), _value(fields.unit_phone)) == (own, office)


@pytest.mark.parametrize(
    ("number", "literal", "serial", "year"),
    [
        ("第0012号", "0012", 12, None),
        ("TA0012", "TA0012", 12, None),
        ("2024-15", "2024-15", 15, 2024),
        ("2024年第15号", "2024年第15", 15, 2024),
        ("县十七届人大三次会议第92号建议", "92", 92, None),
    ],
)
def test_case_numbers_of_cells(number: str, literal: str, serial: int, year: int | None) -> None:
    value = _value(_fields(f"建议编号：{number}\n代表姓名：陶然\n").case_number)

    assert (getattr(value, "literal", None), getattr(value, "number", None)) == (literal, serial)
    assert getattr(value, "year", None) == year


@pytest.mark.parametrize(
    ("printed", "member"),
    [
        ("张　三", "张三"),
        ("陶然、秦川", "陶然、秦川"),
        ("陶然等5名代表", "陶然"),
        ("民进溪口县支部", "民进溪口县支部"),
    ],
)
def test_members_named_in_a_cell_are_told_without_their_count(printed: str, member: str) -> None:
    assert _value(_fields(f"代表姓名：{printed}\n建议编号：3\n").member) == member


def test_an_answer_given_in_person_has_the_day_of_the_talk_and_one_in_writing_the_reply() -> None:
    talked = _fields("代表姓名：陶然\n答复时间：2024年5月6日\n答复地点：镇政府\n答复人：路长风\n")
    written = _fields("代表姓名：陶然\n答复时间：2024年5月6日\n办理结果：A类\n")

    assert str(_value(talked.consulted_on)) == "2024-05-06"
    assert talked.replied_on is None
    assert str(_value(written.replied_on)) == "2024-05-06"
    assert written.consulted_on is None


def test_words_inside_a_value_are_no_labels() -> None:
    fields = _fields(
        "代表姓名：陶然\n答复内容：1.时间：十月底前；2.地点：东街。联系电话：5553333。\n办结时间：2024年6月1日\n"
    )

    assert _value(fields.reply_points) == "1.时间：十月底前；2.地点：东街。联系电话：5553333。"
    assert fields.place is None
    assert fields.unit_phone is None


def test_a_label_without_a_field_is_kept_by_its_name() -> None:
    fields = _fields("代表姓名：陶然\n所属代表团：南塘代表团\n备注：现场察看过。\n")

    labels = {item.value.label: item.value.text for item in fields.extra}
    assert labels == {"所属代表团": "南塘代表团", "备注": "现场察看过。"}


def test_blank_values_and_blank_days_are_absent() -> None:
    fields = _fields(
        "代表姓名：陶然\n工作单位：____\n面商时间：    年   月   日\n面商地点：/\n代表意见：无\n",
        _HEAD,
    )

    assert fields.employer is None
    assert fields.consulted_on is None
    assert fields.place is None
    assert fields.member_opinion is None


@pytest.mark.parametrize(
    "text",
    [
        "会议通知\n时间：2024年5月6日\n地点：市政协会议室\n参加人员：各承办单位\n内容：提案交办会\n",
        "岗位信息表\n姓名：王五\n单位：图书馆\n电话：5556666\n意见：同意\n",
        "溪口市政协提案办理面商记录表填写说明\n一、面商时间：填写实际日期。\n二、面商地点：填写场所。\n",
    ],
)
def test_what_only_looks_like_a_form_is_no_record(text: str) -> None:
    assert [document.kind for document in parse_text(text)] == [DocumentKind.OTHER]
