"""Questions are routed by rules, and stripped to what they are about."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.answering.question import QuestionReader
from knowledge.domain.answers import Route


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("你好", Route.GREETING),
        ("Hello!", Route.GREETING),
        ("谢谢～", Route.GREETING),
        ("我们以前怎么答复无人机配送的提案？", Route.PRECEDENT),
        ("加装电梯的提案是如何答复的", Route.PRECEDENT),
        ("有没有停车难的先例", Route.PRECEDENT),
        ("去年关于充电桩的建议答复", Route.PRECEDENT),
        ("how did we answer drone delivery proposals?", Route.PRECEDENT),
        ("How have we replied to parking suggestions", Route.PRECEDENT),
        ("past replies about lifts in old buildings", Route.PRECEDENT),
        ("国办发〔2021〕29号", Route.LOOKUP),
        ("国办发[2021]29号讲了什么", Route.LOOKUP),
        ("第TA0423号提案怎么答复的", Route.LOOKUP),
        ("TA0423", Route.LOOKUP),
        ("309号提案的答复", Route.LOOKUP),
        ("加装电梯每部补助多少钱？", Route.QUESTION),
        ("我的提案办到哪一步了", Route.STATUS),
        ("where is my proposal", Route.STATUS),
        ("帮我起草一份答复", Route.DRAFT),
        ("明天天气怎么样", Route.OUT_OF_SCOPE),
    ],
)
def test_the_wording_of_a_question_decides_its_route(
    reader: QuestionReader, text: str, route: Route
) -> None:
    assert reader.read(text).route is route


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("我们以前怎么答复无人机配送的提案？", "无人机配送"),
        ("请问类似的停车难提案有哪些？", "停车难"),
        ("5G基站怎么建", "5G基站怎么建"),
    ],
)
def test_words_that_only_frame_a_question_are_left_out_of_its_subject(
    reader: QuestionReader, text: str, subject: str
) -> None:
    assert reader.read(text).subject == subject


@pytest.mark.parametrize("bracket", ["〔〕", "[]", "【】", "（）", "﹝﹞"])
def test_a_document_number_is_seen_in_any_brackets(reader: QuestionReader, bracket: str) -> None:
    number = f"青政办发{bracket[0]}2023{bracket[1]}8号"

    assert reader.read(f"{number}有哪些规定").document_number == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第TA0423号提案", "TA0423"),
        ("第 309 号提案怎么答的", "309"),
        ("台52号建议", "52"),
        ("第台52号建议", "台52"),
        ("TA0423怎么样了", "TA0423"),
        ("0038号建议的答复", "0038"),
    ],
)
def test_a_case_number_is_seen_however_it_is_written(
    reader: QuestionReader, text: str, number: str
) -> None:
    assert reader.read(text).case_number == number


def test_english_terms_become_the_words_letters_use(reader: QuestionReader) -> None:
    question = reader.read("how did we answer drone delivery proposals?")

    assert [term.alternatives[0] for term in question.terms] == ["无人机", "配送"]
    assert "派送" in question.expansions


def test_an_english_word_nobody_knows_stays_a_term(reader: QuestionReader) -> None:
    terms = reader.read("subsidy for a lunar base").terms

    assert "lunar" in [term.alternatives[0] for term in terms]


def test_a_question_for_an_amount_wants_sentences_with_figures(reader: QuestionReader) -> None:
    given_patterns = reader.read("每部电梯补助多少钱").given

    assert any(pattern.search("每部补助20万元") for pattern in given_patterns)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read_as_a_question(reader: QuestionReader, text: str) -> None:
    question = reader.read(text)

    assert question.text == text
    assert all(term.weight > 0 for term in question.terms)


def test_a_question_is_read_alike_in_both_scripts(reader: QuestionReader) -> None:
    plain = reader.read("请问《云溪县客货邮办法》（云政发〔2022〕9号）有哪些覆盖要求")
    typed = reader.read("請問《雲溪縣客貨郵辦法》（雲政發〔2022〕9號）有哪些\u200b覆蓋要求")

    assert (typed.route, typed.subject, typed.terms) == (plain.route, plain.subject, plain.terms)
    assert (typed.title, typed.document_number) == ("雲溪縣客貨郵辦法", "雲政發〔2022〕9號")
