"""The assistant in a terminal: a chat for a person, or answers line by line for a pipe."""

from __future__ import annotations

import asyncio
import secrets
import sys
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from bot.assistant.messages import (
    AnswerReady,
    AssistantService,
    Event,
    Failure,
    Incoming,
    Refusal,
    Sender,
    Stage,
)
from bot.catalogues import Catalogue
from knowledge.domain.answers import ConversationId

_QUIT: Final = frozenset({"/quit", "/exit", "/q"})


class ConsoleChannel:
    """Reads lines, answers each; ends at end of input or ``/quit``."""

    def __init__(
        self,
        assistant: AssistantService,
        texts: Catalogue,
        *,
        sender: Sender,
        interactive: bool,
        console: Console | None = None,
    ) -> None:
        """Take the assistant and where to write; ``interactive`` is False for piped input."""
        self._assistant = assistant
        self._texts = texts
        self._sender = sender
        self._interactive = interactive
        self._console = console or Console(highlight=False, soft_wrap=not interactive)
        self._conversation = ConversationId(f"console:{secrets.token_hex(6)}")
        self._last: AnswerReady | None = None

    async def run(self) -> None:
        """Answer line by line until the input ends."""
        if self._interactive:
            await self._welcome()
        while (line := await asyncio.to_thread(self._read)) is not None:
            text = line.strip()
            if text in _QUIT:
                return
            if text:
                await self._take(text)

    def _read(self) -> str | None:
        """The next line; None at end of input."""
        if not self._interactive:
            return sys.stdin.readline() or None
        try:
            return self._console.input("[bold cyan]> [/]")
        except EOFError:
            return None

    async def _welcome(self) -> None:
        self._say("console.welcome")
        waiting = await self._assistant.backlog()
        if waiting:
            self._say("console.backlog", count=waiting)

    async def _take(self, text: str) -> None:
        if not self._interactive:
            self._console.print(f"> {text}", markup=False)
        if text == "/help":
            self._say("console.help")
        elif text.startswith("/sources"):
            await self._sources(text.removeprefix("/sources").split())
        elif text.startswith("/"):
            self._say("console.unknown_command", command=text.split(maxsplit=1)[0])
        else:
            await self._ask(text)

    async def _ask(self, text: str) -> None:
        incoming = Incoming(self._conversation, self._sender, text, self._texts.locale)
        async for event in self._assistant.reply(incoming):
            self._show(event)

    def _show(self, event: Event) -> None:
        match event:
            case Stage(_, text):
                if self._interactive:
                    self._console.print(f"[dim]{escape(text)}[/]")
            case AnswerReady(_, text, answer):
                self._last = event
                self._console.print(text, markup=False)
                if self._interactive and answer.citations:
                    self._say("console.sources_hint")
                self._console.print()
            case Refusal(_, text) | Failure(_, text):
                self._console.print(text, markup=False)

    async def _sources(self, wanted: list[str]) -> None:
        """The passages behind the last answer: all, or those whose markers are named."""
        if self._last is None or not self._last.answer.citations:
            self._say("console.no_sources")
            return
        known = [citation.marker for citation in self._last.answer.citations]
        for marker in [int(word) for word in wanted if word.isdecimal()] or known:
            await self._source(marker)

    async def _source(self, marker: int) -> None:
        turn = self._last.turn if self._last else None
        view = await self._assistant.source(turn, marker, self._sender) if turn else None
        if view is None:
            self._say("console.source_gone", marker=marker)
            return
        card = view.passage.document
        path = " › ".join(view.passage.heading_path)
        title = f"〔{marker}〕 {card.title}" + (f" › {path}" if path else "")
        body = escape(view.passage.text).replace(
            escape(view.citation.quote), f"[bold]{escape(view.citation.quote)}[/]"
        )
        # A title in the frame would shift it: terminals differ on the width of 〔 and 《.
        self._console.print(Panel(f"[bold]{escape(title)}[/]\n\n{body}"))

    def _say(self, key: str, **values: object) -> None:
        self._console.print(self._texts.text(key, **values), markup=False)
