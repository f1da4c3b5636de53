"""Files are taken in one verdict each; one bad file never stops or hides the others."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import cast

import pytest

from knowledge.domain.documents import (
    DocumentKind,
    Openness,
    OtherFields,
    ParsedDocument,
    ParsedFile,
)
from knowledge.domain.library import (
    DocumentId,
    Provenance,
    SourceFile,
    Stored,
    StoreOutcome,
)
from knowledge.domain.search import Access
from knowledge.domain.text import Span
from knowledge.errors import InputRefused
from knowledge.ingestion import FileReport, FileStatus, IngestOptions, Ingestor
from knowledge.ports.files import FileMember, ReadingProgress, unwatched


class _Reader:
    """Reads any file as one document; names tell what goes wrong."""

    def members(
        self,
        path: Path,
        *,
        kind: DocumentKind | None = None,
        progress: ReadingProgress = unwatched,
    ) -> Iterator[FileMember]:
        yield FileMember(None, self.read(path, kind=kind, progress=progress))

    def read(
        self,
        path: Path,
        *,
        kind: DocumentKind | None = None,
        progress: ReadingProgress = unwatched,
    ) -> ParsedFile:
        del progress
        if "broken" in path.name:
            raise ZeroDivisionError
        if "empty" in path.name:
            raise InputRefused("file.empty", name=path.name)
        text = path.read_text("utf-8")
        document = ParsedDocument(kind or DocumentKind.OTHER, Span(0, len(text)), OtherFields())
        return ParsedFile(text, f"sha-{text}", (document,))


class _Library:
    def __init__(self, trouble: Exception | None = None) -> None:
        self.stored: list[SourceFile] = []
        self.asked: list[str] = []
        self.trouble = trouble

    def known_source(self, path: str, sha256: str) -> Stored | None:
        del sha256
        self.asked.append(path)
        known = any(source.path == path for source in self.stored)
        return Stored(StoreOutcome.UNCHANGED, (DocumentId("d"),)) if known else None

    def document(self, document: DocumentId, *, access: Access) -> None:
        del document, access

    def store(self, source: SourceFile) -> Stored:
        if self.trouble:
            raise self.trouble
        self.stored.append(source)
        return Stored(StoreOutcome.ADDED, (DocumentId(f"d{len(self.stored)}"),))


class _Bench:
    def __init__(self, folder: Path, trouble: Exception | None = None) -> None:
        self.folder, self.library, self.indexed = folder, _Library(trouble), 0
        self.ingestor = Ingestor(
            reader=_Reader(),
            supported=lambda path: path.suffix == ".txt",
            library=self.library,  # pyright: ignore[reportArgumentType] - the part that is asked
            index=self._index,
            samples=folder / "samples",
        )

    def _index(self) -> None:
        self.indexed += 1

    def write(self, *names: str) -> None:
        for name in names:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")

    def take(self, *paths: Path, options: IngestOptions | None = None) -> dict[str, FileStatus]:
        files = self.ingestor.files(paths or [self.folder])
        reports = self.ingestor.ingest(files, options or IngestOptions())
        return {report.path.name: report.status for report in reports}


@pytest.fixture
def bench(tmp_path: Path) -> _Bench:
    return _Bench(tmp_path)


def test_a_name_with_bytes_of_no_character_is_stored_under_a_marked_name(tmp_path: Path) -> None:
    bench = _Bench(tmp_path)
    odd = tmp_path / os.fsdecode(b"\xb4\xf0.txt")
    odd.write_text("答复", encoding="utf-8")

    bench.take(odd)

    (stored,) = bench.library.stored
    assert stored.path.encode("utf-8").endswith(b".txt")


def test_each_file_of_a_folder_gets_its_own_verdict(bench: _Bench) -> None:
    bench.write(
        "a.txt", "sub/b.txt", "broken.txt", "empty.txt", "film.mp4", ".hidden.txt", "~$a.txt"
    )

    assert bench.take() == {
        "a.txt": FileStatus.ADDED,
        "b.txt": FileStatus.ADDED,
        "broken.txt": FileStatus.REJECTED,
        "empty.txt": FileStatus.REJECTED,
        "film.mp4": FileStatus.SKIPPED,
    }


def test_a_named_file_of_an_unknown_kind_is_not_skipped_but_read(bench: _Bench) -> None:
    bench.write("note.unknown")

    assert bench.take(bench.folder / "note.unknown") == {"note.unknown": FileStatus.ADDED}


def test_a_known_file_is_not_read_again(bench: _Bench) -> None:
    bench.write("a.txt")
    bench.take()

    assert bench.take() == {"a.txt": FileStatus.UNCHANGED}


def test_the_operators_word_reaches_a_known_file_too(bench: _Bench) -> None:
    bench.write("a.txt")
    bench.take()
    bench.take(options=IngestOptions(openness=Openness.OPEN))

    assert [source.openness for source in bench.library.stored] == [None, Openness.OPEN]


def test_the_word_index_follows_even_when_nobody_waits_for_the_last_verdict(
    bench: _Bench,
) -> None:
    bench.write("a.txt", "b.txt")
    reports = bench.ingestor.ingest(bench.ingestor.files([bench.folder]), IngestOptions())

    next(reports)
    cast("Generator[FileReport]", reports).close()

    assert bench.indexed == 1


def test_trouble_with_the_store_is_not_blamed_on_a_file(tmp_path: Path) -> None:
    bench = _Bench(tmp_path, trouble=ConnectionError())
    bench.write("a.txt")

    with pytest.raises(ConnectionError):
        bench.take()


def test_what_lies_among_the_samples_is_stored_as_sample(bench: _Bench) -> None:
    bench.write("samples/library/a.txt", "b.txt")
    bench.take()

    kept = {Path(source.path).name: source.provenance for source in bench.library.stored}
    assert kept == {"a.txt": Provenance.SAMPLE, "b.txt": Provenance.OWN}


def test_files_come_in_a_stable_order(bench: _Bench) -> None:
    bench.write("b.txt", "a/z.txt", "c.txt", "a/a.txt")

    names = [path.name for path, _ in bench.ingestor.files([bench.folder])]

    assert names == ["a.txt", "z.txt", "b.txt", "c.txt"]
