"""Hybrid search: both arms under rights and filters, fused, and checked once more against SQL."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Container, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from knowledge.domain.library import Copy, DocumentId, Passage, PassageId
from knowledge.domain.search import ArmHit, Hit, SearchMode, SearchQuery, SearchResult
from knowledge.errors import IndexUnavailable, InputRefused, ModelUnavailable
from knowledge.index.dense_arm import DenseArm
from knowledge.index.fusion import FusedHit, FusionWeights, fuse
from knowledge.ports import DenseIndex, Embedder, LexicalIndex, PassageSource, Vector

_MIN_DEPTH = 50
_GROWTH = 4
_NEARLY = 0.98
"""Share of a copy's score from which the one to be shown rather takes its place."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Run:
    """One search under way: what was found, what it cost, which arms took part."""

    query: SearchQuery
    vector: Vector | None = None
    arms: list[str] = field(default_factory=list[str])
    timings: dict[str, float] = field(default_factory=dict[str, float])
    passages: dict[PassageId, Passage | None] = field(
        default_factory=dict[PassageId, "Passage | None"]
    )
    copies: dict[DocumentId, Sequence[Copy]] = field(
        default_factory=dict[DocumentId, "Sequence[Copy]"]
    )

    @contextmanager
    def timed(self, step: str) -> Generator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            spent = (perf_counter() - start) * 1000
            self.timings[step] = self.timings.get(step, 0.0) + spent


class HybridSearch:
    """Searches passages by words, by meaning, or both.

    Args:
        dense, embedder: the meaning arm; without either there is none.
        weights: what each arm's score counts.
    """

    def __init__(
        self,
        library: PassageSource,
        lexical: LexicalIndex,
        dense: DenseIndex | None = None,
        embedder: Embedder | None = None,
        *,
        weights: FusionWeights | None = None,
    ) -> None:
        self._library = library
        self._lexical = lexical
        self._dense = DenseArm(library, dense) if dense and embedder else None
        self._embedder = embedder
        self._weights = weights or FusionWeights()

    def search(self, query: SearchQuery) -> SearchResult:
        """The best passages this person may see, checked against SQL as it is now.

        In hybrid mode a meaning arm that fails is left out, and ``arms`` shows it.

        Raises:
            InputRefused: ``search.no_dense`` when only the dense arm is asked for and absent.
            ModelUnavailable, IndexUnavailable: an arm fails that was asked for alone.
        """
        run = _Run(query)
        with run.timed("total"):
            self._prepare(run)
            hits = self._filled(run) if query.limit > 0 else []
        return SearchResult(tuple(hits), tuple(run.arms), run.timings)

    def _prepare(self, run: _Run) -> None:
        mode = run.query.mode
        if mode is not SearchMode.DENSE:
            run.arms.append("lexical")
        if mode is SearchMode.LEXICAL:
            return
        if self._dense is None or self._embedder is None:
            if mode is SearchMode.DENSE:
                raise InputRefused("search.no_dense")
            return
        try:
            with run.timed("embed"):
                run.vector = self._embedder.embed_query(run.query.text)
            run.arms.append("dense")
        except ModelUnavailable:
            if mode is SearchMode.DENSE:
                raise
            _log.warning("search.dense_left_out: the embedding model does not answer")

    def _filled(self, run: _Run) -> list[Hit]:
        """Deepens both arms until the limit is filled or nothing further is to be found."""
        depth = max(_MIN_DEPTH, run.query.limit * 2)
        while True:
            lexical, dense = self._by_words(run, depth), self._by_meaning(run, depth)
            with run.timed("fuse"):
                coverage = self._coverage(run.query) if lexical and dense else 1.0
                fused = fuse(lexical, dense, self._weights, coverage=coverage)
            hits = self._checked(run, fused)
            if len(hits) >= run.query.limit or max(len(lexical), len(dense)) < depth:
                return hits
            depth *= _GROWTH

    def _coverage(self, query: SearchQuery) -> float:
        return self._lexical.coverage(" ".join((query.text, *query.expansions)))

    def _by_words(self, run: _Run, depth: int) -> Sequence[ArmHit]:
        if "lexical" not in run.arms:
            return []
        query = run.query
        with run.timed("lexical"):
            return self._lexical.search(
                query.text,
                access=query.access,
                filters=query.filters,
                limit=depth,
                expansions=query.expansions,
            )

    def _by_meaning(self, run: _Run, depth: int) -> Sequence[ArmHit]:
        if self._dense is None or run.vector is None:
            return []
        try:
            with run.timed("dense"):
                return self._dense.search(run.vector, run.query, depth)
        except IndexUnavailable:
            if run.query.mode is SearchMode.DENSE:
                raise
            _log.warning("search.dense_left_out: the vector index does not answer")
            run.arms.remove("dense")
            run.vector = None
            return []

    def _checked(self, run: _Run, fused: Sequence[FusedHit]) -> list[Hit]:
        """The first ``limit`` hits that SQL still allows, at most so many of one document.

        Of several copies of one text only the first to come up gives hits.
        """
        hits: list[Hit] = []
        taken: Counter[DocumentId] = Counter()
        bound = run.query.per_document
        for hit, passage in self._with_passages(run, fused):
            document = passage.document.id
            also = tuple(copy.document.id for copy in run.copies[document])
            if (bound is not None and taken[document] >= bound) or any(map(taken.get, also)):
                continue
            taken[document] += 1
            hits.append(Hit(passage, hit.score, hit.lexical, hit.dense, also))
            if len(hits) == run.query.limit:
                break
        return hits

    def _with_passages(
        self, run: _Run, fused: Sequence[FusedHit]
    ) -> Iterable[tuple[FusedHit, Passage]]:
        page = max(run.query.limit, 10)
        for start in range(0, len(fused), page):
            few = fused[start : start + page]
            found = self._look_up(run, [hit.passage for hit in few])
            allowed = ((hit, found[hit.passage]) for hit in few)
            yield from _main_first(run, [(hit, p) for hit, p in allowed if p is not None])

    def _look_up(self, run: _Run, ids: Sequence[PassageId]) -> Mapping[PassageId, Passage | None]:
        unknown = [name for name in ids if name not in run.passages]
        if unknown:
            with run.timed("fetch"):
                found = self._library.passages(unknown, access=run.query.access)
                documents = {passage.document.id for passage in found} - run.copies.keys()
                copies = self._library.copies(sorted(documents), access=run.query.access)
            run.copies |= copies
            run.passages |= dict.fromkeys(unknown)
            run.passages |= {passage.id: passage for passage in found}
        return run.passages


def _main_first(
    run: _Run, found: Sequence[tuple[FusedHit, Passage]]
) -> Iterable[tuple[FusedHit, Passage]]:
    """Where a copy and the one to be shown rather are found nearly as well, that one leads."""
    left = list(found)
    while left:
        document, at = left[0][1].document.id, 0
        if run.copies[document]:
            floor = _NEARLY * left[0][0].score
            near = {passage.document.id for hit, passage in left if hit.score >= floor}
            chosen = _best_copy(run, document, near)
            at = next(n for n, (_, other) in enumerate(left) if other.document.id == chosen)
        yield left.pop(at)


def _best_copy(run: _Run, document: DocumentId, near: Container[DocumentId]) -> DocumentId:
    """The document itself, or the copy that stands before it and before those copies."""
    passed = {document}
    while True:
        better = (copy.document.id for copy in run.copies[document] if copy.main)
        found = next((name for name in better if name in near and name not in passed), None)
        if found is None:
            return document
        document = found
        passed.add(found)
