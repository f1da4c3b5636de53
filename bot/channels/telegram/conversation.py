"""What the channel does with each kind of message: greet, help, ask the assistant, decline."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.assistant.messages import AnswerReady, AssistantService, Event, Incoming, Stage
from bot.catalogues import Catalogue
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.hearing import Heard, hear_message, question_for
from bot.channels.telegram.presence import Presence
from bot.channels.telegram.render import render_answer, sentence
from bot.channels.telegram.timing import Pace, Timing
from knowledge.domain.answers import Role

_LOG: Final = logging.getLogger(__name__)
_TOLD_OF_BACKLOG: Final = {Role.HANDLER, Role.APPROVER, Role.ADMIN}


class Conversation:
    """Handlers of messages, as bound methods.

    Args:
        assistant: answers questions.
        catalogues: texts by locale.
        delivery: how answers go out.
        presence: the typing sign.
        pace: limits in time.
        timing: clock.

    Attributes:
        closing: set when the channel ends; questions still waiting are then apologised for.
    """

    def __init__(
        self,
        assistant: AssistantService,
        catalogues: Mapping[str, Catalogue],
        delivery: Delivery,
        presence: Presence,
        pace: Pace,
        timing: Timing,
    ) -> None:
        self._assistant = assistant
        self._catalogues = catalogues
        self._delivery = delivery
        self._presence = presence
        self._pace = pace
        self._timing = timing
        self.closing = False

    async def start(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Greet by role and language, and say when the index is not complete yet."""
        message = update.effective_message
        if message is None:
            return
        heard = hear_message(message)
        role = await self._role(heard)
        texts = self._catalogues[heard.locale]
        lines = [texts.text(f"telegram.start.{role or 'group'}")]
        waiting = await self._assistant.backlog() if role in _TOLD_OF_BACKLOG else 0
        if waiting:
            lines.append(texts.text("telegram.backlog", count=waiting))
        await self._delivery.send(
            heard.place, sentence("\n\n".join(lines)), reply_to=heard.reply_to
        )

    async def help(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what a person of this role can do here."""
        message = update.effective_message
        if message is None:
            return
        heard = hear_message(message)
        role = await self._role(heard)
        await self._say(heard, f"telegram.help.{role or 'group'}")

    async def question(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Ask the assistant, show that work goes on, deliver what it says."""
        message = update.effective_message
        text = None if message is None else question_for(message, context.bot.bot)
        if message is None or text is None:
            return
        heard = hear_message(message)
        if self.closing or self._stale(message):
            apology = "telegram.restarting" if self.closing else "telegram.stale"
            await self._say(heard, apology, reply_to=message.message_id)
            return
        asked = Incoming(heard.conversation, heard.sender, text, heard.locale)
        try:
            async with asyncio.timeout(self._pace.answer_limit), self._presence.typing(heard.place):
                closing = await self._closing(asked)
        except asyncio.CancelledError:
            with suppress(TelegramError):
                await self._say(heard, "telegram.restarting", reply_to=message.message_id)
            raise
        await self._deliver(heard, closing)

    async def unknown_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Point to /help; in groups only when the command names this bot."""
        message = update.effective_message
        if message is None:
            return
        heard = hear_message(message)
        if heard.private or f"@{context.bot.username}".lower() in (message.text or "").lower():
            await self._say(heard, "telegram.unknown_command")

    async def other_content(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that pictures, voices, stickers and files are not understood yet."""
        message = update.effective_message
        if message is not None and question_for(message, context.bot.bot) is not None:
            await self._say(hear_message(message), "telegram.not_text")

    async def _closing(self, asked: Incoming) -> Event:
        closing: Event | None = None
        async for event in self._assistant.reply(asked):
            if not isinstance(event, Stage):
                closing = event
        if closing is None:
            raise RuntimeError("the assistant ended without a closing event")
        return closing

    async def _deliver(self, heard: Heard, closing: Event) -> None:
        if isinstance(closing, AnswerReady):
            message = render_answer(closing)
        else:
            message = sentence(closing.text)
        await self._delivery.send(heard.place, message, reply_to=heard.reply_to)

    async def _say(self, heard: Heard, key: str, *, reply_to: int | None = None) -> None:
        text = self._catalogues[heard.locale].text(key)
        await self._delivery.send(heard.place, sentence(text), reply_to=reply_to or heard.reply_to)

    async def _role(self, heard: Heard) -> Role | None:
        """The person's role; None in groups, where everybody reads along."""
        return await self._assistant.role(heard.sender) if heard.private else None

    def _stale(self, message: Message) -> bool:
        written = message.edit_date or message.date
        return self._timing.now() - written > self._pace.stale_after
