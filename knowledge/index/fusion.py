"""Weighted fusion of the arms' scores: rank fusion alone would let the weaker arm spoil the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.domain.library import DocumentId, PassageId
from knowledge.domain.search import ArmHit

_KIN = 2


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """What each arm's normalised score counts; only their ratio matters.

    Attributes:
        kin: share of the word scores of the two next best passages of the same document that a
            passage is credited with: of two passages alike, the one in the document that keeps
            speaking of the matter is the better answer.
        understood: coverage of a question's words from which the word arm counts in full; below
            it counts in proportion, so that the year in an English question decides nothing.
        cosine_floor: cosine at and below which a dense hit counts nothing. Models of the E5
            family put even unrelated texts at 0.7, so the raw cosine would blur every order.
    """

    lexical: float = 0.75
    dense: float = 0.25
    kin: float = 0.1
    understood: float = 0.5
    cosine_floor: float = 0.7


@dataclass(frozen=True, slots=True)
class FusedHit:
    """A passage with its fused score in 0..1 and the raw scores of the arms that named it."""

    passage: PassageId
    score: float
    lexical: float | None
    dense: float | None


def fuse(
    lexical: Sequence[ArmHit],
    dense: Sequence[ArmHit],
    weights: FusionWeights,
    *,
    coverage: float = 1.0,
) -> list[FusedHit]:
    """Union of both arms, best first, ties broken by passage id.

    The order of the inputs does not matter. An arm that named nothing leaves the other one's
    scores whole, so that a search by one arm also scores in 0..1.

    Args:
        lexical: hits of the word arm.
        dense: hits of the meaning arm.
        weights: what each arm counts.
        coverage: share of the question's words that the word arm knows at all.
    """
    word_weight = weights.lexical * min(1.0, coverage / weights.understood)
    words = {hit.passage: hit.score for hit in lexical}
    credited = _credited(lexical, weights.kin)
    meanings = {hit.passage: hit.score for hit in dense}
    by_words = _relative(credited, floor=0.0)
    by_meaning = _relative(meanings, floor=min(weights.cosine_floor, *meanings.values(), 1.0))
    total = (word_weight if words else 0.0) + (weights.dense if meanings else 0.0)
    fused = [
        FusedHit(
            passage,
            _share(passage, by_words, word_weight, by_meaning, weights.dense) / (total or 1.0),
            words.get(passage),
            meanings.get(passage),
        )
        for passage in words.keys() | meanings.keys()
    ]
    return sorted(fused, key=lambda hit: (-hit.score, hit.passage))


def _credited(hits: Sequence[ArmHit], kin: float) -> dict[PassageId, float]:
    families: dict[DocumentId, list[float]] = {}
    for hit in sorted(hits, key=lambda hit: -hit.score):
        if hit.document is not None:
            families.setdefault(hit.document, []).append(hit.score)
    scores: dict[PassageId, float] = {}
    for hit in hits:
        family = families[hit.document][: _KIN + 1] if hit.document is not None else [hit.score]
        # The own score stands among the family's best, or would only push out their last.
        others = sum(family) - max(hit.score, family[-1])
        scores[hit.passage] = hit.score + kin * others
    return scores


def _share(
    passage: PassageId,
    words: Mapping[PassageId, float],
    word_weight: float,
    meanings: Mapping[PassageId, float],
    meaning_weight: float,
) -> float:
    return word_weight * words.get(passage, 0.0) + meaning_weight * meanings.get(passage, 0.0)


def _relative(scores: Mapping[PassageId, float], *, floor: float) -> dict[PassageId, float]:
    # Against the arm's own best, not its worst: the worst depends on how many were asked for.
    best = max(scores.values(), default=0.0)
    span = best - floor
    if span <= 0:
        return dict.fromkeys(scores, 1.0)
    return {passage: max(0.0, score - floor) / span for passage, score in scores.items()}
