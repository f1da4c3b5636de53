"""Puts chosen quotes together into an answer whose every quote has been verified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.answering.evidence import Quote
from knowledge.domain.answers import Answer, AnswerItem, Citation, Outcome, Route
from knowledge.domain.library import DocumentCard, DocumentId
from knowledge.domain.search import Access, Hit
from knowledge.errors import CitationBroken
from knowledge.ports import Library


def items_of(
    groups: Iterable[tuple[DocumentCard, Sequence[Quote]]], *, library: Library, access: Access
) -> tuple[AnswerItem, ...]:
    """Number the quotes 1, 2, … over all documents and verify each against the stored text.

    Raises:
        CitationBroken: a quote is not the stored text at its offsets, or its document is gone.
    """
    items: list[AnswerItem] = []
    marker = 0
    groups = list(groups)
    names = [card.id for card, _ in groups]
    linked = library.linked(names, access=access)
    copies = library.copies(names, access=access)
    for card, quotes in groups:
        citations: list[Citation] = []
        for quote in sorted(quotes, key=lambda quote: quote.span):
            marker += 1
            citations.append(_citation(marker, quote))
        verify(citations, library=library, access=access)
        also = tuple(copy.document for copy in copies.get(card.id, ()))
        items.append(AnswerItem(card, tuple(citations), tuple(linked.get(card.id, ())), also))
    return tuple(items)


def _citation(marker: int, quote: Quote) -> Citation:
    return Citation(
        marker=marker,
        document=quote.passage.document,
        passage=quote.passage.id,
        quote=quote.text,
        span=quote.span,
        heading_path=quote.passage.heading_path,
    )


def verify(citations: Sequence[Citation], *, library: Library, access: Access) -> None:
    """Hold every quote against the document as stored now.

    Raises:
        CitationBroken: with the first citation that does not hold.
    """
    texts: dict[DocumentId, str | None] = {}
    for citation in citations:
        document = citation.document.id
        if document not in texts:
            view = library.document(document, access=access)
            texts[document] = view.text if view else None
        text = texts[document]
        if text is None or citation.span.of(text) != citation.quote:
            raise CitationBroken(
                "answer.citation_broken", document=document, start=citation.span.start
            )


def not_found(route: Route, hits: Sequence[Hit], *, nearest: int = 3) -> Answer:
    """Say so, and offer the nearest documents' titles instead of a guess."""
    cards = {hit.passage.document.id: hit.passage.document for hit in hits}
    return Answer(
        outcome=Outcome.NOT_FOUND,
        route=route,
        template="answers.not_found" if cards else "answers.not_found_bare",
        nearest=tuple(cards.values())[:nearest],
        hits=tuple(hits),
    )
