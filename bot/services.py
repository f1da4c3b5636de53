"""Everything a command may work with, handed over by the wiring as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.assistant.messages import UpdateLedger
from bot.assistant.rights import People
from bot.assistant.service import Answers
from bot.settings import Settings
from knowledge.ingestion import Ingestor
from knowledge.ports import Clock, Library, Progress, Search, TurnLog


class IndexKeeper(Protocol):
    """Keeps the derived indexes in step with the library."""

    def catch_up_lexical(self) -> int:
        """Make everything stored findable by words; returns how many documents that took."""
        ...

    def catch_up_dense(
        self, progress: Progress | None = None, should_stop: Callable[[], bool] = ...
    ) -> bool:
        """Make the missing vectors; can be stopped and resumed anywhere. True when none is left."""
        ...

    def rebuild(self, progress: Progress | None = None) -> bool:
        """Make both indexes anew from the library."""
        ...

    def check(self) -> dict[str, object]:
        """Compare the indexes with the library; ``ok`` tells the verdict."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """The opened office: use cases and ports, no adapters.

    Attributes:
        ingestor: opens the use case that takes files in; readers are loaded only then.
        backlog: how many passages wait for their vectors; 0 with no meaning arm.
        samples: the shipped sample folder.
        check_store: facts about the store for ``dafu doctor``.
    """

    settings: Settings
    library: Library
    search: Search
    indexes: IndexKeeper
    ingestor: Callable[[], Ingestor]
    answers: Answers
    log: TurnLog
    people: People
    ledger: UpdateLedger
    clock: Clock
    backlog: Callable[[], int]
    samples: Path
    check_store: Callable[[], dict[str, object]]
