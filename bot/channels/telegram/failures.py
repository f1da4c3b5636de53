"""When something breaks: log it under an id first, then apologise with that id and nothing else."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Mapping
from typing import Final

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.catalogues import Catalogue
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.hearing import Heard, hear
from bot.channels.telegram.render import sentence

_LOG: Final = logging.getLogger(__name__)


class Failures:
    """The error handler.

    Args:
        delivery: how the apology goes out.
        catalogues: texts by locale.
        secret: the token, cut out of whatever is logged.
    """

    def __init__(
        self, delivery: Delivery, catalogues: Mapping[str, Catalogue], secret: str
    ) -> None:
        self._delivery = delivery
        self._catalogues = catalogues
        self._secret = secret

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log, apologise, and keep other handlers off the broken update."""
        error_id = secrets.token_hex(4)
        if context.error is not None:
            self._log(error_id, context.error)
        heard = hear(update) if isinstance(update, Update) else None
        if isinstance(update, Update) and heard is not None:
            await self._apologise(update, heard, error_id)
        raise ApplicationHandlerStop

    def _log(self, error_id: str, error: Exception) -> None:
        """Type and place only: messages of errors may hold what people wrote."""
        told = f": {error.message}" if isinstance(error, TelegramError) else ""
        frames = "".join(traceback.format_tb(error.__traceback__))
        entry = f"{type(error).__name__}{told}\n{frames}".replace(self._secret, "[token]")
        _LOG.error("error %s: %s", error_id, entry)

    async def _apologise(self, update: Update, heard: Heard, error_id: str) -> None:
        text = self._catalogues[heard.locale].text("telegram.error", error_id=error_id)
        try:
            if update.callback_query is not None:
                await update.callback_query.answer(text, show_alert=True)
            else:
                await self._delivery.send(heard.place, sentence(text), reply_to=heard.reply_to)
        except TelegramError as failure:
            _LOG.warning("apology %s not delivered: %s", error_id, type(failure).__name__)
