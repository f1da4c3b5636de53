"""One script for comparing: what is folded keeps its length, and folding twice changes nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.text import legible
from knowledge.script import simplified, spelled

_MIXED = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="答覆复函 \n　覆瞭解望明裏裡里臺關於2023縣⻓⼈\u200b", max_size=80),
)


@pytest.mark.parametrize(
    ("printed", "asked"),
    [
        ("雲溪縣水利局關於縣政協提案的答覆", "云溪县水利局关于县政协提案的答复"),
        ("答復 答複 答  覆 函覆 覆函", "答复 答复 答  复 函复 复函"),
        ("裏裡臺菸麼羣啟啓衞衛說説収", "里里台烟么群启启卫卫说说收"),
        ("豈⼈⺠", "岂人民"),
    ],
)
def test_traditional_and_old_forms_become_the_simplified_ones(printed: str, asked: str) -> None:
    assert simplified(printed) == asked


def test_a_character_that_is_two_words_in_simplified_script_is_told_by_its_neighbour() -> None:
    assert simplified("覆蓋率") == "覆盖率"
    assert simplified("覆土") == "覆土"
    assert simplified("瞭望塔，瞭解") == "瞭望塔，了解"


def test_simplified_text_stays_as_it_is() -> None:
    text = "经研究，现答复如下：一、关于覆盖全县的建议。"

    assert simplified(text) == text


@given(_MIXED)
def test_folding_keeps_every_place_and_is_done_once(text: str) -> None:
    once = simplified(text)

    assert len(once) == len(text)
    assert simplified(once) == once
    assert spelled(spelled(text)) == spelled(text)


def test_what_nobody_sees_is_not_compared() -> None:
    assert spelled("雲\u200b溪\ufeff縣") == "云溪县"
    assert legible("甲\U000e0041\U000e0042乙") == "甲乙"


def test_the_converter_is_not_loaded_before_something_is_compared() -> None:
    code = (
        "import sys, knowledge.script, knowledge.index.lexical, knowledge.reading.reader, bot.cli;"
        "sys.exit('opencc' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
