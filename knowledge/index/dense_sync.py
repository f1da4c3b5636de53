"""Feeds the vector index step by step: embeds what has no vector, keeps it in SQL, then shows it.

A step is small, so that it can be stopped, killed or handed to another process between any two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from knowledge.domain.library import Change, DocumentId, Passage, PassageId, indexed_text
from knowledge.ports import ChangeLog, DenseIndex, Embedder, Vector, VectorStore

EMBED_BATCH = 4
"""Texts embedded in one go: about two seconds of two cores, then questions get their turn."""
_STEP_SECONDS = 4.0
_STEP_PASSAGES = 256
_CHANGES = 32

Embedded = Callable[[int], None]
ShouldStop = Callable[[], bool]
Documents = Mapping[DocumentId, Sequence[Passage]]


class DenseFeed:
    """Applies changes to the vector index in steps; the caller holds the lock during one.

    Args:
        library, vectors: the truth in SQL.
        dense, embedder: the vector index and its model.
    """

    def __init__(
        self, library: ChangeLog, vectors: VectorStore, dense: DenseIndex, embedder: Embedder
    ) -> None:
        self._library = library
        self._vectors = vectors
        self._dense = dense
        self._embedder = embedder

    def step(self, embedded: Embedded, should_stop: ShouldStop) -> bool:
        """Bring the index some documents further; False when there was nothing left to do.

        Args:
            embedded: told how many passages were just embedded.
            should_stop: asked between small batches; what is done until then is kept.

        Raises:
            ModelUnavailable: the model does not answer; what is done until then is kept.
            IndexUnavailable: the vector index fails.
        """
        revision = self._library.revision()
        changes = self._library.changes(self._dense.applied_seq(), limit=_CHANGES)
        if not changes:
            return self._skip_to(revision)
        documents = self._library.passages_of([change.document for change in changes])
        passages = [passage for state in documents.values() for passage in state]
        vectors = dict(self._vectors.vectors(self._embedder.model, passages))
        ready = self._ready(changes, documents, vectors, embedded, should_stop)
        if ready:
            self._show(ready, documents, vectors)
        return True

    def _skip_to(self, revision: int) -> bool:
        if self._dense.applied_seq() < revision:
            self._dense.apply({}, remove=(), seq=revision)
        return False

    def _ready(
        self,
        changes: Sequence[Change],
        documents: Documents,
        vectors: dict[PassageId, Vector],
        embedded: Embedded,
        should_stop: ShouldStop,
    ) -> Sequence[Change]:
        """The changes whose passages all have vectors by the time this step is up."""
        end, taken = monotonic() + _STEP_SECONDS, 0
        for position, change in enumerate(changes):
            passages = documents.get(change.document, ())
            missing = [passage for passage in passages if passage.id not in vectors]
            vectors |= self._embedded(missing, embedded, should_stop, end)
            if any(passage.id not in vectors for passage in missing):
                return changes[:position]
            taken += len(passages)
            if taken >= _STEP_PASSAGES or monotonic() >= end:
                return changes[: position + 1]
        return changes

    def _embedded(
        self,
        passages: Sequence[Passage],
        embedded: Embedded,
        should_stop: ShouldStop,
        end: float,
    ) -> dict[PassageId, Vector]:
        """Vectors made and kept, in small batches, until stopped or time is up; one at least."""
        fresh: dict[PassageId, Vector] = {}
        for start in range(0, len(passages), EMBED_BATCH):
            if should_stop() or (fresh and monotonic() >= end):
                break
            few = passages[start : start + EMBED_BATCH]
            made = self._embedder.embed_passages([indexed_text(passage) for passage in few])
            self._vectors.keep_vectors(self._embedder.model, list(zip(few, made, strict=True)))
            fresh |= {passage.id: vector for passage, vector in zip(few, made, strict=True)}
            embedded(len(few))
        return fresh

    def _show(
        self,
        changes: Sequence[Change],
        documents: Documents,
        vectors: Mapping[PassageId, Vector],
    ) -> None:
        shown = {
            change.document: [
                (passage, vectors[passage.id]) for passage in documents.get(change.document, ())
            ]
            for change in changes
        }
        self._dense.apply(
            shown, remove=self._library.passage_ids_ever(list(shown)), seq=changes[-1].seq
        )
