"""When two texts are copies of one, judged without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, DocumentId
from storage.copies import (
    Prose,
    Side,
    agree,
    are_copies,
    differs_around_only,
    is_main,
    recognised,
)

CARD = DocumentCard(
    DocumentId("d1"),
    1,
    DocumentKind.REPLY,
    "关于县政协十届二次会议第12号提案的答复",
    case_value=12,
    session="柏川十届二次",
    unit="柏川县水利局",
    date=date(2024, 5, 20),
)
TEXT = (
    "一、关于修缮村口水塘的建议。今年春季我局会同东岭镇政府组织劳力对村口水塘进行了全面清淤，"
    "并沿塘边加装了一百二十米护栏。\n"
    "二、关于延长供水时间的建议。自2024年六月起东岭片区的供水时间延长到每日二十小时，"
    "夜间由水厂值班人员按照管网压力调度。\n"
)


def side(text: str = TEXT, card: DocumentCard = CARD, *, guessed: bool = False) -> Side:
    return Side(card, Prose.of(text), guessed)


def wrapped(text: str, width: int = 27) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize(
    "copy",
    [
        f"首页 | 政务公开\n发布机构：县水利局\n{TEXT}\n打印本页\n",
        wrapped(TEXT.replace("\n", "")),
        TEXT.replace("镇政府", "镇\u200b政府").replace("村口", "村 口"),
        TEXT.replace("，", ",").replace("关于", "關於"),
        TEXT.replace("组织劳力对", "组织劳力\n— 2 —\n对"),
    ],
    ids=["menus", "broken lines", "unseen", "signs and script", "page number"],
)
def test_what_surrounds_and_how_it_is_printed_make_no_other_text(copy: str) -> None:
    assert differs_around_only(side(), side(copy))


@pytest.mark.parametrize(
    "change",
    [("全面清淤", "彻底清淤"), ("东岭片区", "西坪两村"), ("二、关于延长", "二、对于延长")],
)
def test_a_reworded_clause_is_a_copy_of_another_wording(change: tuple[str, str]) -> None:
    listed = TEXT + "同步改造的还有泵房、蓄水池、配电间、化验室，均于年内完工。\n"

    assert are_copies(side(), side(TEXT.replace(*change)))
    assert not differs_around_only(side(), side(TEXT.replace(*change)))
    assert not differs_around_only(side(listed), side(listed.replace("蓄水池", "晾晒场")))


def test_another_figure_is_no_copy_unless_it_may_be_misread() -> None:
    other = TEXT.replace("一百二十米", "一百三十米")

    assert not are_copies(side(), side(other))
    assert are_copies(side(), side(other, guessed=True))


@pytest.mark.parametrize(
    "other",
    [
        replace(CARD, kind=DocumentKind.POLICY),
        replace(CARD, case_value=13),
        replace(CARD, date=date(2023, 5, 20)),
        replace(CARD, body="congress"),
    ],
)
def test_numbers_dates_and_kinds_must_not_contradict(other: DocumentCard) -> None:
    assert not agree(replace(CARD, body="cppcc"), other)
    assert not are_copies(side(card=replace(CARD, body="cppcc")), side(card=other, guessed=True))


def test_what_one_copy_does_not_print_contradicts_nothing() -> None:
    bare = DocumentCard(DocumentId("d2"), 1, DocumentKind.OTHER, "答复")
    less = replace(CARD, session="十届二次", unit="縣水利局")

    assert are_copies(side(), side(card=bare))
    assert are_copies(side(), side(card=less))
    assert not are_copies(side(), side(card=replace(CARD, unit="柏川县教育局")))


def test_a_remark_and_a_collection_are_no_copies() -> None:
    assert not are_copies(side("我局已清淤一次。"), side(f"我局已清淤一次。{TEXT}"))
    assert not are_copies(
        side(), side(TEXT + "此外另有他事，本件不再赘述，详见附表所列各项。" * 30)
    )


def test_the_read_the_known_the_fuller_and_the_earlier_lead() -> None:
    whole, part = side(), side(TEXT.splitlines()[0])
    unknown = side(card=replace(CARD, kind=DocumentKind.OTHER))

    assert is_main(whole, side(guessed=True))
    assert not is_main(side(guessed=True), part)
    assert is_main(part, unknown)
    assert is_main(whole, part)
    assert not is_main(whole, side())


def test_equal_texts_share_all_marks_and_an_excerpt_some() -> None:
    whole, part = Prose.of(TEXT), Prose.of(TEXT.splitlines()[1])

    assert whole.marks() == Prose.of(f"首页\n{TEXT}").marks()
    assert set(part.marks()) & set(whole.marks())
    assert Prose.of("首页 | 新闻中心\n").marks() == []


@given(st.text(max_size=200))
def test_any_text_has_prose_and_marks_a_database_can_keep(text: str) -> None:
    prose = Prose.of(text)

    assert all(0 <= mark < 2**63 for mark in prose.marks())
    assert "".join(prose.clauses) == prose.text


def test_a_picture_is_told_by_the_readers_warnings() -> None:
    assert recognised(["kind.unknown", "recognition.doubtful"])
    assert recognised(["tick.recognised"])
    assert not recognised(["text.hidden"])
