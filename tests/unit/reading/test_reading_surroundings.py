"""What stands around a letter, or runs through it, must not change what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.domain.documents import RecordFields, ReplyFields
from knowledge.reading.parsing import parse_text
from knowledge.reading.reader import FileReader
from tests.unit.reading.letters import UNIT, codes, letter, read_one, reply

BELOW = [
    "请填写《征询意见表》寄回我局办公室。",
    "主办：云溪市人民政府办公室 澜ICP备10000001号 网站标识码1234567890",
    "相关新闻 更多",
    "下载附件 打印 收藏",
    "打印本页 关闭窗口 返回顶部",
    "这里是网页下方的一行没有意义的文字",
]


@pytest.mark.parametrize("line", BELOW)
def test_lines_a_page_prints_below_a_letter_cost_it_neither_unit_nor_date(line: str) -> None:
    fields = reply(letter(after=line))

    assert [unit.value for unit in fields.signature_units] == [UNIT]
    assert fields.date is not None
    assert fields.date.value.isoformat() == "2024-06-18"


def test_titles_of_other_letters_below_a_letter_are_links() -> None:
    links = "相关链接\n\n关于市政协六届二次会议第119号提案的答复\n\n对第120号提案的答复"

    assert [read_one(letter(after=links)).kind.value] == ["reply"]


@pytest.mark.parametrize("date", ["2024年月18日", "2024年6月日"])
def test_a_seal_over_the_date_costs_the_date_and_not_the_unit(date: str) -> None:
    text = letter(date=date)

    assert [unit.value for unit in reply(text).signature_units] == [UNIT]
    assert reply(text).date is None
    assert "date.damaged" in codes(text)


def test_a_label_below_the_copies_is_no_receiver() -> None:
    fields = reply(letter(after="抄送：市政协提案委、市政府督查室\n责任人：温如玉"))

    assert [copy.value.name for copy in fields.copy_to] == ["市政协提案委", "市政府督查室"]


@pytest.mark.parametrize("body", ["共投入资金1\n62万元。", "修路54\n00米。", "下降8\n7.5%。"])
def test_half_a_number_is_no_figure(body: str) -> None:
    assert reply(letter(body=body)).figures == ()


def test_a_letter_of_one_paragraph_without_a_formula_tells_its_figures() -> None:
    text = letter(opening="", body="首先感谢您的提案。我局更换电缆280米，今后将加强巡查。")

    assert [figure.value.text for figure in reply(text).figures] == ["280米"]


@pytest.mark.parametrize("row", ["A类√B类 C类", "A类 √ B类 C类"])
def test_a_tick_between_two_marks_decides_nothing(row: str) -> None:
    (document,) = parse_text(f"政协提案面商记录表\n提案编号：12\n办理情况：{row}\n面商人：石小满\n")

    assert isinstance(document.fields, RecordFields)
    assert document.fields.result_class is None
    assert "result_class.ambiguous" in {warning.code for warning in document.warnings}


def test_the_first_ask_of_a_cell_is_not_lost() -> None:
    row = "提案主要内容\t1.建设夜市；2.延长公交"
    (document,) = parse_text(f"政协提案面商记录表\n提案编号\t12\n{row}\n面商人\t石小满\n")

    assert isinstance(document.fields, RecordFields)
    assert [demand.value for demand in document.fields.demands] == ["建设夜市", "延长公交"]


def test_promises_with_a_day_stand_even_where_the_letter_has_no_date() -> None:
    fields = reply(letter(body="2025年底前新建社区食堂16个。", date=""))

    assert [item.value.due for item in fields.commitments] == ["2025年底前"]


def test_a_sentence_with_two_limits_is_two_promises() -> None:
    body = "今年年底前完成一期划定，2025年3月底前完成其余范围的划定。"

    assert [item.value.due for item in reply(letter(body=body)).commitments] == [
        "今年年底前",
        "2025年3月底前",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "您建议年底前完成。",
        "《方案》要求2025年底前建成。",
        "2023年底前已建成。",
        "去年我局答复第72号提案时，承诺2024年底前完成管网改造，现已完成。",
    ],
)
def test_what_others_ask_or_what_is_done_is_no_promise(body: str) -> None:
    assert reply(letter(body=body)).commitments == ()


def test_comments_of_markdown_are_not_seen(tmp_path: Path) -> None:
    path = tmp_path / "甲.md"
    path.write_text(letter(body="路灯已修好。<!-- 郁金香 -->步道已铺平。"), encoding="utf-8")

    parsed = FileReader(isolated=False).read(path)

    (document,) = parsed.documents
    assert isinstance(document.fields, ReplyFields)
    assert "郁金香" in parsed.text
    assert all("郁金香" not in item.span.of(parsed.text) for item in document.passages)
    assert "text.hidden" in {warning.code for warning in document.warnings}


def test_a_head_may_begin_with_a_year() -> None:
    body = "一、2025年底前完成的工作\n修路五公里。\n二、下一步打算\n继续修路。"
    document = read_one(letter(body=body))

    assert [item.label for item in document.sections if item.label] == ["一、", "二、"]


def test_a_unit_that_helps_with_others_is_a_co_handler() -> None:
    opening = "您的建议收悉，由县自然资源局主办，我局和县交通运输局会办，现答复如下："
    role = reply(letter(opening=opening)).role

    assert role is not None
    assert role.value == "co_handler"
