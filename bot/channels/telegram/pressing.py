"""What the channel does with pressed buttons: open a source, close it, deny politely."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.assistant.messages import AssistantService, SourceView
from bot.catalogues import Catalogue
from bot.channels.telegram.buttons import CLOSE, has_close_button, read_button
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.hearing import Heard, hear_press, locale_of
from bot.channels.telegram.render import render_source

_LOG: Final = logging.getLogger(__name__)


class Pressing:
    """The handler of callback queries; every one of them is answered.

    Args:
        assistant: decides who may open which source, anew at every press.
        catalogues: texts by locale.
        delivery: how sources go out.
    """

    def __init__(
        self,
        assistant: AssistantService,
        catalogues: Mapping[str, Catalogue],
        delivery: Delivery,
    ) -> None:
        self._assistant = assistant
        self._catalogues = catalogues
        self._delivery = delivery

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what the button says, or deny; the data may come from anybody."""
        query = update.callback_query
        if query is None:
            return
        texts = self._catalogues[locale_of(query.from_user.language_code)]
        heard = hear_press(query)
        if query.data == CLOSE:
            await self._close(query, texts)
            return
        view = None if heard is None else await self._view(query, heard)
        if heard is None or view is None:
            await self._answer(query, texts.text("telegram.source_missing"))
            return
        await self._answer(query)
        await self._delivery.send(heard.place, render_source(view, texts), reply_to=heard.reply_to)

    async def _view(self, query: CallbackQuery, heard: Heard) -> SourceView | None:
        wanted = read_button(query.data)
        if wanted is None:
            return None
        return await self._assistant.source(wanted.turn, wanted.marker, heard.sender)

    async def _close(self, query: CallbackQuery, texts: Catalogue) -> None:
        """Take the message away, or fold it where deleting is refused.

        A forged press could name any message of ours; only those with the button close.
        """
        message = query.message
        if not isinstance(message, Message) or not has_close_button(message.reply_markup):
            await self._answer(query, texts.text("telegram.source_missing"))
            return
        await self._answer(query)
        try:
            await message.delete()
        except TelegramError as refusal:
            _LOG.info("not deleted, folded instead: %s", type(refusal).__name__)
            await self._fold(message, texts)

    async def _fold(self, message: Message, texts: Catalogue) -> None:
        try:
            await self._delivery.insist(lambda: message.edit_text(texts.text("telegram.closed")))
        except TelegramError as refusal:
            _LOG.warning("not folded: %s", type(refusal).__name__)

    async def _answer(self, query: CallbackQuery, text: str | None = None) -> None:
        """Stop the button's spinner; a press too old to be answered is no reason to stop."""
        try:
            await self._delivery.insist(lambda: query.answer(text, show_alert=text is not None))
        except TelegramError as refusal:
            _LOG.info("press not answered: %s", type(refusal).__name__)
