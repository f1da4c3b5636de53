"""The indexes follow the change log: resumable, stoppable, never of two minds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread

import pytest

from knowledge.domain.library import Change, DocumentId
from knowledge.errors import IndexUnavailable, ModelUnavailable
from knowledge.index import dense_sync
from knowledge.index.locks import file_lock
from knowledge.index.sync import Indexer
from knowledge.ports import DenseIndex, Embedder, Vector
from knowledge.providers.stand_in import StandInEmbedder
from tests.fakes.index_fakes import (
    BrokenEmbedder,
    FakeLibrary,
    VectorTwin,
    WordTwin,
    card,
    passages,
)


class CountingEmbedder(StandInEmbedder):
    """Counts the texts it embeds and remembers the largest batch."""

    def __init__(self) -> None:
        super().__init__(64)
        self.texts = 0
        self.largest = 0

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        self.texts += len(texts)
        self.largest = max(self.largest, len(texts))
        return super().embed_passages(texts)


class Desk:
    """A library of forty documents with three passages each, and its indexer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = FakeLibrary()
        self.words, self.vectors = WordTwin(), VectorTwin()
        self.embedder = CountingEmbedder()
        for number in range(40):
            texts = [f"第{number}件{part}" for part in ("经过", "措施", "下一步")]
            self.library.put(*passages(card(f"d{number:02}"), *texts))
        self.indexer = self.with_arm(self.vectors, self.embedder)

    def with_arm(self, dense: DenseIndex | None, embedder: Embedder | None) -> Indexer:
        library = self.library
        return Indexer(
            library, library, self.words, dense, embedder, folder=self.folder, lock_timeout=0.2
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_words_follow_the_log_and_then_rest(desk: Desk) -> None:
    assert not desk.indexer.lexical_is_fresh()
    assert desk.indexer.catch_up_lexical() == 40
    assert desk.indexer.lexical_is_fresh()
    assert desk.indexer.catch_up_lexical() == 0
    desk.library.put(*passages(card("new"), "新的"))
    assert desk.indexer.catch_up_lexical() == 1


def test_a_log_end_without_documents_is_still_reached(desk: Desk) -> None:
    desk.indexer.catch_up_lexical()
    desk.indexer.catch_up_dense()
    desk.library.log.append(Change(desk.library.revision() + 5, DocumentId("never")))
    assert desk.indexer.catch_up_lexical() == 1
    assert desk.indexer.catch_up_dense()
    assert desk.indexer.check()["ok"] is True


def test_vectors_are_made_once_in_small_batches_with_progress(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    assert desk.indexer.catch_up_dense(lambda done, total: told.append((done, total)))
    assert desk.embedder.texts == 120
    assert 1 < desk.embedder.largest <= 4
    assert told[-1] == (120, 120)
    assert told == sorted(told)
    assert desk.vectors.passage_ids() == desk.library.active_passage_ids()
    assert desk.indexer.catch_up_dense()
    assert desk.embedder.texts == 120


def test_stopped_vectors_go_on_where_they_stopped(desk: Desk) -> None:
    while not desk.indexer.catch_up_dense(should_stop=_after(3)):
        assert desk.library.missing("test") == 120 - desk.embedder.texts
    assert desk.embedder.texts == 120
    assert desk.vectors.passage_ids() == desk.library.active_passage_ids()


def _after(questions: int) -> Callable[[], bool]:
    left = iter(range(questions))
    return lambda: next(left, None) is None


def test_a_step_ends_in_time_even_within_a_long_document(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = passages(card("long"), *[f"第{number}段" for number in range(50)])
    desk.library.put(*long)
    monkeypatch.setattr(dense_sync, "_STEP_SECONDS", 0.0)
    locked = list[int]()
    acquire = dense_sync.DenseFeed.step

    def step(
        feed: dense_sync.DenseFeed,
        embedded: dense_sync.Embedded,
        should_stop: dense_sync.ShouldStop,
    ) -> bool:
        before = desk.embedder.texts
        more = acquire(feed, embedded, should_stop)
        locked.append(desk.embedder.texts - before)
        return more

    monkeypatch.setattr(dense_sync.DenseFeed, "step", step)
    assert desk.indexer.catch_up_dense()
    assert max(locked) == 4
    assert desk.embedder.texts == 170
    assert desk.vectors.passage_ids() == desk.library.active_passage_ids()


def test_a_model_that_falls_silent_loses_nothing(desk: Desk) -> None:
    desk.indexer.catch_up_dense(should_stop=_after(4))
    kept = len(desk.library.vector_rows)
    silent = BrokenEmbedder(lambda: ModelUnavailable("model.silent"))
    silent.model = "test"
    with pytest.raises(ModelUnavailable):
        desk.with_arm(desk.vectors, silent).catch_up_dense()
    assert len(desk.library.vector_rows) == kept > 0
    assert desk.indexer.catch_up_dense()


def test_without_the_arm_there_is_nothing_to_catch_up(desk: Desk) -> None:
    assert desk.with_arm(None, None).catch_up_dense()
    report = desk.with_arm(None, None).check()
    assert report["dense"] is None


def test_a_second_process_waits_reports_and_takes_over(desk: Desk) -> None:
    other, told, done = Desk(desk.folder), list[int](), Event()
    waiting = Thread(
        target=lambda: (
            other.indexer.catch_up_dense(lambda done, _: told.append(done)) and done.set()
        )
    )
    with file_lock(desk.folder / "vectors.lock", timeout=1):
        waiting.start()
        vector = other.embedder.embed_query("甲")
        other.library.keep_vectors("test", [(other.library.all()[0], vector)])
        while not told:
            assert waiting.is_alive()
        assert told == [1]
        assert other.embedder.texts == 0
    waiting.join(timeout=30)
    assert done.is_set()
    assert other.embedder.texts == 119


def test_a_changed_document_is_replaced_and_a_removed_one_forgotten(desk: Desk) -> None:
    desk.indexer.catch_up_lexical()
    desk.indexer.catch_up_dense()
    desk.library.set(DocumentId("d00"), passages(card("d00"), "只剩一段"))
    desk.library.set(DocumentId("d01"), [])
    desk.indexer.catch_up_lexical()
    desk.indexer.catch_up_dense()
    assert desk.words.passage_ids() == desk.vectors.passage_ids()
    assert desk.words.passage_ids() == desk.library.active_passage_ids()


@pytest.mark.parametrize("change", ["another store", "a shorter log"])
def test_an_index_of_another_history_starts_over(desk: Desk, change: str) -> None:
    desk.indexer.catch_up_lexical()
    desk.indexer.catch_up_dense()
    if change == "another store":
        desk.library.store = "store-2"
    else:
        desk.library.log = desk.library.log[:10]
        desk.library.kept = dict(list(desk.library.kept.items())[:10])
    assert not desk.indexer.lexical_is_fresh()
    desk.indexer.catch_up_lexical()
    desk.indexer.catch_up_dense()
    assert desk.indexer.check()["ok"] is True
    assert desk.words.store == desk.vectors.store == desk.library.store


def test_a_rebuild_uses_the_kept_vectors(desk: Desk) -> None:
    desk.indexer.catch_up_lexical()
    desk.indexer.catch_up_dense()
    desk.words.entries.popitem()
    desk.vectors.entries.popitem()
    report = desk.indexer.check()
    assert report["ok"] is False
    for arm in ("lexical", "dense"):
        section = report[arm]
        assert isinstance(section, dict)
        assert (section["state"], section["missing"], section["extra"]) == ("damaged", 1, 0)
    assert desk.indexer.rebuild()
    assert desk.indexer.check()["ok"] is True
    assert desk.embedder.texts == 120


def test_an_index_that_lags_is_told_from_a_damaged_one(desk: Desk) -> None:
    desk.indexer.catch_up_lexical()
    report = desk.indexer.check()
    dense = report["dense"]
    assert isinstance(dense, dict)
    assert (dense["state"], dense["without_vector"]) == ("behind", 120)


def test_a_lock_that_is_kept_for_too_long_is_told(desk: Desk) -> None:
    with (
        file_lock(desk.folder / "words.lock", timeout=1),
        pytest.raises(IndexUnavailable) as refusal,
    ):
        desk.indexer.catch_up_lexical()
    assert refusal.value.code == "index.locked"
