"""Word search on disk with Tantivy: rights and filters inside the query, one writer at a time."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from knowledge.domain.library import DocumentId, Passage, PassageId
from knowledge.domain.search import Access, ArmHit, SearchFilters
from knowledge.index.cursor import Cursor, CursorFile
from knowledge.index.lexical_schema import (
    LexicalWeights,
    QueryBuilder,
    build_schema,
    to_document,
)
from knowledge.index.locks import file_lock
from knowledge.index.tokens import query_tokens, question_phrases

if TYPE_CHECKING:
    from tantivy import DocAddress, Index, IndexWriter, Query, Searcher

_HEAP_BYTES = 64_000_000
_SCORE_DIGITS = 4

_Signature = tuple[int, int, int]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _View:
    """One commit as a searcher sees it, with the values of its exact fields once asked for."""

    signature: _Signature | None
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
        self._path = path
        self._weights = weights or LexicalWeights()
        self._lock_timeout = lock_timeout
        self._cursor = CursorFile(path / "cursor.json")
        self._phrases = question_phrases()
        self._guard = RLock()
        self._index = self._open()
        self._view = self._look()

    def applied_seq(self) -> int:
        """Last change-log seq whose state this index shows; 0 when blank."""
        return self._cursor.read().seq

    def store_id(self) -> str | None:
        """Id of the store this index was made from; None when blank."""
        return self._cursor.read().store

    def apply(self, documents: Mapping[DocumentId, Sequence[Passage]], *, seq: int) -> None:
        """Replace each document's passages (an empty list removes it) and commit once.

        Raises:
            IndexUnavailable: another process keeps the writer for too long.
        """
        with self._writing():
            if documents:
                self._commit(documents)
            self._cursor.write(Cursor(seq, self._cursor.read().store))

    def search(
        self,
        text: str,
        *,
        access: Access,
        filters: SearchFilters,
        limit: int,
        expansions: Sequence[str] = (),
    ) -> Sequence[ArmHit]:
        """Best passages first; exactly those that access and filters let pass."""
        tokens = query_tokens(text, self._phrases)
        more = [token for words in expansions for token in query_tokens(words, self._phrases)]
        if limit <= 0 or not (tokens or more):
            return []
        view = self._fresh_view()
        query = QueryBuilder(self._index.schema, self._weights).build(
            tokens,
            list(dict.fromkeys(more)),
            access=access,
            filters=filters,
            known=view.values,
        )
        return _ranked(view.searcher, query, limit)

    def clear(self, *, store_id: str | None = None) -> None:
        """Forget everything; applied_seq is 0 afterwards, and the index is that store's."""
        with self._writing():
            self._cursor.write(Cursor())
            writer = self._writer()
            writer.delete_all_documents()
            writer.commit()
            writer.wait_merging_threads()
            self._cursor.write(Cursor(store=store_id))

    def passage_ids(self) -> set[PassageId]:
        """Ids of all indexed passages, for ``doctor``."""
        from tantivy import Query

        searcher = self._fresh_view().searcher
        everything = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False)
        return {_passage_id(searcher, address) for _, address in everything.hits}

    def _commit(self, documents: Mapping[DocumentId, Sequence[Passage]]) -> None:
        writer = self._writer()
        for document, passages in documents.items():
            writer.delete_documents_by_term("document", document)
            for passage in passages:
                writer.add_document(to_document(passage))
        writer.commit()
        # A writer that is merely dropped gives up its merges, and segments would pile up.
        writer.wait_merging_threads()

    def _writer(self) -> IndexWriter:
        return self._index.writer(_HEAP_BYTES, 1)

    def _writing(self) -> AbstractContextManager[None]:
        lock = self._path.with_name(f"{self._path.name}.lock")
        return file_lock(lock, timeout=self._lock_timeout)

    def _fresh_view(self) -> _View:
        with self._guard:
            signature = self._signature()
            if signature is None:
                self._index = self._open()
            if signature is None or signature != self._view.signature:
                self._view = self._look()
            return self._view

    def _look(self) -> _View:
        # The signature is taken first: a commit in between only costs one more look.
        signature = self._signature()
        self._index.reload()
        return _View(signature, self._index.searcher())

    def _signature(self) -> _Signature | None:
        try:
            stat = (self._path / "meta.json").stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def _open(self) -> Index:
        with self._writing():
            try:
                return self._open_once()
            except BaseException as error:
                # The engine also panics, and its panics are no Exceptions.
                if isinstance(error, (KeyboardInterrupt, SystemExit)):
                    raise
                _log.warning("index.rebuilt: %s cannot be read: %s", self._path.name, error)
                shutil.rmtree(self._path, ignore_errors=True)
                return self._open_once()

    def _open_once(self) -> Index:
        from tantivy import Index, Query

        if self._signature() is None:
            shutil.rmtree(self._path, ignore_errors=True)
        self._path.mkdir(parents=True, exist_ok=True)
        index = Index(build_schema(), str(self._path))
        # By default every reader keeps a thread that polls the folder; we look when asked.
        index.config_reader("manual")
        searcher = index.searcher()
        _ranked(searcher, Query.all_query(), 1)
        return index


def _ranked(searcher: Searcher, query: Query, limit: int) -> list[ArmHit]:
    # The engine breaks ties by place on disk, so equal scores at the edge are all fetched.
    wanted = limit + 16
    while True:
        found = searcher.search(query, wanted, count=False).hits
        if len(found) < wanted or _rounded(found[-1][0]) < _rounded(found[limit - 1][0]):
            break
        wanted *= 4
    hits = [ArmHit(_passage_id(searcher, at), _rounded(score)) for score, at in found]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit]


def _rounded(score: float) -> float:
    # The order of summation differs between runs of one query in the last bits.
    return round(score, _SCORE_DIGITS)


def _passage_id(searcher: Searcher, address: DocAddress) -> PassageId:
    return PassageId(str(searcher.doc(address).get_first("id")))
