"""What never reaches a handler: updates taken before, edits that changed nothing, other bots."""

from __future__ import annotations

import asyncio
from typing import Final

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.assistant.messages import UpdateLedger
from bot.channels.telegram.recent import Recent

_REMEMBERED: Final = 4096


class Gate:
    """Runs before every handler.

    Args:
        ledger: remembers updates across restarts and processes; called off the event loop.
    """

    def __init__(self, ledger: UpdateLedger) -> None:
        self._ledger = ledger
        self._texts: Recent[tuple[int, int], str] = Recent(_REMEMBERED)
        self._albums: Recent[str, bool] = Recent(_REMEMBERED)

    async def check(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Let the update pass or stop it."""
        first = await asyncio.to_thread(self._ledger.first_time, "telegram", update.update_id)
        if not first or self._idle(update):
            raise ApplicationHandlerStop

    def _idle(self, update: Update) -> bool:
        message = update.message or update.edited_message
        if message is None:
            return False
        return _from_bot(message) or self._known(message) or self._same_album(message)

    def _known(self, message: Message) -> bool:
        """An edit that left the text alone, e.g. a link preview that was added."""
        text = message.text or ""
        return self._texts.put((message.chat.id, message.message_id), text) == text

    def _same_album(self, message: Message) -> bool:
        """An album comes as one message a picture; one answer is enough."""
        album = message.media_group_id
        return album is not None and self._albums.put(album, True) is not None  # noqa: FBT003 - a set


def _from_bot(message: Message) -> bool:
    """Written by a bot; administrators who write as their group look like one, but are not."""
    sender = message.from_user
    return sender is not None and sender.is_bot and message.sender_chat is None
