"""Figures of merit over ranks, each with the interval that its sample size allows."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Final

Rank = int | None
"""Place of the right document in a list, counted from 0; None when it is not there."""

DEPTHS: Final = (1, 3, 5, 10, 100)
_RESAMPLES: Final = 1000
_TAIL: Final = 0.025


def recall(rank: Rank, depth: int) -> float:
    """1 when the right document stands among the first ``depth``, else 0."""
    return float(rank is not None and rank < depth)


def reciprocal(rank: Rank) -> float:
    """1 / place counted from 1; 0 when absent."""
    return 0.0 if rank is None else 1.0 / (rank + 1)


def gain(rank: Rank, depth: int = 10) -> float:
    """NDCG of a question with one right document."""
    return 0.0 if rank is None or rank >= depth else 1.0 / math.log2(rank + 2)


def figures(ranks: Sequence[Rank]) -> dict[str, float]:
    """recall@1/3/5/10/100, mrr and ndcg@10 over all questions; 0 without questions."""
    return {name: _mean(ranks, measure) for name, measure in _measures().items()}


def confidence(ranks: Sequence[Rank], *, seed: int = 1) -> dict[str, list[float]]:
    """95 % bootstrap interval of each figure, ``[low, high]``; repeatable by its seed."""
    chance = random.Random(seed)  # noqa: S311 - resampling, not secrets
    size = len(ranks)
    samples = [chance.choices(ranks, k=size) if size else [] for _ in range(_RESAMPLES)]
    return {
        name: _interval([_mean(sample, measure) for sample in samples])
        for name, measure in _measures().items()
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of ``values`` lie; 0 without values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.floor(share * len(ordered)))]


def _measures() -> dict[str, Callable[[Rank], float]]:
    def at(depth: int) -> Callable[[Rank], float]:
        return lambda rank: recall(rank, depth)

    named = {f"recall@{depth}": at(depth) for depth in DEPTHS}
    return {**named, "mrr": reciprocal, "ndcg@10": gain}


def _mean(ranks: Sequence[Rank], measure: Callable[[Rank], float]) -> float:
    return fmean(measure(rank) for rank in ranks) if ranks else 0.0


def _interval(values: Sequence[float]) -> list[float]:
    return [percentile(values, _TAIL), percentile(values, 1 - _TAIL)]
