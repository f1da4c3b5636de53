"""``dafu run``, ``dafu chat`` and ``dafu bot``: open a conversation and keep it open."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

import typer

from bot.assistant.messages import Sender
from bot.commands.ingest import load_samples
from bot.commands.terminal import As, Terminal, open_terminal
from bot.errors import UsageRefused
from knowledge.domain.answers import Role

if TYPE_CHECKING:
    from bot.services import Services


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("run")(run)
    app.command("chat")(chat)
    app.command("bot")(bot)


def run() -> int:
    """Prepare the store the first time, then open Telegram (with a token) or the console."""
    terminal = open_terminal()
    if terminal.settings.telegram_bot_token is not None:
        return asyncio.run(_telegram(terminal))
    _prepare(terminal)
    return asyncio.run(_console(terminal, Role.ADMIN))


def chat(role: As = Role.ADMIN) -> int:
    """Open the console chat."""
    return asyncio.run(_console(open_terminal(), role))


def bot() -> int:
    """Open the Telegram bot."""
    terminal = open_terminal()
    if terminal.settings.telegram_bot_token is None:
        raise UsageRefused("usage.token_needed")
    return asyncio.run(_telegram(terminal))


def _prepare(terminal: Terminal) -> None:
    """An empty store gets the samples, so that the first question has an answer."""
    from bot.wiring import open_services

    with open_services(terminal.settings) as services:
        if services.library.count() == 0:
            _first_samples(services, terminal)


def _first_samples(services: Services, terminal: Terminal) -> None:
    terminal.say("cli.first_start")
    load_samples(services, terminal)


async def _console(terminal: Terminal, role: Role) -> int:
    from bot.channels.console import ConsoleChannel
    from bot.wiring import open_assistant

    interactive = sys.stdin.isatty()
    async with open_assistant(terminal.settings, local_role=role, background=True) as assistant:
        channel = ConsoleChannel(
            assistant, terminal.texts, sender=Sender("console", "local"), interactive=interactive
        )
        await channel.run()
    return 0


async def _telegram(terminal: Terminal) -> int:
    from bot.wiring import open_telegram

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with open_telegram(terminal.settings) as channel:
        terminal.say("cli.bot_started")
        await channel.run(stop)
    return 0
