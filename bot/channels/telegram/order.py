"""One chat in order, chats side by side, buttons at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_MOST_WAITING: Final = 10_000
"""Updates in memory; beyond it PTB itself holds them back."""


@dataclass(slots=True)
class _Line:
    """A chat's lock and how many hold it or wait for it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class ChatOrder(BaseUpdateProcessor):
    """Takes a chat's updates one after another and at most ``parallel`` chats at a time.

    The global bound is taken behind the chat's lock: a chat with many waiting updates
    holds one place, not all. A chat's lock lives as long as somebody needs it.
    """

    def __init__(self, parallel: int) -> None:
        super().__init__(_MOST_WAITING)
        self._places = asyncio.Semaphore(parallel)
        self._lines: dict[int, _Line] = {}
        self._waiting: set[asyncio.Task[Any]] = set()
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def chats(self) -> int:
        """How many chats have work running or waiting."""
        return len(self._lines)

    def cancel_running(self) -> int:
        """Cancel what runs and give its number; what waits takes its turn."""
        return _cancel(self._running)

    def cancel_all(self) -> int:
        """Cancel what runs and what waits, and give its number."""
        return _cancel(self._running | self._waiting)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Process one update in its turn."""
        try:
            with _listed(self._waiting):
                async with self._turn(update):
                    with _listed(self._running):
                        await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                # Cancelled before its turn it was never awaited, and Python would complain.
                coroutine.close()

    async def initialize(self) -> None:
        """Nothing to allocate."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    @asynccontextmanager
    async def _turn(self, update: object) -> AsyncGenerator[None]:
        chat = _chat_of(update)
        if chat is None:
            yield
            return
        line = self._lines.setdefault(chat, _Line())
        line.length += 1
        try:
            async with line.lock, self._places:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[chat]


@contextmanager
def _listed(tasks: set[asyncio.Task[Any]]) -> Generator[None]:
    """The current task stands in ``tasks`` as long as the block lasts."""
    task = asyncio.current_task()
    if task is None:
        yield
        return
    tasks.add(task)
    try:
        yield
    finally:
        tasks.discard(task)


def _cancel(tasks: set[asyncio.Task[Any]]) -> int:
    for task in tasks:
        task.cancel()
    return len(tasks)


def _chat_of(update: object) -> int | None:
    """The chat whose order an update must keep; None for pressed buttons."""
    if not isinstance(update, Update) or update.callback_query is not None:
        return None
    return update.effective_chat.id if update.effective_chat else None
