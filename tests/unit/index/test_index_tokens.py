"""Both sides of the word search must cut alike, or nothing is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.tokens import fold, query_tokens, question_phrases, text_tokens


def test_han_runs_become_bigrams_and_a_single_character_stays() -> None:
    assert text_tokens("加装电梯 好") == ["加装", "装电", "电梯", "好"]


def test_words_and_numbers_stay_whole_in_any_width_and_case() -> None:
    assert text_tokens("ＰＭ2.5 达到 1,234.5万元") == ["pm2.5", "达到", "1234.5", "万元"]


@pytest.mark.parametrize(
    "written",
    [
        "国办发〔2021〕29号",
        "国办发[2021]29号",
        "国办发［2021］ 29 号",
        "国办发（2021）29号",
        "国办发【2021】第29号",
        "国办发 〔 2021 〕 029号",
        "根据国办发〔2021〕29号",
        "按照《通知》（国办发〔2021〕29号）要求",
    ],
)
def test_a_document_number_is_one_token_however_it_is_written(written: str) -> None:
    assert "doc:国办发2021-29" in text_tokens(written)
    assert "doc:国办发2021-29" in query_tokens(f"请问{written}有哪些要求")


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("第TA0423号提案", {"num:ta0423", "num:423"}),
        ("TA0423", {"num:ta0423", "num:423"}),
        ("第309号建议", {"num:309"}),
        ("第 0309 号", {"num:309"}),
        ("309号提案", {"num:309"}),
    ],
)
def test_a_case_number_is_found_by_its_literal_and_by_its_number(
    written: str, tokens: set[str]
) -> None:
    found = {token for token in text_tokens(written) if token.startswith("num:")}
    assert found == tokens


def test_the_number_of_a_document_number_is_no_case_number() -> None:
    assert not [t for t in text_tokens("国办发〔2021〕29号") if t.startswith("num:")]


def test_a_question_keeps_what_it_is_about() -> None:
    tokens = query_tokens("我们以前怎么答复加装电梯的提案", question_phrases())
    assert tokens == ["加装", "装电", "电梯"]


def test_a_question_of_question_words_only_is_used_as_typed() -> None:
    assert query_tokens("有哪些", question_phrases()) == ["有哪", "哪些"]


def test_question_words_count_once() -> None:
    assert query_tokens("电梯电梯") == ["电梯", "梯电"]


def test_phrases_are_folded_distinct_and_longest_first() -> None:
    phrases = question_phrases()
    assert len(phrases) == len(set(phrases)) > 30
    assert [len(p) for p in phrases] == sorted((len(p) for p in phrases), reverse=True)
    assert all(fold(phrase) == phrase for phrase in phrases)


def test_both_scripts_give_the_same_tokens() -> None:
    assert text_tokens("電梯") == query_tokens("电梯") == ["电梯"]
    assert text_tokens("國辦發〔2021〕29號") == text_tokens("国办发〔2021〕29号")


def test_characters_nobody_sees_do_not_cut_a_word() -> None:
    assert text_tokens("云\u200b溪\ufeff县") == ["云溪", "溪县"]
    assert text_tokens("云\U000e0041\U000e0042溪") == query_tokens("云\u00ad溪") == ["云溪"]


ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(
        alphabet="国办发〔〕[]（）2021号第TA309 　的加装电梯答覆裏瞭解電\u200bＡİΰΐﬁẞͅ", max_size=60
    ),
)


@given(ANY_TEXT)
def test_folding_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_tokens_are_the_same_every_time_and_after_folding(text: str) -> None:
    assert text_tokens(text) == text_tokens(text) == text_tokens(fold(text))
    assert query_tokens(text) == query_tokens(fold(text))


@given(ANY_TEXT)
def test_every_question_token_is_a_text_token_and_survives_joining(text: str) -> None:
    tokens = text_tokens(text)
    assert set(query_tokens(text)) == set(tokens)
    assert " ".join(tokens).split() == tokens
