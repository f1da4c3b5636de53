"""Documents and vectors as kept: SQL is the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from knowledge.domain.documents import Openness
from knowledge.domain.library import (
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
from knowledge.domain.search import Access, SearchFilters
from knowledge.ports.changes import ChangeLog, PassageSource
from knowledge.ports.vectors import Vector


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
        self,
        *,
        number: str | None,
        title: str | None,
        access: Access,
        relation: str | None = None,
    ) -> Sequence[tuple[DocumentCard, Reference]]:
        """Active documents that cite or replace this policy, with the edge, newest first.

        ``relation`` is ``cites`` or ``replaces``; None for both.
        """
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
