"""The section tree of a body: labels of every style, inside paragraphs too (domain.md 1.12)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from knowledge.domain.documents import Section
from tests.unit.reading.letters import letter, read_one

TOP: list[tuple[str, list[str]]] = [
    ("一，增设路灯\n已列入计划。\n二，加强巡查\n已常态化。", ["一，增设路灯", "二，加强巡查"]),
    ("一：增设路灯\n已列入计划。\n二：加强巡查\n已常态化。", ["一：增设路灯", "二：加强巡查"]),
    ("一.增设路灯\n已列入计划。\n二.加强巡查\n已常态化。", ["一.增设路灯", "二.加强巡查"]),
    ("一 增设路灯\n已列入计划。\n二 加强巡查\n已常态化。", ["一增设路灯", "二加强巡查"]),
    ("①增设路灯。已列。\n②加强巡查。已办。", ["①增设路灯", "②加强巡查"]),
    ("⑴增设路灯。已列。\n⑵加强巡查。已办。", ["⑴增设路灯", "⑵加强巡查"]),
    ("⒈增设路灯。已列。\n⒉加强巡查。已办。", ["⒈增设路灯", "⒉加强巡查"]),
    ("㈠增设路灯。已列。\n㈡加强巡查。已办。", ["㈠增设路灯", "㈡加强巡查"]),
    ("1)增设路灯。已列。\n2)加强巡查。已办。", ["1)增设路灯", "2)加强巡查"]),
    ("第一：路灯。已列。\n第二、第三：巡查。已办。", ["第一：路灯", "第二、第三：巡查"]),
    (
        "工作如下：（一）增设路灯。已列入计划。（二）加强巡查。已常态化。",
        ["（一）增设路灯", "（二）加强巡查"],
    ),
    ("工作如下：1.增设路灯；2.加强巡查。", ["1.增设路灯", "2.加强巡查"]),
    ("工作如下：①增设路灯；②加强巡查。", ["①增设路灯", "②加强巡查"]),
    ("一、增设路灯。已列。二、加强巡查。已办。", ["一、增设路灯", "二、加强巡查"]),
    (
        "关于建议增设路灯。已列。\n关于建议加强巡查。已办。",
        ["关于建议增设路灯", "关于建议加强巡查"],
    ),
    (
        "关于“增设路灯”的问题。已列。\n关于“加强巡查”的问题。已办。",
        ["关于“增设路灯”的问题", "关于“加强巡查”的问题"],
    ),
    (
        "关于增设路灯的问题\n已列入计划。\n关于加强巡查的问题\n已办。",
        ["关于增设路灯的问题", "关于加强巡查的问题"],
    ),
]
NONE = [
    "依据第十条（一）项和第（二）项办理。",
    "投资1.2亿元。建成2.5公里。",
    "工作包括（一）巡查。",
    "关于增设路灯的问题。已列入计划。",
    "2024年，改造5处。\n3月底完成巡查。\n12个乡镇全部覆盖。",
]


def _told(sections: tuple[Section, ...]) -> list[str]:
    return [f"{item.label}{item.heading}" for item in sections if item.label or item.heading]


@pytest.mark.parametrize(("body", "expected"), TOP)
def test_a_label_of_any_style_opens_a_section(body: str, expected: list[str]) -> None:
    assert _told(read_one(letter(body=body)).sections) == expected


@pytest.mark.parametrize("body", NONE)
def test_what_only_looks_like_a_label_opens_none(body: str) -> None:
    assert _told(read_one(letter(body=body)).sections) == []


@pytest.mark.parametrize("body", [body for body, _ in TOP])
def test_sections_cover_the_body_once_from_the_first_label_on(body: str) -> None:
    text = letter(body=body)

    sections = read_one(text).sections

    gaps = [text[one.span.end : other.span.start] for one, other in pairwise(sections)]
    assert all(gap.strip() == "" for gap in gaps)
    assert all(one.span.end <= other.span.start for one, other in pairwise(sections))
    assert text[sections[-1].span.start : sections[-1].span.end].endswith("关心和支持。")


def test_labels_inside_a_section_stand_below_it() -> None:
    body = (
        "一、路灯\n工作如下：（一）东街。已换。（二）西街。已换。\n二、巡查\n一是日巡。二是夜巡。"
    )

    lights, patrols, *_ = read_one(letter(body=body)).sections

    assert [item.label for item in lights.children] == ["（一）", "（二）"]
    assert [item.label for item in patrols.children] == ["一是", "二是"]
