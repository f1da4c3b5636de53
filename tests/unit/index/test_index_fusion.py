"""Fusion decides the order people see: it must not depend on chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.library import DocumentId, PassageId
from knowledge.domain.search import ArmHit
from knowledge.index.fusion import FusedHit, FusionWeights, fuse

WEIGHTS = FusionWeights()


def arm(low: float, high: float) -> st.SearchStrategy[list[ArmHit]]:
    score = st.floats(low, high).map(lambda value: round(value, 4))
    document = st.sampled_from([None, DocumentId("x"), DocumentId("y")])
    scores = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(score, document), max_size=8)
    return scores.map(lambda found: [ArmHit(PassageId(n), *hit) for n, hit in found.items()])


WORDS, MEANINGS = arm(0.0, 40.0), arm(-1.0, 1.0)


def test_the_union_keeps_the_raw_scores_of_the_arms() -> None:
    fused = fuse(
        [ArmHit(PassageId("a"), 12.0), ArmHit(PassageId("b"), 6.0)],
        [ArmHit(PassageId("b"), 0.9), ArmHit(PassageId("c"), 0.8)],
        WEIGHTS,
    )
    assert {hit.passage: (hit.lexical, hit.dense) for hit in fused} == {
        "a": (12.0, None),
        "b": (6.0, 0.9),
        "c": (None, 0.8),
    }
    assert [hit.passage for hit in fused] == ["a", "b", "c"]


def test_one_arm_alone_scores_up_to_one() -> None:
    assert [hit.score for hit in fuse([ArmHit(PassageId("a"), 3.0)], [], WEIGHTS)] == [1.0]
    assert [hit.score for hit in fuse([], [ArmHit(PassageId("a"), 0.4)], WEIGHTS)] == [1.0]


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse([], [], WEIGHTS) == []


def test_ties_are_broken_by_passage_id() -> None:
    hits = [ArmHit(PassageId(name), 2.0) for name in "cab"]
    assert [hit.passage for hit in fuse(hits, [], WEIGHTS)] == ["a", "b", "c"]


def test_of_two_passages_alike_the_one_in_company_comes_first() -> None:
    alone, kin = DocumentId("alone"), DocumentId("kin")
    hits = [
        ArmHit(PassageId("a"), 10.0, alone),
        ArmHit(PassageId("b"), 10.0, kin),
        ArmHit(PassageId("c"), 6.0, kin),
        ArmHit(PassageId("d"), 4.0, kin),
        ArmHit(PassageId("e"), 2.0, kin),
    ]
    fused = fuse(hits, [], WEIGHTS)
    assert [hit.passage for hit in fused] == list("bacde")
    assert [hit.score * 11 for hit in fused] == pytest.approx([11.0, 10.0, 7.4, 5.6, 3.6])


def test_words_that_know_little_of_the_question_yield_to_meaning() -> None:
    words, meanings = [ArmHit(PassageId("a"), 3.0)], [ArmHit(PassageId("b"), 0.9)]
    assert fuse(words, meanings, WEIGHTS)[0].passage == "a"
    assert fuse(words, meanings, WEIGHTS, coverage=0.6)[0].passage == "a"
    assert fuse(words, meanings, WEIGHTS, coverage=0.1)[0].passage == "b"
    assert fuse(words, [], WEIGHTS)[0].score == pytest.approx(1.0)


@given(WORDS, MEANINGS)
def test_scores_are_within_bounds_and_sorted(words: list[ArmHit], meanings: list[ArmHit]) -> None:
    fused = fuse(words, meanings, WEIGHTS)
    assert all(0.0 <= hit.score <= 1.0 + 1e-9 for hit in fused)
    keys = [(-hit.score, hit.passage) for hit in fused]
    assert keys == sorted(keys)
    assert len(fused) == len({hit.passage for hit in [*words, *meanings]})


@given(WORDS, MEANINGS, st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_does_not_matter(
    words: list[ArmHit], meanings: list[ArmHit], random: Random
) -> None:
    before = fuse(words, meanings, WEIGHTS)
    random.shuffle(words)
    random.shuffle(meanings)
    assert fuse(words, meanings, WEIGHTS) == before


@given(WORDS.filter(bool), MEANINGS, st.data(), st.floats(0.0, 20.0))
def test_a_better_score_never_lowers_a_rank(
    words: list[ArmHit], meanings: list[ArmHit], data: st.DataObject, more: float
) -> None:
    position = data.draw(st.integers(0, len(words) - 1))
    raised = list(words)
    raised[position] = replace(words[position], score=words[position].score + more)
    name = words[position].passage
    before, after = fuse(words, meanings, WEIGHTS), fuse(raised, meanings, WEIGHTS)
    assert _better_before(after, name) <= _better_before(before, name)


@given(WORDS, MEANINGS.filter(bool), st.data(), st.floats(0.0, 1.0))
def test_a_nearer_meaning_never_lowers_a_rank(
    words: list[ArmHit], meanings: list[ArmHit], data: st.DataObject, more: float
) -> None:
    position = data.draw(st.integers(0, len(meanings) - 1))
    raised = list(meanings)
    raised[position] = replace(meanings[position], score=min(1.0, meanings[position].score + more))
    name = meanings[position].passage
    before, after = fuse(words, meanings, WEIGHTS), fuse(words, raised, WEIGHTS)
    assert _better_before(after, name) <= _better_before(before, name)


def _better_before(fused: Sequence[FusedHit], name: str) -> int:
    """How many passages score clearly higher; rounding in the last bits is no rank."""
    own = next(hit.score for hit in fused if hit.passage == name)
    return sum(hit.score > own + 1e-9 for hit in fused)
