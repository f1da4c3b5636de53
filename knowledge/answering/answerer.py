"""The use case behind every question: with no model at all, quotes or an honest 'not found'."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from knowledge.answering.compose import items_of, not_found
from knowledge.answering.evidence import Evidence, Quote, gather, pick
from knowledge.answering.lookup import Lookup, number_not_found
from knowledge.answering.question import Question, QuestionReader
from knowledge.answering.validity import LAPSED, Validity
from knowledge.domain.answers import Answer, Outcome, Route
from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, DocumentId
from knowledge.domain.search import Access, Hit, SearchFilters, SearchQuery
from knowledge.domain.text import legible
from knowledge.errors import CitationBroken
from knowledge.ports import Clock, Library, Search

_LOG: Final = logging.getLogger(__name__)

_FIXED: Final = {
    Route.GREETING: (Outcome.ANSWERED, "answers.greeting"),
    Route.OUT_OF_SCOPE: (Outcome.REFUSED, "answers.out_of_scope"),
    Route.STATUS: (Outcome.REFUSED, "answers.no_status"),
    Route.DRAFT: (Outcome.REFUSED, "answers.no_draft"),
    Route.UNCLEAR: (Outcome.REFUSED, "answers.unclear"),
}
ENOUGH: Final = 0.6
"""Share of a question's ideas a passage must hold to count as being about it."""
_CLOSE: Final = 0.75
"""A further document is listed when it is at least this strong beside the best."""
_TRUST: Final = 0.3
"""How much the strength of its document counts in ranking a sentence."""
_PAST_REPLIES: Final = frozenset({DocumentKind.REPLY, DocumentKind.RECORD})
_ANY_KIND: Final[frozenset[DocumentKind]] = frozenset()
_CLOSE_QUOTE: Final = 0.65
"""A letter's further sentences are shown when they answer this well beside its best."""
_PRECEDENTS: Final = 5
_QUOTES_EACH: Final = 3
_ANSWER_QUOTES: Final = 3
_ANSWER_CHARACTERS: Final = 360
_LOOKED_INTO: Final = 8
"""Documents whose every passage is read for the sentences that answer."""
_BREADTH: Final = 40
"""Passages looked at for one question."""


class Answerer:
    """Answers questions from the library; every quote is verified before it leaves."""

    def __init__(
        self, *, reader: QuestionReader, search: Search, library: Library, clock: Clock
    ) -> None:
        self._reader = reader
        self._search = search
        self._library = library
        self._clock = clock
        self._validity = Validity(library)
        self._lookup = Lookup(library=library)

    def answer(self, text: str, *, access: Access) -> Answer:
        """Answer one question; never raises for what the question says.

        Raises:
            KnowledgeError: an index or model failed in a way that leaves no answer.
        """
        started = time.perf_counter()
        question = self._reader.read(text)
        try:
            answer = self._with_standing(self._route(question, access), access)
        except CitationBroken:
            _LOG.exception("a quote differs from the stored text; the answer is withheld")
            answer = not_found(question.route, ())
        total = (time.perf_counter() - started) * 1000
        return replace(answer, timings_ms={**answer.timings_ms, "total": round(total, 3)})

    def _route(self, question: Question, access: Access) -> Answer:
        fixed = _FIXED.get(question.route)
        if fixed is not None:
            return Answer(fixed[0], question.route, fixed[1])
        only_title = legible(question.text).strip() == f"《{question.title}》"
        if question.route is Route.LOOKUP or only_title:
            found = self._lookup.answer(question, access)
            if found is not None:
                return found
        if question.route is Route.LOOKUP and not question.terms:
            return number_not_found(question)
        return self._search_answer(question, access)

    def _search_answer(self, question: Question, access: Access) -> Answer:
        if not question.terms:
            return Answer(Outcome.REFUSED, Route.UNCLEAR, "answers.unclear")
        precedent = question.route is Route.PRECEDENT
        hits, timings = self._find(question, access, replies_only=precedent)
        evidence = self._evidence(question, hits, access)
        if precedent and not evidence:
            hits, timings = self._find(question, access, replies_only=False)
            evidence = self._evidence(question, hits, access)
        if not evidence:
            return replace(not_found(question.route, hits), timings_ms=timings)
        groups = self._precedents(evidence, access) if precedent else _facts(evidence)
        return Answer(
            outcome=Outcome.ANSWERED,
            route=question.route,
            template="answers.precedents" if precedent else "answers.facts",
            items=items_of(groups, library=self._library, access=access),
            hits=tuple(hits),
            timings_ms=timings,
        )

    def _with_standing(self, answer: Answer, access: Access) -> Answer:
        """Policies shown with their standing of today."""
        cards = [item.document for item in answer.items] + list(answer.nearest)
        judged = self._judged(cards, access)
        items = (replace(item, document=judged[item.document.id]) for item in answer.items)
        nearest = (judged[card.id] for card in answer.nearest)
        return replace(answer, items=tuple(items), nearest=tuple(nearest))

    def _judged(
        self, cards: Iterable[DocumentCard], access: Access
    ) -> Mapping[DocumentId, DocumentCard]:
        today = self._clock.now().date()
        return self._validity.judged(cards, today=today, access=access)

    def _evidence(self, question: Question, hits: Sequence[Hit], access: Access) -> list[Evidence]:
        """Documents that are about the question, looked at whole: strongest first.

        A policy that no longer holds stands behind what holds.
        """
        about = [found for found in gather(question, hits) if _enough(found)][:_LOOKED_INTO]
        chosen = {found.document.id for found in about}
        found = {hit.passage.id for hit in hits}
        others = (
            Hit(passage, 0.0)
            for passages in self._library.passages_of(sorted(chosen)).values()
            for passage in passages
            if passage.id not in found
        )
        inside = (hit for hit in hits if hit.passage.document.id in chosen)
        whole = [e for e in gather(question, [*inside, *others]) if _enough(e)]
        judged = self._judged((e.document for e in whole), access)
        lapsed = {key for key, card in judged.items() if card.policy_status in LAPSED}
        year = self._clock.now().year
        weighed = [
            replace(e, lapsed=e.document.id in lapsed, age=year - (e.document.year or year))
            for e in whole
        ]
        return sorted(weighed, key=lambda e: (-e.strength, e.document.id))

    def _find(
        self, question: Question, access: Access, *, replies_only: bool
    ) -> tuple[Sequence[Hit], dict[str, float]]:
        kinds = _PAST_REPLIES if replies_only else _ANY_KIND
        result = self._search.search(
            SearchQuery(
                text=question.subject or question.text,
                access=access,
                filters=SearchFilters(kinds=kinds),
                limit=_BREADTH,
                expansions=question.expansions,
                per_document=4,
            )
        )
        return result.hits, result.timings_ms

    def _precedents(
        self, evidence: Sequence[Evidence], access: Access
    ) -> list[tuple[DocumentCard, Sequence[Quote]]]:
        """The letters that answered something alike, each with its best sentences.

        A consultation record stands in only where its letter does not speak for itself.
        """
        bound = _CLOSE * evidence[0].strength
        close = [found for found in evidence if found.strength >= bound]
        letters = {e.document.id for e in close if e.document.kind is DocumentKind.REPLY}
        linked = self._library.linked([e.document.id for e in close], access=access)
        told = [e for e in close if not _spoken_for(e.document, letters, linked)]
        return [
            (e.document, pick(e.quotes, most=_QUOTES_EACH, floor=_CLOSE_QUOTE))
            for e in told[:_PRECEDENTS]
        ]


def _spoken_for(
    card: DocumentCard,
    letters: AbstractSet[DocumentId],
    linked: Mapping[DocumentId, Sequence[DocumentCard]],
) -> bool:
    if card.kind is DocumentKind.REPLY:
        return False
    return any(other.id in letters for other in linked.get(card.id, ()))


def _enough(evidence: Evidence) -> bool:
    return evidence.coverage >= ENOUGH and bool(evidence.quotes)


def _facts(evidence: Sequence[Evidence]) -> list[tuple[DocumentCard, Sequence[Quote]]]:
    """The few sentences that hold the answer, over all close documents."""
    bound = _CLOSE * evidence[0].strength
    quotes = sorted(
        (
            (quote.score * (1 - _TRUST + _TRUST * found.strength), found, quote)
            for found in evidence
            if found.strength >= bound
            for quote in found.quotes
        ),
        key=lambda ranked: (-ranked[0], ranked[2].span),
    )
    weighted = [replace(quote, score=score) for score, _, quote in quotes]
    chosen = pick(weighted, most=_ANSWER_QUOTES, characters=_ANSWER_CHARACTERS)
    cards = {quote.passage.document.id: quote.passage.document for quote in chosen}
    return [
        (card, [quote for quote in chosen if quote.passage.document.id == key])
        for key, card in cards.items()
    ]
