"""Takes files into the library: read, store, and make them findable, one clear verdict a file."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from knowledge.domain.documents import DocumentKind, Openness, ParsedFile
from knowledge.domain.library import DocumentId, Provenance, SourceFile, Stored
from knowledge.domain.search import Access
from knowledge.errors import InputRefused, KnowledgeError
from knowledge.ports import FileMember, Library, Reader, ReadingProgress
from knowledge.ports.files import unwatched

_LOG: Final = logging.getLogger(__name__)
_FRESH: Final = 0.5
"""Seconds a stored document may wait before the word index is told."""


class FileStatus(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class FileReport:
    """The verdict on one file; ``reason`` tells why it was rejected or skipped."""

    path: Path
    status: FileStatus
    kind: DocumentKind | None = None
    documents: tuple[DocumentId, ...] = ()
    reason: KnowledgeError | None = None


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """The operator's word on a batch of files, used where the documents are silent."""

    kind: DocumentKind | None = None
    unit: str | None = None
    openness: Openness | None = None


class Ingestor:
    """Stores files one transaction each; indexing follows in groups and at the end."""

    def __init__(
        self,
        *,
        reader: Reader,
        supported: Callable[[Path], bool],
        library: Library,
        index: Callable[[], None],
        samples: Path,
    ) -> None:
        """Wire the use case.

        Args:
            reader: turns a file into documents.
            library: keeps them.
            supported: whether a file found in a directory is of a readable kind.
            index: brings the word index up to date with the library.
            samples: the shipped sample folder; what lies under it is stored as sample.
        """
        self._reader = reader
        self._supported = supported
        self._library = library
        self._index = index
        self._samples = samples

    def files(self, paths: Iterable[Path]) -> list[tuple[Path, bool]]:
        """All files under ``paths`` in a stable order, with whether each was named directly."""
        found: list[tuple[Path, bool]] = []
        for path in paths:
            if path.is_dir():
                inner = (p for p in sorted(path.rglob("*")) if p.is_file())
                found.extend((p, False) for p in inner if not _hidden(p.relative_to(path)))
            else:
                found.append((path, True))
        return found

    def ingest(
        self,
        files: Sequence[tuple[Path, bool]],
        options: IngestOptions,
        progress: ReadingProgress = unwatched,
    ) -> Iterator[FileReport]:
        """Take the files in; yields a verdict for each as soon as it is known.

        An archive gives a verdict for each of its members, under ``archive/member``.

        When the iterator ends (or is closed) everything stored can be found by words.
        """
        told = time.monotonic()
        try:
            for path, named in files:
                yield from self._one(path, options, named=named, progress=progress)
                if time.monotonic() - told > _FRESH:
                    self._index()
                    told = time.monotonic()
        finally:
            self._index()

    def _one(
        self, path: Path, options: IngestOptions, *, named: bool, progress: ReadingProgress
    ) -> Iterator[FileReport]:
        if not named and not self._supported(path):
            reason = InputRefused("file.unsupported", name=path.name)
            yield FileReport(path, FileStatus.SKIPPED, reason=reason)
            return
        source = _storable(str(path.resolve()))
        known = self._known(path, source) if options == IngestOptions() else None
        if known is not None:
            kind = self._kind_of(known.documents)
            yield FileReport(path, FileStatus.UNCHANGED, kind, known.documents)
            return
        for member in self._members(path, options.kind, progress):
            inner = path / member.name if member.name else path
            if isinstance(member.content, InputRefused):
                yield FileReport(inner, FileStatus.REJECTED, reason=member.content)
            else:
                full = f"{source}/{member.name}" if member.name else source
                yield self._take(inner, full, member.content, options)

    def _take(
        self, path: Path, source: str, parsed: ParsedFile, options: IngestOptions
    ) -> FileReport:
        stored = self._library.store(
            SourceFile(
                path=source,
                sha256=parsed.sha256,
                text=parsed.text,
                documents=parsed.documents,
                provenance=self._provenance(path),
                openness=options.openness,
                unit=options.unit,
            )
        )
        main = _main_kind([document.kind for document in parsed.documents])
        return FileReport(path, FileStatus(stored.outcome.value), main, stored.documents)

    def _kind_of(self, documents: Sequence[DocumentId]) -> DocumentKind | None:
        everything = Access(restricted=True)
        views = (self._library.document(one, access=everything) for one in documents)
        return _main_kind([view.card.kind for view in views if view is not None])

    def _members(
        self, path: Path, kind: DocumentKind | None, progress: ReadingProgress
    ) -> Iterator[FileMember]:
        """What a file holds; whatever goes wrong with it must not stop the others."""
        try:
            yield from self._reader.members(path, kind=kind, progress=progress)
        except InputRefused as error:
            yield FileMember(None, error)
        except KnowledgeError:
            raise
        except Exception:  # noqa: BLE001 - logged whole, told as a damaged file
            _LOG.exception("cannot read %s", path.name)
            yield FileMember(None, InputRefused("file.damaged", name=path.name))

    def _known(self, path: Path, source: str) -> Stored | None:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return self._library.known_source(source, digest)

    def _provenance(self, path: Path) -> Provenance:
        inside = path.resolve().is_relative_to(self._samples.resolve())
        return Provenance.SAMPLE if inside else Provenance.OWN


def _storable(path: str) -> str:
    """A path as text: bytes of a name that no character has are marked, not refused."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _main_kind(kinds: Sequence[DocumentKind]) -> DocumentKind | None:
    """What a file is called when it holds several documents: its letter leads."""
    if DocumentKind.REPLY in kinds:
        return DocumentKind.REPLY
    return kinds[0] if kinds else None


def _hidden(path: Path) -> bool:
    """Dot files and the lock files that word processors leave."""
    return any(part.startswith((".", "~$")) for part in path.parts)
