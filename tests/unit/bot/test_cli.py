"""Every command and option speaks both languages, and failures come as sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

import pytest

from bot.catalogues import LOCALES, load_catalogue
from bot.cli import build_app, main


class _Shown:
    """What is read of a command's help."""

    name: str
    help: str | None
    params: list[_Shown]
    commands: dict[str, _Shown]


def _commands(command: _Shown) -> Iterator[_Shown]:
    yield command
    for child in cast("dict[str, _Shown]", getattr(command, "commands", {})).values():
        yield from _commands(child)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_command_and_option_has_a_help_text(locale: str) -> None:
    app = cast("_Shown", build_app(load_catalogue(locale)))

    for command in _commands(app):
        assert command.help, command.name
        assert all(option.help for option in command.params if option.name != "help"), command.name


def test_the_commands_of_the_contract_are_there() -> None:
    app = cast("_Shown", build_app(load_catalogue("en")))

    expected = {"chat", "bot", "ingest", "parse", "search", "ask", "documents", "samples"}
    assert expected | {"reindex", "doctor", "log"} <= app.commands.keys()


def test_a_usage_error_under_json_is_an_object_with_status_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["ask", "--json"])

    error = cast("dict[str, dict[str, str]]", json.loads(capsys.readouterr().out))["error"]
    assert (status, error["code"]) == (2, "usage")
    assert error["message"]


def test_a_usage_error_for_a_person_is_one_sentence_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["nonsense"])

    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert "nonsense" in err
    assert "Traceback" not in err
