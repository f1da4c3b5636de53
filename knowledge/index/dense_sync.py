"""Feeds the vector index step by step: embeds what has no vector, keeps it in SQL, then shows it.

A step is small, so that it can be stopped, killed or handed to another process between any two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from knowledge.domain.library import Change, DocumentId, Passage, PassageId, indexed_text
from knowledge.ports import ChangeLog, DenseIndex, Embedder, Vector, VectorStore

EMBED_BATCH = 4
"""Texts embedded in one go: about two seconds of two cores, then questions get their turn."""
_STEP_EMBEDDED = 16
_STEP_PASSAGES = 256
_CHANGES = 64

Embedded = Callable[[int], None]
ShouldStop = Callable[[], bool]


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
        candidates = [passage for passages in documents.values() for passage in passages]
        vectors = self._vectors.vectors(self._embedder.model, candidates)
        group, passages = _one_step(changes, documents, vectors)
        missing = [passage for passage in passages if passage.id not in vectors]
        fresh = self._embed(missing, embedded, should_stop)
        if len(fresh) == len(missing):
            self._show(group, passages, {**vectors, **fresh})
        return True

    def _skip_to(self, revision: int) -> bool:
        if self._dense.applied_seq() < revision:
            self._dense.apply({}, remove=(), seq=revision)
        return False

    def _embed(
        self, passages: Sequence[Passage], embedded: Embedded, should_stop: ShouldStop
    ) -> dict[PassageId, Vector]:
        fresh: dict[PassageId, Vector] = {}
        for start in range(0, len(passages), EMBED_BATCH):
            if should_stop():
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
        passages: Sequence[Passage],
        vectors: Mapping[PassageId, Vector],
    ) -> None:
        shown: dict[DocumentId, list[tuple[Passage, Vector]]] = {
            change.document: [] for change in changes
        }
        for passage in passages:
            shown[passage.document.id].append((passage, vectors[passage.id]))
        self._dense.apply(
            shown, remove=self._library.passage_ids_ever(list(shown)), seq=changes[-1].seq
        )


def _one_step(
    changes: Sequence[Change],
    documents: Mapping[DocumentId, Sequence[Passage]],
    vectors: Mapping[PassageId, Vector],
) -> tuple[Sequence[Change], Sequence[Passage]]:
    """As many changes as make one step, one at least, and their passages."""
    taken: list[Passage] = []
    for position, change in enumerate(changes):
        taken.extend(documents.get(change.document, ()))
        unknown = sum(passage.id not in vectors for passage in taken)
        if unknown >= _STEP_EMBEDDED or len(taken) >= _STEP_PASSAGES:
            return changes[: position + 1], taken
    return changes, taken
