"""Where every turn goes on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from knowledge.domain.answers import ConversationId, TurnRecord


class TurnLog(Protocol):
    """The one port through which every turn goes on record."""

    def record(self, turn: TurnRecord) -> None:
        """Keep a turn with its answer, citations and retrieval hits, in one transaction."""
        ...

    def turns(
        self, *, conversation: ConversationId | None = None, limit: int | None = None
    ) -> Sequence[Mapping[str, object]]:
        """The last ``limit`` turns, oldest first, as the JSON objects of ``dafu log export``."""
        ...

    def source(self, turn: str, marker: int) -> Mapping[str, object] | None:
        """One citation of a recorded turn: quote, document, title, number, unit, span, person."""
        ...
