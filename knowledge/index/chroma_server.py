"""Chroma on a server: it keeps writers apart and readers current itself."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

from knowledge.errors import IndexUnavailable
from knowledge.index.chroma_door import (
    Advance,
    Collections,
    engine_errors,
    engine_settings,
    http_sessions,
)
from knowledge.index.cursor import FORMAT, Cursor

if TYPE_CHECKING:
    from chromadb.api.client import Client

T = TypeVar("T")


class ServerDoor:
    """Collections on a Chroma server, which keeps writers apart itself.

    Args:
        url: ``http://host:port`` or ``https://…``.
        name: stem of the collections' names.
        timeout: seconds to wait for an answer.
    """

    def __init__(self, url: str, name: str, timeout: float) -> None:
        self._url = urlsplit(url)
        self._name = name
        self._timeout = timeout
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
            with engine_errors():
                return do(self._connected())
        except IndexUnavailable:
            self.close()
        with engine_errors():
            return do(self._connected())

    def write(self, do: Callable[[Collections], None], advance: Advance) -> None:
        """Change the collections; the advanced cursor holds once ``do`` ended well."""
        after = advance(self.cursor())
        kept = {"format": FORMAT, "seq": after.seq, "store": after.store or ""}

        def change(collections: Collections) -> None:
            do(collections)
            collections.open.modify(metadata=kept)

        self.read(change)

    def clear(self, cursor: Cursor) -> None:
        """Forget everything; the cursor holds from then on."""
        self.write(Collections.empty, lambda _: cursor)

    def close(self) -> None:
        """Let the client go; the next use opens another."""
        with self._guard:
            if self._collections is not None:
                self._collections.close()
            self._collections = None

    def _connected(self) -> Collections:
        with self._guard:
            if self._collections is None:
                self._collections = Collections(self._connect(), self._name)
            return self._collections

    def _connect(self) -> Client:
        import httpx
        from chromadb import HttpClient

        https = self._url.scheme == "https"
        host, port = self._url.hostname or "localhost", self._url.port or (443 if https else 80)
        # The client waits for ever for a server that takes the call and says nothing.
        heartbeat = f"{self._url.scheme}://{host}:{port}/api/v2/heartbeat"
        httpx.get(heartbeat, timeout=self._timeout).raise_for_status()
        client = cast(
            "Client", HttpClient(host=host, port=port, ssl=https, settings=engine_settings())
        )
        for session in http_sessions(client):
            session.timeout = self._timeout
        return client


def _kept_metadata(collections: Collections) -> dict[str, object]:
    fresh = collections.client.get_collection(collections.open.name, embedding_function=None)
    return dict(fresh.metadata or {})
