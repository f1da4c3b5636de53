"""Section trees, passages and citations (domain.md 1.12, 1.13; design.md 5)."""

from __future__ import annotations

from dataclasses import fields as fields_of
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.domain.documents import PassageDraft, Section
from knowledge.domain.facts import PolicyReference
from knowledge.domain.text import Field, Span
from knowledge.reading.folding import INVISIBLE, PINYIN
from knowledge.reading.parsing import parse_text
from tests.unit.reading.letters import letter, read_one, reply

SENTENCE = "我局对临河步道的照明设施逐段登记，核对了杆位、线路和照度，并把结果交给养护单位。"


def _labels(sections: tuple[Section, ...]) -> list[str]:
    return [section.label for section in sections if section.label]


STYLES = [
    ("一、工作情况\n\n已完成。\n\n二、下一步打算\n\n将继续。", ["一、", "二、"]),
    ("（一）加强巡查。已完成。\n\n（二）更换灯具。将继续。", ["（一）", "（二）"]),
    ("1．加强巡查\n\n已完成。\n\n2．更换灯具\n\n将继续。", ["1．", "2．"]),
    ("1. 加强巡查\n\n已完成。\n\n2. 更换灯具\n\n将继续。", ["1.", "2."]),
    ("（1）加强巡查。\n\n（2）更换灯具。", ["（1）", "（2）"]),
    ("一是加强巡查，已完成；二是更换灯具，将继续；三是公开进度。", ["一是", "二是", "三是"]),
    ("第一，加强巡查，已完成。\n\n第二，更换灯具，将继续。", ["第一，", "第二，"]),
    ("## 一、工作情况\n\n已完成。\n\n## 二、下一步打算\n\n将继续。", ["一、", "二、"]),
    (
        "一、关于“增设路灯”建议的答复\n\n已完成。\n\n二、关于建议中反映的问题\n\n将继续。",
        ["一、", "二、"],
    ),
]


@pytest.mark.parametrize(("body", "labels"), STYLES)
def test_every_style_of_numbering_gives_its_sections(body: str, labels: list[str]) -> None:
    assert _labels(read_one(letter(body=body)).sections) == labels


def test_a_letter_without_numbers_has_an_empty_tree() -> None:
    assert read_one(letter()).sections == ()


def test_sections_nest_by_the_depth_of_their_labels() -> None:
    body = (
        "一、工作情况\n\n（一）巡查。每周两次。\n\n1. 夜间\n\n已开展。\n\n（二）更换。"
        "已换40盏。\n\n"
        "二、下一步打算\n\n将继续。"
    )
    first, second, *_ = read_one(letter(body=body)).sections

    assert [child.label for child in first.children] == ["（一）", "（二）"]
    assert [child.label for child in first.children[0].children] == ["1."]
    assert (first.heading, second.heading) == ("工作情况", "下一步打算")
    assert first.children[1].heading == "更换"


def test_a_closing_remark_on_one_ask_is_a_section_of_its_own() -> None:
    remark = "关于您提出的夜间广播，经与文旅部门沟通，" + SENTENCE
    text = letter(body=f"一、巡查\n\n已开展。\n\n二、更换\n\n已更换。\n\n{remark}")

    document = read_one(text)
    remarks = [section for section in document.sections if section.heading.startswith("关于您提出")]

    assert _labels(document.sections) == ["一、", "二、"]
    assert [section.span.of(text) for section in remarks] == [remark]
    assert remark in [passage.span.of(text) for passage in document.passages]


def test_a_paragraph_behind_a_list_of_run_in_items_is_not_its_last_items() -> None:
    items = "\n\n".join(f"（{mark}）做法{mark}。{SENTENCE}{SENTENCE}" for mark in "一二")
    text = letter(body=f"一、打算\n\n{items}\n\n各单位将按分工抓好落实。")

    section = read_one(text).sections[0]

    assert "各单位" not in section.children[-1].span.of(text)
    assert "各单位" in section.span.of(text)


def test_a_sentence_split_by_a_page_break_stays_one_sentence() -> None:
    body = (
        "我局将以县城、乡镇和建制村、自然村等人员集中的\n\n地方为重点，更换老旧路灯。"
        "我局已完成设计。"
    )
    text = letter(body=body)

    commitments = reply(text).commitments

    assert commitments[0].value.text.startswith(
        "我局将以县城、乡镇和建制村、自然村等人员集中的地方为重点"
    )


def test_passages_keep_to_their_length_and_to_whole_sentences() -> None:
    body = "\n\n".join(
        f"{mark}、第{mark}项工作\n\n" + "".join(f"第{number}段：{SENTENCE}" for number in range(30))
        for mark in "一二三"
    )
    text = letter(body=body)

    passages = read_one(text).passages
    inner = passages[1:-1]

    assert all(passage.span.end - passage.span.start <= 500 for passage in passages)
    assert all(passage.span.end - passage.span.start >= 200 for passage in inner)
    assert all(passage.span.of(text).endswith("。") for passage in inner)
    assert {passage.heading_path for passage in inner} == {
        (f"{mark}、第{mark}项工作",) for mark in "一二三"
    }


def test_a_sentence_between_500_and_800_characters_is_not_cut() -> None:
    long = "临河步道" + "照明设施，" * 120 + "完毕。"
    text = letter(body=f"{SENTENCE}{long}{SENTENCE}")

    assert any(long in passage.span.of(text) for passage in read_one(text).passages)


def test_an_endless_sentence_is_cut() -> None:
    text = letter(body="临河步道" * 1000)

    assert max(item.span.end - item.span.start for item in read_one(text).passages) <= 800


CITATIONS = [
    (
        "依据《关于改善步道照明的意见》（国办发〔2021〕29号）实施。",
        "关于改善步道照明的意见",
        "国办发〔2021〕29号",
    ),
    (
        "印发《关于印发〈步道照明方案〉的通知》（云交运规〔2021〕9号）。",
        "关于印发〈步道照明方案〉的通知",
        "云交运规〔2021〕9号",
    ),
    ("按照《照明标准》（水规计〔2019〕277号）执行。", "照明标准", "水规计〔2019〕277号"),
    ("按照《宣传办法》（云宣发[2020]8号）执行。", "宣传办法", "云宣发[2020]8号"),
    ("按照《服务规定》(云政务发[2017]7号)执行。", "服务规定", "云政务发[2017]7号"),
    ("落实云委办发【2016】11号文件要求。", None, "云委办发【2016】11号"),
    (
        "按照《森林防火意见》（国森防办发〔2024〕17号，以下简称《意见》）执行，《意见》明确了职责。",
        "森林防火意见",
        "国森防办发〔2024〕17号",
    ),
    ("制定了《云溪市照明建设行动实施方案》。", "云溪市照明建设行动实施方案", None),
    ("落实《全民健身计划（2021—2025年）》。", "全民健身计划（2021—2025年）", None),
    ("依据《中华人民共和国文物保护法》保护。", "中华人民共和国文物保护法", None),
    ("依据《中医药法》（主席令第五十九号）执行。", "中医药法", "主席令第五十九号"),
]


@pytest.mark.parametrize(("body", "title", "number"), CITATIONS)
def test_a_cited_policy_is_read_once_with_title_and_number(
    body: str, title: str | None, number: str | None
) -> None:
    (policy,) = reply(letter(body=body)).policies

    assert (policy.value.title, policy.value.number) == (title, number)


def _policy(body: str) -> PolicyReference:
    (policy,) = reply(letter(body=body)).policies
    return policy.value


def test_an_article_belongs_to_the_citation() -> None:
    value = _policy("依据《登记管理实施办法》（云府登〔2018〕3号）第十条第七款办理。")

    assert value.article == "第十条第七款"


def test_a_damaged_number_of_a_policy_is_repaired_with_doubt() -> None:
    (policy,) = reply(letter(body="依据《登记办法》（云府登〔20183号）办理。")).policies

    assert policy.value.number == "云府登〔2018〕3号"
    assert policy.confidence < 1


@pytest.mark.parametrize(
    "words", ["拟出台", "拟制定", "积极筹备出台", "正在起草", "即将印发", "将研究制定"]
)
def test_a_planned_policy_is_not_in_force(words: str) -> None:
    assert _policy(f"市政府{words}《云溪市照明实施办法》。").in_force is False


@pytest.mark.parametrize("words", ["出台了", "印发", "认真落实", "根据"])
def test_a_policy_cited_as_made_is_left_open(words: str) -> None:
    assert _policy(f"近年来，我市{words}《云溪市照明实施办法》。").in_force is None


@pytest.mark.parametrize(
    ("body", "issuer"),
    [
        ("2021年，国务院办公厅下发了《关于照明的意见》（国办发〔2021〕29号）。", "国务院办公厅"),
        ("省交通厅、省发改委印发了《照明方案》（云交〔2021〕9号）。", "省交通厅、省发改委"),
        (
            "落实《云岭省人民政府办公室关于照明的意见》（云政办发〔2022〕25号）。",
            "云岭省人民政府办公室",
        ),
        ("中办、国办印发《照明意见》。", "中办、国办"),
    ],
)
def test_the_issuer_is_taken_from_the_sentence_or_the_title(body: str, issuer: str) -> None:
    assert _policy(body).issuer == issuer


def test_the_proposal_itself_and_forms_are_no_policies() -> None:
    assert reply(letter(body="请填写《代表建议意见答复函回执》，详见《云溪日报》。")).policies == ()


def test_three_titles_in_a_row_are_three_policies() -> None:
    body = "先后出台《照明方案》《照明提质方案》《照明增效方案》。"
    assert len(reply(letter(body=body)).policies) == 3


_PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "（1）",
        "第一条",
        "第一章 总则",
        "一是",
        "二是",
        "三是",
        "第一，",
        "关于",
        "您提出的",
        "收悉",
        "现答复如下：",
        "林知秋委员：",
        "市政协六届二次会议",
        "第118号",
        "提案",
        "的答复",
        "《",
        "》",
        "（",
        "）",
        "〔2023〕",
        "2024年6月18日",
        "云溪市水务局",
        "抄送：",
        "联系电话：",
        "13800000001",
        "。",
        "，",
        "；",
        "\n",
        "\n\n",
        "\t",
        " ",
        "A类",
        "公开",
        "\u200b",
        "\ufeff",
        "面商记录表",
        "承办单位：",
        "提案编号：",
        "☑",
        "□",
        "附件：",
        "印发",
        "同时废止",
        "起施行",
        "将",
        "2025年底前",
        "1,200.5万元",
        "建议",
        "案由：",
        "答复内容：",
        "内容：",
        "提案人：",
        "回执",
        "#",
        "**",
        "\r\n",
        "a" * 30,
        "临河步道照明设施逐段登记" * 6,
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=60).map("".join))


def _spans_cover(text: str, span: Span, passages: tuple[PassageDraft, ...]) -> None:
    at = span.start
    for passage in passages:
        assert passage.span.start >= at
        assert not text[at : passage.span.start].strip() or not _visible(
            text[at : passage.span.start]
        )
        at = passage.span.end
    assert not _visible(text[at : span.end])


def _visible(text: str) -> str:
    return INVISIBLE.sub("", PINYIN.sub("", text)).strip()


def _no_overlap(sections: tuple[Section, ...], outer: Span) -> None:
    at = outer.start
    for section in sections:
        assert at <= section.span.start <= section.span.end <= outer.end
        _no_overlap(section.children, section.span)
        at = section.span.end


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("")
@example("\n\u200b\n")
@example("一、")
def test_any_text_is_read_whole_and_always_alike(text: str) -> None:
    documents = parse_text(text)

    assert documents == parse_text(text)
    at = 0
    for document in documents:
        assert document.span.start >= at or not _visible(text[: document.span.start])
        _spans_cover(text, document.span, document.passages)
        _no_overlap(document.sections, document.span)
        at = document.span.end


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_the_tree_of_any_letter_covers_its_text_from_the_first_label_once(body: str) -> None:
    text = letter(body=f"一、开头\n\n{body}")
    for document in parse_text(text):
        tree = document.sections
        for left, right in pairwise(tree):
            assert not _visible(text[left.span.end : right.span.start])


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_span_lies_inside_the_text(text: str) -> None:

    for document in parse_text(text):
        for name in fields_of(document.fields):
            value: object = getattr(document.fields, name.name)
            for field in cast(
                "tuple[object, ...]", value if isinstance(value, tuple) else (value,)
            ):
                span = cast("Field[object]", field).span if isinstance(field, Field) else None
                assert span is None or 0 <= span.start < span.end <= len(text)
