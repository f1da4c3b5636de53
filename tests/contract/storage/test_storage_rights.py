"""Rights and filters in SQL are exactly those a plain loop over all documents would apply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import DocumentCard, DocumentId, DocumentStatus
from knowledge.domain.search import Access, SearchFilters
from storage.library import SqlLibrary
from tests.contract.storage.papers import HANDLER, Paper, file, letter, note, policy, record

UNITS = ("柏川县水利局", "柏川县教育局", "青石市水务局", "Abc%_局", None)
NEEDLES = ("柏川", "水", "局", "%", "_", "abc", "Abc", "")
DAYS = (date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), None)


def papers() -> Sequence[Paper]:
    """Letters of all units, days, classes and openness, and some of each other kind."""
    letters = [
        letter(
            at,
            unit=UNITS[at % 5],
            day=DAYS[at % 4],
            result=("A", "B", None)[at % 3],
            openness=("open", "on_request", "closed", None)[at % 4 if at % 7 else 3],
            body=f"第{at}件的办理情况。\n",
        )
        for at in range(1, 41)
    ]
    return [*letters, policy(), policy("另一办法", None, openness=None), record(3), note()]


def stored(library: SqlLibrary) -> Sequence[DocumentCard]:
    for at, paper in enumerate(papers()):
        (document,) = library.store(file(f"{at}.txt", paper)).documents
        if at % 6 == 5:
            library.set_document(document, status=list(DocumentStatus)[at % 4])
    return library.documents(access=HANDLER, statuses=DocumentStatus)


def may_see(card: DocumentCard, access: Access, statuses: Sequence[DocumentStatus]) -> bool:
    if card.status not in statuses:
        return False
    if access.restricted:
        return True
    open_to_all = card.openness is Openness.OPEN or card.id in access.documents
    return open_to_all and card.status is DocumentStatus.ACTIVE


def passes(card: DocumentCard, filters: SearchFilters) -> bool:
    return (
        (not filters.kinds or card.kind in filters.kinds)
        and (not filters.unit or filters.unit in (card.unit or ""))
        and (not filters.place or filters.place in (card.place or ""))
        and (filters.year is None or filters.year == card.year)
        and (filters.result_class is None or filters.result_class == card.result_class)
        and (filters.openness is None or filters.openness is card.openness)
    )


def any_filters() -> st.SearchStrategy[SearchFilters]:
    maybe = st.none()
    return st.builds(
        SearchFilters,
        kinds=st.frozensets(st.sampled_from(DocumentKind), max_size=2),
        unit=maybe | st.sampled_from(NEEDLES),
        place=maybe | st.sampled_from(("柏", "柏川", "青石", "川县")),
        year=maybe | st.sampled_from((2022, 2023, 0, -5, 99999)),
        result_class=maybe | st.sampled_from(("A", "B", "C")),
        openness=maybe | st.sampled_from(Openness),
    )


def any_access(ids: Sequence[DocumentId]) -> st.SearchStrategy[Access]:
    own = st.frozensets(st.sampled_from([*ids, DocumentId("d0")]), max_size=5)
    return st.builds(Access, restricted=st.booleans(), documents=own)


def test_rights_and_filters_equal_a_plain_loop(library: SqlLibrary) -> None:
    everything = stored(library)
    assert len(everything) == len(papers())

    @settings(max_examples=70, deadline=None, database=None)
    @given(
        access=any_access([card.id for card in everything]),
        filters=any_filters(),
        statuses=st.lists(st.sampled_from(DocumentStatus), max_size=3),
    )
    def compare(access: Access, filters: SearchFilters, statuses: list[DocumentStatus]) -> None:
        found = library.documents(access=access, filters=filters, statuses=statuses)
        expected = [
            card for card in everything if may_see(card, access, statuses) and passes(card, filters)
        ]
        assert found == expected

        active = [DocumentStatus.ACTIVE]
        ids = library.matching_passage_ids(access=access, filters=filters, limit=10_000)
        every = sorted(library.active_passage_ids())
        assert library.passing(every, access=access, filters=filters) == set(ids or ())
        documents = {str(one).split(".")[0] for one in ids or ()}
        assert documents == {
            card.id
            for card in everything
            if may_see(card, access, active) and passes(card, filters)
        }

    compare()


def test_every_way_to_a_document_asks_for_the_same_rights(library: SqlLibrary) -> None:
    everything = stored(library)
    all_ids = sorted(library.active_passage_ids())
    active = [DocumentStatus.ACTIVE]

    @settings(max_examples=8, deadline=None, database=None)
    @given(access=any_access([card.id for card in everything]))
    def compare(access: Access) -> None:
        allowed = {card.id for card in everything if may_see(card, access, active)}
        shown = {one.document.id for one in library.passages(all_ids, access=access)}
        assert shown == allowed
        numbered = {
            found.id
            for card in everything
            if card.number
            for found in library.by_number(card.number, access=access)
        }
        assert numbered == {card.id for card in everything if card.number} & allowed
        for card in everything[:12]:
            opened = library.document(card.id, access=access) is not None
            assert opened == (access.restricted or card.id in allowed)

    compare()
