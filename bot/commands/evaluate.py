"""``dafu eval``: builds a throw-away library from a set of texts and measures search on it."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from bot.commands.progress import progress
from bot.commands.terminal import Json, Terminal, open_terminal
from bot.errors import UsageRefused
from knowledge.domain.library import DocumentId
from knowledge.domain.search import Access, SearchMode

if TYPE_CHECKING:
    from bot.services import Services
    from bot.settings import Settings
    from knowledge.evaluation.retrieval import GoldQuestion


def register(app: typer.Typer) -> None:
    """Add the commands."""
    evaluation = typer.Typer(no_args_is_help=True)
    evaluation.callback()(_eval)
    evaluation.command("retrieval")(retrieval)
    app.add_typer(evaluation, name="eval")


def _eval() -> None:
    """Keeps ``eval`` a group although it has one command."""


def retrieval(
    documents: Annotated[Path, typer.Option("--documents")],
    questions: Annotated[Path, typer.Option("--questions")],
    distractors: Annotated[Path | None, typer.Option("--distractors")] = None,
    mode: Annotated[SearchMode, typer.Option("--mode")] = SearchMode.HYBRID,
    answers: Annotated[bool, typer.Option("--answers")] = False,
    as_json: Json = False,
) -> int:
    """Measure search on documents and questions given as JSON lines."""
    from bot.wiring import open_services

    terminal = open_terminal()
    asked = list(_rows(questions))
    with tempfile.TemporaryDirectory(prefix="dafu-eval-") as folder:
        settings = _throw_away(terminal.settings, Path(folder))
        cache = terminal.settings.home / "cache" / "eval_vectors.sqlite3"
        with open_services(settings, vector_cache=cache) as services:
            stored = _take_in(services, terminal, [documents, distractors], Path(folder))
            gold = _gold(asked, stored)
            report = _measure(services, terminal, gold, mode)
            if answers:
                report["answers"] = _answers(services, gold)
    _show(terminal, report, as_json=as_json)
    return 0


def _throw_away(settings: Settings, folder: Path) -> Settings:
    """The same settings over a home that is deleted afterwards."""
    return settings.model_copy(
        update={"dafu_home": folder / "home", "database_url": None, "chroma_url": None}
    )


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    """Objects of a JSON-lines file, plain or gzipped.

    Raises:
        UsageRefused: there is no such file, or a line is no JSON.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield cast("Mapping[str, str]", json.loads(line))
    except (OSError, ValueError) as error:
        raise UsageRefused("usage.unreadable_rows", name=path.name) from error


def _take_in(
    services: Services, terminal: Terminal, sources: Sequence[Path | None], folder: Path
) -> Mapping[str, frozenset[DocumentId]]:
    """Store every text through the product's own reading; ids of the documents by text id."""
    from knowledge.ingestion import IngestOptions

    names: dict[Path, str] = {}
    for source in filter(None, sources):
        for row in _rows(source):
            path = folder / f"{len(names):06d}.txt"
            path.write_text(row["text"], encoding="utf-8")
            names[path] = row["id"]
    stored: dict[str, frozenset[DocumentId]] = {}
    with progress(terminal, "cli.progress_files") as show:
        files = [(path, True) for path in names]
        for number, taken in enumerate(services.ingestor().ingest(files, IngestOptions()), 1):
            stored[names[taken.path]] = frozenset(taken.documents)
            show(number, len(files))
    with progress(terminal, "cli.progress_vectors") as show:
        services.indexes.catch_up_dense(show)
    return stored


def _gold(
    rows: Sequence[Mapping[str, str]], stored: Mapping[str, frozenset[DocumentId]]
) -> list[GoldQuestion]:
    from knowledge.evaluation.retrieval import GoldQuestion

    return [
        GoldQuestion(row["question"], stored.get(row["document"], frozenset()), row.get("answer"))
        for row in rows
    ]


def _measure(
    services: Services, terminal: Terminal, gold: Sequence[GoldQuestion], mode: SearchMode
) -> dict[str, object]:
    """Every arm there is; the chosen mode's figures stand at the top."""
    from knowledge.evaluation.retrieval import run_arm

    modes = [SearchMode.LEXICAL]
    if services.settings.embedding_model != "none":
        modes += [SearchMode.DENSE, SearchMode.HYBRID]
    elif mode is SearchMode.HYBRID:
        mode = SearchMode.LEXICAL
    arms: dict[str, dict[str, object]] = {}
    for arm in dict.fromkeys([*modes, mode]):
        with progress(terminal, "cli.progress_questions") as show:
            arms[arm.value] = run_arm(services.search, gold, arm, show).as_json()
    passages = services.indexes.check()["passages"]
    return {"mode": mode.value, **arms[mode.value], "passages": passages, "arms": arms}


def _answers(services: Services, gold: Sequence[GoldQuestion]) -> Mapping[str, float]:
    from knowledge.evaluation.retrieval import answers_inside

    access = Access(restricted=True)
    return answers_inside(lambda text: services.answers.answer(text, access=access), gold)


def _show(terminal: Terminal, report: Mapping[str, object], *, as_json: bool) -> None:
    if as_json:
        terminal.json(report)
        return
    arms = cast("Mapping[str, Mapping[str, object]]", report["arms"])
    names = [name for name in next(iter(arms.values())) if name not in {"confidence", "queries"}]
    for arm, figures in arms.items():
        shown = "  ".join(f"{name} {figures[name]}" for name in names)
        terminal.out(f"{arm}: {shown}")
    if "answers" in report:
        terminal.out(f"answers: {report['answers']}")
