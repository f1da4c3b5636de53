"""A Chroma server that comes and goes: told while it is away, found again when it is back."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from knowledge.domain.search import SearchMode, SearchQuery
from knowledge.errors import IndexUnavailable
from knowledge.index.dense import ChromaIndex
from knowledge.index.search import HybridSearch
from knowledge.index.sync import Indexer
from knowledge.providers.stand_in import StandInEmbedder
from tests.contract.index.conftest import ChromaServer
from tests.fakes.index_fakes import HANDLER, FakeLibrary, WordTwin, card, passages

EMBEDDER = StandInEmbedder(64)


def index_at(url: str, timeout: float = 10.0) -> ChromaIndex:
    return ChromaIndex(url, model="test", dimensions=64, server_timeout=timeout)


@pytest.fixture
def library() -> FakeLibrary:
    filled = FakeLibrary()
    filled.put(*passages(card("lift"), "加装电梯"), *passages(card("park"), "停车泊位"))
    return filled


@pytest.fixture
def away(chroma_server: ChromaServer) -> Iterator[ChromaIndex]:
    index = index_at(chroma_server.url)
    yield index
    index.close()


def test_words_answer_while_the_server_is_away_and_both_when_it_is_back(
    chroma_server: ChromaServer, away: ChromaIndex, library: FakeLibrary, tmp_path: Path
) -> None:
    words = WordTwin()
    indexer = Indexer(library, library, words, away, EMBEDDER, folder=tmp_path / "locks")
    indexer.catch_up_lexical()
    assert indexer.catch_up_dense()
    search = HybridSearch(library, words, away, EMBEDDER)
    query = SearchQuery("加装电梯", HANDLER)
    assert search.search(query).arms == ("lexical", "dense")

    chroma_server.stop()
    assert search.search(query).arms == ("lexical",)
    with pytest.raises(IndexUnavailable):
        search.search(SearchQuery("加装电梯", HANDLER, mode=SearchMode.DENSE))
    report = indexer.check()
    assert report["ok"] is False

    chroma_server.start()
    found = search.search(query)
    assert found.arms == ("lexical", "dense")
    assert found.hits[0].passage.id == "lift:0"
    assert indexer.check()["ok"] is True


def test_nothing_is_asked_of_a_server_before_the_first_use() -> None:
    index_at("http://127.0.0.1:9").close()


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        index = index_at(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.1)
        start = monotonic()
        with pytest.raises(IndexUnavailable):
            index.passage_ids()
        assert monotonic() - start < 10
