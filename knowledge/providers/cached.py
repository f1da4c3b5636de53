"""Keeps an embedder's passage vectors in a file, so that a repeated measurement is quick."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from knowledge.ports import Embedder, Vector


class CachedEmbedder:
    """An embedder whose passage vectors are kept by model and text hash (float32)."""

    def __init__(self, inner: Embedder, path: Path) -> None:
        self._inner = inner
        self._path = path

    @property
    def model(self) -> str:
        """The inner embedder's name."""
        return self._inner.model

    @property
    def dimensions(self) -> int:
        """The inner embedder's dimension."""
        return self._inner.dimensions

    def embed_query(self, text: str) -> Vector:
        """Not kept: latency is part of what is measured."""
        return self._inner.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Vectors in order; only unknown texts are embedded."""
        keys = [sha256(f"{self.model}\n{text}".encode()).digest() for text in texts]
        with closing(self._open()) as kept:
            known = {key: self._get(kept, key) for key in keys}
            fresh = [n for n, key in enumerate(keys) if known[key] is None]
            made = self._inner.embed_passages([texts[n] for n in fresh])
            for n, vector in zip(fresh, made, strict=True):
                known[keys[n]] = vector
                packed = struct.pack(f"<{len(vector)}f", *vector)
                kept.execute("INSERT OR REPLACE INTO vector VALUES (?, ?)", (keys[n], packed))
            kept.commit()
        return [vector for key in keys if (vector := known[key]) is not None]

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        kept = sqlite3.connect(self._path, timeout=30)
        kept.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB)")
        return kept

    @staticmethod
    def _get(kept: sqlite3.Connection, key: bytes) -> Vector | None:
        row = kept.execute("SELECT value FROM vector WHERE key = ?", (key,)).fetchone()
        return None if row is None else struct.unpack(f"<{len(row[0]) // 4}f", row[0])
