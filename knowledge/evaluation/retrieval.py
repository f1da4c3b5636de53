"""Runs a set of questions through a search and tells where the right documents stood."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from knowledge.domain.answers import Answer
from knowledge.domain.library import DocumentId
from knowledge.domain.search import Access, SearchMode, SearchQuery
from knowledge.evaluation.metrics import DEPTHS, Rank, confidence, figures, percentile
from knowledge.ports import Progress, Search


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the documents that answer it (any counts) and the answer's text."""

    text: str
    documents: frozenset[DocumentId]
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class ArmReport:
    """What one arm did: the rank of each question's document, and how long each took."""

    ranks: tuple[Rank, ...]
    latencies_ms: tuple[float, ...]

    def as_json(self) -> dict[str, object]:
        """Figures, their 95 % intervals and latency, as ``dafu eval`` prints them."""
        p50, p95 = (percentile(self.latencies_ms, share) for share in (0.5, 0.95))
        return {
            **{name: round(value, 4) for name, value in figures(self.ranks).items()},
            "queries": len(self.ranks),
            "latency_ms": {"p50": round(p50, 3), "p95": round(p95, 3)},
            "confidence": {
                name: [round(edge, 4) for edge in edges]
                for name, edges in confidence(self.ranks).items()
            },
        }


def run_arm(
    search: Search,
    questions: Sequence[GoldQuestion],
    mode: SearchMode,
    progress: Progress | None = None,
) -> ArmReport:
    """Ask every question of one arm; documents count once, at their best passage."""
    ranks: list[Rank] = []
    latencies: list[float] = []
    for number, question in enumerate(questions, 1):
        query = SearchQuery(
            question.text,
            Access(restricted=True),
            mode=mode,
            limit=max(DEPTHS),
            per_document=1,
        )
        started = time.perf_counter()
        hits = search.search(query).hits
        latencies.append((time.perf_counter() - started) * 1000)
        found = [{hit.passage.document.id, *hit.also} for hit in hits]
        ranks.append(_rank(found, question.documents))
        if progress is not None:
            progress(number, len(questions))
    return ArmReport(tuple(ranks), tuple(latencies))


def _rank(found: Sequence[AbstractSet[DocumentId]], right: AbstractSet[DocumentId]) -> Rank:
    """A hit on a copy counts: it is the same text."""
    return next((place for place, documents in enumerate(found) if documents & right), None)


def answers_inside(
    answer: Callable[[str], Answer], questions: Sequence[GoldQuestion]
) -> Mapping[str, float]:
    """How often an answer was given, and how often the gold text lies inside its quotes."""
    asked = [question for question in questions if question.answer]
    given = [answer(question.text) for question in asked]
    inside = sum(
        _bare(question.answer or "") in _bare("".join(c.quote for c in shown.citations))
        for question, shown in zip(asked, given, strict=True)
    )
    answered = sum(bool(shown.citations) for shown in given)
    total = len(asked) or 1
    return {"answered": round(answered / total, 4), "inside": round(inside / total, 4)}


def _bare(text: str) -> str:
    return "".join(text.split())
