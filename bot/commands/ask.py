"""``dafu ask`` and ``dafu search``: one question or many, for people and for programs."""

from __future__ import annotations

import asyncio
import secrets
from typing import Annotated

import typer

from bot.assistant.messages import AnswerReady, Event, Failure, Incoming, Refusal, Sender
from bot.assistant.rights import access_of
from bot.commands.shapes import answer_object, hit_object
from bot.commands.terminal import (
    As,
    Json,
    Kind,
    OpennessOption,
    Terminal,
    Unit,
    each_line,
    filters_of,
    open_terminal,
)
from knowledge.domain.answers import ConversationId, Role
from knowledge.domain.search import Hit, SearchMode, SearchQuery


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("ask")(ask)
    app.command("search")(search)


def ask(
    text: Annotated[list[str], typer.Argument()],
    role: As = Role.ADMIN,
    person: Annotated[str | None, typer.Option("--person")] = None,
    conversation: Annotated[str | None, typer.Option("--conversation")] = None,
    as_json: Json = False,
) -> int:
    """Answer questions; every answer goes on record."""
    terminal = open_terminal()
    return asyncio.run(_ask(terminal, text, role, person, conversation, as_json=as_json))


async def _ask(
    terminal: Terminal,
    texts: list[str],
    role: Role,
    person: str | None,
    conversation: str | None,
    *,
    as_json: bool,
) -> int:
    from bot.wiring import open_assistant

    questions, _ = each_line(texts)
    thread = ConversationId(conversation or f"cli:{secrets.token_hex(6)}")
    status = 0
    async with open_assistant(terminal.settings, local_role=role) as assistant:
        for question in questions:
            incoming = Incoming(
                thread, Sender("cli", person or "local"), question, terminal.texts.locale
            )
            async for event in assistant.reply(incoming):
                status = max(status, _show(terminal, event, thread, as_json=as_json))
    return status


def _show(terminal: Terminal, event: Event, thread: ConversationId, *, as_json: bool) -> int:
    """Print a closing event; 1 when the question was refused or failed."""
    match event:
        case AnswerReady(turn, text, answer) if as_json:
            shape = answer_object(answer, text)
            terminal.json({**shape, "turn": turn, "conversation": thread})
        case AnswerReady(_, text, _):
            terminal.out(text)
        case Refusal(code, text) | Failure(code, text):
            if as_json:
                outcome = "refused" if isinstance(event, Refusal) else "failed"
                terminal.json(
                    {
                        "outcome": outcome,
                        "text": text,
                        "citations": [],
                        "timings_ms": {},
                        "error": {"code": code, "message": text},
                    }
                )
            else:
                terminal.note(text)
            return 1
        case _:
            pass
    return 0


def search(
    text: Annotated[list[str], typer.Argument()],
    limit: Annotated[int, typer.Option("-k", "--limit", min=1, max=1000)] = 10,
    kind: Kind = None,
    unit: Unit = None,
    place: Annotated[str | None, typer.Option("--place")] = None,
    year: Annotated[int | None, typer.Option("--year")] = None,
    result_class: Annotated[str | None, typer.Option("--class")] = None,
    openness: OpennessOption = None,
    mode: Annotated[SearchMode, typer.Option("--mode")] = SearchMode.HYBRID,
    role: As = Role.ADMIN,
    as_json: Json = False,
) -> int:
    """Find passages."""
    from bot.wiring import open_services

    terminal = open_terminal()
    filters = filters_of(
        kind=kind,
        unit=unit,
        place=place,
        year=year,
        result_class=result_class,
        openness=openness,
    )
    queries, _ = each_line(text)
    with open_services(terminal.settings) as services:
        services.indexes.catch_up_lexical()
        for words in queries:
            query = SearchQuery(words, access_of(role), filters, mode, limit)
            _print_hits(terminal, services.search.search(query).hits, as_json=as_json)
    return 0


def _print_hits(terminal: Terminal, hits: tuple[Hit, ...], *, as_json: bool) -> None:
    if as_json:
        terminal.json({"hits": [hit_object(hit) for hit in hits]})
        return
    from bot.assistant.rendering import display, head_line

    if not hits:
        terminal.out(terminal.texts.text("answers.not_found_bare"))
    for rank, hit in enumerate(hits, 1):
        head = head_line(hit.passage.document, terminal.texts)
        terminal.out(f"{rank}. [{hit.score:.3f}] {head}\n   {display(hit.passage.text)}\n")
