"""A rare word tells more than a common one, a place most of all; synonyms count as the word."""

from __future__ import annotations

import pytest

from knowledge.answering.terms import Term, TermReader, coverage


def _weight(terms: TermReader, word: str) -> float:
    return next(t.weight for t in terms.terms(word) if t.alternatives[0] == word)


def test_a_rare_word_weighs_more_than_a_word_of_every_letter(terms: TermReader) -> None:
    assert _weight(terms, "无人机") > 5 * _weight(terms, "建设")


def test_a_place_weighs_much_however_common_its_name(terms: TermReader) -> None:
    assert _weight(terms, "北京") > 1
    assert _weight(terms, "北京市") > 1


def test_question_words_are_no_terms(terms: TermReader) -> None:
    assert terms.terms("请问我们应该怎么") == ()


def test_day_and_month_figures_are_no_terms_but_years_are(terms: TermReader) -> None:
    assert [t.alternatives[0] for t in terms.terms("2023年6月1日")] == ["2023"]


def test_a_synonym_covers_its_term(terms: TermReader) -> None:
    assert coverage(terms.terms("快递配送"), "依托客车代运寄递包裹并投递到户") == pytest.approx(1.0)


def test_a_long_word_is_partly_covered_by_its_parts() -> None:
    term = Term(("公共卫生服务",), 1.0)

    assert 0 < term.share_in("提升公共服务水平") < 1


def test_nothing_is_covered_by_a_text_on_something_else(terms: TermReader) -> None:
    assert coverage(terms.terms("月球"), "全市建成充电桩二十个") == 0.0


def test_without_terms_nothing_is_covered() -> None:
    assert coverage((), "任何文字") == 0.0


def test_the_missing_idea_that_tells_most_costs_most(terms: TermReader) -> None:
    found = coverage(terms.terms("月球基地建设补贴标准"), "直播基地建设补贴标准已经明确")

    assert found < 0.6
