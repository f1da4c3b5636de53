"""With no model: past replies and facts in verbatim quotes, or an honest 'not found'."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from knowledge.answering.answerer import Answerer
from knowledge.answering.question import QuestionReader
from knowledge.domain.answers import Answer, Outcome, Route
from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import Copy, DocumentId, Passage, Reference
from knowledge.domain.search import Access, Hit
from knowledge.domain.text import Span
from tests.fakes.clock import FixedClock
from tests.fakes.passages import (
    EVERYTHING,
    ListedLibrary,
    ListedSearch,
    make_card,
    make_passage,
)

_DRONES = make_passage(
    "关于您提出的用无人机派送快递的建议，我局已在三个山区乡镇开展试飞。"
    "下一步将在年底前开通固定航线两条。",
    make_card("d1"),
    start=40,
    heading_path=("三、关于无人机",),
)
_STATIONS = make_passage(
    "全县已建成村级快递服务站126个，覆盖全部行政村。", make_card("d1"), start=200, ordinal=1
)
_LIFTS = make_passage(
    "对既有住宅加装电梯，每部给予补助16万元。申请材料由社区代收。",
    make_card("d2", title="关于加装电梯的答复", case_number="012"),
    start=10,
)
_POLICY = make_passage(
    "本办法自印发之日起施行。县级客运站应当为寄递企业预留场地。",
    make_card(
        "p1",
        title="青禾县客货邮融合发展办法",
        kind=DocumentKind.POLICY,
        document_number="青政办发〔2022〕9号",
        case_number=None,
    ),
    start=30,
    heading_path=("第三条",),
)


def _answerer(
    reader: QuestionReader, *passages: Passage, library: ListedLibrary | None = None
) -> Answerer:
    hits = [Hit(passage, 1.0 - 0.1 * rank) for rank, passage in enumerate(passages)]
    return Answerer(
        reader=reader,
        search=ListedSearch(hits),
        library=library or ListedLibrary(passages),  # pyright: ignore[reportArgumentType] - the part answering needs
        clock=FixedClock(datetime(2026, 11, 21, tzinfo=UTC)),
    )


def _ask(answerer: Answerer, text: str, access: Access = EVERYTHING) -> Answer:
    return answerer.answer(text, access=access)


def test_a_precedent_question_lists_the_past_reply_with_its_verbatim_sentence(
    reader: QuestionReader,
) -> None:
    answer = _ask(_answerer(reader, _DRONES, _LIFTS), "我们以前怎么答复无人机配送的提案？")

    assert (answer.outcome, answer.route) == (Outcome.ANSWERED, Route.PRECEDENT)
    assert [item.document.id for item in answer.items] == ["d1"]
    assert "无人机" in answer.citations[0].quote


def test_every_quote_equals_the_raw_text_at_its_offsets(reader: QuestionReader) -> None:
    library = ListedLibrary([_DRONES, _STATIONS])
    answer = _ask(_answerer(reader, _DRONES, _STATIONS, library=library), "村级快递服务站有多少个")

    assert answer.citations
    view = library.document(DocumentId("d1"), access=EVERYTHING)
    assert view is not None
    assert all(c.span.of(view.text) == c.quote for c in answer.citations)


def test_the_same_question_in_english_finds_the_same_reply(reader: QuestionReader) -> None:
    answer = _ask(_answerer(reader, _DRONES, _LIFTS), "how did we answer drone delivery proposals?")

    assert [item.document.id for item in answer.items] == ["d1"]


def test_a_question_for_an_amount_is_answered_with_the_sentence_that_gives_it(
    reader: QuestionReader,
) -> None:
    answer = _ask(_answerer(reader, _LIFTS, _DRONES), "加装电梯每部补助多少钱？")

    assert answer.citations[0].quote == "对既有住宅加装电梯，每部给予补助16万元。"


def test_a_question_nothing_fits_is_not_found_and_offers_the_nearest_titles(
    reader: QuestionReader,
) -> None:
    answer = _ask(_answerer(reader, _LIFTS), "月球基地建设补贴标准是多少？")

    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.citations == ()
    assert [card.id for card in answer.nearest] == ["d2"]


def test_with_an_empty_library_nothing_is_found_and_nothing_is_offered(
    reader: QuestionReader,
) -> None:
    answer = _ask(_answerer(reader), "充电桩建了多少")

    assert (answer.outcome, answer.nearest) == (Outcome.NOT_FOUND, ())


def test_a_quote_that_differs_from_the_stored_text_is_never_shown(reader: QuestionReader) -> None:
    changed = ListedLibrary([_LIFTS], texts={"d2": "改动过的全文" * 20})
    answer = _ask(_answerer(reader, _LIFTS, library=changed), "加装电梯每部补助多少钱？")

    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.citations == ()


def test_a_document_number_names_its_document_and_the_replies_that_cite_it(
    reader: QuestionReader,
) -> None:
    citing = make_passage("依据《青禾县客货邮融合发展办法》（青政办发〔2022〕9号），县里正在选址。")
    edge = Reference(
        DocumentId("d1"),
        "青禾县客货邮融合发展办法",
        "青政办发〔2022〕9号",
        None,
        "cites",
        Span(2, 16),
    )
    library = ListedLibrary([_POLICY, citing], edges=[(citing.document, edge)])
    answer = _ask(_answerer(reader, library=library), "青政办发〔2022〕9号")

    assert answer.template == "answers.document_cited"
    assert [item.document.id for item in answer.items] == ["p1", "d1"]
    assert "青政办发〔2022〕9号" in answer.items[1].citations[0].quote


def test_a_document_that_is_only_cited_is_named_with_those_who_cite_it(
    reader: QuestionReader,
) -> None:
    citing = make_passage("依据《外地办法》（外政发〔2020〕1号），县里正在选址建设站点。")
    edge = Reference(DocumentId("d1"), "外地办法", "外政发〔2020〕1号", None, "cites", Span(2, 8))
    library = ListedLibrary([citing], edges=[(citing.document, edge)])
    answer = _ask(_answerer(reader, library=library), "外政发〔2020〕1号")

    assert answer.template == "answers.cited_only"
    assert answer.details["title"] == "外地办法"


def test_a_case_number_opens_its_letter(reader: QuestionReader) -> None:
    answer = _ask(_answerer(reader, _DRONES), "第031号提案怎么答复的")

    assert (answer.route, answer.outcome) == (Route.LOOKUP, Outcome.ANSWERED)
    assert answer.items[0].document.case_number == "031"


def test_an_unknown_document_number_is_not_found_rather_than_guessed(
    reader: QuestionReader,
) -> None:
    answer = _ask(_answerer(reader, _LIFTS), "青政办发〔2099〕77号")

    assert (answer.outcome, answer.template) == (Outcome.NOT_FOUND, "answers.number_not_found")


def test_a_closed_document_is_neither_quoted_nor_offered_to_a_guest(
    reader: QuestionReader,
) -> None:
    closed = make_passage(
        "三个方案投资在9.8亿元至14.2亿元之间，尚未确定。", make_card("d9", openness=Openness.CLOSED)
    )
    answer = _ask(_answerer(reader, closed), "三个方案投资多少", access=Access(restricted=False))

    assert answer.outcome is Outcome.NOT_FOUND
    assert (answer.items, answer.nearest) == ((), ())


@pytest.mark.parametrize(
    ("text", "outcome", "template"),
    [
        ("你好", Outcome.ANSWERED, "answers.greeting"),
        ("讲个笑话", Outcome.REFUSED, "answers.out_of_scope"),
        ("我的提案办到哪里了", Outcome.REFUSED, "answers.no_status"),
        ("请帮我起草一份答复", Outcome.REFUSED, "answers.no_draft"),
        ("怎么做？", Outcome.REFUSED, "answers.unclear"),
    ],
)
def test_messages_that_are_no_question_get_a_plain_word(
    reader: QuestionReader, text: str, outcome: Outcome, template: str
) -> None:
    answer = _ask(_answerer(reader), text)

    assert (answer.outcome, answer.template) == (outcome, template)


def test_an_answer_to_a_question_quotes_at_most_three_sentences_of_360_characters(
    reader: QuestionReader,
) -> None:
    long = (
        "加装电梯每部补助16万元，"
        + "由区县按照面积和楼层分段核定后拨付到项目账户，" * 6
        + "年底结清。"
    )
    passages = [make_passage(long, make_card(f"d{n}", case_number=str(n))) for n in range(5)]
    answer = _ask(_answerer(reader, *passages), "加装电梯每部补助多少钱？")

    assert 1 <= len(answer.citations) <= 3
    assert sum(len(c.quote) for c in answer.citations) <= 360


def test_a_consultation_record_does_not_repeat_its_letter_but_lends_it_its_class(
    reader: QuestionReader,
) -> None:
    letter = replace(_DRONES.document, result_class=None)
    record = make_card("r1", kind=DocumentKind.RECORD, title="面商记录表")
    passages = [
        replace(_DRONES, document=letter),
        make_passage("建议用无人机派送快递，增加配送网点。", record, ordinal=3),
    ]
    library = ListedLibrary(passages, links={"d1": [record], "r1": [letter]})
    answer = _ask(_answerer(reader, *passages, library=library), "以前怎么答复无人机配送的提案")

    assert [item.document.id for item in answer.items] == ["d1"]
    assert answer.items[0].result_class == "B"


def test_a_bare_title_names_those_who_cite_it(reader: QuestionReader) -> None:
    citing = make_passage("依据《外地办法》（外政发〔2020〕1号），县里正在选址建设站点。")
    edge = Reference(DocumentId("d1"), "外地办法", "外政发〔2020〕1号", None, "cites", Span(2, 8))
    library = ListedLibrary([citing], edges=[(citing.document, edge)])
    answer = _ask(_answerer(reader, library=library), "《外地办法》")

    assert (answer.outcome, answer.template) == (Outcome.ANSWERED, "answers.cited_title")
    assert "《外地办法》" in answer.citations[0].quote


_TRADITIONAL = make_passage(
    "對既有住宅加裝電梯，每部給予補助16萬元。申請材料由社區代收，限於編\u200b制內的住宅。",
    make_card("t1", title="關於加裝電梯的答覆", case_number="015"),
    start=10,
)


def test_a_simplified_question_quotes_a_traditional_letter_as_it_is_printed(
    reader: QuestionReader,
) -> None:
    answer = _ask(_answerer(reader, _TRADITIONAL), "加装电梯每部补助多少钱？")

    assert answer.outcome is Outcome.ANSWERED
    assert answer.citations[0].quote == "對既有住宅加裝電梯，每部給予補助16萬元。"


def test_a_traditional_question_is_understood_like_the_simplified_one(
    reader: QuestionReader,
) -> None:
    asked = _ask(_answerer(reader, _LIFTS), "加裝電梯每部補助多少錢？")
    plain = _ask(_answerer(reader, _LIFTS), "加装电梯每部补助多少钱？")

    assert asked.citations == plain.citations != ()
    assert _ask(_answerer(reader, _DRONES), "我們以前怎麼答覆無人機配送的提案？").route is (
        Route.PRECEDENT
    )


def test_words_broken_by_what_nobody_sees_are_found_and_quoted_as_stored(
    reader: QuestionReader,
) -> None:
    answer = _ask(_answerer(reader, _TRADITIONAL), "加装电梯限于编制内的住宅吗")

    assert "編\u200b制" in "".join(citation.quote for citation in answer.citations)


def test_a_number_borne_by_two_copies_is_answered_once_and_names_the_other(
    reader: QuestionReader,
) -> None:
    copy = make_passage(_LIFTS.text, replace(_LIFTS.document, id=DocumentId("d3")), start=10)
    library = ListedLibrary(
        [copy, _LIFTS],
        copies={
            "d3": [Copy(_LIFTS.document, main=True)],
            "d2": [Copy(copy.document, main=False)],
        },
    )
    answer = _ask(_answerer(reader, library=library), "第012号提案怎么答复的")

    assert [item.document.id for item in answer.items] == ["d2"]
    assert [card.id for card in answer.items[0].also] == ["d3"]


def test_copies_that_cite_a_policy_are_counted_once(reader: QuestionReader) -> None:
    card = _LIFTS.document
    copy = replace(card, id=DocumentId("d3"))
    edges = [
        (one, Reference(one.id, "青禾县供水办法", "青政发〔2020〕1号", None, "cites", None))
        for one in (copy, card)
    ]
    library = ListedLibrary(
        [_LIFTS, make_passage(_LIFTS.text, copy, start=10)],
        edges=edges,
        copies={"d3": [Copy(card, main=True)], "d2": [Copy(copy, main=False)]},
    )
    answer = _ask(_answerer(reader, library=library), "青政发〔2020〕1号")

    assert answer.details["citing"] == "1"
    assert [item.document.id for item in answer.items] == ["d2"]
