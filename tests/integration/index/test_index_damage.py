"""A damaged index is noticed, emptied and filled again from the store; nobody is shown half."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.domain.search import SearchMode
from knowledge.errors import IndexUnavailable
from knowledge.index.cursor import CursorFile
from knowledge.providers.stand_in import StandInEmbedder
from tests.integration.index.desk import HANDLER, PASSAGES, Desk, desk

DOCUMENTS = 10


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with desk(tmp_path) as here:
        here.store(range(DOCUMENTS))
        here.catch_up()
    return tmp_path


@pytest.fixture
def open_desk(home: Path) -> Iterator[Desk]:
    with desk(home) as here:
        yield here


def healed(here: Desk) -> bool:
    here.catch_up()
    return here.indexer.check()["ok"] is True and here.lost_vectors() == 0


def spoil(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "garbled":
        path.write_bytes(bytes(byte ^ 0x5A for byte in content))
    else:
        path.unlink()


@pytest.mark.parametrize("how", ["cut", "garbled", "gone"])
@pytest.mark.parametrize("name", ["meta.json", ".managed.json", "cursor.json", "*.term", "*.store"])
def test_a_damaged_word_index_is_made_anew(home: Path, name: str, how: str) -> None:
    spoil(min((home / "index" / "words").glob(name)), how)
    with desk(home) as here:
        assert healed(here)


@pytest.mark.parametrize("how", ["cut", "garbled", "gone"])
@pytest.mark.parametrize("name", ["chroma.sqlite3", "cursor.json"])
def test_a_damaged_vector_index_is_made_anew_from_kept_vectors(
    home: Path, name: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(next((home / "index" / "vectors").rglob(name)), how)
    with desk(home) as here:
        monkeypatch.setattr(StandInEmbedder, "embed_passages", None)
        assert healed(here)


@pytest.mark.parametrize("arm", ["words", "vectors"])
def test_a_folder_removed_under_an_open_index_is_made_anew(
    open_desk: Desk, home: Path, arm: str
) -> None:
    text = "编号7事项的第1部分甲7乙1"
    for mode in (SearchMode.LEXICAL, SearchMode.DENSE):
        assert open_desk.found(text, mode)
    shutil.rmtree(home / "index" / arm)
    assert healed(open_desk)
    for mode in (SearchMode.LEXICAL, SearchMode.DENSE):
        assert "甲7乙1" in open_desk.found(text, mode)[0]


def test_words_damaged_under_an_open_index_are_told_once_and_then_healed(
    open_desk: Desk, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    for path in (home / "index" / "words").glob("*.*"):
        if path.name != "cursor.json":
            spoil(path, "garbled")
    with pytest.raises(IndexUnavailable):
        open_desk.found("编号3事项")
    assert "index.rebuilt" in caplog.text
    assert healed(open_desk)
    assert open_desk.found("编号3事项")


def test_a_writer_that_died_at_work_is_not_trusted(home: Path) -> None:
    file = CursorFile(next((home / "index" / "vectors").rglob("cursor.json")))
    kept = file.path.read_text()
    file.path.write_text(kept.replace('"writing": false', '"writing": true'))
    with desk(home) as here:
        assert here.vectors.passage_ids() == set()
        assert healed(here)


def test_an_index_of_another_schema_is_made_anew(home: Path) -> None:
    from tantivy import Index, SchemaBuilder

    folder = home / "index" / "words"
    shutil.rmtree(folder)
    folder.mkdir()
    Index(SchemaBuilder().add_text_field("other").build(), str(folder))
    with desk(home) as here:
        assert healed(here)


def test_a_rebuild_opens_nothing_old(home: Path) -> None:
    for path in (home / "index").rglob("*.bin"):
        spoil(path, "garbled")
    with desk(home) as here:
        assert here.indexer.rebuild()
        assert healed(here)


def test_a_removed_document_leaves_both_indexes(open_desk: Desk) -> None:
    card, *_ = open_desk.library.documents(access=HANDLER)
    open_desk.library.remove(card.id)
    assert healed(open_desk)
    assert len(open_desk.words.passage_ids()) == (DOCUMENTS - 1) * PASSAGES
