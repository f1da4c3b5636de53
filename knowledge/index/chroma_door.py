"""Chroma's door: the collections of a model, and what every way of reaching them promises."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from knowledge.errors import IndexUnavailable
from knowledge.index.cursor import Cursor

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings
    from httpx import Client as HttpSession

T = TypeVar("T")
Advance = Callable[[Cursor], Cursor]


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
        for session in http_sessions(self.client):
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

    def clear(self, cursor: Cursor) -> None:
        """Forget everything; the cursor holds from then on."""
        ...

    def close(self) -> None:
        """Let the client go; the next use opens another."""
        ...


def http_sessions(client: Client) -> list[HttpSession]:
    """The connections of an HTTP client; none for an embedded one.

    The package neither closes them nor bounds their waiting, and shows them nowhere.
    """
    parts = (client, getattr(client, "_admin_client", None))
    sessions = (getattr(getattr(part, "_server", None), "_session", None) for part in parts)
    return [session for session in sessions if session is not None]


@contextmanager
def engine_errors() -> Generator[None]:
    """Turns what Chroma and its transport raise into IndexUnavailable."""
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    try:
        yield
    except (ChromaError, HTTPError, ValueError) as error:
        raise IndexUnavailable("index.dense_unavailable", reason=str(error)) from error


def engine_settings() -> Settings:
    """No telemetry; everything else as Chroma has it."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
