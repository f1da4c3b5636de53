"""The command menu that clients show, in each language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.catalogues import Catalogue

_LOG: Final = logging.getLogger(__name__)
_COMMANDS: Final = ("start", "help")
_LANGUAGES: Final = ((None, "zh-CN"), ("zh", "zh-CN"), ("en", "en"))


async def publish_commands(bot: Bot, catalogues: Mapping[str, Catalogue]) -> None:
    """Set the menu; a refusal is logged, for the commands work without it."""
    for language, locale in _LANGUAGES:
        texts = catalogues[locale]
        menu = [BotCommand(name, texts.text(f"telegram.command.{name}")) for name in _COMMANDS]
        try:
            await bot.set_my_commands(menu, language_code=language)
        except TelegramError as refusal:
            _LOG.warning("command menu not set: %s", type(refusal).__name__)
