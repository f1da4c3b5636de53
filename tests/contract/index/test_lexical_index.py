"""What every word index promises: Tantivy and the in-memory twin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import DocumentCard, DocumentId, Passage
from knowledge.domain.search import Access, SearchFilters
from knowledge.index.lexical import TantivyIndex
from knowledge.ports import LexicalIndex
from tests.contract.index.drawn import FILTERS, STATES
from tests.fakes.index_fakes import GUEST, HANDLER, WordTwin, card, passages, seen

Opening = Callable[[], LexicalIndex]
NO_FILTERS = SearchFilters()


@pytest.fixture(params=["twin", "tantivy"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    """Opens the same index, every time as another process would."""
    if request.param == "twin":
        twin = WordTwin()
        return lambda: twin
    return lambda: TantivyIndex(tmp_path / "words")


@pytest.fixture
def index(opening: Opening) -> LexicalIndex:
    return opening()


OPEN = passages(
    card(
        "open",
        title="关于老旧小区的答复",
        unit="晋城市住房和城乡建设局",
        place="晋城",
        year=2023,
        case="TA0423",
        result_class="A",
    ),
    "加装电梯资金补助",
    "停车泊位建设",
)
CLOSED = passages(
    card("closed", openness=None, unit="太原市公安局", number="并公函〔2022〕29号", year=2022),
    "电梯内部意见",
)
POLICY = passages(
    card("policy", kind=DocumentKind.POLICY, number="国办发〔2021〕29号", title="电梯安全办法"),
    "使用单位应当每月检查",
)


def put(index: LexicalIndex, *found: Passage, seq: int = 1) -> None:
    documents: dict[DocumentId, list[Passage]] = {}
    for passage in found:
        documents.setdefault(passage.document.id, []).append(passage)
    index.apply(documents, seq=seq)


def names(
    index: LexicalIndex,
    text: str,
    access: Access = HANDLER,
    filters: SearchFilters = NO_FILTERS,
    limit: int = 10,
) -> list[str]:
    found = index.search(text, access=access, filters=filters, limit=limit)
    return [hit.passage for hit in found]


@pytest.fixture
def filled(index: LexicalIndex) -> LexicalIndex:
    put(index, *OPEN, *CLOSED, *POLICY)
    return index


def test_a_blank_index_is_empty(index: LexicalIndex) -> None:
    assert (index.applied_seq(), index.store_id(), index.passage_ids()) == (0, None, set())
    assert names(index, "电梯") == []


def test_text_title_unit_and_numbers_are_found(filled: LexicalIndex) -> None:
    assert names(filled, "停车泊位") == ["open:1"]
    assert set(names(filled, "老旧小区")) == {"open:0", "open:1"}
    assert names(filled, "公安局") == ["closed:0"]
    assert names(filled, "国办发[2021] 29 号")[0] == "policy:0"
    assert set(names(filled, "第423号提案", limit=2)) == {"open:0", "open:1"}
    assert set(names(filled, "ta0423", limit=2)) == {"open:0", "open:1"}


def test_a_question_without_words_finds_nothing(filled: LexicalIndex) -> None:
    assert names(filled, "？！ ") == []
    assert names(filled, "电梯", limit=0) == []
    assert names(filled, "航天飞机") == []


def test_rights_are_in_the_query(filled: LexicalIndex) -> None:
    member = Access(restricted=False, documents=frozenset({DocumentId("closed")}))
    assert set(names(filled, "电梯")) == {"open:0", "closed:0", "policy:0"}
    assert set(names(filled, "电梯", member)) == {"open:0", "closed:0", "policy:0"}
    assert set(names(filled, "电梯", GUEST)) == {"open:0", "policy:0"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (SearchFilters(kinds=frozenset({DocumentKind.POLICY})), {"policy:0"}),
        (SearchFilters(kinds=frozenset(DocumentKind)), {"open:0", "closed:0", "policy:0"}),
        (SearchFilters(unit="住房"), {"open:0"}),
        (SearchFilters(unit="市"), {"open:0", "closed:0"}),
        (SearchFilters(unit="房住"), set[str]()),
        (SearchFilters(unit=""), {"open:0", "closed:0", "policy:0"}),
        (SearchFilters(place="晋"), {"open:0"}),
        (SearchFilters(year=2022), {"closed:0"}),
        (SearchFilters(result_class="A"), {"open:0"}),
        (SearchFilters(openness=Openness.OPEN), {"open:0", "policy:0"}),
        (SearchFilters(unit="市", year=2022), {"closed:0"}),
    ],
)
def test_filters_are_exact(
    filled: LexicalIndex, filters: SearchFilters, expected: set[str]
) -> None:
    assert set(names(filled, "电梯", filters=filters)) == expected


def test_coverage_tells_how_much_of_a_question_is_known(filled: LexicalIndex) -> None:
    assert filled.coverage("加装电梯") == 1.0
    assert filled.coverage("停车 spaceship") == 0.5
    assert filled.coverage("What is subsidised in 2099?") == 0.0
    assert filled.coverage("？") == 0.0


def test_further_words_count_less_than_typed_ones(filled: LexicalIndex) -> None:
    found = filled.search(
        "停车泊位", access=HANDLER, filters=NO_FILTERS, limit=10, expansions=("电梯",)
    )
    assert found[0].passage == "open:1"
    assert len(found) == 4


def test_a_document_is_replaced_whole_and_an_empty_one_removed(filled: LexicalIndex) -> None:
    put(filled, *passages(card("open"), "只剩绿化"), seq=2)
    filled.apply({DocumentId("closed"): []}, seq=3)
    assert filled.passage_ids() == {"open:0", "policy:0"}
    assert names(filled, "停车泊位") == []
    assert names(filled, "绿化") == ["open:0"]


def test_the_seq_and_the_store_outlive_the_process(opening: Opening) -> None:
    first = opening()
    first.clear(store_id="store-1")
    put(first, *OPEN, seq=7)
    again = opening()
    assert (again.applied_seq(), again.store_id()) == (7, "store-1")
    assert again.passage_ids() == {"open:0", "open:1"}


def test_an_open_index_sees_what_another_wrote(opening: Opening) -> None:
    first, second = opening(), opening()
    put(first, *OPEN)
    assert names(second, "停车") == ["open:1"]
    put(second, *CLOSED, seq=2)
    assert set(names(first, "电梯")) == {"open:0", "closed:0"}
    assert names(first, "电梯", filters=SearchFilters(unit="公安")) == ["closed:0"]
    first.clear(store_id="store-2")
    assert names(second, "电梯") == []


def test_clearing_forgets_everything(filled: LexicalIndex) -> None:
    filled.clear()
    assert (filled.applied_seq(), filled.store_id(), filled.passage_ids()) == (0, None, set())
    put(filled, *OPEN, seq=5)
    assert filled.applied_seq() == 5


def test_equal_scores_are_ordered_by_passage_id_at_every_limit(index: LexicalIndex) -> None:
    state = passages(card("same"), *["加装电梯"] * 60)
    ordered = sorted(passage.id for passage in state)
    for seq, part in enumerate((state[40:], state[:40]), start=1):
        put(index, *[_alone(passage) for passage in part], seq=seq)
    for limit in (1, 5, 30, 60):
        assert names(index, "电梯", limit=limit) == ordered[:limit]


def _alone(passage: Passage) -> Passage:
    document = card(f"same{passage.ordinal}")
    return Passage(passage.id, document, 0, passage.text, passage.span)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STATES, FILTERS, st.booleans(), st.data(), st.integers(1, 40))
def test_a_bounded_search_is_the_free_search_filtered_with_the_same_scores(
    index: LexicalIndex,
    states: list[tuple[DocumentCard, list[str]]],
    filters: SearchFilters,
    handler: bool,  # noqa: FBT001 - drawn
    data: st.DataObject,
    limit: int,
) -> None:
    index.clear()
    stored = [passage for document, texts in states for passage in passages(document, *texts)]
    put(index, *stored)
    known = [document.id for document, _ in states]
    several = st.frozensets(st.sampled_from(known or [DocumentId("none")]), max_size=2)
    theirs = data.draw(several)
    access = Access(restricted=handler, documents=theirs)
    by_id = {passage.id: passage for passage in stored}
    free = index.search("加装电梯停车", access=HANDLER, filters=NO_FILTERS, limit=len(stored) + 1)
    expected = [hit for hit in free if seen(access, filters, by_id[hit.passage])]
    found = index.search("加装电梯停车", access=access, filters=filters, limit=limit)
    assert list(found) == expected[:limit]
