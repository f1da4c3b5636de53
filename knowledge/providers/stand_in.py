"""A deterministic stand-in for an embedding model: EMBEDDING_MODEL=test, for trials and tests."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from zlib import crc32

from knowledge.ports import Vector


class StandInEmbedder:
    """Bags of hashed character bigrams as unit vectors: texts that share words are near.

    Args:
        dimensions: length of the vectors, 64 to 384 for useful results.
    """

    def __init__(self, dimensions: int = 256) -> None:
        self._dimensions = dimensions

    @property
    def model(self) -> str:
        """Name of the vector space."""
        return "test"

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return self._dimensions

    def embed_query(self, text: str) -> Vector:
        """Vector of a question; never fails."""
        return self._embed(text)

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Vectors of passages, in order; never fails."""
        return [self._embed(text) for text in texts]

    def _embed(self, text: str) -> Vector:
        folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
        vector = [0.0] * self._dimensions
        for i in range(max(1, len(folded) - 1)):
            bucket = crc32(folded[i : i + 2].encode("utf-8", "surrogatepass"))
            vector[bucket % self._dimensions] += 1.0 if bucket & 0x10000 else -1.0
        length = math.sqrt(sum(value * value for value in vector))
        if length == 0.0:
            vector[0] = length = 1.0
        return [value / length for value in vector]
