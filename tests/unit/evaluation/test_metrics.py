"""Figures worked out by hand, and what must hold for any list of ranks."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evaluation.metrics import (
    confidence,
    figures,
    gain,
    percentile,
    recall,
    reciprocal,
)

_RANKS = st.lists(st.none() | st.integers(0, 200), max_size=30)


@pytest.mark.parametrize(
    ("rank", "at_one", "at_five", "inverse", "ndcg"),
    [
        (0, 1, 1, 1.0, 1.0),
        (1, 0, 1, 0.5, 1 / math.log2(3)),
        (4, 0, 1, 0.2, 1 / math.log2(6)),
        (10, 0, 0, 1 / 11, 0.0),
        (None, 0, 0, 0.0, 0.0),
    ],
)
def test_each_measure_of_one_question(
    rank: int | None, at_one: float, at_five: float, inverse: float, ndcg: float
) -> None:
    assert (recall(rank, 1), recall(rank, 5)) == (at_one, at_five)
    assert reciprocal(rank) == pytest.approx(inverse)
    assert gain(rank) == pytest.approx(ndcg)


def test_figures_are_means_over_questions() -> None:
    found = figures([0, 1, None, 4])

    assert found["recall@1"] == 0.25
    assert found["recall@5"] == 0.75
    assert found["mrr"] == pytest.approx((1 + 0.5 + 0 + 0.2) / 4)


def test_without_questions_every_figure_is_zero() -> None:
    assert set(figures([]).values()) == {0.0}
    assert set(map(tuple, confidence([]).values())) == {(0.0, 0.0)}


def test_the_interval_holds_the_figure_and_repeats() -> None:
    ranks = [0] * 80 + [3] * 15 + [None] * 5
    low, high = confidence(ranks)["recall@1"]

    assert low < 0.8 < high
    assert confidence(ranks) == confidence(ranks)


@given(_RANKS)
def test_recall_never_falls_with_depth_and_all_figures_lie_between_0_and_1(
    ranks: list[int | None],
) -> None:
    found = figures(ranks)

    by_depth = [found[f"recall@{depth}"] for depth in (1, 3, 5, 10, 100)]
    assert by_depth == sorted(by_depth)
    assert all(0 <= value <= 1 for value in found.values())


@given(st.lists(st.floats(0, 1000), min_size=1), st.floats(0, 1))
def test_a_percentile_is_one_of_the_values(values: list[float], share: float) -> None:
    assert percentile(values, share) in values
