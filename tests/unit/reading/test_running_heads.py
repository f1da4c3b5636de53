"""What runs through the pages of a file is the paper's, whatever it is made of."""

from __future__ import annotations

from knowledge.reading.loaders.running_heads import without_running
from knowledge.reading.page_lines import PageLine

HEIGHT = 842.0


def _page(number: int, head: str, *, alone: bool = False) -> list[PageLine]:
    return [
        PageLine(head, number, 90.0, 500.0, 40.0, 52.0, alone=alone),
        PageLine(f"正文第{number}页的第一行文字", number, 90.0, 500.0, 120.0, 134.0),
        PageLine("正文的另一行文字", number, 90.0, 500.0, 150.0, 164.0),
        PageLine("正文的最后一行文字", number, 90.0, 500.0, 180.0, 194.0),
    ]


def _texts(pages: list[list[PageLine]]) -> list[str]:
    kept = without_running(pages, [HEIGHT] * len(pages))
    return [line.text for lines in kept for line in lines]


def test_a_head_of_two_parts_is_a_running_head() -> None:
    head = "云溪市交通运输局\t建议提案办理"

    assert head not in _texts([_page(number, head, alone=True) for number in range(2)])


def test_a_row_of_a_table_that_stands_once_is_kept() -> None:
    pages = [_page(0, "委员姓名\t林知秋", alone=True), _page(1, "工作单位\t云溪一中", alone=True)]

    assert "委员姓名\t林知秋" in _texts(pages)
    assert "工作单位\t云溪一中" in _texts(pages)


def test_a_row_of_two_numbers_is_no_page_number() -> None:
    pages = [_page(0, "12\t34", alone=True), _page(1, "56\t78", alone=True)]

    assert "12\t34" in _texts(pages)
