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
            kept = self._first_passing(hits, query, depth, checked)
            if len(kept) >= depth or len(hits) < wanted:
                return kept
            wanted *= 4

    def _first_passing(
        self,
        hits: Sequence[ArmHit],
        query: SearchQuery,
        depth: int,
        checked: dict[PassageId, bool],
    ) -> Sequence[ArmHit]:
        """The first ``depth`` hits that pass; what is asked of SQL is remembered in ``checked``."""
        kept: list[ArmHit] = []
        for start in range(0, len(hits), depth):
            page = hits[start : start + depth]
            if unknown := [hit.passage for hit in page if hit.passage not in checked]:
                found = self.library.passages(unknown, access=query.access)
                checked |= dict.fromkeys(unknown, False)
                checked |= {p.id: passes(query.filters, p.document) for p in found}
            kept += [hit for hit in page if checked[hit.passage]]
            if len(kept) >= depth:
                break
        return kept[:depth]
