"""The two derived indexes and the search over both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from knowledge.domain.library import DocumentId, Passage, PassageId
from knowledge.domain.search import Access, ArmHit, SearchFilters, SearchQuery, SearchResult
from knowledge.ports.vectors import Vector


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

    def coverage(self, text: str) -> float:
        """Share of the text's words that occur anywhere in the index, 0..1.

        An English question covers little of a Chinese library: its words decide nothing there.
        """
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
