"""Keeps the indexes in step with the library's change log, whatever process changed it."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from time import sleep

from knowledge.errors import IndexUnavailable
from knowledge.index.dense_sync import DenseFeed, ShouldStop
from knowledge.index.health import Health, IndexedLibrary
from knowledge.index.locks import file_lock
from knowledge.ports import (
    ChangeLog,
    DenseIndex,
    Embedder,
    LexicalIndex,
    Progress,
    VectorStore,
)

_GROUP = 200
_POLL_SECONDS = 0.2
_YIELD_SECONDS = 0.02


def _never() -> bool:
    return False


class Indexer:
    """Follows the change log of one library with the word index and the vector index.

    Args:
        library, vectors: the truth in SQL.
        lexical: the word index.
        dense, embedder: the vector index and its model; without either, words only.
        folder: where the lock files lie, shared by all processes of one DAFU_HOME.
        lock_timeout: seconds to wait for another process's step.
    """

    def __init__(
        self,
        library: IndexedLibrary,
        vectors: VectorStore,
        lexical: LexicalIndex,
        dense: DenseIndex | None = None,
        embedder: Embedder | None = None,
        *,
        folder: Path,
        lock_timeout: float = 60.0,
    ) -> None:
        self._library = library
        self._vectors = vectors
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._folder = folder
        self._lock_timeout = lock_timeout

    def lexical_is_fresh(self) -> bool:
        """True when the word index shows the library as it is now; cheap enough for every turn."""
        return _is_fresh(self._library, self._lexical)

    def catch_up_lexical(self) -> int:
        """Apply all changes the word index does not show yet; returns how many documents.

        Raises:
            IndexUnavailable: another process keeps the index for too long.
        """
        applied = 0
        while not self.lexical_is_fresh():
            with self._words_lock():
                _start_over_if_foreign(self._library, self._lexical)
                applied += self._apply_words()
        return applied

    def catch_up_dense(
        self, progress: Progress | None = None, should_stop: ShouldStop = _never
    ) -> bool:
        """Bring the vectors up to the change log; True when they are there.

        Only one process embeds at a time; the others report its progress and take over when
        it ends. Killed or stopped at any point, the next call goes on from there.

        Args:
            progress: called with (passages embedded, passages that had no vector at the start).
            should_stop: asked between small batches and while waiting.

        Raises:
            ModelUnavailable: the embedding model does not answer.
            IndexUnavailable: the vector index fails.
        """
        if self._dense is None or self._embedder is None:
            return True
        feed = DenseFeed(self._library, self._vectors, self._dense, self._embedder)
        count = _Count(self._vectors.missing(self._embedder.model), progress)
        while not should_stop():
            if not self._step(feed, self._dense, count, should_stop):
                count.report(self._vectors.missing(self._embedder.model))
                if _is_fresh(self._library, self._dense):
                    return True
        return False

    def rebuild(self, progress: Progress | None = None, should_stop: ShouldStop = _never) -> bool:
        """Make both indexes anew from SQL; kept vectors are used, only missing ones are made.

        Returns and raises as ``catch_up_dense``.
        """
        store = self._library.store_id()
        with self._words_lock():
            self._lexical.clear(store_id=store)
        self.catch_up_lexical()
        if self._dense is not None:
            with self._vectors_lock(self._lock_timeout):
                self._dense.clear(store_id=store)
        return self.catch_up_dense(progress, should_stop)

    def check(self) -> dict[str, object]:
        """What ``dafu doctor`` shows, see ``Health.report``."""
        health = Health(self._library, self._vectors)
        model = self._embedder.model if self._embedder is not None else None
        return health.report(self._lexical, self._dense, model)

    def _apply_words(self) -> int:
        revision = self._library.revision()
        changes = self._library.changes(self._lexical.applied_seq(), limit=_GROUP)
        documents = [change.document for change in changes]
        passages = self._library.passages_of(documents)
        self._lexical.apply(
            {document: passages.get(document, ()) for document in documents},
            seq=changes[-1].seq if changes else revision,
        )
        return len(documents)

    def _step(
        self, feed: DenseFeed, dense: DenseIndex, count: _Count, should_stop: ShouldStop
    ) -> bool:
        """One step, or a short wait while another process takes one; False at the end."""
        with ExitStack() as held:
            try:
                held.enter_context(self._vectors_lock(0))
            except IndexUnavailable:
                sleep(_POLL_SECONDS)
                return False
            _start_over_if_foreign(self._library, dense)
            more = feed.step(count.add, should_stop)
        # Whoever waits to start the vectors over gets a chance between two steps.
        sleep(_YIELD_SECONDS)
        return more

    def _words_lock(self) -> AbstractContextManager[None]:
        return file_lock(self._folder / "words.lock", timeout=self._lock_timeout)

    def _vectors_lock(self, timeout: float) -> AbstractContextManager[None]:
        return file_lock(self._folder / "vectors.lock", timeout=timeout)


class _Count:
    """Progress of one catching up, whoever does the work."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._done = 0
        self._progress = progress

    def add(self, embedded: int) -> None:
        self._tell(self._done + embedded)

    def report(self, missing: int) -> None:
        self._tell(max(self._done, self._total - missing))

    def _tell(self, done: int) -> None:
        changed, self._done = done != self._done, done
        # Passages that arrive meanwhile raise the total instead of passing it.
        self._total = max(self._total, done)
        if changed and self._progress is not None:
            self._progress(done, self._total)


def _is_fresh(library: ChangeLog, index: LexicalIndex | DenseIndex) -> bool:
    same_store = index.store_id() == library.store_id()
    return same_store and index.applied_seq() == library.revision()


def _start_over_if_foreign(library: ChangeLog, index: LexicalIndex | DenseIndex) -> None:
    store = library.store_id()
    # A log that is shorter than what was applied is not the log that was applied.
    if index.store_id() != store or index.applied_seq() > library.revision():
        index.clear(store_id=store)
