"""The stand-in model: the same everywhere, and near for texts that share words."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from knowledge.providers.stand_in import StandInEmbedder


def cosine(one: str, other: str) -> float:
    embedder = StandInEmbedder()
    return sum(
        a * b for a, b in zip(embedder.embed_query(one), embedder.embed_query(other), strict=True)
    )


@given(st.text(max_size=50), st.integers(64, 384))
def test_every_text_gives_a_unit_vector(text: str, dimensions: int) -> None:
    vector = StandInEmbedder(dimensions).embed_query(text)
    assert len(vector) == dimensions
    assert math.isclose(math.sqrt(sum(value**2 for value in vector)), 1.0, rel_tol=1e-9)


def test_a_question_and_a_passage_share_one_space() -> None:
    embedder = StandInEmbedder()
    assert embedder.embed_passages(["加装电梯"]) == [embedder.embed_query("加装电梯")]


def test_shared_words_bring_texts_near() -> None:
    assert cosine("老旧小区加装电梯", "小区加装电梯的办法") > 0.5
    assert cosine("老旧小区加装电梯", "新增停车泊位") < 0.2


def test_the_vector_does_not_depend_on_the_process() -> None:
    vector = StandInEmbedder(64).embed_query("电梯")
    assert [(i, value) for i, value in enumerate(vector) if value] == [(33, -1.0)]
