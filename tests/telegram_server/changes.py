"""Waiting for something to become true without sleeping or polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes everyone who waits whenever something in the server's world changed."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def announce(self) -> None:
        """Wake the waiting; each looks again for itself."""
        woken, self._event = self._event, asyncio.Event()
        woken.set()

    async def until(self, look: Callable[[], T], deadline: float) -> T:
        """The first truthy value of ``look``.

        Raises:
            TimeoutError: nothing truthy within ``deadline`` seconds.
        """
        async with asyncio.timeout(deadline):
            while not (seen := look()):
                await self._event.wait()
        return seen
