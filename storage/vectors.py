"""Vectors by the digest of the indexed text, so that no text is embedded twice."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, and_, exists, func, select

from knowledge.domain.library import Passage, PassageId, indexed_sha256
from knowledge.domain.search import Access
from knowledge.ports import Vector
from storage import tables
from storage.access import current_passage, visible
from storage.statements import batches, insert_new


def packed(vector: Vector) -> bytes:
    """A vector as float32, little-endian."""
    values = array("f", vector)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def unpacked(data: bytes) -> Vector:
    """The vector that ``packed`` made these bytes from, at float32 precision."""
    values = array("f")
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()


def known_vectors(
    connection: Connection, model: str, passages: Sequence[Passage]
) -> Mapping[PassageId, Vector]:
    """See ``VectorStore.vectors``."""
    digests = {passage.id: indexed_sha256(passage) for passage in passages}
    kept = tables.embedding.c
    found: dict[str, Vector] = {}
    for part in batches(sorted(set(digests.values()))):
        statement = select(kept.text_sha256, kept.vector).where(
            kept.model == model, kept.text_sha256.in_(part)
        )
        for digest, vector in connection.execute(statement):
            found[digest] = unpacked(vector)
    return {name: found[digest] for name, digest in digests.items() if digest in found}


def keep(connection: Connection, model: str, vectors: Sequence[tuple[Passage, Vector]]) -> None:
    """See ``VectorStore.keep_vectors``."""
    by_digest = {indexed_sha256(passage): vector for passage, vector in vectors}
    rows = [
        {"model": model, "text_sha256": digest, "vector": packed(vector)}
        # In one order, so that two processes never wait for each other's rows.
        for digest, vector in sorted(by_digest.items())
    ]
    insert_new(connection, tables.embedding, rows)


def count_missing(connection: Connection, model: str) -> int:
    """See ``VectorStore.missing``."""
    kept, passage = tables.embedding.c, tables.passage.c
    known = exists().where(and_(kept.model == model, kept.text_sha256 == passage.text_sha256))
    statement = (
        select(func.count())
        .select_from(tables.passage.join(tables.document, current_passage()))
        .where(visible(Access(restricted=True)), ~known)
    )
    return connection.execute(statement).scalar_one()
