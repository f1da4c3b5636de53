"""Getting messages to people: in order, through floods and bad networks, never lost quietly."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, TypeVar

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
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


@dataclass(slots=True)
class _Mail:
    """A message on its way: what still waits, and in which form."""

    message: Outgoing
    place: Place
    reply_to: int | None
    waiting: deque[Rich]
    formatted: bool = True
    begun: bool = False

    def speak_plainly(self) -> None:
        """Go on without markup; from the beginning with the plain text on record."""
        self.formatted = False
        if not self.begun:
            self.waiting = deque(_parts((Run(self.message.plain),)))

    def done_with_part(self) -> None:
        """The first waiting part has arrived."""
        self.waiting.popleft()
        self.begun = True


class Delivery:
    """Sends through a bot and insists.

    Args:
        bot: PTB's bot, initialised.
        timing: how to wait.
    """

    def __init__(self, bot: Bot, timing: Timing) -> None:
        self._bot = bot
        self._timing = timing

    async def send(self, place: Place, message: Outgoing, *, reply_to: int | None = None) -> bool:
        """Send every part in order; False when the person does not want the bot's messages.

        Markup that Telegram refuses is sent again as plain text, so are the parts behind it.

        Raises:
            TelegramError: Telegram or the network went on refusing.
            ValueError: there is nothing to say.
        """
        mail = _Mail(message, place, reply_to, deque(_parts(message.rich)))
        if not mail.waiting:
            raise ValueError("an answer without visible text")
        while mail.waiting:
            try:
                await self.insist(lambda: self._post(mail))
            except Forbidden as refusal:
                _LOG.info("chat %s takes no messages: %s", mail.place.chat, refusal.message)
                return False
            except ChatMigrated as moved:
                mail.place = replace(mail.place, chat=moved.new_chat_id)
            except BadRequest as refusal:
                if not mail.formatted:
                    raise
                _LOG.warning("markup refused, sending plain text: %s", refusal.message)
                mail.speak_plainly()
            else:
                mail.done_with_part()
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

    async def _post(self, mail: _Mail) -> None:
        part, reply = mail.waiting[0], None
        if mail.reply_to is not None and not mail.begun:
            reply = ReplyParameters(mail.reply_to, allow_sending_without_reply=True)
        await self._bot.send_message(
            mail.place.chat,
            to_html(part) if mail.formatted else visible(part),
            parse_mode=ParseMode.HTML if mail.formatted else None,
            message_thread_id=mail.place.thread,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=reply,
            reply_markup=mail.message.buttons if len(mail.waiting) == 1 else None,
        )


def seconds_of(flood: RetryAfter) -> float:
    """How long Telegram asks to wait, whichever type PTB gives it in."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _parts(rich: Rich) -> list[Rich]:
    """Parts with something to see; Telegram refuses blank messages."""
    return [part for part in split(rich) if visible(part).strip()]
