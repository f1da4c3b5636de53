"""The record of turns: everything an inspector would ask of an answer, in one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, select
from sqlalchemy.exc import IntegrityError

from knowledge.domain.answers import Citation, ConversationId, TurnRecord
from storage import tables
from storage.database import Database
from storage.errors import AlreadyRecorded
from storage.statements import batches, insert, insert_new

Item = dict[str, object]


class SqlTurnLog:
    """The port ``TurnLog`` over SQL.

    Args:
        database: at head; see ``Database.upgrade``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, turn: TurnRecord) -> None:
        """Keep a turn with its answer, citations and retrieval hits, in one transaction.

        Raises:
            AlreadyRecorded: a turn of this id is on record.
        """
        try:
            with self._database.writing() as connection:
                _write(connection, turn)
        except IntegrityError as error:
            raise AlreadyRecorded("turn.recorded", turn=turn.id) from error

    def turns(
        self, *, conversation: ConversationId | None = None, limit: int | None = None
    ) -> Sequence[Mapping[str, object]]:
        """The last ``limit`` turns, oldest first, as the JSON objects of ``dafu log export``."""
        turn = tables.turn.c
        statement = select(tables.turn, tables.answer).join(tables.answer)
        if conversation is not None:
            statement = statement.where(turn.conversation_id == conversation)
        statement = statement.order_by(turn.seq.desc()).limit(limit)
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()[::-1]
            return _with_parts(connection, rows)

    def source(self, turn: str, marker: int) -> Mapping[str, object] | None:
        """One citation of a recorded turn as it was shown, and to whom; None when absent."""
        cited, asked = tables.citation.c, tables.turn.c
        statement = (
            select(tables.citation, asked.person_id)
            .join(tables.turn, asked.id == cited.turn_id)
            .where(cited.turn_id == turn, cited.marker == marker)
        )
        with self._database.reading() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else {**_citation(row), "person": row.person_id}


def _write(connection: Connection, turn: TurnRecord) -> None:
    thread = {"id": turn.conversation, "channel": turn.channel, "started_at": turn.asked_at}
    insert_new(connection, tables.conversation, [thread])
    insert(connection, tables.turn, [_turn_row(turn)])
    insert(connection, tables.answer, [_answer_row(turn)])
    cited = [_citation_row(turn, citation) for citation in turn.answer.citations]
    insert(connection, tables.citation, cited)
    hits = [
        {
            "turn_id": turn.id,
            "rank": rank,
            "passage_id": hit.passage.id,
            "document_id": hit.passage.document.id,
            "score": hit.score,
            "lexical": hit.lexical,
            "dense": hit.dense,
        }
        for rank, hit in enumerate(turn.answer.hits, start=1)
    ]
    insert(connection, tables.retrieval_hit, hits)


def _turn_row(turn: TurnRecord) -> dict[str, Any]:
    return {
        "id": turn.id,
        "conversation_id": turn.conversation,
        "person_id": turn.person,
        "channel": turn.channel,
        "role": turn.role.value,
        "locale": turn.locale,
        "question": turn.question,
        "asked_at": turn.asked_at,
    }


def _answer_row(turn: TurnRecord) -> dict[str, Any]:
    return {
        "turn_id": turn.id,
        "route": turn.answer.route.value,
        "outcome": turn.answer.outcome.value,
        "text": turn.text,
        "store_revision": turn.store_revision,
        "fingerprints": json.dumps(turn.fingerprints),
        "timings_ms": json.dumps(turn.answer.timings_ms),
        "error_id": turn.error_id,
        "answered_at": turn.answered_at,
    }


def _citation_row(turn: TurnRecord, citation: Citation) -> dict[str, Any]:
    card = citation.document
    return {
        "turn_id": turn.id,
        "marker": citation.marker,
        "document_id": card.id,
        "version": card.version,
        "passage_id": citation.passage,
        "title": card.title,
        "number": card.number,
        "document_number": card.document_number,
        "case_number": card.case_number,
        "unit": card.unit,
        "quote": citation.quote,
        "span_start": citation.span.start,
        "span_end": citation.span.end,
    }


def _with_parts(connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Item]:
    ids = [row.id for row in rows]
    cited = _by_turn(connection, tables.citation, "marker", ids)
    hits = _by_turn(connection, tables.retrieval_hit, "rank", ids)
    return [
        {
            **_turn(row),
            "citations": [_citation(part) for part in cited[row.id]],
            "hits": [_hit(part) for part in hits[row.id]],
        }
        for row in rows
    ]


def _by_turn(
    connection: Connection, table: Table, order: str, ids: Sequence[str]
) -> Mapping[str, Sequence[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for part in batches(ids):
        statement = select(table).where(table.c.turn_id.in_(part))
        for row in connection.execute(statement.order_by(table.c.turn_id, table.c[order])):
            found[row.turn_id].append(row)
    return found


def _turn(row: Row[Any]) -> Item:
    return {
        "id": row.id,
        "conversation": row.conversation_id,
        "channel": row.channel,
        "role": row.role,
        "person": row.person_id,
        "locale": row.locale,
        "question": row.question,
        "route": row.route,
        "outcome": row.outcome,
        "answer": row.text,
        "timings_ms": json.loads(row.timings_ms),
        "store_revision": row.store_revision,
        "fingerprints": json.loads(row.fingerprints),
        "error_id": row.error_id,
        "at": row.asked_at.isoformat(),
        "answered_at": row.answered_at.isoformat(),
    }


def _citation(row: Row[Any]) -> Item:
    return {
        "marker": row.marker,
        "document": row.document_id,
        "version": row.version,
        "passage": row.passage_id,
        "title": row.title,
        "number": row.number,
        "document_number": row.document_number,
        "case_number": row.case_number,
        "unit": row.unit,
        "quote": row.quote,
        "start": row.span_start,
        "end": row.span_end,
    }


def _hit(row: Row[Any]) -> Item:
    return {
        "passage": row.passage_id,
        "document": row.document_id,
        "rank": row.rank,
        "score": row.score,
        "lexical": row.lexical,
        "dense": row.dense,
    }
