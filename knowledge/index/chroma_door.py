"""Chroma's door: which client to use when, so that no process writes twice at once or reads old.

Measured: two processes writing one embedded folder at once spoil its graph without an error,
and an open client never sees what another process wrote. A server has neither weakness.
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
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from knowledge.errors import IndexUnavailable
from knowledge.index.cursor import FORMAT, Cursor, CursorFile
from knowledge.index.locks import file_lock

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings

T = TypeVar("T")
Advance = Callable[[Cursor], Cursor]
_REOPEN_SECONDS = 2.0
_log = logging.getLogger(__name__)


class Collections:
    """The collections of one model through one client, one for each clearance.

    Args:
        name: stem of the collections' names.
    """

    def __init__(self, client: Client, name: str) -> None:
        self.client = client
        self.batch = client.get_max_batch_size()
        self.open = self._collection(f"{name}-open")
        self.restricted = self._collection(f"{name}-restricted")

    @property
    def both(self) -> tuple[Collection, Collection]:
        """Open first."""
        return self.open, self.restricted

    def empty(self) -> None:
        """Make both anew: deleting a graph's entries one by one would leave their traces."""
        for collection in self.both:
            self.client.delete_collection(collection.name)
        self.open = self._collection(self.open.name)
        self.restricted = self._collection(self.restricted.name)

    def close(self) -> None:
        """Release the client with what it leaves open itself."""
        self.client.close()
        # The package closes its HTTP connections nowhere, and lets nobody do it publicly.
        for part in (self.client, getattr(self.client, "_admin_client", None)):
            session = getattr(getattr(part, "_server", None), "_session", None)
            if session is not None:
                session.close()

    def _collection(self, name: str) -> Collection:
        return self.client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )


class Door(Protocol):
    """A way to the collections: reads see other processes' writes, writes exclude each other."""

    def cursor(self) -> Cursor:
        """Where the index stands."""
        ...

    def read(self, do: Callable[[Collections], T]) -> T:
        """What ``do`` finds in the collections as last written."""
        ...

    def write(self, do: Callable[[Collections], None], advance: Advance) -> None:
        """Change the collections; the advanced cursor holds once ``do`` ended well."""
        ...

    def close(self) -> None:
        """Let the client go; the next use opens another."""
        ...


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
        """Where the index stands."""
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
            if collections is None or before.token != self._token or before.writing:
                collections = self._reopened()
                before = self._file.read()
            self._file.write(replace(before, token=secrets.token_hex(8), writing=True))
            do(collections)
            after = advance(before)
            self._file.write(after)
            self._token = after.token

    def close(self) -> None:
        """Let the client go; the next use opens another."""
        with self._guard:
            if self._collections is not None:
                self._collections.close()
            self._collections = None

    def _locked(self, timeout: float) -> AbstractContextManager[None]:
        return file_lock(self._folder.with_name(f"{self._folder.name}.lock"), timeout=timeout)

    @contextmanager
    def _healing(self) -> Generator[None]:
        try:
            with _engine_errors():
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
        try:
            self._collections = self._connect()
        except BaseException as error:
            # The engine also panics, and its panics are no Exceptions.
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            _log.warning("index.rebuilt: %s cannot be read: %s", self._folder.name, error)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._collections = self._connect()
            self._file.write(Cursor())
        self._token = self._file.read().token
        return self._collections

    def _connect(self) -> Collections:
        from chromadb import PersistentClient

        self._folder.mkdir(parents=True, exist_ok=True)
        # Clients of one path share a cached state in the process; a spelling of our own keeps
        # ours fresh without touching theirs.
        spelling = "".join("/." if bit == "1" else "//." for bit in f"{secrets.randbits(24):024b}")
        client = PersistentClient(f"{self._folder}{spelling}", settings=_settings())
        collections = Collections(cast("Client", client), self._name)
        for collection in collections.both:  # reads the graph now, while the lock is held
            collection.query(query_embeddings=[[1.0] * self._dimensions], n_results=1, include=[])
        return collections


class ServerDoor:
    """Collections on a Chroma server, which keeps writers apart itself.

    Args:
        url: ``http://host:port`` or ``https://…``.
        name: stem of the collections' names.
    """

    def __init__(self, url: str, name: str) -> None:
        self._url = urlsplit(url)
        self._name = name
        self._guard = RLock()
        self._collections: Collections | None = None

    def cursor(self) -> Cursor:
        """Where the index stands, as the server has it."""
        kept = self.read(_kept_metadata)
        if kept.get("format") != FORMAT:
            return Cursor(token="")
        return Cursor(int(str(kept["seq"])), str(kept["store"]) or None, token="")

    def read(self, do: Callable[[Collections], T]) -> T:
        """What ``do`` finds; asked once more when the server was restarted or emptied."""
        try:
            with _engine_errors():
                return do(self._connected())
        except IndexUnavailable:
            self.close()
        with _engine_errors():
            return do(self._connected())

    def write(self, do: Callable[[Collections], None], advance: Advance) -> None:
        """Change the collections; the advanced cursor holds once ``do`` ended well."""
        after = advance(self.cursor())
        kept = {"format": FORMAT, "seq": after.seq, "store": after.store or ""}

        def change(collections: Collections) -> None:
            do(collections)
            collections.open.modify(metadata=kept)

        self.read(change)

    def close(self) -> None:
        """Let the client go; the next use opens another."""
        with self._guard:
            if self._collections is not None:
                self._collections.close()
            self._collections = None

    def _connected(self) -> Collections:
        from chromadb import HttpClient

        with self._guard:
            if self._collections is None:
                https = self._url.scheme == "https"
                client = HttpClient(
                    host=self._url.hostname or "localhost",
                    port=self._url.port or (443 if https else 80),
                    ssl=https,
                    settings=_settings(),
                )
                self._collections = Collections(cast("Client", client), self._name)
            return self._collections


def _kept_metadata(collections: Collections) -> dict[str, object]:
    fresh = collections.client.get_collection(collections.open.name, embedding_function=None)
    return dict(fresh.metadata or {})


@contextmanager
def _engine_errors() -> Generator[None]:
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    try:
        yield
    except (ChromaError, HTTPError, ValueError) as error:
        raise IndexUnavailable("index.dense_unavailable", reason=str(error)) from error


def _settings() -> Settings:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
