"""Getting messages to people: in order, through flood control and bad networks, never lost quietly."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.cutting import split
from bot.channels.telegram.markup import Rich, Run, to_html, visible
from bot.channels.telegram.render import Outgoing
from bot.channels.telegram.timing import Timing

T = TypeVar("T")

_LOG: Final = logging.getLogger(__name__)
_PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 16.0)
_MOST_FLOOD_WAITS: Final = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where to write: a chat and, in forums, a topic."""

    chat: int
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class _Letter:
    """One part on its way."""

    part: Rich
    formatted: bool
    reply_to: int | None
    buttons: InlineKeyboardMarkup | None


class Delivery:
    """Sends through a bot and insists.

    Args:
        bot: PTB's bot, initialised.
        timing: how to wait.
        typing_every: seconds between typing actions.
    """

    def __init__(self, bot: Bot, timing: Timing, typing_every: float = 4.0) -> None:
        self._bot = bot
        self._timing = timing
        self._typing_every = typing_every

    async def send(self, place: Place, message: Outgoing, *, reply_to: int | None = None) -> bool:
        """Send every part in order; False when the person does not want the bot's messages.

        Markup that Telegram refuses is sent again as plain text, so are the parts behind it.

        Raises:
            TelegramError: Telegram or the network went on refusing.
            ValueError: there is nothing to say.
        """
        waiting = deque(_parts(message.rich))
        if not waiting:
            raise ValueError("an answer without visible text")
        formatted, first = True, True
        while waiting:
            reply, buttons = reply_to if first else None, message.buttons
            last = len(waiting) == 1
            letter = _Letter(waiting[0], formatted, reply, buttons if last else None)
            try:
                await self.insist(lambda place=place, letter=letter: self._post(place, letter))
            except Forbidden as refusal:
                _LOG.info("chat %s does not take messages: %s", place.chat, refusal.message)
                return False
            except ChatMigrated as moved:
                place = replace(place, chat=moved.new_chat_id)
                continue
            except BadRequest as refusal:
                if not formatted:
                    raise
                _LOG.warning("markup refused, sending plain text: %s", refusal.message)
                formatted = False
                if first:
                    waiting = deque(_parts((Run(message.plain),)))
                continue
            waiting.popleft()
            first = False
        return True

    async def insist(self, call: Callable[[], Awaitable[T]]) -> T:
        """Repeat a call through flood control and network failures.

        Raises:
            TelegramError: it was refused for good, or failed too often.
        """
        pauses = iter(_PAUSES)
        floods = 0
        while True:
            try:
                return await call()
            except RetryAfter as flood:
                floods += 1
                if floods > _MOST_FLOOD_WAITS:
                    raise
                await self._timing.sleep(seconds_of(flood))
            except BadRequest:
                raise
            except NetworkError:
                pause = next(pauses, None)
                if pause is None:
                    raise
                await self._timing.sleep(pause)

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncIterator[None]:
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
            await self._timing.sleep(self._typing_every)

    async def _post(self, place: Place, letter: _Letter) -> None:
        text = to_html(letter.part) if letter.formatted else visible(letter.part)
        reply = None
        if letter.reply_to is not None:
            reply = ReplyParameters(letter.reply_to, allow_sending_without_reply=True)
        await self._bot.send_message(
            place.chat,
            text,
            parse_mode=ParseMode.HTML if letter.formatted else None,
            message_thread_id=place.thread,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=reply,
            reply_markup=letter.buttons,
        )


def seconds_of(flood: RetryAfter) -> float:
    """How long Telegram asks to wait, whichever type PTB gives it in."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _parts(rich: Rich) -> list[Rich]:
    """Parts with something to see; Telegram refuses blank messages."""
    return [part for part in split(rich) if visible(part).strip()]
