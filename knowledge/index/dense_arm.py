"""The dense arm under filters: planned, because filtering inside the vector engine is slow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.domain.search import ArmHit, SearchQuery
from knowledge.ports import DenseIndex, PassageSource, Vector

EXACT_LIMIT = 1000
"""Up to so many passages are compared one by one (about 30 ms); measured against over-fetching."""

_OFTEN = 0.4
"""Share of near passages that must pass for over-fetching to be tried first."""


@dataclass(frozen=True, slots=True)
class DenseArm:
    """Vector search bounded by rights and filters, equal to a brute-force filtered search."""

    library: PassageSource
    index: DenseIndex

    def search(self, vector: Vector, query: SearchQuery, depth: int) -> Sequence[ArmHit]:
        """The best ``depth`` passages that rights and filters let pass."""
        if query.filters.empty:
            return self.index.search(vector, access=query.access, limit=depth)
        wanted = depth * 4
        near = self.index.search(vector, access=query.access, limit=wanted)
        passing = self._passing(near[:depth], query, depth)
        if len(passing) < _OFTEN * depth:
            few = self.library.matching_passage_ids(
                access=query.access, filters=query.filters, limit=EXACT_LIMIT
            )
            if few is not None:
                return self.index.search(vector, access=query.access, limit=depth, only=few)
        while True:
            passing = self._passing(near, query, depth)
            if len(passing) >= depth or len(near) < wanted:
                return passing
            wanted *= 4
            near = self.index.search(vector, access=query.access, limit=wanted)

    def _passing(self, hits: Sequence[ArmHit], query: SearchQuery, depth: int) -> Sequence[ArmHit]:
        """The first ``depth`` hits that pass; no more of them are looked up than needed."""
        kept: list[ArmHit] = []
        for start in range(0, len(hits), depth):
            page = hits[start : start + depth]
            passing = self.library.passing(
                [hit.passage for hit in page], access=query.access, filters=query.filters
            )
            kept.extend(hit for hit in page if hit.passage in passing)
            if len(kept) >= depth:
                break
        return kept[:depth]
