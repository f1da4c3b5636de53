"""Word search on disk with Tantivy: rights and filters inside the query, one writer at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from knowledge.domain.library import DocumentId, Passage, PassageId
from knowledge.domain.search import Access, ArmHit, SearchFilters
from knowledge.errors import IndexUnavailable
from knowledge.index.cursor import Cursor
from knowledge.index.lexical_folder import LexicalFolder, Signature, engine_errors
from knowledge.index.lexical_schema import (
    WORD_FIELDS,
    LexicalWeights,
    QueryBuilder,
    to_document,
)
from knowledge.index.tokens import query_tokens, question_phrases

if TYPE_CHECKING:
    from tantivy import DocAddress, Index, IndexWriter, Query, Searcher

T = TypeVar("T")
_SCORE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class _View:
    """One commit as a searcher sees it, with the values of its exact fields once asked for."""

    signature: Signature | None
    searcher: Searcher
    known: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def values(self, name: str) -> list[str]:
        if name not in self.known:
            self.known[name] = [value for value, _ in self.searcher.terms_with_prefix(name, "")]
        return self.known[name]


class TantivyIndex:
    """A LexicalIndex in a folder that several processes may read and, by turns, write.

    Args:
        path: folder of the index; made when absent, emptied when it cannot be read.
        weights: how much a word counts by the field it stands in.
        lock_timeout: seconds to wait for another process's commit.
    """

    def __init__(
        self, path: Path, *, weights: LexicalWeights | None = None, lock_timeout: float = 30.0
    ) -> None:
        self._folder = LexicalFolder(path, lock_timeout)
        self._weights = weights or LexicalWeights()
        self._guard = RLock()
        self._index = self._folder.open(_everything)
        self._view = self._look()

    def applied_seq(self) -> int:
        """Last change-log seq whose state this index shows; 0 when blank."""
        return self._folder.cursor().seq

    def store_id(self) -> str | None:
        """Id of the store this index was made from; None when blank."""
        return self._folder.cursor().store

    def apply(self, documents: Mapping[DocumentId, Sequence[Passage]], *, seq: int) -> None:
        """Replace each document's passages (an empty list removes it) and commit once.

        Raises:
            IndexUnavailable: another process keeps the writer for too long, or the engine fails.
        """

        def change(writer: IndexWriter) -> None:
            for document, passages in documents.items():
                writer.delete_documents_by_term("document", document)
                for passage in passages:
                    writer.add_document(to_document(passage))

        self._folder.write(change, lambda now: Cursor(seq, now.store))

    def search(
        self,
        text: str,
        *,
        access: Access,
        filters: SearchFilters,
        limit: int,
        expansions: Sequence[str] = (),
    ) -> Sequence[ArmHit]:
        """Best passages first; exactly those that access and filters let pass.

        Raises:
            IndexUnavailable: the index was damaged; it is blank now and will be filled again.
        """
        tokens = query_tokens(text, question_phrases())
        more = [token for words in expansions for token in query_tokens(words, question_phrases())]
        if limit <= 0 or not (tokens or more):
            return []

        def ask(view: _View) -> Sequence[ArmHit]:
            builder = QueryBuilder(self._index.schema, self._weights)
            words = list(dict.fromkeys(more))
            query = builder.build(tokens, words, access=access, filters=filters, known=view.values)
            return _ranked(view.searcher, query, limit)

        return self._asked(ask)

    def coverage(self, text: str) -> float:
        """Share of the text's words that occur anywhere in the index, 0..1."""
        tokens = query_tokens(text, question_phrases())

        def ask(view: _View) -> int:
            return sum(
                any(view.searcher.doc_freq(name, token) for name in WORD_FIELDS) for token in tokens
            )

        return self._asked(ask) / len(tokens) if tokens else 0.0

    def clear(self, *, store_id: str | None = None) -> None:
        """Forget everything; applied_seq is 0 afterwards, and the index is that store's."""
        self._folder.clear(Cursor(store=store_id))

    def passage_ids(self) -> set[PassageId]:
        """Ids of all indexed passages, for ``doctor``."""
        return self._asked(lambda view: _all_ids(view.searcher))

    def _asked(self, ask: Callable[[_View], T]) -> T:
        try:
            with engine_errors():
                return ask(self._fresh_view())
        except IndexUnavailable:
            # Damaged, or changed at the wrong moment: only a second failure starts it over.
            with self._guard:
                self._index = self._folder.open(lambda index: ask(_View(None, index.searcher())))
                self._view = self._look()
            if self._folder.cursor().store is None:
                raise
        with engine_errors():
            return ask(self._fresh_view())

    def _fresh_view(self) -> _View:
        with self._guard:
            signature = self._folder.signature()
            if signature is None:
                self._index = self._folder.open(_everything)
            if signature is None or signature != self._view.signature:
                self._view = self._look()
            return self._view

    def _look(self) -> _View:
        # The signature is taken first: a commit in between only costs one more look.
        signature = self._folder.signature()
        self._index.reload()
        return _View(signature, self._index.searcher())


def _everything(index: Index) -> object:
    from tantivy import Query

    return _ranked(index.searcher(), Query.all_query(), 1)


def _all_ids(searcher: Searcher) -> set[PassageId]:
    from tantivy import Query

    found = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False)
    return {_hit(searcher, address, score).passage for score, address in found.hits}


def _ranked(searcher: Searcher, query: Query, limit: int) -> list[ArmHit]:
    # The engine breaks ties by place on disk, so equal scores at the edge are all fetched.
    wanted = limit + 16
    while True:
        found = searcher.search(query, wanted, count=False).hits
        if len(found) < wanted or _rounded(found[-1][0]) < _rounded(found[limit - 1][0]):
            break
        wanted *= 4
    hits = [_hit(searcher, at, score) for score, at in found]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit]


def _rounded(score: float) -> float:
    # The order of summation differs between runs of one query in the last bits.
    return round(score, _SCORE_DIGITS)


def _hit(searcher: Searcher, address: DocAddress, score: float) -> ArmHit:
    stored = searcher.doc(address)
    passage, document = str(stored.get_first("id")), str(stored.get_first("document"))
    return ArmHit(PassageId(passage), _rounded(score), DocumentId(document))
