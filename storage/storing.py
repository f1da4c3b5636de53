"""Stores one file within one transaction: what is new, what changed, what is no longer held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from itertools import count

from sqlalchemy import Connection, Select, bindparam, delete, select

from knowledge.domain.documents import Openness
from knowledge.domain.library import (
    DocumentCard,
    DocumentId,
    DocumentStatus,
    Provenance,
    SourceFile,
    Stored,
    StoreOutcome,
)
from storage import tables
from storage.cards import read_openness, read_unit, strictest
from storage.changes import log_changes
from storage.editing import refresh_digests, with_unit, write_card
from storage.errors import ContentRefused
from storage.lookups import candidates, current_text, held_at
from storage.matching import Decision, Fate, Kept, Matcher
from storage.rows import card_values
from storage.statements import insert
from storage.wordings import Wording, wordings
from storage.writing import NewRows


def store_file(connection: Connection, source: SourceFile, at: datetime) -> Stored:
    """Store all documents of a file; the transaction must be a queued one.

    Raises:
        ContentRefused: the text holds NUL characters, which PostgreSQL cannot keep.
    """
    if "\0" in source.text:
        raise ContentRefused("database.content")
    here, digests = held_at(connection, source.path)
    silent = source.openness is None and source.unit is None
    if digests == {source.sha256} and silent:
        return Stored(StoreOutcome.UNCHANGED, tuple(kept.card.id for kept in here))
    found = wordings(source)
    same, copies = candidates(connection, found, source.path)
    matcher = Matcher(here, same, copies, partial(current_text, connection))
    work = _Storing(connection, source, at, NewRows(source, at))
    work.carry_out(matcher.decide(found), matcher.left_out())
    return Stored(work.outcome(known=bool(here)), tuple(card.id for card, _ in work.held))


@dataclass(slots=True)
class _Storing:
    """Carries out the decisions on one file, gathering rows and writing them at the end."""

    connection: Connection
    source: SourceFile
    at: datetime
    rows: NewRows
    held: list[tuple[DocumentCard, int]] = field(default_factory=list[tuple[DocumentCard, int]])
    added: list[DocumentCard] = field(default_factory=list[DocumentCard])
    changed: dict[str, str] = field(default_factory=dict[str, str])

    def carry_out(self, decisions: Sequence[Decision], left_out: Sequence[Kept]) -> None:
        ids = self._new_ids([one.wording for one in decisions if one.fate is Fate.NEW])
        for decision in decisions:
            if decision.kept is None:
                self._add(decision.wording, ids[decision.wording.sha256])
            elif decision.fate is Fate.VERSION:
                self._renew(decision.wording, decision.kept)
            else:
                self._hold(decision.wording, decision.kept, revive=decision.fate is Fate.REVIVED)
        for kept in left_out:
            self._leave(kept)
        insert(self.connection, tables.document, [card_values(card) for card in self.added])
        self.rows.write(self.connection)
        self._write_sources(clear=bool(left_out) or len(self.added) < len(decisions))
        by_reason = sorted(self.changed.items())
        log_changes(self.connection, by_reason, self.at)

    def outcome(self, *, known: bool) -> StoreOutcome:
        if not self.changed:
            return StoreOutcome.UNCHANGED
        fresh = not known and {"added", "revived"} & set(self.changed.values())
        return StoreOutcome.ADDED if fresh else StoreOutcome.UPDATED

    def _new_ids(self, found: Sequence[Wording]) -> dict[str, DocumentId]:
        """Ids from the digest of a document's first wording; a counter where one is taken."""
        if not found:
            return {}
        first = {one.sha256: f"d{one.sha256[:12]}" for one in found}
        taken = set(self.connection.execute(_taken(), {"names": [*first.values()]}).scalars())
        for digest, name in first.items():
            first[digest] = self._untaken(name) if name in taken else name
        return {digest: DocumentId(name) for digest, name in first.items()}

    def _untaken(self, name: str) -> str:
        card = tables.document.c
        taken = select(card.id).where(card.id.startswith(f"{name}-"))
        names = set(self.connection.execute(taken).scalars())
        return next(other for n in count(2) if (other := f"{name}-{n}") not in names)

    def _add(self, wording: Wording, document: DocumentId) -> None:
        card = replace(wording.card, id=document, version=1)
        self.added.append(card)
        self.rows.add(wording, card)
        self._changed(card, 1, "added")

    def _renew(self, wording: Wording, kept: Kept) -> None:
        old = kept.card
        gone = old.status is DocumentStatus.SUPERSEDED
        card = replace(
            wording.card,
            id=old.id,
            version=old.version + 1,
            status=DocumentStatus.ACTIVE if gone else old.status,
            openness=kept.operator_openness or _carried(old, wording.card),
            provenance=self._provenance(old),
        )
        if kept.operator_unit is not None:
            card = with_unit(card, kept.operator_unit)
        write_card(self.connection, card)
        keys = tables.number_key
        self.connection.execute(delete(keys).where(keys.c.document_id == card.id))
        self.rows.add(wording, card)
        self._changed(card, card.version, "version")

    def _hold(self, wording: Wording, kept: Kept, *, revive: bool) -> None:
        """Keep an equal text; the file's word counts where the document itself is silent."""
        card = self._with_word(wording, kept) if kept.current else kept.card
        if revive:
            card = replace(card, status=DocumentStatus.ACTIVE)
        if card == kept.card:
            self.held.append((card, kept.version))
            return
        write_card(self.connection, card)
        if card.unit != kept.card.unit:
            refresh_digests(self.connection, card)
        self._changed(card, kept.version, "revived" if revive else "set")

    def _with_word(self, wording: Wording, kept: Kept) -> DocumentCard:
        card = replace(kept.card, provenance=self._provenance(kept.card))
        word = self.source
        if word.openness and not kept.operator_openness:
            said = strictest(read_openness(wording.parsed), word.openness)
            card = replace(card, openness=said)
        if word.unit and not kept.operator_unit and not read_unit(wording.parsed):
            card = with_unit(card, word.unit)
        return card

    def _provenance(self, old: DocumentCard) -> Provenance:
        """A sample that an own file holds, too, is an own document from then on."""
        own = Provenance.OWN in {old.provenance, self.source.provenance}
        return Provenance.OWN if own else old.provenance

    def _leave(self, kept: Kept) -> None:
        found = kept.card.status in {DocumentStatus.ACTIVE, DocumentStatus.PENDING}
        if found and not kept.elsewhere:
            write_card(self.connection, replace(kept.card, status=DocumentStatus.SUPERSEDED))
            self.changed[kept.card.id] = "superseded"

    def _changed(self, card: DocumentCard, version: int, reason: str) -> None:
        self.held.append((card, version))
        self.changed[card.id] = reason

    def _write_sources(self, *, clear: bool) -> None:
        source = tables.document_source
        if clear:
            self.connection.execute(delete(source).where(source.c.path == self.source.path))
        rows = [
            {
                "path": self.source.path,
                "document_id": card.id,
                "version": version,
                "ordinal": ordinal,
                "sha256": self.source.sha256,
                "stored_at": self.at,
            }
            for ordinal, (card, version) in enumerate(self.held)
        ]
        insert(self.connection, source, rows)


@cache
def _taken() -> Select[str]:
    card = tables.document.c
    return select(card.id).where(card.id.in_(bindparam("names", expanding=True)))


def _carried(old: DocumentCard, new: DocumentCard) -> Openness | None:
    """What was withheld does not open by a new wording, only by a person."""
    return strictest(old.openness, new.openness)
