"""Chooses the verbatim sentences that answer a question, and judges whether any do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.answering.question import Question
from knowledge.answering.terms import coverage
from knowledge.domain.library import DocumentCard, DocumentId, Passage
from knowledge.domain.search import Hit
from knowledge.domain.text import Span
from knowledge.sentences import sentences

_FORMULA: Final = re.compile(
    r"收悉|现(?:将.{0,12})?(?:答复|回复|函复)如下|感谢(?:您|你|贵)|欢迎(?:您|你|今后|继续)|特此(?:答复|函复|函告|回复)"
    r"|此致|责任领导|承办人|联系(?:人|电话)|抄送|^签发人"
)
LONGEST_QUOTE: Final = 220
"""A quote longer than this (code points) is narrowed to the clauses that matter."""
_CLAUSE: Final = re.compile(r"[^，,；;。]+[，,；;。]*[”’」』）)]*")


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim stretch of a passage with how well it answers; span is into the raw text."""

    passage: Passage
    span: Span
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one document holds for a question.

    Attributes:
        coverage: share of the question's ideas found in one passage with its context, 0..1.
        score: fused retrieval score of its best passage, 0..1.
        quotes: best first.
    """

    document: DocumentCard
    coverage: float
    score: float
    quotes: tuple[Quote, ...]
    dense: float = 0.0

    @property
    def strength(self) -> float:
        """Orders documents: coverage first, then what retrieval thought of them."""
        return 0.6 * self.coverage + 0.4 * self.score


def gather(question: Question, hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    """Evidence by document, strongest first; ties by document id."""
    by_document: dict[DocumentId, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.passage.document.id, []).append(hit)
    found = [_of_document(question, group) for group in by_document.values()]
    return tuple(sorted(found, key=lambda e: (-e.strength, e.document.id)))


def _of_document(question: Question, hits: Sequence[Hit]) -> Evidence:
    quotes = [quote for hit in hits for quote in _quotes(question, hit.passage)]
    quotes.sort(key=lambda quote: (-quote.score, quote.span))
    covered = max(
        coverage(question.terms, f"{hit.passage.context}\n{hit.passage.text}") for hit in hits
    )
    return Evidence(
        document=hits[0].passage.document,
        coverage=covered,
        score=max(hit.score for hit in hits),
        quotes=tuple(quotes),
        dense=max((hit.dense or 0.0) for hit in hits),
    )


def _quotes(question: Question, passage: Passage) -> Iterable[Quote]:
    for span in sentences(passage.text):
        text = span.of(passage.text)
        score = _sentence_score(question, passage, text)
        if score <= 0:
            continue
        narrowed = _narrow(question, passage.text, span)
        yield Quote(passage, narrowed.shifted(passage.span.start), narrowed.of(passage.text), score)


def _sentence_score(question: Question, passage: Passage, text: str) -> float:
    """How well one sentence answers; heads and courtesy formulae answer nothing."""
    if len(text) < _SHORTEST or _FORMULA.search(text) or text in passage.context:
        return 0.0
    own = coverage(question.terms, text)
    if not own:
        return 0.0
    context = coverage(question.terms, f"{passage.context}\n{text}")
    wanted = [given.search(text) is not None for given in question.given]
    bonus = 0.25 * (sum(wanted) / len(wanted)) if wanted else 0.0
    return 0.75 * own + 0.25 * context + 0.2 * _overlap(question.subject, text) + bonus


_SHORTEST: Final = 8
"""Shorter sentences (code points) are heads or labels."""


def _overlap(subject: str, text: str) -> float:
    """Share of the subject's character pairs that the sentence holds."""
    pairs = {subject[i : i + 2] for i in range(len(subject) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _narrow(question: Question, text: str, span: Span) -> Span:
    """The best run of clauses of a sentence too long to quote whole."""
    if span.end - span.start <= LONGEST_QUOTE:
        return span
    clauses = [Span(*match.span()) for match in _CLAUSE.finditer(text, span.start, span.end)]
    if len(clauses) < 2:  # noqa: PLR2004 - a single clause cannot be narrowed
        return span
    best = max(clauses, key=lambda clause: coverage(question.terms, clause.of(text)))
    first = last = clauses.index(best)
    while True:
        grown = [(first - 1, last), (first, last + 1)]
        fitting = [
            (a, b)
            for a, b in grown
            if a >= 0 and b < len(clauses) and clauses[b].end - clauses[a].start <= LONGEST_QUOTE
        ]
        if not fitting:
            return Span(clauses[first].start, clauses[last].end)
        first, last = fitting[-1]


def pick(
    quotes: Sequence[Quote], *, most: int, characters: int | None = None, floor: float = 0.5
) -> tuple[Quote, ...]:
    """The best quotes in reading order: at most ``most``, together within ``characters``.

    A quote below ``floor`` of the best one's score adds nothing and is left out, as is
    one that overlaps or repeats a chosen one.
    """
    chosen: list[Quote] = []
    room = characters if characters is not None else 1_000_000
    for quote in quotes:
        if len(chosen) == most or quote.score < floor * quotes[0].score:
            break
        if len(quote.text) > room and chosen:
            continue
        if any(_same(quote, other) for other in chosen):
            continue
        chosen.append(quote)
        room -= len(quote.text)
    return tuple(chosen)


def _same(one: Quote, other: Quote) -> bool:
    if one.text == other.text:
        return True
    if one.passage.document.id != other.passage.document.id:
        return False
    return one.span.start < other.span.end and other.span.start < one.span.end
