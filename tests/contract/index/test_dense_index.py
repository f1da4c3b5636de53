"""What every vector index promises: embedded Chroma, a Chroma server, and the in-memory twin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.domain.documents import Openness
from knowledge.domain.library import DocumentId, Passage, PassageId
from knowledge.domain.search import Access
from knowledge.index.dense import ChromaIndex, collection_stem
from knowledge.ports import DenseIndex, Vector
from knowledge.providers.stand_in import StandInEmbedder
from tests.fakes.index_fakes import GUEST, HANDLER, VectorTwin, card, passages

DIMENSIONS = 64
EMBEDDER = StandInEmbedder(DIMENSIONS)
Opening = Callable[[], DenseIndex]


@pytest.fixture(params=["twin", "embedded", "server"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opening]:
    """Opens the same index, every time as another process would."""
    if request.param == "twin":
        twin = VectorTwin()
        yield lambda: twin
        return
    server = request.param == "server"
    where = str(request.getfixturevalue("chroma_url")) if server else tmp_path
    opened, model = list[ChromaIndex](), f"model-{uuid4().hex[:8]}"

    def open_one() -> DenseIndex:
        opened.append(ChromaIndex(where, model=model, dimensions=DIMENSIONS))
        return opened[-1]

    yield open_one
    for index in opened:
        index.close()


@pytest.fixture
def index(opening: Opening) -> DenseIndex:
    return opening()


OPEN = passages(card("open"), "加装电梯资金补助", "加装电梯流程", "停车泊位")
CLOSED = passages(card("closed", openness=None), "加装电梯内部意见", "停车泊位内部意见")
QUESTION = EMBEDDER.embed_query("加装电梯")


def put(index: DenseIndex, *found: Passage, seq: int = 1, remove: Sequence[str] = ()) -> None:
    documents: dict[DocumentId, list[tuple[Passage, Vector]]] = {}
    for passage in found:
        entry = passage, EMBEDDER.embed_query(passage.text)
        documents.setdefault(passage.document.id, []).append(entry)
    index.apply(documents, remove=[PassageId(name) for name in remove], seq=seq)


def names(
    index: DenseIndex,
    access: Access,
    *,
    limit: int = 10,
    only: Sequence[PassageId] | None = None,
) -> list[str]:
    return [hit.passage for hit in index.search(QUESTION, access=access, limit=limit, only=only)]


def test_a_blank_index_is_empty(index: DenseIndex) -> None:
    assert (index.applied_seq(), index.store_id(), index.passage_ids()) == (0, None, set())
    assert names(index, HANDLER) == []


def test_the_nearest_comes_first_with_its_cosine(index: DenseIndex) -> None:
    put(index, *OPEN, *CLOSED)
    hits = index.search(EMBEDDER.embed_query("加装电梯流程"), access=HANDLER, limit=2)
    assert hits[0].passage == "open:1"
    assert hits[0].score == pytest.approx(1.0, abs=1e-4)
    assert len(hits) == 2


def test_rights_bind_every_way_of_searching(index: DenseIndex) -> None:
    put(index, *OPEN, *CLOSED)
    everything = [passage.id for passage in (*OPEN, *CLOSED)]
    member = Access(restricted=False, documents=frozenset({DocumentId("closed")}))
    for only in (None, everything):
        assert set(names(index, HANDLER, only=only)) == set(everything)
        assert set(names(index, member, only=only)) == set(everything)
        assert set(names(index, GUEST, only=only)) == {passage.id for passage in OPEN}


def test_a_search_can_be_bounded_to_some_passages(index: DenseIndex) -> None:
    put(index, *OPEN, *CLOSED)
    some = [PassageId("open:2"), PassageId("closed:1"), PassageId("unknown")]
    assert set(names(index, HANDLER, only=some)) == {"open:2", "closed:1"}
    assert names(index, GUEST, only=some) == ["open:2"]
    assert names(index, HANDLER, only=[]) == []


def test_changing_clearance_moves_a_passage(index: DenseIndex) -> None:
    put(index, *OPEN)
    put(index, *passages(card("open", openness=Openness.CLOSED), OPEN[0].text), seq=2)
    assert "open:0" not in names(index, GUEST)
    assert "open:0" in names(index, HANDLER)


def test_removed_passages_are_gone(index: DenseIndex) -> None:
    put(index, *OPEN, *CLOSED)
    put(index, seq=2, remove=["open:0", "closed:0", "never-there"])
    assert index.passage_ids() == {"open:1", "open:2", "closed:1"}
    assert names(index, HANDLER, limit=1) == ["open:1"]


def test_the_seq_and_the_store_outlive_the_process(opening: Opening) -> None:
    first = opening()
    first.clear(store_id="store-1")
    put(first, *OPEN, seq=7)
    again = opening()
    assert (again.applied_seq(), again.store_id()) == (7, "store-1")
    assert again.passage_ids() == {passage.id for passage in OPEN}


def test_an_open_index_sees_what_another_wrote(opening: Opening) -> None:
    first, second = opening(), opening()
    put(first, *OPEN)
    assert len(names(second, HANDLER)) == 3
    put(first, *CLOSED, seq=2)
    assert len(names(second, HANDLER)) == 5
    put(second, seq=3, remove=["open:0"])
    assert len(names(first, HANDLER)) == 4
    first.clear(store_id="store-2")
    assert names(second, HANDLER) == []
    put(second, *OPEN, seq=4)
    assert len(names(first, HANDLER)) == 3


def test_clearing_forgets_everything(index: DenseIndex) -> None:
    put(index, *OPEN, *CLOSED, seq=9)
    index.clear()
    assert (index.applied_seq(), index.store_id(), index.passage_ids()) == (0, None, set())
    put(index, *OPEN, seq=10)
    assert len(names(index, GUEST)) == 3


def test_equal_scores_are_ordered_by_passage_id(index: DenseIndex) -> None:
    put(index, *passages(card("same"), *["加装电梯"] * 5))
    assert names(index, GUEST) == [f"same:{i}" for i in range(5)]


SEQUENCES = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from([Openness.OPEN, Openness.CLOSED, None]),
        st.lists(st.text("加装电梯停车位老旧小区", min_size=1, max_size=8), max_size=4),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SEQUENCES, st.lists(st.sampled_from("abcdef"), max_size=3), st.integers(1, 30))
def test_any_history_ends_as_the_twin_says(
    index: DenseIndex,
    history: list[tuple[str, Openness | None, list[str]]],
    theirs: list[str],
    limit: int,
) -> None:
    twin = VectorTwin()
    index.clear()
    for seq, (name, openness, texts) in enumerate(history, start=1):
        state = passages(card(name, openness=openness), *texts)
        for each in (index, twin):
            put(each, *state, seq=seq, remove=[f"{name}:{i}" for i in range(4)])
    assert index.passage_ids() == twin.passage_ids()
    members = frozenset(map(DocumentId, theirs))
    for access in (HANDLER, GUEST, Access(restricted=False, documents=members)):
        for only in (None, [PassageId("a:0"), PassageId("b:0"), PassageId("c:1")]):
            found = index.search(QUESTION, access=access, limit=limit, only=only)
            expected = twin.search(QUESTION, access=access, limit=limit, only=only)
            assert [hit.score for hit in found] == pytest.approx(
                [hit.score for hit in expected], abs=1e-4
            )
            if limit >= len(twin.passage_ids()):
                assert {hit.passage for hit in found} == {hit.passage for hit in expected}


def test_every_model_has_collections_of_its_own(tmp_path: Path) -> None:
    one = ChromaIndex(tmp_path, model="甲", dimensions=DIMENSIONS)
    other = ChromaIndex(tmp_path, model="乙", dimensions=DIMENSIONS)
    put(one, *OPEN)
    assert other.passage_ids() == set()
    assert one.passage_ids() == {passage.id for passage in OPEN}


@pytest.mark.parametrize("model", ["m", "BAAI/bge-m3", "甲", "-", "a" * 200])
def test_a_collection_name_is_one_the_engine_takes(model: str) -> None:
    stem = collection_stem(model, 384)
    assert 3 <= len(f"{stem}-restricted") <= 63
    assert stem.isascii()
    assert stem[0].isalnum()
    assert stem != collection_stem(model, 385)
