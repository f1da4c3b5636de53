"""Judges whether a policy holds today: by its own dates and by what later documents say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, DocumentId
from knowledge.domain.search import Access
from knowledge.ports import Library

LAPSED: Final = frozenset({"repealed", "superseded"})
"""Standings of a policy that no longer holds."""


def standing(card: DocumentCard, *, today: date, replaced: bool) -> str | None:
    """in_force, repealed, superseded, not_yet, trial or unknown; None for what is no policy.

    A later document that replaces it, then its own word, then its dates decide; a policy
    whose period has run out counts as repealed (design: principle 1, domain.md 1.13).
    """
    if card.kind is not DocumentKind.POLICY:
        return None
    if card.policy_status in LAPSED:
        return card.policy_status
    if replaced:
        return "superseded"
    if card.expires is not None and card.expires < today:
        return "repealed"
    if card.effective is not None and card.effective > today:
        return "not_yet"
    return card.policy_status or "unknown"


class Validity:
    """Judges policies against the library as one person sees it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def judged(
        self, cards: Iterable[DocumentCard], *, today: date, access: Access
    ) -> Mapping[DocumentId, DocumentCard]:
        """The cards by id, policies with their standing of ``today``."""
        return {card.id: self._judged(card, today, access) for card in cards}

    def _judged(self, card: DocumentCard, today: date, access: Access) -> DocumentCard:
        if card.kind is not DocumentKind.POLICY:
            return card
        edges = self._library.citing(
            number=card.document_number, title=card.title, access=access, relation="replaces"
        )
        replaced = any(other.id != card.id for other, _ in edges)
        return replace(card, policy_status=standing(card, today=today, replaced=replaced))
