"""Hybrid search over in-memory twins: rights, filters, fallbacks and refilling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import Copy, DocumentId, PassageId
from knowledge.domain.search import (
    Access,
    ArmHit,
    SearchFilters,
    SearchMode,
    SearchQuery,
    SearchResult,
)
from knowledge.errors import IndexUnavailable, InputRefused, ModelUnavailable
from knowledge.index import dense_arm
from knowledge.index.search import HybridSearch
from knowledge.index.sync import Indexer
from knowledge.ports import Vector
from knowledge.providers.stand_in import StandInEmbedder
from tests.fakes.index_fakes import (
    GUEST,
    HANDLER,
    BrokenEmbedder,
    FakeLibrary,
    VectorTwin,
    WordTwin,
    card,
    passages,
)

LIFT = card("lift", title="关于加装电梯的答复", unit="晋城市住建局", place="晋城", year=2023)
PARKING = card("parking", title="关于停车难的答复", unit="太原市公安局", openness=None, year=2022)
NOTICE = card("notice", title="电梯安全管理办法", kind=DocumentKind.POLICY, year=2021)


class House:
    """A library with everything that searches it."""

    def __init__(self, folder: Path) -> None:
        self.library = FakeLibrary()
        self.words, self.vectors = WordTwin(), VectorTwin()
        self.embedder = StandInEmbedder(128)
        self.indexer = Indexer(
            self.library, self.library, self.words, self.vectors, self.embedder, folder=folder
        )
        self.search = HybridSearch(self.library, self.words, self.vectors, self.embedder)

    def fill(self) -> House:
        self.library.put(
            *passages(LIFT, "老旧小区加装电梯已完成三十部", "电梯资金由财政补助"),
            *passages(PARKING, "新增停车泊位两千个", "电梯口禁止停车"),
            *passages(NOTICE, "电梯使用单位应当每月检查电梯"),
        )
        return self.catch_up()

    def catch_up(self) -> House:
        self.indexer.catch_up_lexical()
        assert self.indexer.catch_up_dense()
        return self


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path).fill()


def ids(result: SearchResult) -> list[str]:
    return [hit.passage.id for hit in result.hits]


@pytest.mark.parametrize("mode", list(SearchMode))
def test_the_passage_that_says_it_comes_first(house: House, mode: SearchMode) -> None:
    result = house.search.search(SearchQuery("老旧小区加装电梯", HANDLER, mode=mode))
    assert ids(result)[0] == "lift:0"
    assert result.hits[0].score == pytest.approx(1.0)


def test_the_arms_and_their_cost_are_told(house: House) -> None:
    result = house.search.search(SearchQuery("电梯", HANDLER))
    assert result.arms == ("lexical", "dense")
    assert {"embed", "lexical", "dense", "fuse", "fetch", "total"} <= result.timings_ms.keys()
    first = result.hits[0]
    assert first.lexical is not None
    assert first.dense is not None


@pytest.mark.parametrize("mode", list(SearchMode))
def test_a_guest_never_meets_a_restricted_document(house: House, mode: SearchMode) -> None:
    result = house.search.search(SearchQuery("电梯口禁止停车", GUEST, mode=mode))
    assert not [name for name in ids(result) if name.startswith("parking")]


@pytest.mark.parametrize("mode", list(SearchMode))
def test_a_member_meets_the_reply_to_the_own_case(house: House, mode: SearchMode) -> None:
    member = Access(restricted=False, documents=frozenset({DocumentId("parking")}))
    result = house.search.search(SearchQuery("电梯口禁止停车", member, mode=mode))
    assert ids(result)[0] == "parking:1"


@pytest.mark.parametrize("exact_limit", [0, 1000])
@pytest.mark.parametrize("mode", list(SearchMode))
def test_filters_bind_every_arm_whatever_the_plan(
    house: House, mode: SearchMode, exact_limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense_arm, "EXACT_LIMIT", exact_limit)
    for filters, expected in (
        (SearchFilters(kinds=frozenset({DocumentKind.POLICY})), {"notice:0"}),
        (SearchFilters(unit="住建"), {"lift:0", "lift:1"}),
        (SearchFilters(place="晋"), {"lift:0", "lift:1"}),
        (SearchFilters(year=2021), {"notice:0"}),
        (SearchFilters(openness=Openness.CLOSED), set[str]()),
    ):
        query = SearchQuery("电梯", HANDLER, filters=filters, mode=mode)
        assert set(ids(house.search.search(query))) == expected


def test_a_document_gives_at_most_so_many_passages_and_others_follow(house: House) -> None:
    query = SearchQuery("电梯", HANDLER, per_document=1, limit=3)
    found = house.search.search(query)
    assert len({hit.passage.document.id for hit in found.hits}) == len(found.hits) == 3


def test_an_index_that_lags_behind_a_rights_change_shows_nothing_of_it(house: House) -> None:
    house.library.reclassify(LIFT.id, Openness.CLOSED)
    result = house.search.search(SearchQuery("加装电梯", GUEST))
    assert ids(result) == ["notice:0"]


def test_hits_that_sql_no_longer_allows_are_refilled_from_further_down(tmp_path: Path) -> None:
    house = House(tmp_path)
    for number in range(120):
        house.library.put(*passages(card(f"old{number:03}"), "加装电梯加装电梯"))
    house.library.put(*passages(card("zzz"), "电梯"))
    house.catch_up()
    for number in range(120):
        house.library.set(DocumentId(f"old{number:03}"), [])
    result = house.search.search(SearchQuery("加装电梯", GUEST, limit=1))
    assert ids(result) == ["zzz:0"]


COPY = card("mirror", title="關於加裝電梯的答覆", unit="晋城市住建局", place="晋城", year=2023)


def twins(house: House, *, main: str) -> House:
    """The lift letter and its copy, linked, of which one is to be shown first."""
    house.library.put(*passages(COPY, "老舊小區加裝電梯已完成三十部", "電梯資金由財政補助"))
    house.library.twins = {
        LIFT.id: [Copy(COPY, COPY.id == main)],
        COPY.id: [Copy(LIFT, LIFT.id == main)],
    }
    return house.catch_up()


@pytest.mark.parametrize("main", ["lift", "mirror"])
def test_of_two_copies_the_main_one_gives_the_hits_and_names_the_other(
    house: House, main: str
) -> None:
    query = SearchQuery("加装电梯", HANDLER, mode=SearchMode.LEXICAL)
    hits = twins(house, main=main).search.search(query).hits
    mine = [hit for hit in hits if hit.passage.document.id in {"lift", "mirror"}]

    assert {hit.passage.document.id for hit in mine} == {main}
    assert {hit.also for hit in mine} == {("mirror",) if main == "lift" else ("lift",)}


def test_a_copy_that_is_found_clearly_better_speaks_for_itself(house: House) -> None:
    twins(house, main="lift")
    house.library.put(*passages(LIFT, "电梯资金由财政补助"))
    query = SearchQuery("老旧小区完成三十部", HANDLER, mode=SearchMode.LEXICAL)

    assert house.catch_up().search.search(query).hits[0].passage.document.id == "mirror"


@pytest.mark.parametrize(("closed", "shown"), [("lift", "mirror"), ("mirror", "lift")])
def test_a_closed_copy_neither_hides_nor_betrays_the_open_one(
    house: House, closed: str, shown: str
) -> None:
    twins(house, main=closed)
    house.library.reclassify(DocumentId(closed), Openness.CLOSED)
    house.library.twins = {
        name: [Copy(replace(copy.document, openness=Openness.CLOSED), copy.main)]
        if copy.document.id == closed
        else [copy]
        for name, (copy,) in house.library.twins.items()
    }
    hits = house.catch_up().search.search(SearchQuery("加装电梯", GUEST)).hits

    assert {hit.passage.document.id for hit in hits} == {shown, "notice"}
    assert all(hit.also == () for hit in hits)


def test_further_words_find_what_the_question_does_not_say(house: House) -> None:
    query = SearchQuery("elevator", HANDLER, mode=SearchMode.LEXICAL, expansions=("加装电梯",))
    assert ids(house.search.search(query))[0] == "lift:0"


def test_no_limit_and_no_words_find_nothing(house: House) -> None:
    assert not house.search.search(SearchQuery("电梯", HANDLER, limit=0)).hits
    blank = SearchQuery("  ？", HANDLER, mode=SearchMode.LEXICAL)
    assert not house.search.search(blank).hits


def test_meaning_alone_without_its_arm_is_refused(house: House) -> None:
    bare = HybridSearch(house.library, house.words)
    assert bare.search(SearchQuery("电梯", HANDLER)).arms == ("lexical",)
    with pytest.raises(InputRefused) as refusal:
        bare.search(SearchQuery("电梯", HANDLER, mode=SearchMode.DENSE))
    assert refusal.value.code == "search.no_dense"


def test_a_silent_model_leaves_the_words(house: House) -> None:
    silent = BrokenEmbedder(lambda: ModelUnavailable("model.silent"))
    search = HybridSearch(house.library, house.words, house.vectors, silent)
    result = search.search(SearchQuery("加装电梯", HANDLER))
    assert result.arms == ("lexical",)
    assert ids(result)[0] == "lift:0"
    with pytest.raises(ModelUnavailable):
        search.search(SearchQuery("电梯", HANDLER, mode=SearchMode.DENSE))


class GoneVectors(VectorTwin):
    """A vector index that cannot be reached."""

    def search(
        self, vector: Vector, *, access: Access, limit: int, only: Sequence[PassageId] | None = None
    ) -> Sequence[ArmHit]:
        del vector, access, limit, only
        raise IndexUnavailable("index.dense_unavailable")


def test_a_vector_index_out_of_reach_leaves_the_words(house: House) -> None:
    search = HybridSearch(house.library, house.words, GoneVectors(), house.embedder)
    result = search.search(SearchQuery("加装电梯", HANDLER))
    assert result.arms == ("lexical",)
    assert ids(result)[0] == "lift:0"
    with pytest.raises(IndexUnavailable):
        search.search(SearchQuery("电梯", HANDLER, mode=SearchMode.DENSE))
