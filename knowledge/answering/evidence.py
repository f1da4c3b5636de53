"""Chooses the verbatim sentences that answer a question, and judges whether any do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from knowledge.answering.question import Question
from knowledge.answering.terms import Term, coverage
from knowledge.domain.library import DocumentCard, DocumentId, Passage
from knowledge.domain.search import Hit
from knowledge.domain.text import Span, legible
from knowledge.script import simplified, spelled
from knowledge.sentences import sentences

_FORMULA: Final = re.compile(
    r"收悉|现(?:将.{0,12})?(?:答复|回复|函复)如下|感谢(?:您|你|贵)|欢迎(?:您|你|今后|继续)|特此(?:答复|函复|函告|回复)"
    r"|无障碍|长者模式|索引号|发布机构|字体[：:]|\[大 中 小\]|</?div|<input|签字："
    r"|此致|责任领导|承办人|联系(?:人|电话)|抄送|^签发人|印发给你们|遵照执行|(?:制定|特制定)本|^关于印发|^关于.{0,60}的(?:通知|答复|复函|函)$"
)
_SHORTEST: Final = 8
"""Shorter sentences (code points) are heads or labels."""
_AGEING: Final = 0.015
"""Strength that a document loses each year."""
_OLDEST: Final = 0.85
"""What the oldest documents keep."""
_LAPSED: Final = 0.5
"""A policy that no longer holds keeps this share of its strength."""
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
        lapsed: a policy that no longer holds.
        age: years since the document was written; 0 when unknown.
    """

    document: DocumentCard
    coverage: float
    score: float
    quotes: tuple[Quote, ...]
    lapsed: bool = False
    age: int = 0

    @property
    def strength(self) -> float:
        """Orders documents: coverage first, then what retrieval thought of them.

        What no longer holds stands far behind; of two alike the newer is stronger.
        """
        found = 0.6 * self.coverage + 0.4 * self.score
        held = _LAPSED if self.lapsed else 1.0
        return found * held * max(_OLDEST, 1.0 - _AGEING * self.age)


def gather(question: Question, hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    """Evidence by document, strongest first; ties by document id."""
    by_document: dict[DocumentId, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.passage.document.id, []).append(hit)
    found = [_of_document(question, group) for group in by_document.values()]
    return tuple(sorted(found, key=lambda e: (-e.strength, e.document.id)))


def _of_document(question: Question, hits: Sequence[Hit]) -> Evidence:
    plain = [_Plain.of(hit.passage) for hit in hits]
    quotes = [quote for one in plain for quote in _quotes(question, one)]
    quotes.sort(key=lambda quote: (-quote.score, quote.span))
    covered = max(_about(question, one) for one in plain)
    return Evidence(
        document=hits[0].passage.document,
        coverage=covered,
        score=max(hit.score for hit in hits),
        quotes=tuple(quotes),
    )


@dataclass(frozen=True, slots=True)
class _Plain:
    """A passage as it is compared with a question; ``text`` is as long as the passage's own."""

    passage: Passage
    text: str
    context: str

    @staticmethod
    def of(passage: Passage) -> _Plain:
        return _Plain(passage, simplified(passage.text), spelled(passage.context))


def _about(question: Question, plain: _Plain) -> float:
    """Share of the question's ideas in a passage with its context.

    The place asked about must not make up for the thing asked about, nor the reverse.
    """
    text = f"{plain.context}\n{legible(plain.text)}"
    things = tuple(term for term in question.terms if not term.place)
    found = coverage(question.terms, text)
    if things:
        return min(found, coverage(things, text))
    return found


def _quotes(question: Question, plain: _Plain) -> Iterable[Quote]:
    asked, passage = _Asked.of(question, plain), plain.passage
    before = ""
    for span in sentences(plain.text):
        text = legible(span.of(plain.text))
        score = asked.score(text, before)
        before = text
        if score <= 0:
            continue
        narrowed = _narrow(question, plain.text, span)
        yield Quote(passage, narrowed.shifted(passage.span.start), narrowed.of(passage.text), score)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question still asks of a sentence once title and headings have said their part."""

    question: Question
    plain: _Plain
    heads: frozenset[str]
    rest: tuple[Term, ...]

    @staticmethod
    def of(question: Question, plain: _Plain) -> _Asked:
        context = plain.context
        rest = tuple(term for term in question.terms if not coverage((term,), context))
        return _Asked(question, plain, _heads(plain.passage), rest or question.terms)

    def score(self, text: str, before: str) -> float:
        """How well one sentence answers; heads and courtesy formulae answer nothing.

        Words inside a cited 《title》 do not count: naming a document is not answering.
        The sentence before tells what a sentence is about that does not say it.
        """
        if len(text) < _SHORTEST or _empty(text, self.heads):
            return 0.0
        terms, bare = self.question.terms, _CITED.sub("", text)
        if not coverage(terms, text):
            return 0.0
        own, rest = coverage(terms, bare), coverage(self.rest, bare)
        about = coverage(terms, f"{self.plain.context}\n{before}\n{text}")
        wanted = [given.search(text) is not None for given in self.question.given]
        bonus = 0.25 * (sum(wanted) / len(wanted)) if wanted else 0.0
        overlap = 0.2 * _overlap(self.question.subject, bare)
        return 0.2 * own + 0.45 * rest + 0.35 * about + overlap + bonus


_HEADING: Final = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])(?:[^，；。]{1,24}|[^，；。\d]{1,24}[。：])$"
    r"|您(?:们)?(?:建议|提出|反映)[^，；]{1,40}。$"
)
"""A numbered head, or the ask repeated in one clause: neither answers."""
_CITED: Final = re.compile(r"《[^《》]{2,80}》")


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
    best = max(clauses, key=lambda clause: coverage(question.terms, legible(clause.of(text))))
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


def says_nothing(text: str, passage: Passage) -> bool:
    """Whether a sentence is a head, a courtesy formula or a page's furniture."""
    return _empty(spelled(text), _heads(passage))


def _heads(passage: Passage) -> frozenset[str]:
    return frozenset(map(spelled, (passage.document.title, *passage.heading_path)))


def _empty(text: str, heads: AbstractSet[str]) -> bool:
    bare = text.rstrip("。：:")
    return bare in heads or bool(_FORMULA.search(text) or _HEADING.match(text))


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
    if spelled(one.text) == spelled(other.text):
        return True
    if one.passage.document.id != other.passage.document.id:
        return False
    return one.span.start < other.span.end and other.span.start < one.span.end
