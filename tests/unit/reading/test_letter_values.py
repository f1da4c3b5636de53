"""Spans and numbers behind the words of a letter's fields (domain.md 1.2, 1.7, 1.10)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.reading.letters import codes, letter, read_one, reply


def test_the_count_of_addressees_points_at_its_number() -> None:
    text = letter(salutation="林知秋等3名代表：")

    count = reply(text).addressee_count

    assert count is not None
    assert count.value == 3
    assert count.span is not None
    assert count.span.of(text) == "3"


def test_numbers_of_a_range_are_counted_out_and_point_at_the_range() -> None:
    text = letter(title="关于市政协六届二次会议第013-015号提案的答复")

    numbers = reply(text).case_numbers

    assert [number.value.literal for number in numbers] == ["013", "014", "015"]
    assert [number.value.number for number in numbers] == [13, 14, 15]
    assert numbers[1].span is not None
    assert numbers[1].span.of(text) == "013-015"


def test_a_code_that_disagrees_with_the_session_is_doubted() -> None:
    text = letter(title="关于市政协六届二次会议第54057号提案的答复")

    assert reply(text).case_numbers[0].confidence < 1
    assert "case_number.session_mismatch" in codes(text)


FIGURES = [
    ("完成八成路段。", 80.0, "%"),
    ("占三分之二。", 2 / 3, None),
    ("达到百分之三十五点五。", 35.5, "%"),
    ("长5—8公里。", 5.0, "公里"),
    ("投资三百万元。", 300.0, "万元"),
    ("收费3元/月。", 3.0, "元/月"),
    ("投资2,345.6万元。", 2345.6, "万元"),
    ("新增二十余个。", 20.0, "个"),
]


@pytest.mark.parametrize(("sentence", "value", "unit"), FIGURES)
def test_a_figure_gives_its_number_and_unit(sentence: str, value: float, unit: str | None) -> None:
    (figure,) = reply(letter(body=sentence)).figures

    assert figure.value.number == pytest.approx(value)
    assert figure.value.unit == unit


def test_a_talk_in_december_lies_before_a_letter_of_june() -> None:
    text = letter(body="12月20日，我局与您面商。", date="2024年6月18日")

    consultation = reply(text).consultation

    assert consultation is not None
    assert consultation.value.date == date(2023, 12, 20)


def test_the_day_of_handing_over_points_at_its_date() -> None:
    text = letter(opening="您的提案于2024年3月5日交由我局办理，现答复如下：")

    assigned = reply(text).assigned_on

    assert assigned is not None
    assert assigned.value == date(2024, 3, 5)
    assert assigned.span is not None
    assert assigned.span.of(text) == "2024年3月5日"


def test_a_date_that_lost_a_word_is_repaired_with_a_warning() -> None:
    text = letter(date="20247月22日")

    assert reply(text).date is not None
    assert "date.repaired" in codes(text)


def test_the_page_s_own_date_is_not_the_letter_s() -> None:
    assert reply(letter(below="2024-08-01", date="")).date is None


def test_every_span_of_a_letter_lies_inside_its_document() -> None:
    text = letter(
        above="督办领导：石小满\n交办日期：2024年3月5日",
        salutation="林知秋等3名代表：",
        after="联系人：刘金花科长　电话：0563-4021188转8012",
    )
    document = read_one(text)
    fields = reply(text)

    for field in (fields.supervisor, fields.assigned_on, fields.addressee_count, *fields.phones):
        assert field is not None
        assert field.span is not None
        assert document.span.start <= field.span.start < field.span.end <= document.span.end
