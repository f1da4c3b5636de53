"""Whether a policy holds today, by its word, its dates, and what replaced it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.validity import Validity, standing
from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, DocumentId, Reference
from tests.fakes.passages import EVERYTHING, ListedLibrary, make_card, make_passage

_TODAY = date(2026, 11, 21)


def _policy(
    status: str | None = "in_force",
    *,
    effective: date | None = None,
    expires: date | None = None,
) -> DocumentCard:
    card = make_card("p1", kind=DocumentKind.POLICY, document_number="青政发〔2020〕1号")
    return replace(card, policy_status=status, effective=effective, expires=expires)


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (_policy(), "in_force"),
        (_policy(None), "unknown"),
        (_policy("trial"), "trial"),
        (_policy("repealed"), "repealed"),
        (_policy(effective=date(2027, 7, 1)), "not_yet"),
        (_policy(effective=_TODAY), "in_force"),
        (_policy("trial", expires=date(2026, 11, 20)), "repealed"),
        (_policy("trial", expires=_TODAY), "trial"),
    ],
)
def test_its_own_word_and_dates_tell_how_a_policy_stands(card: DocumentCard, expected: str) -> None:
    assert standing(card, today=_TODAY, replaced=False) == expected


def test_a_policy_that_a_later_one_replaces_is_superseded() -> None:
    assert standing(_policy(), today=_TODAY, replaced=True) == "superseded"


def test_a_letter_has_no_standing() -> None:
    assert standing(make_card(), today=_TODAY, replaced=True) is None


@pytest.mark.parametrize(
    ("relation", "expected"), [("replaces", "superseded"), ("cites", "in_force")]
)
def test_being_cited_is_not_being_replaced(relation: str, expected: str) -> None:
    card = _policy()
    later = make_card("p2", kind=DocumentKind.POLICY, document_number="青政发〔2024〕3号")
    edge = Reference(DocumentId("p2"), None, card.document_number, None, relation, None)
    library = ListedLibrary([make_passage("本办法施行。", card)], edges=[(later, edge)])

    judged = Validity(library).judged([card], today=_TODAY, access=EVERYTHING)  # pyright: ignore[reportArgumentType] - the part that is asked

    assert judged[card.id].policy_status == expected
