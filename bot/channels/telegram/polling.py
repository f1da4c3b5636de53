"""Updates by polling; a webhook would be another source with the same ``feed``."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Final, Protocol

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.delivery import seconds_of
from bot.channels.telegram.racing import unless
from bot.channels.telegram.timing import Timing
from bot.errors import BotError

_LOG: Final = logging.getLogger(__name__)
_KINDS: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)
_LONGEST_PAUSE: Final = 30.0


class TelegramRefused(BotError):
    """The operator: Telegram does not know the token, or the server is not a Bot API server."""


class UpdateSource(Protocol):
    """Where updates come from."""

    async def feed(self, bot: Bot, updates: asyncio.Queue[object], stop: asyncio.Event) -> None:
        """Put updates into the queue until ``stop`` is set.

        Raises:
            TelegramRefused: no update will ever come.
        """
        ...


class Polling:
    """Asks Telegram for updates, patiently and for as long as it takes.

    PTB's own loop gives up where ``deleteWebhook`` is not known and logs whole
    tracebacks while a network is down; this one needs ``getUpdates`` only.
    """

    def __init__(self, timing: Timing, timeout: int) -> None:
        self._timing = timing
        self._timeout = timedelta(seconds=timeout)

    async def feed(self, bot: Bot, updates: asyncio.Queue[object], stop: asyncio.Event) -> None:
        """Poll until ``stop``, then confirm what was taken."""
        await self._drop_webhook(bot)
        offset = failures = 0
        while not stop.is_set():
            try:
                batch = await unless(stop, self._poll(bot, offset))
            except TelegramError as failure:
                failures += 1
                await unless(stop, self._timing.sleep(pause_after(failure, failures)))
                continue
            failures = 0
            for update in batch or ():
                offset = max(offset, update.update_id + 1)
                await updates.put(update)
        await self._confirm(bot, offset)

    async def _poll(self, bot: Bot, offset: int) -> tuple[Update, ...]:
        return await bot.get_updates(
            offset=offset, timeout=self._timeout, allowed_updates=list(_KINDS)
        )

    async def _drop_webhook(self, bot: Bot) -> None:
        """A webhook left behind by another set-up would keep every update from us."""
        try:
            await bot.delete_webhook()
        except TelegramError as failure:
            _LOG.info("deleteWebhook was refused: %s", type(failure).__name__)

    async def _confirm(self, bot: Bot, offset: int) -> None:
        try:
            await bot.get_updates(offset=offset, timeout=timedelta(0), limit=1)
        except TelegramError as failure:
            _LOG.info("last updates not confirmed: %s", type(failure).__name__)


def pause_after(failure: TelegramError, failures: int) -> float:
    """Seconds until the next try after ``failures`` failures in a row.

    Raises:
        TelegramRefused: trying again is no use.
    """
    if isinstance(failure, InvalidToken):
        raise TelegramRefused("telegram.token_refused") from None
    if isinstance(failure, RetryAfter):
        return seconds_of(failure)
    if isinstance(failure, Conflict):
        _LOG.warning("another process polls with the same bot")
    else:
        _LOG.warning("Telegram does not answer: %s", type(failure).__name__)
    return min(_LONGEST_PAUSE, 2.0 ** min(failures - 1, 5))
