"""Several processes share one store: no lock errors, no lost changes, nothing half-stored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from knowledge.domain.library import Change, StoreOutcome
from storage import tables
from storage.database import Database, open_database
from storage.library import SqlLibrary
from tests.contract.storage.conftest import ENGINES
from tests.contract.storage.papers import HANDLER, TickingClock, file, letter, record

Worker = subprocess.Popen[str]
ROOT = Path(__file__).parents[3]


def start(url: str, command: str, first: int, count: int) -> Worker:
    module = "tests.contract.storage.worker"
    return subprocess.Popen(
        [sys.executable, "-m", module, url, command, str(first), str(count)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(worker: Worker) -> list[str]:
    """What a worker printed; its error is the test's."""
    out, err = worker.communicate()
    assert worker.returncode == 0, err
    return out.splitlines()


@pytest.fixture(params=ENGINES)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a store that was never opened."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'dafu.db'}"
    address: str = request.getfixturevalue("postgres_schema")
    return address


def test_first_starts_at_once_make_one_store(blank_url: str) -> None:
    workers = [start(blank_url, "store", case * 10, 1) for case in range(4)]
    last_lines = {finish(worker)[-1] for worker in workers}

    assert len(last_lines) == 1
    database = open_database(blank_url)
    assert last_lines == {f"done {SqlLibrary(database, TickingClock()).store_id()}"}
    database.close()


def test_two_processes_store_at_once_and_a_third_reads_every_change(
    url: str, library: SqlLibrary
) -> None:
    workers = [start(url, "store", 1, 20), start(url, "store", 101, 20)]
    seen = list[Change]()
    while any(worker.poll() is None for worker in workers):
        seen += library.changes(seen[-1].seq if seen else 0, limit=7)
    for worker in workers:
        assert len(finish(worker)) == 21
    while part := library.changes(seen[-1].seq if seen else 0, limit=7):
        seen += part

    cards = library.documents(access=HANDLER)
    assert len(cards) == 80
    # Following the log while others write skips nothing and repeats nothing.
    assert [change.seq for change in seen] == sorted({change.seq for change in seen})
    assert {change.document for change in seen} == {card.id for card in cards}
    assert len(seen) == 80


def test_two_processes_storing_the_same_files_make_one_of_each(
    url: str, library: SqlLibrary, database: Database
) -> None:
    workers = [start(url, "store", 1, 20) for _ in range(2)]
    for worker in workers:
        finish(worker)
    with database.reading() as connection:
        entries = connection.execute(select(func.count()).select_from(tables.change_log)).scalar()

    assert library.count() == 40
    assert entries == 40


def test_a_process_killed_while_storing_leaves_nothing_half_stored(
    url: str, library: SqlLibrary
) -> None:
    worker = start(url, "stall", 1, 3)
    assert worker.stdout is not None
    lines = [worker.stdout.readline().strip() for _ in range(3)]
    worker.kill()
    worker.communicate()

    assert lines == ["1", "2", "inside"]
    assert {card.case_value for card in library.documents(access=HANDLER)} == {1, 2}
    assert library.active_passage_ids() == {
        passage.id
        for kept in library.passages_of(
            [change.document for change in library.changes(0, limit=9)]
        ).values()
        for passage in kept
    }
    again = library.store(file("3.txt", record(3), letter(3)))
    assert again.outcome is StoreOutcome.ADDED
    assert {len(kept) > 0 for kept in library.passages_of(again.documents).values()} == {True}
