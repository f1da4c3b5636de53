"""The command line: builds the commands, runs one, turns any failure into a sentence."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final, Protocol, cast

import typer

from bot.catalogues import Catalogue, load_catalogue
from bot.commands import ask, converse, documents, evaluate, ingest, upkeep
from knowledge.errors import CodedError

_LOG: Final = logging.getLogger(__name__)
USAGE: Final = 2
REFUSED: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 input refused, 2 usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    texts = load_catalogue(os.environ.get("DAFU_LANGUAGE") or "zh-CN")
    try:
        return _run(given, texts)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the command line's edge: log first, then speak
        return _failed(error, given, texts)


def build_app(texts: Catalogue) -> Callable[..., object]:
    """All commands with their help in one language."""
    app = typer.Typer(
        name="dafu", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )
    for module in (converse, ask, ingest, documents, upkeep, evaluate):
        module.register(app)
    command = typer.main.get_command(app)
    _describe(cast("_Described", command), texts, "cli")
    return command


class _Option(Protocol):
    name: str
    help: str | None


class _Described(Protocol):
    """What the help of a command is made of; Typer keeps these types to itself."""

    help: str | None
    params: list[_Option]


def _describe(command: _Described, texts: Catalogue, key: str) -> None:
    """Fill in every help text from the catalogue, so that code carries none."""
    command.help = texts.text(f"{key}.help") if texts.has(f"{key}.help") else command.help
    for option in command.params:
        own = f"{key}.{option.name}"
        shared = f"cli.options.{option.name}"
        option.help = texts.text(own if texts.has(own) else shared) if option.name != "help" else ""
    for name, child in cast("dict[str, _Described]", getattr(command, "commands", {})).items():
        _describe(child, texts, f"{key}.{name}")


def _run(given: list[str], texts: Catalogue) -> int:
    result = build_app(texts)(given, prog_name="dafu", standalone_mode=False)
    return result if isinstance(result, int) else 0


def _failed(error: Exception, given: Sequence[str], texts: Catalogue) -> int:
    """Say in one sentence what went wrong; under ``--json`` as an object on stdout."""
    code, message, status = _sentence(error, texts)
    if "--json" in given:
        print(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False))  # noqa: T201 - the contract of --json
    else:
        print(message, file=sys.stderr)  # noqa: T201 - the one place that speaks for a failed command
    return status


def _sentence(error: Exception, texts: Catalogue) -> tuple[str, str, int]:
    if isinstance(error, CodedError) and texts.has(error.code):
        status = USAGE if error.code.startswith(("usage.", "settings.", "search.")) else REFUSED
        return error.code, texts.text(error.code, **error.details), status
    shown = getattr(error, "format_message", None)
    if callable(shown):
        return "usage", texts.text("cli.usage", message=shown()), USAGE
    _LOG.error("command failed", exc_info=error)
    return "unexpected", texts.text("cli.unexpected", error=type(error).__name__), REFUSED


def _speak_utf8() -> None:
    """Chinese output must not depend on the terminal's locale."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if callable(reconfigure):
            reconfigure(encoding="utf-8", errors="replace")
