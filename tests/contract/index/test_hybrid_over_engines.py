"""Hybrid search over the real engines equals filtering everything by hand and fusing the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.domain.documents import Openness
from knowledge.domain.library import DocumentCard, DocumentId
from knowledge.domain.search import Access, ArmHit, SearchFilters, SearchMode, SearchQuery
from knowledge.index import dense_arm
from knowledge.index.dense import ChromaIndex
from knowledge.index.fusion import FusionWeights, fuse
from knowledge.index.lexical import TantivyIndex
from knowledge.index.search import HybridSearch
from knowledge.index.sync import Indexer
from knowledge.providers.stand_in import StandInEmbedder
from tests.contract.index.drawn import FILTERS, STATES
from tests.fakes.index_fakes import GUEST, HANDLER, FakeLibrary, card, passages, seen

QUESTION = "加装电梯停车"


class Engines:
    """Real engines over a library of plain lists."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.embedder = StandInEmbedder(64)
        self.words = TantivyIndex(folder / "words")
        self.vectors = ChromaIndex(folder / "vectors", model="test", dimensions=64)
        self.filled = 0

    def fill(self, library: FakeLibrary) -> HybridSearch:
        self.filled += 1
        library.store = f"store-{self.filled}"
        indexer = Indexer(
            library, library, self.words, self.vectors, self.embedder, folder=self.folder
        )
        indexer.catch_up_lexical()
        assert indexer.catch_up_dense()
        assert indexer.check()["ok"] is True
        return HybridSearch(library, self.words, self.vectors, self.embedder)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    opened = Engines(tmp_path_factory.mktemp("hybrid"))
    yield opened
    opened.vectors.close()


def by_hand(engines: Engines, library: FakeLibrary, query: SearchQuery) -> list[tuple[str, float]]:
    """Everything both arms know, filtered one by one, fused, cut."""
    passing = {p.id for p in library.all() if seen(query.access, query.filters, p)}

    def kept(hits: list[ArmHit]) -> list[ArmHit]:
        return [hit for hit in hits if hit.passage in passing]

    words = engines.words.search(query.text, access=HANDLER, filters=SearchFilters(), limit=10_000)
    vector = engines.embedder.embed_query(query.text)
    near = engines.vectors.search(vector, access=HANDLER, limit=10_000)
    both = words and near and query.mode is SearchMode.HYBRID
    coverage = engines.words.coverage(query.text) if both else 1.0
    fused = fuse(
        kept(list(words)) if query.mode is not SearchMode.DENSE else [],
        kept(list(near)) if query.mode is not SearchMode.LEXICAL else [],
        FusionWeights(),
        coverage=coverage,
    )
    return [(hit.passage, hit.score) for hit in fused[: query.limit]]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STATES, FILTERS, st.sampled_from(SearchMode), st.booleans(), st.data())
@pytest.mark.parametrize("exact_limit", [0, 1000])
def test_any_search_equals_the_one_by_hand(
    engines: Engines,
    exact_limit: int,
    states: list[tuple[DocumentCard, list[str]]],
    filters: SearchFilters,
    mode: SearchMode,
    handler: bool,  # noqa: FBT001 - drawn
    data: st.DataObject,
) -> None:
    library = FakeLibrary()
    for document, texts in states:
        library.put(*passages(document, *texts))
    search = engines.fill(library)
    known = [document.id for document, _ in states] or [DocumentId("none")]
    theirs = data.draw(st.frozensets(st.sampled_from(known), max_size=2))
    access = Access(restricted=handler, documents=theirs)
    query = SearchQuery(QUESTION, access, filters=filters, mode=mode, limit=40)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(dense_arm, "EXACT_LIMIT", exact_limit)
        found = search.search(query).hits
    expected = by_hand(engines, library, query)
    assert [hit.score for hit in found] == pytest.approx([s for _, s in expected], abs=1e-3)
    assert {hit.passage.id for hit in found} == {name for name, _ in expected}


def test_a_rare_filter_in_a_large_library_is_still_filled(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = FakeLibrary()
    for number in range(900):
        year = 2020 if number % 90 == 0 else 2023
        openness = Openness.OPEN if number % 3 else None
        document = card(f"d{number:03}", year=year, openness=openness)
        library.put(*passages(document, f"加装电梯{'停车' * (number % 5)}第{number}处"))
    search = engines.fill(library)
    rare = SearchFilters(year=2020)
    for exact_limit in (0, 1000):
        monkeypatch.setattr(dense_arm, "EXACT_LIMIT", exact_limit)
        for access, expected in ((HANDLER, 10), (GUEST, 0)):
            query = SearchQuery(QUESTION, access, filters=rare, mode=SearchMode.DENSE, limit=20)
            found = search.search(query).hits
            assert len(found) == expected
            assert all(hit.passage.document.year == 2020 for hit in found)
