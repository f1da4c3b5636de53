"""The change log: one numbered line for whatever changes in what is indexed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from knowledge.domain.library import Change, DocumentId, PassageId
from storage import tables
from storage.rows import passage_id
from storage.statements import batches, insert


def log_changes(connection: Connection, changes: Iterable[tuple[str, str]], at: datetime) -> None:
    """Append (document, reason) entries; the transaction must be a queued one."""
    rows = [
        {"document_id": document, "reason": reason, "retired": None, "at": at}
        for document, reason in changes
    ]
    insert(connection, tables.change_log, rows)


def log_removals(connection: Connection, documents: Sequence[str], at: datetime) -> None:
    """Append removals, with what is needed to name the removed passages later."""
    passage = tables.passage.c
    retired: dict[str, list[tuple[int, int]]] = {document: [] for document in documents}
    for part in batches(documents):
        counts = connection.execute(
            select(passage.document_id, passage.version, func.count())
            .where(passage.document_id.in_(part))
            .group_by(passage.document_id, passage.version)
        )
        for document, version, count in counts:
            retired[document].append((version, count))
    rows = [
        {"document_id": name, "reason": "removed", "retired": json.dumps(sizes), "at": at}
        for name, sizes in retired.items()
    ]
    insert(connection, tables.change_log, rows)


def last_seq(connection: Connection) -> int:
    """Number of the newest entry; 0 when there is none."""
    return connection.execute(select(func.max(tables.change_log.c.seq))).scalar() or 0


def changes_after(connection: Connection, after: int, limit: int) -> Sequence[Change]:
    """Documents changed after an entry, each with its last entry, oldest first."""
    log = tables.change_log.c
    last = func.max(log.seq).label("last")
    found = connection.execute(
        select(last, log.document_id)
        .where(log.seq > after)
        .group_by(log.document_id)
        .order_by(last)
        .limit(limit)
    )
    return [Change(seq=row.last, document=DocumentId(row.document_id)) for row in found]


def ever_had(connection: Connection, documents: Sequence[DocumentId]) -> Sequence[PassageId]:
    """Ids of all passages these documents have or had, removed documents included."""
    passage, log = tables.passage.c, tables.change_log.c
    ids: set[PassageId] = set()
    for part in batches(documents):
        kept = select(passage.id).where(passage.document_id.in_(part))
        ids.update(PassageId(name) for name in connection.execute(kept).scalars())
        gone = select(log.document_id, log.retired).where(
            log.document_id.in_(part), log.retired.is_not(None)
        )
        for document, retired in connection.execute(gone):
            ids.update(
                passage_id(DocumentId(document), version, ordinal)
                for version, count in json.loads(retired)
                for ordinal in range(count)
            )
    return sorted(ids)
