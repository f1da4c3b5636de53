"""Links the copies of one text as they are stored, and tells a person which copies there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Date,
    Row,
    Select,
    String,
    and_,
    bindparam,
    delete,
    or_,
    select,
    union_all,
)

from knowledge.domain.documents import Openness
from knowledge.domain.library import Copy, DocumentCard, DocumentId
from knowledge.domain.search import Access
from storage import tables
from storage.access import visible
from storage.copies import MARKS, Prose, Side, agree, are_copies, is_main
from storage.folding import folded_title
from storage.lookups import current_text, was_recognised
from storage.rows import card_columns, card_from
from storage.statements import batches, insert
from storage.wordings import Wording

Added = tuple[Wording, DocumentCard, Sequence[str]]
"""A document just written, with its folded numbers."""

CANDIDATES = 20
"""So many documents are compared at most by each way of finding them."""
_NO_MARK = -1
_TELLING_TITLE = 8
"""Shorter titles (characters) are shared by too many papers."""


def link_copies(connection: Connection, stored: Sequence[Added]) -> None:
    """Find and link the copies of documents just written."""
    for wording, card, keys in stored:
        side = Side(card, Prose.of(wording.seen), wording.recognised)
        if card.version > 1:
            _forget(connection, card.id)
        marks = side.prose.marks()
        rows = [{"document_id": card.id, "mark": mark} for mark in marks]
        insert(connection, tables.fingerprint, rows)
        names = _candidates(connection, card, marks, keys)
        insert(connection, tables.duplicate, list(_edges(connection, side, names)))


def copies_of(
    connection: Connection, documents: Sequence[DocumentId], access: Access
) -> Mapping[DocumentId, Sequence[Copy]]:
    """See ``PassageSource.copies``."""
    edge, card = tables.duplicate.c, tables.document.c
    own = tables.document.alias("own")
    found: dict[DocumentId, list[Copy]] = {name: [] for name in documents}
    for part in batches(list(found)):
        statement = (
            select(
                *card_columns(),
                edge.document_id.label("of"),
                edge.main,
                own.c.openness.label("mine"),
            )
            .join(tables.duplicate, edge.other_id == card.id)
            .join(own, own.c.id == edge.document_id)
            .where(edge.document_id.in_(part), visible(access), visible(access, document=own))
            .order_by(edge.document_id, edge.main.desc(), card.id)
        )
        for row in connection.execute(statement):
            found[row.of].append(Copy(card_from(row), _shown_first(row)))
    return found


def _shown_first(row: Row[Any]) -> bool:
    """The open one of two copies may be quoted to anyone; else what was judged when stored."""
    theirs, mine = (word == Openness.OPEN.value for word in (row.openness, row.mine))
    return theirs if theirs != mine else bool(row.main)


def _forget(connection: Connection, document: DocumentId) -> None:
    mark, edge = tables.fingerprint, tables.duplicate
    connection.execute(delete(mark).where(mark.c.document_id == document))
    mine = or_(edge.c.document_id == document, edge.c.other_id == document)
    connection.execute(delete(edge).where(mine))


def _candidates(
    connection: Connection, card: DocumentCard, marks: Sequence[int], keys: Sequence[str]
) -> Sequence[str]:
    """Ids of documents that share a long clause, a number, or the title."""
    asked = {f"mark{place}": _NO_MARK for place in range(MARKS)}
    asked |= {f"mark{place}": mark for place, mark in enumerate(marks)}
    found = connection.execute(_by_mark(), {"own": card.id, **asked}).scalars() if marks else ()
    shared = Counter[str](found)
    names = dict.fromkeys(name for name, _ in shared.most_common(CANDIDATES))
    if keys:
        numbered = {"own": card.id, "keys": keys, "day": card.date}
        names |= dict.fromkeys(connection.execute(_by_number(), numbered).scalars())
    title = folded_title(card.title) or ""
    if len(title) >= _TELLING_TITLE:
        titled = {"own": card.id, "title": title}
        names |= dict.fromkeys(connection.execute(_by_title(), titled).scalars())
    return list(names)


def _edges(
    connection: Connection, side: Side, names: Sequence[str]
) -> Iterable[dict[str, str | bool]]:
    for part in batches(names):
        for row in connection.execute(_cards(), {"names": part}).all():
            card = card_from(row)
            if not agree(side.card, card):
                continue
            prose = Prose.of(current_text(connection, card.id))
            other = Side(card, prose, bool(row.recognised))
            if not are_copies(side, other):
                continue
            main = is_main(side, other)
            mine, theirs = side.card.id, other.card.id
            yield {"document_id": mine, "other_id": theirs, "main": not main}
            yield {"document_id": theirs, "other_id": mine, "main": main}


@cache
def _by_mark() -> CompoundSelect[Any]:
    """One statement for all marks, each with a bound of its own."""
    # A slogan may stand in every tenth letter: no clause alone brings up more than a few.
    mark = tables.fingerprint.c
    name, own = mark.document_id, bindparam("own", type_=String)
    few = (
        select(name)
        .where(mark.mark == bindparam(f"mark{place}"), name != own)
        .order_by(name)
        .limit(2 * CANDIDATES)
        .subquery()
        for place in range(MARKS)
    )
    return union_all(*(select(part.c.document_id) for part in few))


@cache
def _by_number() -> Select[Any]:
    key, card = tables.number_key.c, tables.document.c
    day = bindparam("day", type_=Date)
    # Case numbers begin anew everywhere and every year: the date keeps most of them apart.
    return (
        select(key.document_id)
        .distinct()
        .join(tables.document, card.id == key.document_id)
        .where(
            key.key.in_(bindparam("keys", expanding=True)),
            key.document_id != bindparam("own"),
            or_(card.date == day, card.date.is_(None), day.is_(None)),
        )
        .order_by(key.document_id)
        .limit(CANDIDATES)
    )


@cache
def _by_title() -> Select[Any]:
    card = tables.document.c
    same = and_(card.title_norm == bindparam("title"), card.id != bindparam("own"))
    return select(card.id).where(same).order_by(card.id).limit(CANDIDATES)


@cache
def _cards() -> Select[Any]:
    version, card = tables.document_version.c, tables.document.c
    current = and_(version.document_id == card.id, version.version == card.version)
    return (
        select(*card_columns(), was_recognised().label("recognised"))
        .join(tables.document_version, current)
        .where(card.id.in_(bindparam("names", expanding=True)))
        .order_by(card.id)
    )
