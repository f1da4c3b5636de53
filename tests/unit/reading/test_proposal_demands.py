"""Asks of proposals: each a stretch of its own words, without its number, wherever it stands."""

from __future__ import annotations

import pytest

from knowledge.domain.documents import ProposalFields
from knowledge.reading.parsing import parse_text

_HEAD = "关于增设路灯的提案\n\n提案人：林知秋\n\n"
_WHY = "步道昏暗，行人不便，居民多次反映。\n\n"


def _proposal(text: str) -> ProposalFields:
    (document,) = parse_text(text)
    assert isinstance(document.fields, ProposalFields), document.kind
    for field in document.fields.demands:
        assert field.span is not None
        assert field.span.of(text) == field.value
    return document.fields


def _asks(body: str) -> list[str]:
    return [field.value for field in _proposal(_HEAD + body).demands]


_TWO = ["在东段增设路灯。", "更换西段灯具。"]


@pytest.mark.parametrize(
    "asking",
    [
        "建议：\n1.在东段增设路灯。\n2.更换西段灯具。\n",
        "建议：\n1、在东段增设路灯。\n2、更换西段灯具。\n",
        "具体建议：\n（一）在东段增设路灯。\n（二）更换西段灯具。\n",
        "【具体建议】\n一、在东段增设路灯。\n二、更换西段灯具。\n",
        "意见建议\n①在东段增设路灯。\n②更换西段灯具。\n",
        "对策建议：\n第一，在东段增设路灯。\n第二，更换西段灯具。\n",
        "办法：\n（1）在东段增设路灯。\n（2）更换西段灯具。\n",
        "为此建议：\n一、在东段增设路灯。\n二、更换西段灯具。\n",
        "建议：\n- 在东段增设路灯。\n- 更换西段灯具。\n",
        "## 工作建议\n在东段增设路灯。\n更换西段灯具。\n",
        "建议：\n1.在东段增设路灯。\n2.更换西段灯具。\n审查意见：建议立案。\n收文时间：2024年1月5日\n",
        "建议：\n1.在东段增设路灯。\n2.更换西段灯具。\n\n以上提案，请审议。\n民建溪口市委会\n2024年1月5日\n",
        "建议：\n1.在东段增设路灯。\n2.更换西段灯具。\n附件：照片\n",
    ],
)
def test_items_stand_without_their_numbers_and_end_where_they_end(asking: str) -> None:
    assert _asks(_WHY + asking) == _TWO


@pytest.mark.parametrize(
    "asking",
    [
        "建议：1.在东段增设路灯；2.更换西段灯具。\n",
        "建议：一是在东段增设路灯；二是更换西段灯具。\n",
        "为此，建议在东段增设路灯，更换西段灯具。\n",
        "二、建议：1、在东段增设路灯；2、更换西段灯具。\n",
    ],
)
def test_items_of_one_sentence_are_told_apart(asking: str) -> None:
    assert _asks(_WHY + asking) == [ask.rstrip("。") for ask in _TWO]


def test_paragraphs_that_begin_with_an_ask_are_asks() -> None:
    asks = ["建议在东段增设路灯。", "希望更换西段灯具，公开电话。", "呼吁居民爱护灯具。"]

    assert _asks(_WHY + "\n".join(asks)) == asks


def test_sentences_of_one_paragraph_that_begin_with_an_ask_are_asks() -> None:
    body = _WHY + "请市住建局在东段增设路灯。灯距不超过三十米。同时，建议更换西段灯具。\n"

    assert _asks(body) == [
        "请市住建局在东段增设路灯。灯距不超过三十米。",
        "同时，建议更换西段灯具。",
    ]


def test_numbers_of_the_problems_are_no_asks() -> None:
    body = (
        "一、存在问题\n1.灯具老化。\n2.灯距过大。\n二、建议\n1.在东段增设路灯。\n2.更换西段灯具。\n"
    )

    assert _asks(body) == _TWO


def test_an_ask_keeps_the_words_that_explain_it() -> None:
    body = _WHY + "建议：\n（一）增设路灯。东段每三十米一盏。\n（二）更换灯具。\n先换西段。\n"

    assert [ask.replace("\n", "") for ask in _asks(body)] == [
        "增设路灯。东段每三十米一盏。",
        "更换灯具。先换西段。",
    ]


def test_asks_inside_numbered_parts_stand_whole() -> None:
    body = "一、增设路灯。建议东段每三十米一盏。\n二、更换灯具。建议先换西段。\n"

    assert _asks(body) == ["增设路灯。建议东段每三十米一盏。", "更换灯具。建议先换西段。"]


def test_an_earlier_ask_is_history() -> None:
    assert _asks("去年曾建议增设路灯，至今未装。请求今年装好。\n") == ["请求今年装好。"]


@pytest.mark.parametrize("label", ["背景：", "理由：", "事由：", "【基本情况】\n", "情况分析\n"])
def test_the_background_stands_without_its_label(label: str) -> None:
    fields = _proposal(f"{_HEAD}{label}步道昏暗，行人不便。\n建议：\n1.装灯照明。\n2.更换灯具。\n")

    assert fields.background is not None
    assert fields.background.value == "步道昏暗，行人不便。"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("提案人：林知秋、何以安", ["林知秋", "何以安"]),
        ("提案者：林知秋　何以安", ["林知秋", "何以安"]),
        ("领衔代表：林 明\n附议代表：何以安等3名代表", ["林明", "何以安"]),
        ("提案人：市政协委员 林知秋（溪口一中教师）", ["林知秋"]),
        ("提案单位：民建溪口市委会", ["民建溪口市委会"]),
        ("提案者：医药卫生界", ["医药卫生界"]),
        ("第一提案人：林知秋  联系电话：5551111", ["林知秋"]),
        ("农工党溪口市委会", ["农工党溪口市委会"]),
    ],
)
def test_who_proposes(lines: str, names: list[str]) -> None:
    fields = _proposal(f"关于增设路灯的提案\n\n{lines}\n\n{_WHY}建议：增设路灯。\n")

    assert [field.value for field in fields.proposers] == names
