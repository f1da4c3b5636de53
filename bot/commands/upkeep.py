"""``dafu reindex``, ``dafu doctor`` and ``dafu log``: keep the house in order, show the record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ingest import NoWait, make_vectors
from bot.commands.progress import progress
from bot.commands.terminal import Json, Terminal, open_terminal
from bot.errors import UsageRefused
from knowledge.domain.answers import ConversationId

if TYPE_CHECKING:
    from bot.services import Services


class LogFormat(StrEnum):
    """How the log is exported when not as one JSON document."""

    JSONL = "jsonl"
    XLSX = "xlsx"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("reindex")(reindex)
    app.command("doctor")(doctor)
    log = typer.Typer(no_args_is_help=True)
    log.callback()(_log)
    log.command("export")(log_export)
    app.add_typer(log, name="log")


def _log() -> None:
    """Keeps ``log`` a group although it has one command."""


def reindex(no_wait: NoWait = False, as_json: Json = False) -> int:
    """Make both indexes anew from the store."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        with progress(terminal, "cli.progress_index", quiet=as_json) as show:
            services.indexes.rebuild(show)
        if not no_wait:
            make_vectors(services, terminal, quiet=as_json)
        report = services.indexes.check()
    return _verdict(terminal, report, as_json=as_json)


def doctor(as_json: Json = False) -> int:
    """Compare store and indexes; 1 when something is wrong."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        report = diagnosis(services)
    return _verdict(terminal, report, as_json=as_json)


def diagnosis(services: Services) -> dict[str, object]:
    """Facts about store and indexes; ``ok`` when they agree."""
    return {**services.indexes.check(), "store": services.check_store()}


def _verdict(terminal: Terminal, report: Mapping[str, object], *, as_json: bool) -> int:
    healthy = bool(report["ok"])
    if as_json:
        terminal.json(report)
    else:
        for name, value in report.items():
            terminal.out(f"{name}: {json.dumps(value, ensure_ascii=False)}")
        terminal.say("cli.healthy" if healthy else "cli.unhealthy")
    return 0 if healthy else 1


def log_export(
    as_json: Json = False,
    form: Annotated[LogFormat, typer.Option("--format")] = LogFormat.JSONL,
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
    conversation: Annotated[str | None, typer.Option("--conversation")] = None,
    limit: Annotated[int | None, typer.Option("-k", "--limit", min=1)] = None,
) -> int:
    """Export the record of all turns, oldest first."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        chosen = ConversationId(conversation) if conversation else None
        turns = services.log.turns(conversation=chosen, limit=limit)
    if as_json:
        terminal.json({"turns": list(turns)})
    elif form is LogFormat.JSONL:
        _export_lines(terminal, turns, output)
    else:
        _export_sheet(turns, output)
    return 0


def _export_lines(
    terminal: Terminal, turns: Sequence[Mapping[str, object]], output: Path | None
) -> None:
    lines = [json.dumps(turn, ensure_ascii=False) for turn in turns]
    if output is not None:
        output.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return
    for line in lines:
        terminal.out(line)


def _export_sheet(turns: Sequence[Mapping[str, object]], output: Path | None) -> None:
    if output is None:
        raise UsageRefused("usage.output_needed")
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("turns")
    names = (
        "at",
        "channel",
        "role",
        "question",
        "outcome",
        "answer",
        "citations",
        "hits",
        "timings_ms",
    )
    sheet.append(names)
    for turn in turns:
        sheet.append([_cell(turn.get(name)) for name in names])
    book.save(output)


def _cell(value: object) -> str:
    """Text of a cell; never a formula, whatever a person typed."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    guarded = f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
    return "".join(c for c in guarded if c in "\n\t" or ord(c) >= ord(" "))[:32000]
