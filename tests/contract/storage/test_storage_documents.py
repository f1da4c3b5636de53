"""Storing files and reading documents back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import DocumentId, DocumentStatus, Provenance, StoreOutcome
from knowledge.domain.search import SearchFilters
from knowledge.ports import Library, VectorStore
from storage.errors import ContentRefused
from storage.library import SqlLibrary
from storage.wordings import text_digest
from tests.contract.storage.papers import (
    GUEST,
    HANDLER,
    UNIT,
    TickingClock,
    file,
    letter,
    member,
    note,
    policy,
    proposal,
    record,
    said,
)


def test_the_library_is_what_the_ports_ask_for(library: SqlLibrary) -> None:
    shelf: Library = library
    vectors: VectorStore = library

    assert shelf.count() == vectors.missing("m") == 0


def test_a_stored_letter_is_read_back_as_it_was(library: SqlLibrary) -> None:
    source = file("a/reply.txt", letter(12, number="柏水函〔2024〕3号"))
    stored = library.store(source)
    view = library.document(stored.documents[0], access=HANDLER)

    assert stored.outcome is StoreOutcome.ADDED
    assert view is not None
    assert view.text == source.text
    assert view.span == source.documents[0].span
    assert view.sources == ("a/reply.txt",)
    assert view.card.version == 1
    assert view.card.kind is DocumentKind.REPLY
    assert view.card.title == "关于县政协十届二次会议第12号提案的答复"
    assert view.card.number == "柏水函〔2024〕3号"
    assert (view.card.case_number, view.card.case_value) == ("12", 12)
    assert (view.card.unit, view.card.place, view.card.session) == (UNIT, "柏川", "柏川十届二次")
    assert (view.card.date, view.card.openness) == (date(2024, 5, 20), Openness.OPEN)
    assert view.card.status is DocumentStatus.ACTIVE


def test_fields_are_kept_in_the_shape_of_parse(library: SqlLibrary) -> None:
    source = file("a.txt", letter(12))
    (document,) = library.store(source).documents
    view = library.document(document, access=HANDLER)
    assert view is not None
    fields = json.loads(view.fields_json)
    case = fields["case_numbers"][0]

    assert case["value"]["literal"] == "12"
    assert source.text[case["start"] : case["end"]] == "12"
    assert fields["date"]["value"] == "2024-05-20"
    assert fields["document_number"] is None
    assert fields["genre"] == {"value": "答复", "start": None, "end": None, "confidence": 1.0}


def test_warnings_are_kept_with_their_place(library: SqlLibrary) -> None:
    source = file("note.txt", note())
    (document,) = library.store(source).documents
    view = library.document(document, access=HANDLER)

    assert view is not None
    assert view.card.title == "便条一张"
    assert json.loads(view.warnings_json) == [
        {
            "code": "kind.unknown",
            "start": source.documents[0].span.start,
            "end": source.documents[0].span.end,
            "details": {},
        }
    ]


def test_passages_quote_the_raw_text_at_their_offsets(library: SqlLibrary) -> None:
    source = file("two.txt", record(12), letter(12))
    documents = library.store(source).documents
    kept = library.passages_of(documents)

    for document in documents:
        assert kept[document]
        assert [one.ordinal for one in kept[document]] == list(range(len(kept[document])))
        for passage in kept[document]:
            assert passage.text == passage.span.of(source.text)
            assert passage.id == f"{document}.1.{passage.ordinal}"
            assert passage.document.id == document
    assert any(passage.heading_path for passage in kept[documents[1]])


def test_the_id_of_a_document_follows_from_its_first_text(library: SqlLibrary) -> None:
    paper = letter(12)
    (document,) = library.store(file("a.txt", paper)).documents

    assert document == "d" + text_digest(DocumentKind.REPLY, paper.text)[:12]


def test_a_file_stored_again_changes_nothing(library: SqlLibrary) -> None:
    source = file("a.txt", letter(12), record(12))
    first = library.store(source)
    revision = library.revision()
    second = library.store(source)

    assert second.outcome is StoreOutcome.UNCHANGED
    assert second.documents == first.documents
    assert library.revision() == revision


def test_a_known_source_is_told_by_path_and_content(library: SqlLibrary) -> None:
    source = file("a.txt", letter(12))
    stored = library.store(source)

    assert library.known_source("a.txt", source.sha256) == replace(
        stored, outcome=StoreOutcome.UNCHANGED
    )
    assert library.known_source("b.txt", source.sha256) is None
    assert library.known_source("a.txt", "0" * 64) is None


def test_moments_come_back_with_their_zone(library: SqlLibrary, clock: TickingClock) -> None:
    clock.moment = datetime(2024, 5, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    (document,) = library.store(file("a.txt", letter())).documents
    view = library.document(document, access=HANDLER)

    assert view is not None
    assert view.stored_at == datetime(2024, 5, 1, 0, 1, tzinfo=UTC)
    assert view.stored_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("sign", ["\ud800", "\0"])
def test_a_text_no_database_keeps_is_refused_and_leaves_nothing(
    library: SqlLibrary, sign: str
) -> None:
    good, bad = letter(12), letter(13, body=f"半个字{sign}\n")
    source = file("a.txt", good)
    broken = replace(
        source,
        text=source.text + bad.text,
        documents=(*source.documents, bad.read(source.text + bad.text, len(source.text))),
    )

    with pytest.raises(ContentRefused):
        library.store(broken)
    assert library.count() == 0
    assert library.revision() == 0


def test_documents_are_listed_newest_first_and_undated_last(library: SqlLibrary) -> None:
    for case, day in ((1, date(2022, 1, 1)), (2, None), (3, date(2024, 1, 1))):
        library.store(file(f"{case}.txt", letter(case, day=day, body=f"第{case}件。\n")))
    listed = library.documents(access=HANDLER)

    assert [card.case_value for card in listed] == [3, 1, 2]
    assert library.documents(access=HANDLER, limit=1) == listed[:1]


def test_filters_take_signs_literally(library: SqlLibrary) -> None:
    for case, unit in ((1, "柏川县水%利_局"), (2, "柏川县水利局"), (3, "柏川县IT中心")):
        library.store(file(f"{case}.txt", letter(case, unit=unit)))

    def cases(unit: str) -> set[int | None]:
        filters = SearchFilters(unit=unit)
        return {one.case_value for one in library.documents(access=HANDLER, filters=filters)}

    assert cases("%") == {1}
    assert cases("_") == {1}
    assert cases("水利") == {2}
    assert cases("it") == set()
    assert cases("IT") == {3}


def test_the_operators_word_stands_where_a_document_is_silent(library: SqlLibrary) -> None:
    papers = (letter(1, unit=None, openness=None), letter(2, openness="closed"), record(3))
    source = said(file("a.txt", *papers), openness=Openness.OPEN, unit="柏川县住建局")
    library.store(source)
    found = {one.case_value: one for one in library.documents(access=HANDLER)}

    assert (found[1].openness, found[1].unit) == (Openness.OPEN, "柏川县住建局")
    assert (found[2].openness, found[2].unit) == (Openness.CLOSED, UNIT)
    assert (found[3].openness, found[3].unit) == (Openness.OPEN, UNIT)


def test_a_later_word_of_the_operator_reaches_a_stored_document(library: SqlLibrary) -> None:
    source = file("a.txt", letter(1, openness=None), letter(2, openness="closed"))
    library.store(source)
    told = library.store(said(source, openness=Openness.OPEN))
    repeated = library.store(said(source, openness=Openness.OPEN))
    found = {one.case_value: one.openness for one in library.documents(access=HANDLER)}

    assert told.outcome is StoreOutcome.UPDATED
    assert repeated.outcome is StoreOutcome.UNCHANGED
    assert found == {1: Openness.OPEN, 2: Openness.CLOSED}


@pytest.mark.parametrize(
    "asked",
    [
        "柏水函〔2024〕3号",
        "柏水函[2024]3号",
        "柏水函（2024）３号",
        " 柏水函 【2024】 3 号",
        "TA0423",
        "第TA0423号",
        "ta0423",
        "423",
        "0423",
        "第４２３号",
    ],
)
def test_a_number_is_found_however_it_is_printed(library: SqlLibrary, asked: str) -> None:
    library.store(file("a.txt", letter(cases=["TA0423"], number="柏水函〔2024〕3号")))
    library.store(file("b.txt", letter(42, number="柏水函〔2024〕33号")))

    assert [card.case_value for card in library.by_number(asked, access=HANDLER)] == [423]


def test_a_joint_letter_is_found_by_each_of_its_cases(library: SqlLibrary) -> None:
    library.store(file("a.txt", letter(cases=["12", "35"])))

    assert len(library.by_number("第35号", access=HANDLER)) == 1
    assert library.by_number("", access=HANDLER) == []


def test_documents_of_one_file_are_linked_for_those_who_may_see_them(library: SqlLibrary) -> None:
    sheet, reply = library.store(file("a.txt", record(12), letter(12))).documents
    library.store(file("b.txt", letter(13)))
    seen_by_handler = library.document(reply, access=HANDLER)
    seen_by_guest = library.document(reply, access=GUEST)

    assert seen_by_handler is not None
    assert seen_by_handler.linked == (sheet,)
    assert seen_by_guest is not None
    assert seen_by_guest.linked == ()
    linked = library.linked([reply, sheet], access=HANDLER)
    assert [card.id for card in linked[reply]] == [sheet]
    assert [card.id for card in linked[sheet]] == [reply]


def test_only_handlers_see_what_is_not_active(library: SqlLibrary) -> None:
    (document,) = library.store(file("a.txt", letter(12))).documents
    library.set_document(document, status=DocumentStatus.WITHDRAWN)

    assert library.documents(access=HANDLER) == []
    assert library.document(document, access=GUEST) is None
    assert library.document(document, access=member(document)) is None
    assert library.documents(access=member(document), statuses=DocumentStatus) == []
    (card,) = library.documents(access=HANDLER, statuses=[DocumentStatus.WITHDRAWN])
    assert card.id == document
    assert library.document(document, access=HANDLER) is not None


def test_a_member_sees_the_reply_to_their_own_case(library: SqlLibrary) -> None:
    (mine,) = library.store(file("a.txt", letter(12, openness=None))).documents
    (other,) = library.store(file("b.txt", letter(13, openness="closed"))).documents
    ids = [passage.id for passage in library.passages_of([mine])[mine]]

    assert library.document(mine, access=GUEST) is None
    assert library.document(mine, access=member(mine)) is not None
    assert library.document(other, access=member(mine)) is None
    assert library.passages(ids, access=GUEST) == []
    assert [one.id for one in library.passages(ids[::-1], access=member(mine))] == ids[::-1]


def test_what_an_operator_set_outlives_new_versions(library: SqlLibrary) -> None:
    (document,) = library.store(file("a.txt", letter(12))).documents
    card = library.set_document(document, openness=Openness.CLOSED, unit="青石市水务局")
    library.store(file("a.txt", letter(12, body="改过的答复。\n")))
    view = library.document(document, access=HANDLER)

    assert card is not None
    assert (card.openness, card.unit, card.place) == (Openness.CLOSED, "青石市水务局", "青石")
    assert view is not None
    assert view.card == replace(card, version=2)


def test_a_withdrawn_document_stays_withdrawn_when_its_file_changes(library: SqlLibrary) -> None:
    (document,) = library.store(file("a.txt", letter(12))).documents
    library.set_document(document, status=DocumentStatus.WITHDRAWN)
    library.store(file("a.txt", letter(12, body="改过的答复。\n")))
    library.store(file("b.txt", letter(12, body="改过的答复。\n")))

    assert library.documents(access=HANDLER) == []


def test_setting_an_unknown_document_answers_none(library: SqlLibrary) -> None:
    assert library.set_document(DocumentId("d0"), unit="无") is None


def test_a_removed_document_is_gone_and_its_texts_with_it(library: SqlLibrary) -> None:
    source = file("a.txt", letter(12), record(12))
    reply, sheet = library.store(source).documents

    assert library.remove(reply)
    assert not library.remove(reply)
    assert library.document(reply, access=HANDLER) is None
    assert library.passages_of([reply]) == {reply: []}
    assert library.by_number("12", access=HANDLER)[0].id == sheet
    assert library.count() == 1
    again = library.store(said(source, sha256="1" * 64))
    assert again.documents == (reply, sheet)


def test_samples_are_counted_and_removed_together(library: SqlLibrary) -> None:
    library.store(said(file("s.txt", letter(1), policy()), provenance=Provenance.SAMPLE))
    library.store(file("own.txt", letter(2), proposal(2)))

    assert library.count(provenance=Provenance.SAMPLE) == 2
    assert library.remove_provenance(Provenance.SAMPLE) == 2
    assert library.count() == 2
    assert {card.provenance for card in library.documents(access=HANDLER)} == {Provenance.OWN}


def test_a_sample_that_an_own_file_holds_becomes_an_own_document(library: SqlLibrary) -> None:
    library.store(said(file("s.txt", letter(1)), provenance=Provenance.SAMPLE))
    library.store(file("own.txt", letter(1)))

    assert library.remove_provenance(Provenance.SAMPLE) == 0
    assert library.count(provenance=Provenance.OWN) == 1


def test_a_store_keeps_its_own_id(library: SqlLibrary) -> None:
    assert len(library.store_id()) == 32
    assert library.store_id() == library.store_id()
