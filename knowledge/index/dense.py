"""Vector search with Chroma: rights choose the collection, because its own filters are slow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from knowledge.domain.documents import Openness
from knowledge.domain.library import DocumentId, Passage, PassageId
from knowledge.domain.search import Access, ArmHit
from knowledge.index.chroma_door import Collections, Door
from knowledge.index.chroma_embedded import EmbeddedDoor
from knowledge.index.chroma_server import ServerDoor
from knowledge.index.cursor import Cursor
from knowledge.ports import Vector

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where

T = TypeVar("T")
_BATCH = 1000
_SCORE_DIGITS = 5


class ChromaIndex:
    """A DenseIndex of one model, embedded in a folder or on a Chroma server.

    Args:
        where: folder for the embedded engine, or the server's ``http://host:port``.
        model: name of the vector space; every model has collections of its own.
        dimensions: length of the vectors.
        lock_timeout: seconds to wait for another process's write (embedded).
        server_timeout: seconds to wait for an answer (server).

    Nothing is opened before the first use.
    """

    def __init__(
        self,
        where: Path | str,
        *,
        model: str,
        dimensions: int,
        lock_timeout: float = 30.0,
        server_timeout: float = 10.0,
    ) -> None:
        self._dimensions = dimensions
        name = collection_stem(model, dimensions)
        self._door: Door
        if isinstance(where, str) and where.startswith(("http://", "https://")):
            self._door = ServerDoor(where, name, server_timeout)
        else:
            self._door = EmbeddedDoor(Path(where) / name, name, dimensions, lock_timeout)

    def applied_seq(self) -> int:
        """Last change-log seq whose state this index shows; 0 when blank."""
        return self._door.cursor().seq

    def store_id(self) -> str | None:
        """Id of the store this index was made from; None when blank."""
        return self._door.cursor().store

    def apply(
        self,
        documents: Mapping[DocumentId, Sequence[tuple[Passage, Vector]]],
        *,
        remove: Iterable[PassageId],
        seq: int,
    ) -> None:
        """Remove the ids, then upsert the passages into the collection of their clearance.

        Raises:
            IndexUnavailable: the engine fails, or another process writes for too long.
        """
        entries = [entry for passages in documents.values() for entry in passages]
        gone = dict.fromkeys([*remove, *(passage.id for passage, _ in entries)])

        def change(collections: Collections) -> None:
            for collection in collections.both:
                for ids in _batched(gone, collections.batch):
                    collection.delete(ids=list(ids))
                fitting = (e for e in entries if _home(e[0], collections) is collection)
                for batch in _batched(fitting, collections.batch):
                    _upsert(collection, batch)

        self._door.write(change, lambda now: Cursor(seq, now.store))

    def search(
        self, vector: Vector, *, access: Access, limit: int, only: Sequence[PassageId] | None = None
    ) -> Sequence[ArmHit]:
        """Best passages first by cosine; ``only`` bounds an exact search to those ids.

        Raises:
            IndexUnavailable: the engine fails.
        """
        if limit <= 0:
            return []
        scores = self._door.read(lambda them: _scores(them, vector, access, limit, only))
        hits = [ArmHit(PassageId(name), score) for name, score in scores.items()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit]

    def clear(self, *, store_id: str | None = None) -> None:
        """Forget everything; applied_seq is 0 afterwards, and the index is that store's."""
        self._door.clear(Cursor(store=store_id))

    def passage_ids(self) -> set[PassageId]:
        """Ids of all indexed passages, for ``doctor``."""
        return self._door.read(_all_ids)

    def close(self) -> None:
        """Let the engine go; the next use opens it again."""
        self._door.close()


def collection_stem(model: str, dimensions: int) -> str:
    """A name Chroma takes (3 characters at least, ASCII) that no two models share."""
    slug = re.sub(r"[^a-z0-9]+", "-", model.casefold()).strip("-")[:24].strip("-") or "model"
    return f"{slug}-{sha256(f'{model} {dimensions}'.encode()).hexdigest()[:8]}"


def _all_ids(collections: Collections) -> set[PassageId]:
    return {
        PassageId(name)
        for collection in collections.both
        for name in collection.get(include=[])["ids"]
    }


def _scores(
    collections: Collections,
    vector: Vector,
    access: Access,
    limit: int,
    only: Sequence[PassageId] | None,
) -> dict[str, float]:
    allowed = collections.both if access.restricted else (collections.open,)
    scores: dict[str, float] = {}
    for collection in allowed:
        scores |= (
            _nearest(collection, vector, limit)
            if only is None
            else _exact(collection, vector, ids=only)
        )
    if access.documents and not access.restricted:
        theirs = cast("Where", {"document": {"$in": sorted(access.documents)}})
        scores |= _exact(collections.restricted, vector, ids=only, where=theirs)
    return scores


def _home(passage: Passage, collections: Collections) -> Collection:
    is_open = passage.document.openness is Openness.OPEN
    return collections.open if is_open else collections.restricted


def _upsert(collection: Collection, entries: Sequence[tuple[Passage, Vector]]) -> None:
    collection.upsert(
        ids=[passage.id for passage, _ in entries],
        embeddings=[list(vector) for _, vector in entries],
        metadatas=[{"document": passage.document.id} for passage, _ in entries],
    )


def _nearest(collection: Collection, vector: Vector, limit: int) -> dict[str, float]:
    found = collection.query(
        query_embeddings=[list(vector)], n_results=limit, include=["distances"]
    )
    distances = found["distances"] or [[]]
    return {
        name: _rounded(1.0 - distance)
        for name, distance in zip(found["ids"][0], distances[0], strict=True)
    }


def _exact(
    collection: Collection,
    vector: Vector,
    *,
    ids: Sequence[PassageId] | None = None,
    where: Where | None = None,
) -> dict[str, float]:
    import numpy as np

    if ids is not None and not ids:
        return {}
    wanted = None if ids is None else list[str](dict.fromkeys(ids))
    found = collection.get(ids=wanted, where=where, include=["embeddings"])
    if not found["ids"]:
        return {}
    rows = np.asarray(found["embeddings"], dtype=np.float32)
    query = np.asarray(vector, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(query)
    cosines = (rows @ query) / np.maximum(lengths, np.finfo(np.float32).tiny)
    return {name: _rounded(float(c)) for name, c in zip(found["ids"], cosines, strict=True)}


def _rounded(score: float) -> float:
    return round(score, _SCORE_DIGITS)


def _batched(items: Iterable[T], engine_limit: int) -> Iterable[Sequence[T]]:
    iterator = iter(items)
    while batch := tuple(islice(iterator, min(_BATCH, engine_limit))):
        yield batch
