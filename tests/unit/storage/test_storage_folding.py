"""Numbers and titles folded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.folding import LONGEST, folded, folded_number, folded_title


@pytest.mark.parametrize(
    "print_", ["〔2024〕", "[2024]", "【2024】", "（2024）", "(2024)", "﹝2024﹞"]
)
def test_all_brackets_are_one(print_: str) -> None:
    assert folded_number(f"柏水函{print_}3号") == "柏水函〔2024〕3"


def test_outer_marks_of_a_title_do_not_count() -> None:
    assert folded_title("《柏川县 供水办法》") == folded_title("柏川县供水办法")
    assert folded_title("《关于转发〈办法〉的通知》") == "关于转发〈办法〉的通知"
    assert folded_title("《》") is None
    assert folded_title(None) is None


def test_both_scripts_and_what_nobody_sees_make_no_difference() -> None:
    assert folded_number("國辦發〔2021〕29號") == folded_number("国办发〔2021〕29号")
    assert folded_title("《關於雲\u200b溪縣供水的答覆》") == folded_title("关于云溪县供水的答复")


def test_digits_lose_leading_zeros() -> None:
    assert folded_number("第0423号") == folded_number("４２３") == "423"
    assert folded_number("TA0423") == "TA0423"
    assert folded_number("第号") is None
    assert folded_number(" ") is None


@given(st.text(st.sampled_from("〔[（(【﹞〕】3３第号 \u3000柏aＡ《")))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = folded(text)

    assert len(once) <= LONGEST
    assert folded(once) == once


@given(st.text())
def test_any_text_can_be_asked_as_a_number(text: str) -> None:
    folded_number(text)
