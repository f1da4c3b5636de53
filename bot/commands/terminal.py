"""What every command needs of a terminal: settings, texts, JSON or sentences, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Annotated, Final

import typer

from bot.catalogues import Catalogue, load_catalogue
from bot.errors import UsageRefused
from knowledge.domain.answers import Role
from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.search import SearchFilters
from knowledge.errors import CodedError

if TYPE_CHECKING:
    from bot.settings import Settings

Json = Annotated[bool, typer.Option("--json")]
As = Annotated[Role, typer.Option("--as")]
Kind = Annotated[DocumentKind | None, typer.Option("--kind")]
Unit = Annotated[str | None, typer.Option("--unit")]
OpennessOption = Annotated[Openness | None, typer.Option("--openness")]

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Settings and texts of one command run."""

    settings: Settings
    texts: Catalogue

    def say(self, key: str, /, **values: object) -> None:
        """A sentence for a person, on standard error: standard output carries results."""
        self.note(self.texts.text(key, **values))

    def note(self, line: str) -> None:
        """A line on standard error."""
        _write(sys.stderr, line)

    def out(self, line: str) -> None:
        """A line of the result."""
        _write(sys.stdout, line)

    def json(self, value: Mapping[str, object]) -> None:
        """One JSON document on one line of standard output."""
        self.out(json.dumps(value, ensure_ascii=False))

    def sentence(self, error: CodedError) -> str:
        """An error of ours in the person's language."""
        return self.texts.text(error.code, **error.details)


def _write(stream: IO[str], line: str) -> None:
    stream.write(line + "\n")
    stream.flush()


def open_terminal() -> Terminal:
    """Read the settings and the catalogue of their language.

    Raises:
        SettingsRefused: a setting cannot be used.
    """
    from bot.logs import configure_logging
    from bot.settings import load_settings

    settings = load_settings()
    configure_logging(settings.dafu_log_level)
    return Terminal(settings, load_catalogue(settings.dafu_language))


def each_line(arguments: Sequence[str]) -> tuple[Iterable[str], bool]:
    """The inputs of a command that takes several, and whether there may be more than one.

    A lone ``-`` stands for one input a line on standard input; blank lines are skipped.

    Raises:
        UsageRefused: ``-`` is mixed with other arguments.
    """
    if STANDARD_INPUT not in arguments:
        return arguments, len(arguments) > 1
    if len(arguments) > 1:
        raise UsageRefused("usage.dash_alone")
    return (line.strip() for line in sys.stdin if line.strip()), True


def filters_of(
    *,
    kind: DocumentKind | None = None,
    unit: str | None = None,
    place: str | None = None,
    year: int | None = None,
    result_class: str | None = None,
    openness: Openness | None = None,
) -> SearchFilters:
    """Search filters from a command's options."""
    kinds = frozenset({kind}) if kind else frozenset[DocumentKind]()
    return SearchFilters(kinds, unit, place, year, result_class, openness)
