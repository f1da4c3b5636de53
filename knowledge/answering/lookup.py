"""Answers questions that name a document: by 发文字号, by case number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from knowledge.answering.compose import items_of
from knowledge.answering.evidence import Quote, gather, pick, says_nothing
from knowledge.answering.question import Question
from knowledge.domain.answers import Answer, Outcome, Route
from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import Copy, DocumentCard, DocumentId, Passage, Reference
from knowledge.domain.search import Access, Hit
from knowledge.domain.text import Span
from knowledge.ports import Library
from knowledge.sentences import sentences

_CITING: Final = 5
_QUOTES: Final = 3
_MOST_DOCUMENTS: Final = 6
_SHORTEST: Final = 20
"""Opening sentences shorter than this (code points) are heads."""


class Lookup:
    """Finds what a number names, and who cites it."""

    def __init__(self, *, library: Library) -> None:
        self._library = library

    def answer(self, question: Question, access: Access) -> Answer | None:
        """The named documents with quotes, or None when nothing bears that number."""
        if question.document_number:
            return self._document(question, question.document_number, access)
        if question.case_number:
            return self._case(question, question.case_number, access)
        if question.title:
            return self._title(question.title, access)
        return None

    def _title(self, title: str, access: Access) -> Answer | None:
        """Who cites a title that bears no number in the question."""
        edges = self._citations(None, title, access)
        if not edges:
            return None
        number = next((edge.number for _, edge in edges if edge.number), None)
        groups = self._citing(edges)
        return Answer(
            outcome=Outcome.ANSWERED,
            route=Route.LOOKUP,
            template="answers.cited_title",
            items=items_of(groups, library=self._library, access=access),
            details={
                "title": title,
                "number": f"（{number}）" if number else "",
                "citing": str(len({card.id for card, _ in edges})),
            },
        )

    def _document(self, question: Question, number: str, access: Access) -> Answer | None:
        own = self._once(self._library.by_number(number, access=access), access)
        citing = self._citations(number, own[0].title if own else None, access)
        others = [(card, edge) for card, edge in citing if card.id not in {c.id for c in own}]
        if not own and not others:
            return None
        groups = [*self._openings(question, own), *self._citing(others)]
        title = own[0].title if own else next((e.title for _, e in others if e.title), None)
        return Answer(
            outcome=Outcome.ANSWERED,
            route=Route.LOOKUP,
            template=_document_template(own, others),
            items=items_of(groups, library=self._library, access=access),
            details={
                "title": title or number,
                "number": number,
                "citing": str(len({card.id for card, _ in others})),
            },
        )

    def _case(self, question: Question, number: str, access: Access) -> Answer | None:
        found = self._library.by_number(number, access=access)
        cards = self._once(found, access)[:_MOST_DOCUMENTS]
        if not cards:
            return None
        return Answer(
            outcome=Outcome.ANSWERED,
            route=Route.LOOKUP,
            template="answers.case",
            items=items_of(self._openings(question, cards), library=self._library, access=access),
            details={"number": number},
        )

    def _citations(
        self, number: str | None, title: str | None, access: Access
    ) -> Sequence[tuple[DocumentCard, Reference]]:
        """Who cites, copies of one text counted once."""
        edges = self._library.citing(number=number, title=title, access=access)
        cards = {card.id: card for card, _ in edges}
        told = {card.id for card in self._once(list(cards.values()), access)}
        return [(card, edge) for card, edge in edges if card.id in told]

    def _once(self, cards: Sequence[DocumentCard], access: Access) -> Sequence[DocumentCard]:
        """The documents without those that are copies of another one among them."""
        copies = self._library.copies([card.id for card in cards], access=access)
        return without_copies(cards, copies)

    def _openings(
        self, question: Question, cards: Sequence[DocumentCard]
    ) -> list[tuple[DocumentCard, Sequence[Quote]]]:
        """Each document with the sentences that fit the question, or its leading ones."""
        passages = self._passages([card.id for card in cards])
        groups: list[tuple[DocumentCard, Sequence[Quote]]] = []
        for card in cards:
            own = passages.get(card.id, ())
            quotes = _fitting(question, own) or _leading(own)
            groups.append((card, quotes))
        return groups

    def _passages(self, documents: Sequence[DocumentId]) -> Mapping[DocumentId, Sequence[Passage]]:
        return self._library.passages_of(documents)

    def _citing(
        self, edges: Sequence[tuple[DocumentCard, Reference]]
    ) -> list[tuple[DocumentCard, Sequence[Quote]]]:
        """The sentence in which each document cites; replies first, at most a handful."""
        first = {card.id: (card, edge) for card, edge in reversed(edges)}
        ordered = sorted(first.values(), key=lambda e: e[0].kind is not DocumentKind.REPLY)
        passages = self._passages([card.id for card, _ in ordered[:_CITING]])
        groups: list[tuple[DocumentCard, Sequence[Quote]]] = []
        for card, edge in ordered[:_CITING]:
            quote = _sentence_at(passages.get(card.id, ()), edge.span)
            groups.append((card, [quote] if quote else []))
        return groups


def without_copies(
    cards: Sequence[DocumentCard], copies: Mapping[DocumentId, Sequence[Copy]]
) -> Sequence[DocumentCard]:
    """In their order, of several copies of one text the one to be shown first."""
    kept: dict[DocumentId, DocumentCard] = {}
    named = {card.id for card in cards}
    for card in cards:
        others = [copy for copy in copies.get(card.id, ()) if copy.document.id in named]
        if not any(copy.main or copy.document.id in kept for copy in others):
            kept[card.id] = card
    return list(kept.values())


def number_not_found(question: Question) -> Answer:
    """Nothing bears or cites the number that was asked for."""
    return Answer(
        outcome=Outcome.NOT_FOUND,
        route=Route.LOOKUP,
        template="answers.number_not_found",
        details={"number": question.document_number or question.case_number or ""},
    )


def _document_template(
    own: Sequence[DocumentCard], others: Sequence[tuple[DocumentCard, Reference]]
) -> str:
    if not own:
        return "answers.cited_only"
    return "answers.document_cited" if others else "answers.document"


def _fitting(question: Question, passages: Sequence[Passage]) -> Sequence[Quote]:
    if not question.terms:
        return ()
    evidence = gather(question, [Hit(passage, 1.0) for passage in passages])
    return pick(evidence[0].quotes, most=_QUOTES) if evidence else ()


def _leading(passages: Sequence[Passage]) -> Sequence[Quote]:
    """The first real sentence of each of the first sections."""
    quotes: list[Quote] = []
    seen: set[tuple[str, ...]] = set()
    for passage in passages:
        if not passage.heading_path or passage.heading_path[:1] in seen:
            continue
        span = next((s for s in sentences(passage.text) if _says(passage, s)), None)
        if span is not None:
            seen.add(passage.heading_path[:1])
            quotes.append(_quote(passage, span))
        if len(quotes) == _QUOTES:
            break
    return quotes or _longest_sentence(passages)


def _longest_sentence(passages: Sequence[Passage]) -> Sequence[Quote]:
    found = ((p, s) for p in passages for s in sentences(p.text) if _says(p, s))
    first = next(found, None)
    return [_quote(*first)] if first else []


def _says(passage: Passage, span: Span) -> bool:
    """Whether a sentence says something: no head, no courtesy, no page furniture."""
    long_enough = span.end - span.start >= _SHORTEST
    return long_enough and not says_nothing(span.of(passage.text), passage)


def _sentence_at(passages: Sequence[Passage], span: Span | None) -> Quote | None:
    if span is None:
        return None
    for passage in passages:
        if passage.span.start <= span.start < passage.span.end:
            local = span.start - passage.span.start
            for sentence in sentences(passage.text):
                if sentence.start <= local < sentence.end:
                    return _quote(passage, sentence)
    return None


def _quote(passage: Passage, span: Span) -> Quote:
    return Quote(passage, span.shifted(passage.span.start), span.of(passage.text), 1.0)
