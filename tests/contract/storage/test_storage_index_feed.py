"""What the indexes follow: the change log, passages, references and vectors."""

from __future__ import annotations

from array import array

import pytest

from knowledge.domain.documents import Openness
from knowledge.domain.library import Change, DocumentId, DocumentStatus, PassageId
from knowledge.domain.search import SearchFilters
from storage.library import SqlLibrary
from tests.contract.storage.papers import GUEST, HANDLER, file, letter, member, policy, record

WATER = ("柏川县农村供水管理办法", "柏政发〔2023〕8号")
ROADS = ("柏川县农村公路养护办法", "柏政发〔2021〕5号")


def test_the_change_log_counts_up_and_names_each_document_once(library: SqlLibrary) -> None:
    (one,) = library.store(file("a.txt", letter(1))).documents
    (two,) = library.store(file("b.txt", letter(2))).documents
    before = library.revision()
    library.set_document(one, openness=Openness.CLOSED)
    library.set_document(one, openness=Openness.OPEN)
    changes = library.changes(0, limit=10)

    assert [change.document for change in changes] == [two, one]
    assert changes[0].seq < changes[1].seq == library.revision()
    assert library.changes(before, limit=10) == changes[1:]
    assert library.changes(library.revision(), limit=10) == []


def test_changes_can_be_read_piece_by_piece(library: SqlLibrary) -> None:
    for case in range(7):
        library.store(file(f"{case}.txt", letter(case)))
    library.set_document(library.changes(0, limit=1)[0].document, openness=Openness.CLOSED)
    whole = library.changes(0, limit=100)
    read, after = list[Change](), 0
    while part := library.changes(after, limit=2):
        read += part
        after = part[-1].seq

    assert read == whole


def test_numbers_of_the_change_log_are_never_used_again(library: SqlLibrary) -> None:
    (one,) = library.store(file("a.txt", letter(1))).documents
    library.remove(one)
    before = library.revision()
    library.store(file("a.txt", letter(1)))

    assert library.revision() > before


@pytest.mark.parametrize("status", [DocumentStatus.PENDING, DocumentStatus.WITHDRAWN])
def test_what_is_not_active_has_no_passages_to_index(
    library: SqlLibrary, status: DocumentStatus
) -> None:
    (one,) = library.store(file("a.txt", letter(1))).documents
    ids = library.active_passage_ids()
    library.set_document(one, status=status)

    assert library.passages_of([one]) == {one: []}
    assert library.active_passage_ids() == set()
    assert library.passages(sorted(ids), access=member(one)) == []
    assert set(library.passage_ids_ever([one])) == ids
    library.set_document(one, status=DocumentStatus.ACTIVE)
    assert library.active_passage_ids() == ids


def test_ids_of_a_removed_documents_passages_stay_known(library: SqlLibrary) -> None:
    (one,) = library.store(file("a.txt", letter(1))).documents
    first = library.active_passage_ids()
    library.store(file("a.txt", letter(1, body="改过的答复。\n")))
    second = library.active_passage_ids()
    (two,) = library.store(file("b.txt", letter(2))).documents
    other = library.active_passage_ids() - second
    library.remove(one)
    library.remove(two)

    assert set(library.passage_ids_ever([one])) == first | second
    assert set(library.passage_ids_ever([one, two])) == first | second | other
    assert library.passage_ids_ever([DocumentId("d0")]) == []
    assert [change.document for change in library.changes(0, limit=9)] == [one, two]


def test_passages_come_in_the_order_asked(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(1), record(2)))
    ids = sorted(library.active_passage_ids(), reverse=True)
    asked = [*ids, PassageId("d0.1.0")]

    assert [one.id for one in library.passages(asked, access=HANDLER)] == ids
    assert library.passages([], access=HANDLER) == []


def test_many_passages_can_be_asked_at_once(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(1, body="一句话。\n" * 1300)))
    ids = sorted(library.active_passage_ids())

    assert len(ids) > 1300
    assert [one.id for one in library.passages(ids, access=GUEST)] == ids
    assert library.missing("m") == len(ids)


def test_matching_passages_are_named_only_when_they_are_few(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(1, unit="柏川县水利局")))
    library.store(file("b.txt", letter(2, unit="柏川县教育局")))
    filters = SearchFilters(unit="教育")
    found = library.matching_passage_ids(access=HANDLER, filters=filters, limit=100)

    assert found is not None
    kept = library.passages(found, access=HANDLER)
    assert {passage.document.case_value for passage in kept} == {2}
    exactly = library.matching_passage_ids(access=HANDLER, filters=filters, limit=len(found))
    assert exactly == found
    fewer = len(found) - 1
    assert library.matching_passage_ids(access=HANDLER, filters=filters, limit=fewer) is None


def test_citing_documents_are_found_by_number_in_any_print(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(1, cites=[WATER])))
    library.store(file("b.txt", letter(2, cites=[ROADS])))
    (found,) = library.citing(number="柏政发[2023] 8号", title=None, access=HANDLER)
    card, edge = found

    assert card.case_value == 1
    assert (edge.source, edge.title, edge.number) == (card.id, *WATER)
    assert (edge.relation, edge.target) == ("cites", None)
    assert edge.span is not None


def test_a_reference_points_to_the_policy_once_it_is_stored(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(1, cites=[("柏川县农村供水管理办法", None)])))
    library.store(file("b.txt", letter(2, cites=[WATER])))
    (target,) = library.store(file("p.txt", policy(*WATER, openness=None))).documents

    def targets(access: object) -> list[DocumentId | None]:
        rights = HANDLER if access is HANDLER else GUEST
        return [
            edge.target
            for _, edge in library.citing(number=WATER[1], title=WATER[0], access=rights)
        ]

    assert targets(HANDLER) == [target, target]
    assert targets(GUEST) == [None, None]


def test_one_title_with_two_numbers_is_two_policies(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(1, cites=[(WATER[0], "柏政发〔2015〕2号")])))
    library.store(file("p.txt", policy(*WATER)))

    assert library.citing(number=WATER[1], title=WATER[0], access=HANDLER) == []
    ((_, edge),) = library.citing(number=None, title=f"《{WATER[0]}》", access=HANDLER)
    assert edge.target is None
    assert library.citing(number=None, title=None, access=HANDLER) == []


def test_a_policy_that_replaces_another_is_an_edge_of_its_own_kind(library: SqlLibrary) -> None:
    library.store(file("p.txt", policy(*WATER, replaces=[ROADS])))
    ((card, edge),) = library.citing(number=ROADS[1], title=None, access=GUEST)

    assert (card.document_number, edge.relation) == (WATER[1], "replaces")


def test_citing_documents_follow_rights_and_versions(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(1, cites=[WATER], openness="closed")))
    library.store(file("b.txt", letter(2, cites=[WATER])))
    library.store(file("b.txt", letter(2, cites=[ROADS])))

    assert library.citing(number=WATER[1], title=None, access=GUEST) == []
    assert len(library.citing(number=WATER[1], title=None, access=HANDLER)) == 1


def test_vectors_are_kept_by_text_and_model(library: SqlLibrary) -> None:
    (one,) = library.store(file("a.txt", letter(1))).documents
    kept = library.passages_of([one])[one]
    vectors = [(passage, [0.1 * at, -0.25, 1e-7]) for at, passage in enumerate(kept)]

    assert library.missing("m") == len(kept)
    library.keep_vectors("m", vectors[:-1])
    library.keep_vectors("m", vectors[:-1])
    assert library.missing("m") == 1
    assert library.missing("other") == len(kept)
    assert library.vectors("other", kept) == {}
    library.keep_vectors("m", vectors)
    assert library.vectors("m", kept) == {
        passage.id: array("f", vector).tolist() for passage, vector in vectors
    }
    assert library.vectors("m", []) == {}
    library.keep_vectors("m", [])


def test_a_text_already_embedded_needs_no_new_vector(library: SqlLibrary) -> None:
    (one,) = library.store(file("a.txt", letter(1))).documents
    passages = library.passages_of([one])[one]
    library.keep_vectors("m", [(passage, [1.0]) for passage in passages])
    library.store(file("a.txt", letter(1), record(9)))

    assert library.missing("m") == len(library.active_passage_ids()) - len(passages)


def test_another_unit_changes_what_is_embedded(library: SqlLibrary) -> None:
    (one,) = library.store(file("a.txt", letter(1))).documents
    before = library.passages_of([one])[one]
    library.keep_vectors("m", [(passage, [1.0]) for passage in before])
    library.set_document(one, openness=Openness.CLOSED)
    assert library.missing("m") == 0
    library.set_document(one, unit="柏川县教育局")
    after = library.passages_of([one])[one]

    assert library.missing("m") == len(after)
    assert library.vectors("m", after) == {}


def test_vectors_of_a_removed_text_go_with_it(library: SqlLibrary) -> None:
    one, two = library.store(file("a.txt", letter(1), letter(2))).documents
    passages = library.passages_of([one, two])
    library.keep_vectors("m", [(p, [1.0]) for name in (one, two) for p in passages[name]])
    library.remove(one)

    assert library.vectors("m", passages[one]) == {}
    assert len(library.vectors("m", passages[two])) == len(passages[two])
