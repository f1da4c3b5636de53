"""What changed and what is to be indexed now: all that the indexes need of the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from knowledge.domain.library import Change, Copy, DocumentId, Passage, PassageId
from knowledge.domain.search import Access, SearchFilters


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

    def copies(
        self, documents: Sequence[DocumentId], *, access: Access
    ) -> Mapping[DocumentId, Sequence[Copy]]:
        """Active copies of each of these that the person may see, those to be shown first.

        Empty for documents that are not active, or not for this person.
        """
        ...

    def passing(
        self, ids: Sequence[PassageId], *, access: Access, filters: SearchFilters
    ) -> set[PassageId]:
        """Those of ``ids`` that are active and that filters and access let pass."""
        ...

    def matching_passage_ids(
        self, *, access: Access, filters: SearchFilters, limit: int
    ) -> Sequence[PassageId] | None:
        """Ids that filters and access let pass, or None when there are more than ``limit``."""
        ...
