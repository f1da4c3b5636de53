"""A chat searches while its background thread feeds the indexes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from knowledge.domain.search import SearchMode
from tests.integration.index.desk import PASSAGES, desk


def test_searches_go_on_while_the_indexes_are_fed(tmp_path: Path) -> None:
    with desk(tmp_path) as here, ThreadPoolExecutor(4) as threads:
        here.store(range(7, 10))
        here.catch_up()
        fed = Event()

        def ask(mode: SearchMode) -> int:
            asked = 0
            while not fed.is_set() or not asked:
                assert "甲7乙2" in here.found("编号7事项的第2部分甲7乙2", mode)[0]
                asked += 1
            return asked

        asking = [threads.submit(ask, mode) for mode in (*SearchMode, SearchMode.HYBRID)]
        try:
            for number in range(10, 40):
                here.store([number])
                here.catch_up()
        finally:
            fed.set()
        assert all(each.result(timeout=60) > 0 for each in asking)
        assert here.indexer.check()["ok"] is True
        assert len(here.words.passage_ids()) == 33 * PASSAGES
        assert here.lost_vectors() == 0
