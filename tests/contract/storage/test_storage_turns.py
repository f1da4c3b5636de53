"""The record of turns."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from knowledge.domain.answers import (
    Answer,
    AnswerItem,
    Citation,
    ConversationId,
    Outcome,
    PersonId,
    Role,
    Route,
    TurnId,
    TurnRecord,
)
from knowledge.domain.library import DocumentCard
from knowledge.domain.search import Hit
from knowledge.ports import TurnLog
from storage.database import Database
from storage.errors import AlreadyRecorded
from storage.library import SqlLibrary
from storage.people import SqlPeople
from storage.turns import SqlTurnLog
from tests.contract.storage.papers import TickingClock, file, letter

ASKED = datetime(2024, 6, 3, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def log(database: Database) -> TurnLog:
    return SqlTurnLog(database)


def answered(library: SqlLibrary) -> Answer:
    """An answer that quotes two passages of a stored letter."""
    source = file("a.txt", letter(12, number="柏水函〔2024〕3号"))
    (document,) = library.store(source).documents
    passages = library.passages_of([document])[document]
    citations = tuple(
        Citation(marker, passage.document, passage.id, passage.text, passage.span)
        for marker, passage in enumerate(passages[2:4], start=1)
    )
    return Answer(
        outcome=Outcome.ANSWERED,
        route=Route.QUESTION,
        template="answer.found",
        items=(AnswerItem(passages[0].document, citations),),
        hits=tuple(Hit(passage, 0.5, lexical=3.25) for passage in passages[:3]),
        timings_ms={"search": 2.5},
    )


def turn(
    answer: Answer, *, name: str = "t1", conversation: str = "c1", person: str | None = "p1"
) -> TurnRecord:
    return TurnRecord(
        id=TurnId(name),
        conversation=ConversationId(conversation),
        person=PersonId(person) if person else None,
        channel="console",
        role=Role.HANDLER,
        locale="zh-CN",
        question="村口的水塘修了吗？",
        text="修了〔1〕。",
        answer=answer,
        store_revision=7,
        asked_at=ASKED,
        answered_at=ASKED + timedelta(seconds=1),
        fingerprints=("answer:ab12",),
    )


def cited(card: DocumentCard, citation: Citation) -> dict[str, object]:
    return {
        "marker": citation.marker,
        "document": card.id,
        "version": 1,
        "passage": citation.passage,
        "title": card.title,
        "number": "柏水函〔2024〕3号",
        "document_number": "柏水函〔2024〕3号",
        "case_number": "12",
        "unit": card.unit,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def test_a_turn_is_exported_with_everything_an_inspector_asks(
    library: SqlLibrary, log: TurnLog
) -> None:
    answer = answered(library)
    log.record(turn(answer))
    (exported,) = log.turns()
    card = answer.items[0].document

    assert exported == {
        "id": "t1",
        "conversation": "c1",
        "channel": "console",
        "role": "handler",
        "person": "p1",
        "locale": "zh-CN",
        "question": "村口的水塘修了吗？",
        "route": "question",
        "outcome": "answered",
        "answer": "修了〔1〕。",
        "citations": [cited(card, citation) for citation in answer.citations],
        "hits": [
            {
                "passage": hit.passage.id,
                "document": card.id,
                "rank": rank,
                "score": 0.5,
                "lexical": 3.25,
                "dense": None,
            }
            for rank, hit in enumerate(answer.hits, start=1)
        ],
        "timings_ms": {"search": 2.5},
        "store_revision": 7,
        "fingerprints": ["answer:ab12"],
        "error_id": None,
        "at": "2024-06-03T01:30:00+00:00",
        "answered_at": "2024-06-03T01:30:01+00:00",
    }
    assert json.loads(json.dumps(exported)) == exported


def test_a_source_is_what_was_shown(library: SqlLibrary, log: TurnLog) -> None:
    answer = answered(library)
    log.record(turn(answer))
    second = answer.citations[1]

    assert log.source("t1", 2) == {**cited(second.document, second), "person": "p1"}
    assert log.source("t1", 3) is None
    assert log.source("t2", 1) is None


def test_citations_outlive_their_document(library: SqlLibrary, log: TurnLog) -> None:
    answer = answered(library)
    log.record(turn(answer))
    before = log.turns()
    library.remove(answer.citations[0].document.id)

    assert log.turns() == before
    assert log.source("t1", 1) is not None


def test_the_last_turns_come_oldest_first(library: SqlLibrary, log: TurnLog) -> None:
    answer = answered(library)
    for number in range(5):
        conversation = "even" if number % 2 == 0 else "odd"
        log.record(turn(answer, name=f"t{number}", conversation=conversation))

    def names(limit: int | None = None, conversation: str | None = None) -> list[object]:
        thread = ConversationId(conversation) if conversation else None
        return [one["id"] for one in log.turns(conversation=thread, limit=limit)]

    assert names() == ["t0", "t1", "t2", "t3", "t4"]
    assert names(limit=2) == ["t3", "t4"]
    assert names(conversation="even") == ["t0", "t2", "t4"]
    assert names(limit=1, conversation="odd") == ["t3"]
    assert names(conversation="none") == []


def test_a_turn_is_recorded_once_and_whole_or_not_at_all(library: SqlLibrary, log: TurnLog) -> None:
    answer = answered(library)
    log.record(turn(answer))
    with pytest.raises(AlreadyRecorded):
        log.record(turn(answer))
    twice = replace(answer, items=answer.items * 2)
    with pytest.raises(AlreadyRecorded):
        log.record(turn(twice, name="t2"))

    assert [one["id"] for one in log.turns()] == ["t1"]


def test_a_failed_turn_keeps_its_error_id(log: TurnLog) -> None:
    failed = Answer(Outcome.FAILED, Route.UNCLEAR, "failure")
    log.record(replace(turn(failed, person=None), error_id="e-77"))
    (exported,) = log.turns()

    assert (exported["error_id"], exported["person"]) == ("e-77", None)
    assert (exported["citations"], exported["hits"]) == ([], [])


def test_a_turn_knows_who_asked(log: TurnLog, database: Database, clock: TickingClock) -> None:
    people = SqlPeople(database, clock)
    failed = Answer(Outcome.FAILED, Route.UNCLEAR, "failure")
    log.record(turn(failed))
    log.record(turn(failed, name="t2", person=None))

    assert people.owner(TurnId("t1")) == "p1"
    assert people.owner(TurnId("t2")) is None
    assert people.owner(TurnId("t3")) is None
