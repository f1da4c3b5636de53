"""A channel over HTTP against the Bot API emulator, with a scripted assistant behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest

from bot.catalogues import LOCALES, Catalogue, load_catalogue
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.timing import Pace, Timing
from tests.fakes.assistant_fake import AssistantFake, LedgerFake
from tests.functional.telegram.clock import TYPING, FakeClock
from tests.telegram_server.plugin import telegram_server
from tests.telegram_server.server import TelegramServer

__all__ = ["telegram_server"]

Opened = AbstractAsyncContextManager[TelegramChannel]
Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def catalogues() -> dict[str, Catalogue]:
    return {locale: load_catalogue(locale) for locale in LOCALES}


@pytest.fixture
def assistant() -> AssistantFake:
    return AssistantFake()


@pytest.fixture
def ledger() -> LedgerFake:
    return LedgerFake()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def opened(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    ledger: LedgerFake,
    catalogues: dict[str, Catalogue],
    clock: FakeClock,
) -> Open:
    """Opens a channel that polls the emulator; leaving the block stops it."""

    @asynccontextmanager
    async def open_channel(pace: Pace | None = None) -> AsyncGenerator[TelegramChannel]:
        channel = TelegramChannel(
            assistant,
            ledger,
            catalogues,
            token=telegram_server.token,
            api_base_url=telegram_server.url,
            pace=replace(pace or Pace(), typing_every=TYPING),
            timing=Timing(sleep=clock.sleep),
        )
        stop = asyncio.Event()
        running = asyncio.create_task(channel.run(stop))
        try:
            yield channel
        finally:
            stop.set()
            async with asyncio.timeout(60):
                await running

    return open_channel


@pytest.fixture
async def channel(opened: Open) -> AsyncIterator[TelegramChannel]:
    """A channel with default settings, running."""
    async with opened() as running:
        yield running
