"""Embedded Chroma in a folder shared by processes: one writes at a time, readers see it.

Measured: two processes writing one folder at once spoil its graph without an error, and an open
client never sees what another process wrote.
"""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast

from knowledge.errors import IndexUnavailable
from knowledge.index.chroma_door import Advance, Collections, engine_errors, engine_settings
from knowledge.index.cursor import Cursor, CursorFile
from knowledge.index.locks import file_lock

if TYPE_CHECKING:
    from chromadb.api.client import Client

T = TypeVar("T")
_REOPEN_SECONDS = 2.0
_log = logging.getLogger(__name__)


class EmbeddedDoor:
    """Collections in a folder of their own, shared by processes under a file lock.

    Args:
        folder: made when absent, emptied when it cannot be read.
        name: stem of the collections' names.
        dimensions: length of the vectors.
        lock_timeout: seconds to wait for another process's write.
    """

    def __init__(self, folder: Path, name: str, dimensions: int, lock_timeout: float) -> None:
        self._folder = folder
        self._name = name
        self._dimensions = dimensions
        self._lock_timeout = lock_timeout
        self._file = CursorFile(folder / "cursor.json")
        self._guard = RLock()
        self._collections: Collections | None = None
        self._token = ""

    def cursor(self) -> Cursor:
        """Where the index stands, once the folder was seen to hold what its cursor says."""
        if self._collections is None:
            self.read(lambda _: None)
        return self._file.read()

    def read(self, do: Callable[[Collections], T]) -> T:
        """What ``do`` finds in the collections as last written.

        While another process writes, that is the state before its write.
        """
        with self._guard, self._healing():
            now = self._file.read()
            stale = now.token != self._token and not now.writing
            if self._collections is None:
                with self._locked(self._lock_timeout):
                    return do(self._reopened())
            return do(self._refreshed(self._collections) if stale else self._collections)

    def write(self, do: Callable[[Collections], None], advance: Advance) -> None:
        """Change the collections; the advanced cursor holds once ``do`` ended well."""
        with self._guard, self._locked(self._lock_timeout), self._healing():
            before = self._file.read()
            collections = self._collections
            if collections is None or before.token != self._token:
                collections = self._reopened()
                before = self._file.read()
            self._file.write(replace(before, token=secrets.token_hex(8), writing=True))
            do(collections)
            after = advance(before)
            self._file.write(after)
            self._token = after.token

    def clear(self, cursor: Cursor) -> None:
        """Forget everything without opening it: a damaged graph can end the process."""
        with self._guard, self._locked(self._lock_timeout), self._healing():
            self.close()
            self._started_over(cursor)

    def close(self) -> None:
        """Let the client go; the next use opens another."""
        with self._guard:
            if self._collections is not None:
                self._collections.close()
            self._collections = None

    def _locked(self, timeout: float) -> AbstractContextManager[None]:
        lock = self._folder.with_name(f"{self._folder.name}.writer.lock")
        return file_lock(lock, timeout=timeout)

    @contextmanager
    def _healing(self) -> Generator[None]:
        try:
            with engine_errors():
                yield
        except BaseException:
            # Whatever happened inside, the next one starts from what is on disk.
            self.close()
            raise

    def _refreshed(self, old: Collections) -> Collections:
        # The graph is read from several files: not while someone writes them.
        try:
            with self._locked(_REOPEN_SECONDS):
                return self._reopened()
        except IndexUnavailable:
            return old

    def _reopened(self) -> Collections:
        self.close()
        # A writer that died at work may have left half a graph, and the engine does not notice:
        # it finds a part of what it counts. The vectors are kept in SQL, so start over.
        if self._file.read().writing or not (self._folder / "chroma.sqlite3").exists():
            return self._started_over(Cursor())
        try:
            collections = self._connect()
        except BaseException as error:
            # The engine also panics, and its panics are no Exceptions.
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            _log.warning("index.rebuilt: %s cannot be read: %s", self._folder.name, error)
            return self._started_over(Cursor())
        self._collections, self._token = collections, self._file.read().token
        return collections

    def _started_over(self, cursor: Cursor) -> Collections:
        shutil.rmtree(self._folder, ignore_errors=True)
        collections = self._connect()
        self._file.write(cursor)
        self._collections, self._token = collections, cursor.token
        return collections

    def _connect(self) -> Collections:
        from chromadb import PersistentClient

        self._folder.mkdir(parents=True, exist_ok=True)
        # Clients of one path share a cached state in the process; a spelling of our own keeps
        # ours fresh without touching theirs.
        spelling = "".join("/." if bit == "1" else "//." for bit in f"{secrets.randbits(24):024b}")
        client = PersistentClient(f"{self._folder}{spelling}", settings=engine_settings())
        collections = Collections(cast("Client", client), self._name)
        for collection in collections.both:  # reads the graph now, while the lock is held
            collection.query(query_embeddings=[[1.0] * self._dimensions], n_results=1, include=[])
        return collections
