"""What becomes of documents when files change, move, multiply and return."""

from __future__ import annotations

from datetime import date

from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentId, DocumentStatus, StoreOutcome
from storage.library import SqlLibrary
from tests.contract.storage.papers import (
    BODY,
    GUEST,
    HANDLER,
    file,
    letter,
    member,
    note,
    policy,
    record,
    said,
)

CHANGED = BODY.replace("二十小时", "二十二小时")
OTHER = "经查，所提事项由交通部门另行答复，我局已将来信转去，并抄送有关单位备查。\n"


def texts(library: SqlLibrary) -> str:
    """All that is found, as one text."""
    documents = [card.id for card in library.documents(access=HANDLER)]
    kept = library.passages_of(documents)
    return "\n".join(passage.text for one in documents for passage in kept[one])


def version(library: SqlLibrary, document: DocumentId) -> int:
    view = library.document(document, access=HANDLER)
    assert view is not None
    return view.card.version


def status(library: SqlLibrary, document: DocumentId) -> DocumentStatus:
    view = library.document(document, access=HANDLER)
    assert view is not None
    return view.card.status


def test_an_equal_text_elsewhere_is_a_further_source(library: SqlLibrary) -> None:
    first = library.store(file("a.txt", letter(12)))
    revision = library.revision()
    second = library.store(file("b.txt", letter(12), head="转发件\n\n"))
    view = library.document(first.documents[0], access=HANDLER)

    assert second.outcome is StoreOutcome.UNCHANGED
    assert second.documents == first.documents
    assert library.revision() == revision
    assert view is not None
    assert view.sources == ("a.txt", "b.txt")
    assert view.card.version == 1


def test_a_text_that_stands_twice_in_a_file_is_one_document(library: SqlLibrary) -> None:
    stored = library.store(file("a.txt", letter(12), letter(12)))

    assert len(stored.documents) == 1
    assert library.count() == 1


def test_equal_texts_of_different_kinds_are_different_documents(library: SqlLibrary) -> None:
    paper = letter(12)
    as_note = note(paper.text)
    library.store(file("a.txt", paper))
    library.store(file("b.txt", as_note))

    assert {card.kind for card in library.documents(access=HANDLER)} == {
        DocumentKind.REPLY,
        DocumentKind.OTHER,
    }


def test_a_changed_file_makes_a_new_version_of_the_same_document(library: SqlLibrary) -> None:
    (old,) = library.store(file("a.txt", letter(12))).documents
    before = [passage.id for passage in library.passages_of([old])[old]]
    changed = library.store(file("a.txt", letter(12, body=CHANGED)))
    now = [passage.id for passage in library.passages_of([old])[old]]

    assert changed.outcome is StoreOutcome.UPDATED
    assert changed.documents == (old,)
    assert version(library, old) == 2
    assert "二十二小时" in texts(library)
    assert "二十小时" not in texts(library)
    assert library.passages(before, access=HANDLER) == []
    assert not set(before) & set(now)
    assert set(library.passage_ids_ever([old])) == {*before, *now}


def test_a_file_that_goes_back_to_its_old_text_gets_a_third_version(library: SqlLibrary) -> None:
    for body in (BODY, CHANGED, BODY):
        (document,) = library.store(file("a.txt", letter(12, body=body))).documents

    assert version(library, document) == 3
    assert "二十小时" in texts(library)
    assert "二十二小时" not in texts(library)


def test_changes_outside_the_documents_leave_them_as_they_are(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(12)))
    revision = library.revision()
    source = file("a.txt", letter(12), head="网站导航\n\n")
    stored = library.store(source)

    assert stored.outcome is StoreOutcome.UNCHANGED
    assert library.revision() == revision
    assert library.known_source("a.txt", source.sha256) == stored


def test_only_the_changed_document_of_a_file_gets_a_version(library: SqlLibrary) -> None:
    sheet, reply = library.store(file("a.txt", record(12), letter(12))).documents
    stored = library.store(file("a.txt", record(12), letter(12, body=CHANGED)))

    assert stored.documents == (sheet, reply)
    assert (version(library, sheet), version(library, reply)) == (1, 2)


def test_documents_of_a_file_are_matched_by_number_before_order(library: SqlLibrary) -> None:
    one, two = library.store(file("a.txt", letter(1), letter(2))).documents
    stored = library.store(
        file("a.txt", letter(3), letter(2, body=CHANGED), letter(1, body=CHANGED))
    )
    three = stored.documents[0]

    assert stored.documents[1:] == (two, one)
    assert three not in {one, two}
    assert (version(library, one), version(library, two), version(library, three)) == (2, 2, 1)


def test_a_file_with_another_case_is_another_document(library: SqlLibrary) -> None:
    (mine,) = library.store(file("a.txt", letter(12, openness=None))).documents
    stored = library.store(file("a.txt", letter(13, openness=None)))

    assert stored.outcome is StoreOutcome.UPDATED
    assert stored.documents != (mine,)
    assert status(library, mine) is DocumentStatus.SUPERSEDED
    assert library.documents(access=member(mine)) == []


def test_the_same_case_number_of_the_next_session_is_another_document(library: SqlLibrary) -> None:
    (mine,) = library.store(file("a.txt", letter(12, meeting=2, openness=None))).documents
    library.store(file("a.txt", letter(12, meeting=3, openness=None)))

    assert status(library, mine) is DocumentStatus.SUPERSEDED
    assert library.documents(access=member(mine)) == []
    assert library.count() == 2


def test_documents_without_numbers_are_matched_in_their_order(library: SqlLibrary) -> None:
    first = library.store(file("a.txt", note("甲\n一"), note("乙\n二"))).documents
    second = library.store(file("a.txt", note("甲\n一改"), note("乙\n二改"))).documents

    assert second == first


def test_a_document_a_file_no_longer_holds_is_superseded(library: SqlLibrary) -> None:
    sheet, reply = library.store(file("a.txt", record(12), letter(12))).documents
    revision = library.revision()
    stored = library.store(file("a.txt", letter(12)))

    assert stored.outcome is StoreOutcome.UPDATED
    assert stored.documents == (reply,)
    assert status(library, sheet) is DocumentStatus.SUPERSEDED
    assert library.passages_of([sheet]) == {sheet: []}
    assert [one.document for one in library.changes(revision, limit=9)] == [sheet]


def test_a_document_another_path_holds_is_not_superseded(library: SqlLibrary) -> None:
    sheet, _ = library.store(file("a.txt", record(12), letter(12))).documents
    library.store(file("b.txt", record(12)))
    library.store(file("a.txt", letter(12)))

    assert status(library, sheet) is DocumentStatus.ACTIVE


def test_what_another_path_holds_does_not_become_a_different_letter(library: SqlLibrary) -> None:
    (kept,) = library.store(file("a.txt", note("甲\n一"))).documents
    library.store(file("b.txt", note("甲\n一")))
    (other,) = library.store(file("a.txt", note("全不相干\n的便条"))).documents

    assert other != kept
    assert status(library, kept) is DocumentStatus.ACTIVE
    assert version(library, kept) == 1


def test_a_superseded_text_that_returns_is_found_again(library: SqlLibrary) -> None:
    (old,) = library.store(file("a.txt", letter(12))).documents
    library.store(file("a.txt", letter(13, body=OTHER)))
    back = library.store(file("b.txt", letter(12)))

    assert back.outcome is StoreOutcome.ADDED
    assert back.documents == (old,)
    assert status(library, old) is DocumentStatus.ACTIVE
    assert library.passages_of([old])[old]


def test_what_a_person_superseded_stays_so(library: SqlLibrary) -> None:
    (old,) = library.store(file("a.txt", policy())).documents
    library.set_document(old, status=DocumentStatus.SUPERSEDED)
    library.store(file("b.txt", policy()))

    assert status(library, old) is DocumentStatus.SUPERSEDED


def test_a_changed_copy_elsewhere_becomes_the_new_version(library: SqlLibrary) -> None:
    (old,) = library.store(file("a.txt", letter(12))).documents
    copy = library.store(file("b.txt", letter(12, body=CHANGED)))

    assert copy.outcome is StoreOutcome.UPDATED
    assert copy.documents == (old,)
    assert version(library, old) == 2
    assert "二十二小时" in texts(library)
    assert "二十小时" not in texts(library)


def test_an_old_copy_stored_again_does_not_push_the_new_one_away(library: SqlLibrary) -> None:
    old_file = file("a.txt", letter(12))
    (document,) = library.store(old_file).documents
    library.store(file("b.txt", letter(12, body=CHANGED)))
    revision = library.revision()

    assert library.store(old_file).outcome is StoreOutcome.UNCHANGED
    touched = library.store(said(old_file, sha256="1" * 64))
    third_place = library.store(file("c.txt", letter(12)))

    assert touched.outcome is StoreOutcome.UNCHANGED
    assert third_place.outcome is StoreOutcome.UNCHANGED
    assert third_place.documents == (document,)
    assert library.revision() == revision
    assert "二十二小时" in texts(library)
    assert "二十小时" not in texts(library)


def test_a_rewritten_letter_elsewhere_is_a_separate_document(library: SqlLibrary) -> None:
    (old,) = library.store(file("a.txt", letter(12))).documents
    other = library.store(file("b.txt", letter(12, body=OTHER * 3)))

    assert other.outcome is StoreOutcome.ADDED
    assert other.documents != (old,)
    assert library.count() == 2


def test_copies_are_told_by_unit_genre_session_and_number(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(12)))
    for place, paper in enumerate(
        (
            letter(12, unit="柏川县教育局"),
            letter(12, genre="复函"),
            letter(13),
            letter(12, number="柏水函〔2024〕9号"),
        )
    ):
        assert library.store(file(f"{place}.txt", paper)).outcome is StoreOutcome.ADDED
    assert library.count() == 5


def test_letters_without_any_number_are_never_taken_for_copies(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(None)))
    library.store(file("b.txt", letter(None, body=CHANGED)))

    assert library.count() == 2


def test_a_policy_copy_is_told_by_number_and_title(library: SqlLibrary) -> None:
    body = "第一条 为管好农村供水，制定本办法。\n第二条 供水单位应当提前公布停水的时间和范围。"
    (old,) = library.store(file("a.txt", policy(body=body))).documents
    copy = library.store(file("b.txt", policy(body=body.replace("提前", "及时"))))
    other = library.store(file("c.txt", policy("柏川县渠道养护办法", body=body)))

    assert copy.documents == (old,)
    assert copy.outcome is StoreOutcome.UPDATED
    assert other.outcome is StoreOutcome.ADDED


def test_two_like_letters_in_one_file_stay_two(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(12), letter(12, body=CHANGED)))
    stored = library.store(file("b.txt", letter(12), letter(12, body=CHANGED)))

    assert library.count() == 2
    assert stored.outcome is StoreOutcome.UNCHANGED


def test_an_id_that_is_taken_is_counted_on(library: SqlLibrary) -> None:
    plain = note("甲\n一")
    (first,) = library.store(file("a.txt", plain)).documents
    library.store(file("a.txt", note("全不相干\n的便条")))
    (second,) = library.store(file("b.txt", plain)).documents
    library.store(file("b.txt", note("又是另一张\n便条")))
    (third,) = library.store(file("c.txt", plain)).documents

    assert (second, third) == (f"{first}-2", f"{first}-3")
    assert library.passages_of([second, third])[third][0].id == f"{third}.1.0"


def test_a_new_version_is_seen_by_its_own_rights(library: SqlLibrary) -> None:
    (document,) = library.store(file("a.txt", letter(12, openness="open"))).documents
    library.store(file("a.txt", letter(12, openness="closed", body=CHANGED)))

    assert library.document(document, access=GUEST) is None
    assert library.documents(access=GUEST) == []


def test_numbers_of_an_old_version_no_longer_lead_to_the_document(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(12, number="柏水函〔2024〕3号")))
    library.store(file("a.txt", letter(12, number="柏水函〔2024〕4号", day=date(2024, 6, 1))))

    assert library.by_number("柏水函〔2024〕3号", access=HANDLER) == []
    assert len(library.by_number("柏水函〔2024〕4号", access=HANDLER)) == 1
