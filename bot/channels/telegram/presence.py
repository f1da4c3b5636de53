"""The typing sign while work goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.delivery import Place
from bot.channels.telegram.timing import Timing

_LOG: Final = logging.getLogger(__name__)


class Presence:
    """Shows the typing sign.

    Args:
        bot: PTB's bot, initialised.
        timing: how to wait.
        every: seconds between typing actions.
    """

    def __init__(self, bot: Bot, timing: Timing, every: float) -> None:
        self._bot = bot
        self._timing = timing
        self._every = every

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncGenerator[None]:
        """Show that work goes on, as long as the block lasts; never in its way."""
        task = asyncio.create_task(self._keep_typing(place))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _keep_typing(self, place: Place) -> None:
        while True:
            try:
                await self._bot.send_chat_action(
                    place.chat, ChatAction.TYPING, message_thread_id=place.thread
                )
            except TelegramError as failure:
                _LOG.debug("typing not shown: %s", type(failure).__name__)
            await self._timing.sleep(self._every)
