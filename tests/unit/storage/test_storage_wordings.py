"""When two texts are one document."""

from __future__ import annotations

from dataclasses import replace

from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, DocumentId
from storage.wordings import alike, same_number, text_digest


def card(case: str | None = None, number: str | None = None) -> DocumentCard:
    return DocumentCard(
        DocumentId(""), 0, DocumentKind.REPLY, "", document_number=number, case_number=case
    )


def test_texts_are_alike_by_their_character_pairs_spaces_aside() -> None:
    text = "东岭片区的供水时间延长到每日二十小时"

    assert alike(text, f" {text[:9]}\n{text[9:]}")
    assert alike(text, text.replace("二十", "廿"))
    assert not alike(text, "已另行答复")
    assert alike("", "")
    assert not alike("字", text)


def test_case_literals_decide_before_document_numbers() -> None:
    assert same_number(card("12", "甲〔2024〕1号"), card("0012", "甲〔2024〕2号"))
    assert same_number(card("12", "甲〔2024〕1号"), card("13", "甲〔2024〕1号")) is False
    assert same_number(card(None, "甲〔2024〕1号"), card("13", "甲[2024]1号"))
    assert same_number(card("12"), card(None, "甲〔2024〕1号")) is None


def test_equal_literals_of_two_sessions_or_bodies_are_two_cases() -> None:
    one = card("12")

    assert same_number(replace(one, session="十届二次"), replace(one, session="十届三次")) is False
    assert same_number(replace(one, body="cppcc"), replace(one, body="congress")) is False
    assert same_number(replace(one, session="十届二次"), one)


def test_a_digest_tells_kinds_apart() -> None:
    assert text_digest(DocumentKind.REPLY, "文") != text_digest(DocumentKind.OTHER, "文")
