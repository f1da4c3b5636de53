"""The channel put together: PTB's application around the handlers, started and stopped."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.assistant.messages import AssistantService, UpdateLedger
from bot.catalogues import Catalogue
from bot.channels.telegram.commands import publish_commands
from bot.channels.telegram.conversation import Conversation
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.failures import Failures
from bot.channels.telegram.gate import Gate
from bot.channels.telegram.order import ChatOrder
from bot.channels.telegram.polling import Polling, UpdateSource, pause_after
from bot.channels.telegram.presence import Presence
from bot.channels.telegram.pressing import Pressing
from bot.channels.telegram.racing import unless
from bot.channels.telegram.timing import Pace, Timing

_LOG: Final = logging.getLogger(__name__)
_TALKATIVE: Final = {
    "httpx": logging.WARNING,  # logs every URL, and the URLs hold the token
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,  # below, it logs the URL at once and later what people write
}
_FAREWELL: Final = 10.0
"""Seconds for the apologies of a channel that ends."""
_LOOPBACK: Final = {"127.0.0.1", "::1", "localhost"}
_App = Application[Any, Any, Any, Any, Any, Any]


class TelegramChannel:
    """A bot on Telegram that answers through the assistant.

    Args:
        assistant: the service every channel calls.
        ledger: remembers updates that were taken.
        catalogues: texts by locale, ``zh-CN`` and ``en``.
        token: the bot's token; it is never logged.
        api_base_url: another Bot API server, e.g. ``http://127.0.0.1:8081``.
        proxy: proxy URL for all calls.
        pace: how patient to be.
        timing: clock and waiting.
        source: where updates come from; polling unless given.
    """

    def __init__(
        self,
        assistant: AssistantService,
        ledger: UpdateLedger,
        catalogues: Mapping[str, Catalogue],
        *,
        token: str,
        api_base_url: str | None = None,
        proxy: str | None = None,
        pace: Pace | None = None,
        timing: Timing | None = None,
        source: UpdateSource | None = None,
    ) -> None:
        # PTB gives times as numbers, with a warning at each, unless told otherwise.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        _quieten()
        self._pace = pace or Pace()
        self._timing = timing or Timing()
        self._catalogues = catalogues
        self._order = ChatOrder(self._pace.parallel)
        self._source = source or Polling(self._timing, self._pace.poll_timeout)
        self._app = _application(token, api_base_url, proxy, self._order)
        delivery = Delivery(self._app.bot, self._timing)
        presence = Presence(self._app.bot, self._timing, self._pace.typing_every)
        failures = Failures(delivery, catalogues, token)
        self._conversation = Conversation(
            assistant, catalogues, delivery, presence, self._pace, self._timing
        )
        pressing = Pressing(assistant, catalogues, delivery)
        _register(self._app, Gate(ledger), self._conversation, pressing, failures)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until ``stop`` is set, then finish what was begun.

        Raises:
            TelegramRefused: Telegram does not know the token.
        """
        try:
            await self._connect(stop)
            if not stop.is_set():
                await self._serve(stop)
        finally:
            await self._finish()

    async def _connect(self, stop: asyncio.Event) -> None:
        """Reach Telegram, however long the network takes."""
        failures = 0
        while not stop.is_set():
            try:
                await unless(stop, self._app.initialize())
            except TelegramError as failure:
                failures += 1
                await unless(stop, self._timing.sleep(pause_after(failure, failures)))
            else:
                return

    async def _serve(self, stop: asyncio.Event) -> None:
        await self._app.start()
        menu = asyncio.create_task(publish_commands(self._app.bot, self._catalogues))
        _LOG.info("serving as @%s", self._app.bot.username)
        try:
            await self._source.feed(self._app.bot, self._app.update_queue, stop)
        finally:
            menu.cancel()
            await asyncio.gather(menu, return_exceptions=True)

    async def _finish(self) -> None:
        """Let running answers end within the grace; the rest apologise and go."""
        if self._app.running:
            await self._drain()
            await self._app.stop()
        await self._app.shutdown()
        await self._app.bot.shutdown()

    async def _drain(self) -> None:
        answered = asyncio.create_task(self._app.update_queue.join())
        done, _ = await asyncio.wait({answered}, timeout=self._pace.grace)
        if not done:
            self._conversation.closing = True
            _LOG.warning("%d answers were broken off", self._order.cancel_running())
            done, _ = await asyncio.wait({answered}, timeout=_FAREWELL)
        if not done:
            _LOG.warning("%d updates were left without a word", self._order.cancel_all())
        await answered


def _register(
    app: _App, gate: Gate, conversation: Conversation, pressing: Pressing, failures: Failures
) -> None:
    app.add_handler(TypeHandler(Update, gate.check), group=-1)
    messages = filters.UpdateType.MESSAGES
    app.add_handlers(
        [
            CallbackQueryHandler(pressing.press),
            CommandHandler("start", conversation.start),
            CommandHandler("help", conversation.help),
            MessageHandler(filters.COMMAND & messages, conversation.unknown_command),
            MessageHandler(filters.TEXT & messages, conversation.question),
            MessageHandler(
                filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, conversation.other_content
            ),
        ]
    )
    app.add_error_handler(failures.handle)


def _application(token: str, api_base_url: str | None, proxy: str | None, order: ChatOrder) -> _App:
    builder = ApplicationBuilder().token(token).updater(None).job_queue(None)
    local = False
    if api_base_url:
        url = api_base_url.rstrip("/")
        local = urlsplit(url).hostname in _LOOPBACK
        builder = builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    return (
        builder.concurrent_updates(order)
        .request(_request(proxy, connections=64, read=20.0, direct=local))
        .get_updates_request(_request(proxy, connections=2, read=10.0, direct=local))
        .build()
    )


def _request(proxy: str | None, *, connections: int, read: float, direct: bool) -> HTTPXRequest:
    """``direct``: a server on this machine is never behind the environment's proxy."""
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=read,
        write_timeout=20.0,
        connect_timeout=10.0,
        pool_timeout=20.0,
        proxy=proxy,
        httpx_kwargs={"trust_env": False} if direct else {},
    )


def _quieten() -> None:
    for name, level in _TALKATIVE.items():
        logger = logging.getLogger(name)
        if logger.getEffectiveLevel() < level:
            logger.setLevel(level)
