"""A clock that only moves when the channel waits, so that no test does."""

from __future__ import annotations

import asyncio
from typing import Final

TYPING: Final = 4.25
"""Seconds between typing actions in these tests; no retry waits as long."""


class FakeClock:
    """Waits are over at once and remembered; those between typing actions last until let go."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.held: dict[float, asyncio.Event] = {TYPING: asyncio.Event()}

    async def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass on this clock."""
        self.slept.append(seconds)
        if seconds in self.held:
            await self.held[seconds].wait()
        else:
            await asyncio.sleep(0)

    def now(self) -> float:
        """Seconds that were slept so far."""
        return sum(seconds for seconds in self.slept if seconds not in self.held)
