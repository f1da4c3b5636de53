"""Numbers of cases and documents, sessions and titles in every form (domain.md 1.1-1.4)."""

from __future__ import annotations

import pytest

from tests.evals.reading.exam import read
from tests.unit.reading.letters import letter, read_one

Rows = list[tuple[str, str, str, list[str]]]
"""The part of the letter, what is printed, the field, its values in the exam's notation."""

ROWS: Rows = [
    ("title", "关于省十三届人大二次会议“台52号”建议的答复", "case_numbers", ["台52:52:台"]),
    (
        "title",
        "关于市政协六届二次会议第13号、15号、50号提案的答复",
        "case_numbers",
        ["13:13", "15:15", "50:50"],
    ),
    (
        "title",
        "关于市政协六届二次会议第13-15号提案的答复",
        "case_numbers",
        ["13:13", "14:14", "15:15"],
    ),
    (
        "title",
        "关于市政协六届二次会议第13至15号提案的答复",
        "case_numbers",
        ["13:13", "14:14", "15:15"],
    ),
    (
        "title",
        "关于市政协六届二次会议第13号至第15号提案的答复",
        "case_numbers",
        ["13:13", "14:14", "15:15"],
    ),
    (
        "title",
        "关于市政协六届二次会议第13、15～17号提案的答复",
        "case_numbers",
        ["13:13", "15:15", "16:16", "17:17"],
    ),
    ("title", "关于市政协六届二次会议第13号、27号建议的答复", "case_numbers", ["13:13", "27:27"]),
    ("title", "关于市政协六届二次会议第58、第61号提案的答复", "case_numbers", ["58:58", "61:61"]),
    ("title", "关于市政协六届二次会议一号提案的答复", "case_numbers", ["一:1"]),
    ("title", "关于市政协六届二次会议“一号提案”的答复", "case_numbers", ["一:1"]),
    (
        "title",
        "关于省人大五次会议〔2014〕0514号建议的答复",
        "case_numbers",
        ["〔2014〕0514:514::2014"],
    ),
    (
        "title",
        "关于省五届人大二次会议[2015]0142号建议的答复",
        "case_numbers",
        ["[2015]0142:142::2015"],
    ),
    (
        "title",
        "关于市政协六届二次会议第2023-0542号提案的答复",
        "case_numbers",
        ["2023-0542:542::2023"],
    ),
    ("body", "根据云政发〔2022〕8号要求执行。", "document_number", []),
    ("body", "云政发〔2022〕8号文件规定，应当执行。", "document_number", []),
    ("opening", "您提出的提案收悉，根据云政发〔2022〕8号，现答复如下：", "document_number", []),
    (
        "title",
        "关于政协第六届云溪市委员会第二次会议第118号提案的答复",
        "session",
        ["city/云溪/6/2"],
    ),
]

WHOLE: list[tuple[str, str, list[str]]] = [
    (
        (
            "提案编号：2024-0132\n\n林知秋委员：\n您提出的提案收悉，现答复如下：\n"
            "路灯已换。\n云溪市民政局\n2024年7月22日\n"
        ),
        "case_numbers",
        ["2024-0132:132::2024"],
    ),
]


@pytest.mark.parametrize(("part", "printed", "field", "expected"), ROWS)
def test_a_number_a_session_or_a_title_is_read_as_printed(
    part: str, printed: str, field: str, expected: list[str]
) -> None:
    parts = {part: printed}

    assert read(read_one(letter(**parts)))[field] == expected


@pytest.mark.parametrize(("text", "field", "expected"), WHOLE)
def test_in_a_whole_letter_a_number_a_session_or_a_title_is_read_as_printed(
    text: str, field: str, expected: list[str]
) -> None:
    assert read(read_one(text))[field] == expected
