"""Rendering: the text on record, dressed; buttons that fit; sources whatever their shape."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.assistant.rendering import answer_text
from bot.catalogues import LOCALES, Catalogue, load_catalogue
from bot.channels.telegram.buttons import SourceButton, read_button
from bot.channels.telegram.markup import Rich, Style, visible
from bot.channels.telegram.render import render_answer, render_source
from knowledge.domain.answers import TurnId
from knowledge.domain.text import Span
from tests.fakes.assistant_fake import card, citation, cited_answer, plain_answer, source_view

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def texts() -> Catalogue:
    return load_catalogue("zh-CN")


def dressed(rich: Rich, style: Style) -> list[str]:
    return [run.text for run in rich if style in run.styles]


def data_of(markup: InlineKeyboardMarkup | None) -> list[list[object]]:
    return (
        [[button.callback_data for button in row] for row in markup.inline_keyboard]
        if markup
        else []
    )


@UNHURRIED
@given(st.text(max_size=50), st.lists(st.text(max_size=50), max_size=4))
def test_the_visible_text_of_an_answer_is_the_text_on_record(title: str, quotes: list[str]) -> None:
    answer = cited_answer(card(title), *quotes)
    message = render_answer(answer)
    assert visible(message.rich) == message.plain
    assert message.plain.encode() == answer.text.encode("utf-8", "replace")


def test_heads_are_bold_and_quotes_are_quotes() -> None:
    rich = render_answer(
        cited_answer(card("关于停车的答复", sample=True), "新增泊位", "加" * 700)
    ).rich
    assert dressed(rich, Style.BOLD) == ["1. 【示例】《关于停车的答复》"]
    assert dressed(rich, Style.QUOTE) == ["〔1〕“新增泊位”"]
    assert dressed(rich, Style.FOLDED) == [f"〔2〕“{'加' * 700}”"]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_assistants_own_wording_is_dressed_in_every_language(locale: str) -> None:
    ready = cited_answer(card("关于停车的答复", sample=True), "新增泊位。\n共120个", "加快建设")
    written = replace(ready, text=answer_text(ready.answer, load_catalogue(locale)))
    rich = render_answer(written).rich
    assert visible(rich) == written.text
    (head,) = dressed(rich, Style.BOLD)
    assert "关于停车的答复" in head
    assert [quote[:3] for quote in dressed(rich, Style.QUOTE)] == ["〔1〕", "〔2〕"]


def test_a_marker_that_no_citation_has_is_not_dressed_as_a_quote() -> None:
    answer = cited_answer(card("关于停车的答复"), "新增泊位")
    forged = replace(answer, text="〔7〕“没有这一条”")
    assert not dressed(render_answer(forged).rich, Style.QUOTE)


def test_an_answer_without_documents_has_no_buttons() -> None:
    assert render_answer(plain_answer("您好")).buttons is None


def test_buttons_stand_in_rows_of_five() -> None:
    answer = cited_answer(card("关于停车的答复"), *"甲乙丙丁戊己庚")
    rows = data_of(render_answer(answer).buttons)
    assert [len(row) for row in rows] == [5, 2]
    assert rows[1] == ["s:t1:6", "s:t1:7"]


def test_a_turn_too_long_for_a_button_gets_none() -> None:
    answer = cited_answer(card("关于停车的答复"), "甲")
    assert render_answer(replace(answer, turn=TurnId("字" * 21))).buttons is None


@UNHURRIED
@given(st.from_regex(r"[0-9A-Za-z_-]{1,40}", fullmatch=True), st.integers(0, 9999))
def test_button_data_reads_back(turn: str, marker: int) -> None:
    button = SourceButton(TurnId(turn), marker)
    assert read_button(button.data) == button


@UNHURRIED
@given(st.one_of(st.none(), st.text(), st.sampled_from(["s:a:１", "s:a:1\n", "s: :1", "x:1"])))
def test_other_button_data_is_not_ours(data: str | None) -> None:
    button = read_button(data)
    assert button is None or button.data == data


def test_a_source_marks_its_quote_within_the_passage(texts: Catalogue) -> None:
    view = source_view(
        citation(3, card("关于停车的答复"), "新增泊位"), before="经研究，", after="。"
    )
    message = render_source(view, texts)
    assert visible(message.rich).startswith("〔3〕 《关于停车的答复》\n")
    assert dressed(message.rich, Style.QUOTE) == ["经研究，", "新增泊位", "。"]
    assert dressed(message.rich, Style.BOLD)[1:] == ["新增泊位"]
    assert data_of(message.buttons) == [["x:"]]


def test_a_quote_that_moved_in_its_passage_is_found_by_its_words(texts: Catalogue) -> None:
    view = source_view(
        citation(1, card("关于停车的答复"), "新增泊位"), before="经研究，", after="。"
    )
    moved = replace(view, passage=replace(view.passage, span=Span(0, 9)))
    assert dressed(render_source(moved, texts).rich, Style.BOLD)[1:] == ["新增泊位"]


def test_a_quote_outside_its_passage_is_shown_alone(texts: Catalogue) -> None:
    view = source_view(citation(1, card("关于停车的答复"), "新增泊位"))
    lost = replace(view, passage=replace(view.passage, text="别的内容"))
    assert dressed(render_source(lost, texts).rich, Style.QUOTE) == ["", "新增泊位", ""]


def test_a_source_without_headings_says_its_place_all_the_same(texts: Catalogue) -> None:
    view = source_view(replace(citation(1, card("关于停车的答复"), "新增泊位"), heading_path=()))
    assert "位置：全文第 101–104 字" in visible(render_source(view, texts).rich)
