"""The dense arm under filters: planned, because filtering inside the vector engine is slow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.domain.library import PassageId
from knowledge.domain.search import ArmHit, SearchQuery
from knowledge.index.filters import passes
from knowledge.ports import DenseIndex, PassageSource, Vector

EXACT_LIMIT = 1000
"""Up to so many passages are compared one by one (about 30 ms); measured against over-fetching."""


@dataclass(frozen=True, slots=True)
class DenseArm:
    """Vector search bounded by rights and filters, equal to a brute-force filtered search."""

    library: PassageSource
    index: DenseIndex

    def search(self, vector: Vector, query: SearchQuery, depth: int) -> Sequence[ArmHit]:
        """The best ``depth`` passages that rights and filters let pass."""
        if query.filters.empty:
            return self.index.search(vector, access=query.access, limit=depth)
        few = self.library.matching_passage_ids(
            access=query.access, filters=query.filters, limit=EXACT_LIMIT
        )
        if few is not None:
            return self.index.search(vector, access=query.access, limit=depth, only=few)
        return self._overfetched(vector, query, depth)

    def _overfetched(self, vector: Vector, query: SearchQuery, depth: int) -> Sequence[ArmHit]:
        wanted = depth * 4
        checked: dict[PassageId, bool] = {}
        while True:
            hits = self.index.search(vector, access=query.access, limit=wanted)
            checked |= self._checked([h.passage for h in hits if h.passage not in checked], query)
            kept = [hit for hit in hits if checked[hit.passage]]
            if len(kept) >= depth or len(hits) < wanted:
                return kept[:depth]
            wanted *= 4

    def _checked(self, ids: Sequence[PassageId], query: SearchQuery) -> dict[PassageId, bool]:
        found = self.library.passages(ids, access=query.access)
        passing = {p.id for p in found if passes(query.filters, p.document)}
        return {name: name in passing for name in ids}
