"""``dafu ingest``, ``parse`` and ``samples``: files into the library, or only looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.progress import progress
from bot.commands.terminal import (
    Json,
    Kind,
    OpennessOption,
    Terminal,
    Unit,
    each_line,
    open_terminal,
)
from bot.errors import UsageRefused
from knowledge.domain.library import Provenance
from knowledge.errors import CodedError, InputRefused
from knowledge.ingestion import FileReport, FileStatus, IngestOptions

if TYPE_CHECKING:
    from bot.services import Services
    from knowledge.domain.documents import DocumentKind
    from knowledge.ports import Reader

Paths = Annotated[list[Path], typer.Argument()]
NoWait = Annotated[bool, typer.Option("--no-wait")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("ingest")(ingest)
    app.command("parse")(parse)
    samples = typer.Typer(no_args_is_help=True)
    samples.command("add")(samples_add)
    samples.command("remove")(samples_remove)
    app.add_typer(samples, name="samples")


def ingest(
    paths: Paths,
    kind: Kind = None,
    unit: Unit = None,
    openness: OpennessOption = None,
    no_wait: NoWait = False,
    as_json: Json = False,
) -> int:
    """Take files and folders in; 1 when any file was rejected, the others are stored."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        options = IngestOptions(kind, unit, openness)
        reports = take_in(services, terminal, paths, options, as_json=as_json)
        if not no_wait:
            _vectors_or_sentence(services, terminal, quiet=as_json)
        _hint_samples(services, terminal)
    return int(any(report.status is FileStatus.REJECTED for report in reports))


def take_in(
    services: Services,
    terminal: Terminal,
    paths: Sequence[Path],
    options: IngestOptions,
    *,
    as_json: bool,
) -> list[FileReport]:
    """Ingest with a progress bar, then print the verdicts."""
    ingestor = services.ingestor()
    files = ingestor.files(paths)
    reports: list[FileReport] = []
    with progress(terminal, "cli.progress_files", quiet=as_json) as show:
        for report in ingestor.ingest(files, options, show.pages):
            reports.append(report)
            show(len(reports), max(len(files), len(reports)))
    if as_json:
        terminal.json(
            {
                "files": [_file_object(terminal, report) for report in reports],
                "totals": _totals(reports),
            }
        )
    else:
        _print_reports(terminal, reports)
    return reports


def make_vectors(services: Services, terminal: Terminal, *, quiet: bool) -> None:
    """Make the missing vectors with a progress bar; an interrupt keeps what is done."""
    if not services.backlog():
        services.indexes.catch_up_dense()
        return
    with progress(terminal, "cli.progress_vectors", quiet=quiet) as show:
        services.indexes.catch_up_dense(show)


def _vectors_or_sentence(services: Services, terminal: Terminal, *, quiet: bool) -> None:
    """What is stored is stored: an index that does not answer is told, not a failure."""
    try:
        make_vectors(services, terminal, quiet=quiet)
    except CodedError as error:
        terminal.note(terminal.sentence(error))


def _file_object(terminal: Terminal, report: FileReport) -> dict[str, object]:
    return {
        "path": str(report.path),
        "status": report.status.value,
        "kind": report.kind.value if report.kind else None,
        "documents": list(report.documents),
        "reason": terminal.sentence(report.reason) if report.reason else None,
    }


def _totals(reports: Sequence[FileReport]) -> dict[str, int]:
    counts = Counter(report.status for report in reports)
    totals = {status.value: counts[status] for status in FileStatus}
    documents = {document for report in reports for document in report.documents}
    return {"files": len(reports), "documents": len(documents), **totals}


def _print_reports(terminal: Terminal, reports: Sequence[FileReport]) -> None:
    for report in reports:
        if report.reason is not None:
            terminal.note(terminal.sentence(report.reason))
    terminal.out(terminal.texts.text("cli.ingest_totals", **_totals(reports)))


def _hint_samples(services: Services, terminal: Terminal) -> None:
    samples = services.library.count(provenance=Provenance.SAMPLE)
    if samples and services.library.count(provenance=Provenance.OWN):
        terminal.say("cli.samples_still_there", count=samples)


def parse(paths: Paths, kind: Kind = None, as_json: Json = False) -> int:
    """Read files and show what was understood; stores nothing."""
    from bot.wiring import open_reader

    terminal = open_terminal()
    names, many = each_line([str(path) for path in paths])
    with open_reader() as reader:
        read = (_parse(reader, terminal, name, kind, as_json=as_json, many=many) for name in names)
        return int(not all(list(read)))


def _parse(
    reader: Reader,
    terminal: Terminal,
    name: str,
    kind: DocumentKind | None,
    *,
    as_json: bool,
    many: bool,
) -> bool:
    """Read and show one file; False for a refusal that must not stop the others."""
    from bot.commands.reading import parsed_object
    from bot.commands.summary import print_summary

    try:
        with progress(terminal, "cli.progress_files", quiet=as_json) as show:
            parsed = reader.read(Path(name), kind=kind, progress=show.pages)
    except InputRefused as error:
        if not many:
            raise
        message = terminal.sentence(error)
        if as_json:
            terminal.json({"path": name, "error": {"code": error.code, "message": message}})
        else:
            terminal.note(message)
        return False
    if as_json:
        terminal.json({"path": name, **parsed_object(parsed)})
    else:
        print_summary(parsed, terminal.texts)
    return True


def samples_add(no_wait: NoWait = False, as_json: Json = False) -> int:
    """Take the shipped samples in; refused where they could meet real work."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        load_samples(services, terminal, as_json=as_json)
        if not no_wait:
            _vectors_or_sentence(services, terminal, quiet=as_json)
    return 0


def load_samples(services: Services, terminal: Terminal, *, as_json: bool = False) -> None:
    """Ingest the sample library.

    Raises:
        UsageRefused: a Telegram token is set, or the library holds documents of the office.
    """
    if terminal.settings.telegram_bot_token is not None:
        raise UsageRefused("usage.samples_with_token")
    if services.library.count(provenance=Provenance.OWN):
        raise UsageRefused("usage.samples_with_own")
    take_in(services, terminal, [services.samples], IngestOptions(), as_json=as_json)


def samples_remove(as_json: Json = False) -> int:
    """Take all samples out again."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        removed = services.library.remove_provenance(Provenance.SAMPLE)
        services.indexes.catch_up_lexical()
        services.indexes.catch_up_dense()
    if as_json:
        terminal.json({"removed": removed})
    else:
        terminal.say("cli.samples_removed", count=removed)
    return 0
