"""An answer as text: head lines from the record, quotes as they stand, samples marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.rendering import answer_text, display, head_line, language_of
from bot.catalogues import load_catalogue
from knowledge.domain.answers import Answer, AnswerItem, Citation, Outcome, Route
from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import Provenance
from tests.fakes.passages import make_card, make_passage

_ZH = load_catalogue("zh-CN")
_EN = load_catalogue("en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们怎么答复的", "zh-CN"),
        ("how did we answer", "en"),
        ("第TA0423号", "zh-CN"),
        ("5G基站", "zh-CN"),
        ("309", "zh-CN"),
    ],
)
def test_the_language_of_a_question_is_seen_from_its_letters(text: str, language: str) -> None:
    assert language_of(text, "zh-CN") == language


def test_a_head_line_names_unit_numbers_date_and_class() -> None:
    card = make_card(document_number="青交提复〔2023〕6号")

    assert head_line(card, _ZH) == (
        "《关于县政协九届二次会议第031号提案的答复》\n"
        "青禾县交通运输局 · 青交提复〔2023〕6号 · 第031号 · 2023-06-01 · B类"
    )


def test_a_sample_is_marked_wherever_it_is_named() -> None:
    card = replace(make_card(), provenance=Provenance.SAMPLE)

    assert head_line(card, _ZH).startswith("【示例】")
    assert "【示例" in head_line(card, _EN)


@pytest.mark.parametrize(
    ("status", "shown"), [("repealed", "已废止"), ("not_yet", "尚未施行"), ("in_force", "")]
)
def test_a_policy_that_is_not_simply_in_force_says_so(status: str, shown: str) -> None:
    card = replace(make_card(), kind=DocumentKind.POLICY, policy_status=status)

    line = head_line(card, _ZH)

    assert shown in line
    assert ("尚未施行" in line, "已废止" in line) == (shown == "尚未施行", shown == "已废止")


def test_a_quote_broken_by_a_page_is_shown_on_one_line_with_no_character_added() -> None:
    assert display("依托客运站\n\n建设服务点") == "依托客运站建设服务点"


def test_an_answer_lists_each_document_with_its_numbered_quotes() -> None:
    passage = make_passage("全县已建成服务站126个。")
    citation = Citation(1, passage.document, passage.id, passage.text, passage.span)
    answer = Answer(
        Outcome.ANSWERED,
        Route.PRECEDENT,
        "answers.precedents",
        (AnswerItem(passage.document, (citation,)),),
    )

    text = answer_text(answer, _ZH)

    assert text.startswith("找到 1 份以往答复")
    assert "〔1〕“全县已建成服务站126个。”" in text
    assert "1 past replies" in answer_text(answer, _EN)


def test_not_found_offers_the_nearest_titles() -> None:
    answer = Answer(Outcome.NOT_FOUND, Route.QUESTION, "answers.not_found", nearest=(make_card(),))

    assert "第031号提案的答复" in answer_text(answer, _ZH)


def test_characters_nobody_sees_are_not_shown() -> None:
    assert display("接\u200b驳\u200b线\U000e0041路34条") == "接驳线路34条"
