"""The library over SQL: the one adapter behind the ports ``Library`` and ``VectorStore``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, func, select

from knowledge.domain.documents import Openness
from knowledge.domain.library import (
    Change,
    Copy,
    DocumentCard,
    DocumentId,
    DocumentStatus,
    DocumentView,
    Passage,
    PassageId,
    Provenance,
    Reference,
    SourceFile,
    Stored,
    StoreOutcome,
)
from knowledge.domain.search import Access, SearchFilters
from knowledge.ports import Clock, Vector
from storage import changes, duplicates, editing, reading, references, schema, tables
from storage import vectors as kept_vectors
from storage.access import ACTIVE
from storage.database import Database
from storage.lookups import held_at
from storage.storing import store_file


class SqlLibrary:
    """Documents, passages, references, changes and vectors in one database.

    Every call is one short transaction and may come from any thread. All calls raise
    ``DatabaseUnavailable`` when the database does not answer.

    Args:
        database: at head; see ``Database.upgrade``.
        clock: dates what is stored.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def known_source(self, path: str, sha256: str) -> Stored | None:
        """UNCHANGED when this path was last stored with this very content, else None."""
        with self._database.reading() as connection:
            here, digests = held_at(connection, path)
        if digests != {sha256}:
            return None
        return Stored(StoreOutcome.UNCHANGED, tuple(kept.card.id for kept in here))

    def store(self, source: SourceFile) -> Stored:
        """Store all documents of a file in one transaction: all or nothing.

        Raises:
            ContentRefused: a text holds characters the database cannot keep.
        """
        with self._database.writing(queue=True) as connection:
            return store_file(connection, source, self._clock.now())

    def documents(
        self,
        *,
        access: Access,
        filters: SearchFilters | None = None,
        statuses: Iterable[DocumentStatus] = ACTIVE,
        limit: int | None = None,
    ) -> Sequence[DocumentCard]:
        """Cards the person may see, newest date first, undated ones last.

        Only handlers and above see documents that are not active, whatever ``statuses`` says.
        """
        with self._database.reading() as connection:
            return reading.listed(
                connection, access=access, filters=filters, statuses=statuses, limit=limit
            )

    def document(self, document: DocumentId, *, access: Access) -> DocumentView | None:
        """One document whole, of any status for handlers and above, else only when active."""
        with self._database.reading() as connection:
            return reading.whole(connection, document, access)

    def by_number(self, number: str, *, access: Access) -> Sequence[DocumentCard]:
        """Active documents by document number, case literal, or a case's bare digits."""
        with self._database.reading() as connection:
            return reading.numbered(connection, number, access)

    def linked(
        self, documents: Sequence[DocumentId], *, access: Access
    ) -> Mapping[DocumentId, Sequence[DocumentCard]]:
        """Active documents that share a file with each of these, e.g. record and letter."""
        with self._database.reading() as connection:
            return reading.linked_cards(connection, documents, access)

    def copies(
        self, documents: Sequence[DocumentId], *, access: Access
    ) -> Mapping[DocumentId, Sequence[Copy]]:
        """Active copies of each of these that the person may see, those to be shown first."""
        with self._database.reading() as connection:
            return duplicates.copies_of(connection, documents, access)

    def citing(
        self,
        *,
        number: str | None,
        title: str | None,
        access: Access,
        relation: str | None = None,
    ) -> Sequence[tuple[DocumentCard, Reference]]:
        """Active documents that cite or replace this policy, with the edge, newest first."""
        with self._database.reading() as connection:
            return references.citing_documents(
                connection, number=number, title=title, access=access, relation=relation
            )

    def set_document(
        self,
        document: DocumentId,
        *,
        openness: Openness | None = None,
        status: DocumentStatus | None = None,
        unit: str | None = None,
    ) -> DocumentCard | None:
        """Change what an operator may change; openness and unit outlive new versions."""
        with self._database.writing(queue=True) as connection:
            return editing.edit_document(
                connection,
                document,
                openness=openness,
                status=status,
                unit=unit,
                at=self._clock.now(),
            )

    def remove(self, document: DocumentId) -> bool:
        """Delete a document with all versions and passages; False when absent."""
        return self._remove(tables.document.c.id == document) > 0

    def remove_provenance(self, provenance: Provenance) -> int:
        """Delete all documents of a provenance; returns how many."""
        return self._remove(tables.document.c.provenance == provenance.value)

    def count(self, *, provenance: Provenance | None = None) -> int:
        """Number of documents kept, whatever their status."""
        statement = select(func.count()).select_from(tables.document)
        if provenance is not None:
            statement = statement.where(tables.document.c.provenance == provenance.value)
        with self._database.reading() as connection:
            return connection.execute(statement).scalar_one()

    def revision(self) -> int:
        """Last seq of the change log; 0 when blank."""
        with self._database.reading() as connection:
            return changes.last_seq(connection)

    def store_id(self) -> str:
        """Random id of this store, 32 hex digits, given when it was made."""
        with self._database.reading() as connection:
            return schema.store_id(connection)

    def changes(self, after: int, *, limit: int) -> Sequence[Change]:
        """Changes with seq > after, oldest first, each document at most once (its last)."""
        with self._database.reading() as connection:
            return changes.changes_after(connection, after, limit)

    def passages_of(
        self, documents: Sequence[DocumentId]
    ) -> Mapping[DocumentId, Sequence[Passage]]:
        """Passages to be indexed, in order: empty for documents not active or gone."""
        with self._database.reading() as connection:
            return reading.passages_to_index(connection, documents)

    def passage_ids_ever(self, documents: Sequence[DocumentId]) -> Sequence[PassageId]:
        """Ids of all passages of all versions, removed documents included."""
        with self._database.reading() as connection:
            return changes.ever_had(connection, documents)

    def passages(self, ids: Sequence[PassageId], *, access: Access) -> Sequence[Passage]:
        """Active passages the person may see, in the order of ``ids``; others are left out."""
        with self._database.reading() as connection:
            return reading.named_passages(connection, ids, access)

    def passing(
        self, ids: Sequence[PassageId], *, access: Access, filters: SearchFilters
    ) -> set[PassageId]:
        """Those of ``ids`` that are active and that filters and access let pass."""
        with self._database.reading() as connection:
            return reading.passing_ids(connection, ids, access, filters)

    def matching_passage_ids(
        self, *, access: Access, filters: SearchFilters, limit: int
    ) -> Sequence[PassageId] | None:
        """Ids that filters and access let pass, or None when there are more than ``limit``."""
        with self._database.reading() as connection:
            return reading.matching_ids(connection, access, filters, limit)

    def active_passage_ids(self) -> set[PassageId]:
        """Ids of all passages of active documents."""
        with self._database.reading() as connection:
            return reading.active_ids(connection)

    def vectors(self, model: str, passages: Sequence[Passage]) -> Mapping[PassageId, Vector]:
        """Known vectors of these passages' indexed text, at float32 precision."""
        with self._database.reading() as connection:
            return kept_vectors.known_vectors(connection, model, passages)

    def keep_vectors(self, model: str, vectors: Sequence[tuple[Passage, Vector]]) -> None:
        """Keep vectors; idempotent."""
        with self._database.writing() as connection:
            kept_vectors.keep(connection, model, vectors)

    def missing(self, model: str) -> int:
        """How many active passages have no vector of this model yet."""
        with self._database.reading() as connection:
            return kept_vectors.count_missing(connection, model)

    def _remove(self, condition: ColumnElement[bool]) -> int:
        with self._database.writing(queue=True) as connection:
            found = connection.execute(select(tables.document.c.id).where(condition)).scalars()
            documents = [DocumentId(name) for name in found]
            editing.remove_documents(connection, documents, self._clock.now())
        return len(documents)
