"""Sentences are what gets quoted: nothing may be lost, broken or doubled."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.text import Span
from knowledge.sentences import sentences

_TEXT = st.text(
    alphabet=st.sampled_from("甲乙丙丁。！？；，、：“”（）《》一二（三）1.\n \t\u3000abc12"),
    max_size=300,
)


def _read(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def test_a_paragraph_is_split_at_its_full_stops() -> None:
    assert _read("已建成三个站点。下一步扩大试点！是否可行？") == [
        "已建成三个站点。",
        "下一步扩大试点！",
        "是否可行？",
    ]


def test_closing_quotes_stay_with_their_sentence() -> None:
    assert _read("他说：“尽快办。”随后散会。") == ["他说：“尽快办。”", "随后散会。"]


def test_a_sentence_cut_by_a_page_break_is_one_sentence() -> None:
    text = "县里将依托现有的客运站和供销社网点为群众提供寄递\n\n服务，年底前覆盖所有行政村。"

    assert _read(text) == [text]


def test_a_heading_on_its_own_line_stands_alone() -> None:
    text = "一、工作开展情况\n我县已建成站点二十个。"

    assert _read(text) == ["一、工作开展情况", "我县已建成站点二十个。"]


def test_a_numbered_line_never_continues_the_line_above() -> None:
    text = "以下几项工作由县交通运输局会同县邮政管理局共同推进实施\n（一）建设站点。"

    assert _read(text)[1] == "（一）建设站点。"


def test_a_very_long_sentence_is_offered_by_its_semicolons() -> None:
    clause = "由县交通运输局负责统筹全县客货邮融合发展工作并按月调度进展情况以及通报存在的问题"

    assert len(_read("；".join([clause] * 6) + "。")) == 6


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t"])
def test_blank_text_has_no_sentences(text: str) -> None:
    assert _read(text) == []


@given(_TEXT)
def test_every_visible_character_belongs_to_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)

    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())


@given(_TEXT, st.integers(0, 40), st.integers(0, 40))
def test_sentences_of_a_part_lie_within_it(text: str, start: int, length: int) -> None:
    area = Span(min(start, len(text)), min(start + length, len(text)))

    assert all(area.start <= s.start < s.end <= area.end for s in sentences(text, area))
