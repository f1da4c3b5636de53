"""Several processes share one folder: nobody is refused, nobody reads old, a kill loses nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.domain.search import SearchMode
from knowledge.index.cursor import Cursor, CursorFile
from tests.integration.index.desk import PASSAGES, Desk, desk

ROOT = Path(__file__).parents[3]
Start = Callable[[int, int], "subprocess.Popen[str]"]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts another process that stores and indexes some documents."""
    started: list[subprocess.Popen[str]] = []

    def run(first: int, last: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.integration.index.desk"]
        started.append(
            subprocess.Popen(
                [*command, str(tmp_path), str(first), str(last)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def finished(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors


def told(process: subprocess.Popen[str]) -> int:
    """The next number the other process is done with."""
    assert process.stdout is not None
    return int(process.stdout.readline())


def test_an_open_process_finds_what_another_stored(here: Desk, start: Start) -> None:
    here.store(range(3))
    here.catch_up()
    assert len(here.found("甲1乙2", SearchMode.DENSE)) == 10
    finished(start(100, 103))
    assert here.indexer.lexical_is_fresh()
    assert "甲101乙2" in here.found("编号101事项的第2部分甲101乙2")[0]
    assert "甲101乙2" in here.found("编号101事项的第2部分甲101乙2", SearchMode.DENSE)[0]
    assert here.indexer.check()["ok"] is True
    assert len(here.vectors.passage_ids()) == 6 * PASSAGES
    assert here.lost_vectors() == 0


def test_processes_write_at_once_and_nothing_is_lost(here: Desk, start: Start) -> None:
    others = [start(100, 115), start(200, 215)]
    for number in range(15):
        here.store([number])
        here.catch_up()
    for other in others:
        finished(other)
    here.catch_up()
    assert here.indexer.check()["ok"] is True
    assert len(here.words.passage_ids()) == 45 * PASSAGES
    assert here.lost_vectors() == 0


def test_a_document_is_found_by_words_as_soon_as_it_is_stored(here: Desk, start: Start) -> None:
    other = start(100, 106)
    for _ in range(6):
        number = told(other)
        here.indexer.catch_up_lexical()
        assert f"甲{number}乙0" in here.found(f"编号{number}事项的第0部分甲{number}乙0")[0]
    finished(other)


@pytest.mark.parametrize("done", [1, 9])
def test_a_killed_process_is_caught_up_by_the_next(here: Desk, start: Start, done: int) -> None:
    other = start(0, 1000)
    while told(other) < done:
        pass
    other.kill()
    other.communicate()
    here.catch_up()
    report = here.indexer.check()
    assert report["ok"] is True, report
    assert len(here.words.passage_ids()) >= (done + 1) * PASSAGES
    assert here.lost_vectors() == 0


class Killed(BaseException):
    """Stands for the process that ends here and now."""


@pytest.mark.parametrize("where", ["vectors", "words"])
def test_dying_between_the_data_and_the_cursor_is_made_good(
    tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = CursorFile.write

    def die(file: CursorFile, cursor: Cursor) -> None:
        if where in file.path.parts and not cursor.writing:
            raise Killed
        write(file, cursor)

    with desk(tmp_path) as first:
        first.store(range(5))
        first.catch_up()
        first.store(range(5, 10))
        monkeypatch.setattr(CursorFile, "write", die)
        with pytest.raises(Killed):
            first.catch_up()
        monkeypatch.undo()
    with desk(tmp_path) as second:
        second.catch_up()
        assert second.indexer.check()["ok"] is True
        assert second.lost_vectors() == 0
