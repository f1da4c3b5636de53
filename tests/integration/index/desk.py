"""One office's store and indexes on disk, as every process of it opens them.

Run as a program it is such another process: ``python -m tests.integration.index.desk HOME …``.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from knowledge.domain.documents import (
    DocumentKind,
    Openness,
    OtherFields,
    ParsedDocument,
    PassageDraft,
)
from knowledge.domain.library import SourceFile
from knowledge.domain.search import Access, SearchMode, SearchQuery
from knowledge.domain.text import Field, Span
from knowledge.index.dense import ChromaIndex
from knowledge.index.lexical import TantivyIndex
from knowledge.index.search import HybridSearch
from knowledge.index.sync import Indexer
from knowledge.providers.stand_in import StandInEmbedder
from storage.database import open_database
from storage.library import SqlLibrary
from tests.fakes.clock import FixedClock

HANDLER = Access(restricted=True)
PASSAGES = 4


class Desk:
    """Store, indexes and search of one process."""

    def __init__(self, home: Path, library: SqlLibrary) -> None:
        self.library = library
        self.embedder = StandInEmbedder(64)
        folder = home / "index"
        self.words = TantivyIndex(folder / "words")
        self.vectors = ChromaIndex(folder / "vectors", model="test", dimensions=64)
        self.indexer = Indexer(
            library, library, self.words, self.vectors, self.embedder, folder=folder
        )
        self.search = HybridSearch(library, self.words, self.vectors, self.embedder)

    def store(self, numbers: Sequence[int], openness: Openness = Openness.OPEN) -> None:
        """One file, one document and four passages for each number."""
        for number in numbers:
            self.library.store(source(number, openness))

    def catch_up(self) -> None:
        """Both indexes, all the way."""
        self.indexer.catch_up_lexical()
        if not self.indexer.catch_up_dense():
            raise AssertionError

    def found(self, text: str, mode: SearchMode = SearchMode.LEXICAL) -> list[str]:
        """Texts of what a handler finds."""
        result = self.search.search(SearchQuery(text, HANDLER, mode=mode))
        return [hit.passage.text for hit in result.hits]

    def lost_vectors(self) -> int:
        """How many indexed passages are not the nearest to their own vector."""
        ids = sorted(self.vectors.passage_ids())
        lost = 0
        for passage in self.library.passages(ids, access=HANDLER):
            vector = self.library.vectors("test", [passage])[passage.id]
            hits = self.vectors.search(vector, access=HANDLER, limit=1)
            lost += not hits or hits[0].score < 0.999
        return lost


def source(number: int, openness: Openness = Openness.OPEN) -> SourceFile:
    """A file whose passages name its number in words of its own."""
    parts = [f"编号{number}事项的第{part}部分甲{number}乙{part}。" for part in range(PASSAGES)]
    text = "".join(parts)
    spans, start = list[Span](), 0
    for part in parts:
        spans.append(Span(start, start + len(part)))
        start += len(part)
    document = ParsedDocument(
        kind=DocumentKind.OTHER,
        span=Span(0, len(text)),
        fields=OtherFields(title=Field(f"事项{number}", Span(0, 2))),
        passages=tuple(PassageDraft(span) for span in spans),
    )
    digest = sha256(text.encode()).hexdigest()
    return SourceFile(f"/{number}.txt", digest, text, (document,), openness=openness)


@contextmanager
def desk(home: Path) -> Generator[Desk]:
    """Opens the office's store and indexes for one process."""
    database = open_database(f"sqlite:///{home / 'dafu.db'}")
    database.upgrade()
    here = Desk(home, SqlLibrary(database, FixedClock(datetime(2024, 5, 1, 8, tzinfo=UTC))))
    try:
        yield here
    finally:
        here.vectors.close()
        database.close()


def main(home: str, first: str, last: str) -> None:
    """Store documents one by one, bringing the indexes up to date after each."""
    with desk(Path(home)) as here:
        for number in range(int(first), int(last)):
            here.store([number])
            here.catch_up()
            print(number, flush=True)  # noqa: T201 - the test waits for it


if __name__ == "__main__":
    main(*sys.argv[1:])
