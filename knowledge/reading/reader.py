"""The room's front door: a path goes in, typed documents come out or a refusal says why."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from knowledge.domain.documents import DocumentKind, ParsedFile
from knowledge.errors import InputRefused
from knowledge.ports.files import FileMember, ReadingProgress, unwatched
from knowledge.reading.formats import format_of, is_known, is_promising, suffix_of
from knowledge.reading.isolation.folder import PassingFolder
from knowledge.reading.isolation.isolated import IsolatedLoader
from knowledge.reading.isolation.limits import Limits
from knowledge.reading.joining import joined
from knowledge.reading.loaded import Loaded
from knowledge.reading.loaders.archives import ArchiveBounds, Entry, Unpacker
from knowledge.reading.loaders.office_suite import OfficeSuite, vouched
from knowledge.reading.loading import load
from knowledge.reading.parsing import understood
from knowledge.reading.sniffing import Format

_LOG: Final = logging.getLogger(__name__)
LIMIT = 50 * 1024 * 1024
_OWN = frozenset((Format.TEXT, Format.MARKDOWN))
"""Formats read by code of this project alone: no process apart is needed for them."""


@dataclass(frozen=True, slots=True)
class _Order:
    """How files are to be read."""

    kind: DocumentKind | None
    progress: ReadingProgress


class FileReader:
    """Reads files of every supported format (implements ``ports.Reader``).

    Parsers of foreign formats run in a child process, which is started at the first such file
    and ends with ``close``, with the reader, or with this process.
    """

    def __init__(
        self,
        *,
        limit: int = LIMIT,
        isolated: bool = True,
        workdir: Path | None = None,
        limits: Limits | None = None,
        bounds: ArchiveBounds | None = None,
    ) -> None:
        """Nothing is opened or started yet.

        Args:
            limit: largest file taken, in bytes; an archive may have ``bounds.each``.
            isolated: False runs all parsers in this process, without bounds of time and memory.
            workdir: where passing files may lie; None for the system's temporary folder.
            limits: what reading one file may cost.
            bounds: what an archive may hold.
        """
        self._limit = limit
        self._isolated = isolated
        self._limits = limits or Limits()
        self._bounds = bounds or ArchiveBounds()
        self._folder = PassingFolder(workdir)
        self._loader = IsolatedLoader(self._limits, self._folder.path)
        self._lock = threading.Lock()
        self._suite: OfficeSuite | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child and remove passing files; a later read starts anew."""
        self._loader.close()
        with self._lock:
            self._suite = None
        self._folder.close()

    @property
    def peak(self) -> int:
        """Most memory a child was seen to use, in bytes."""
        return self._loader.peak

    def supported(self, path: Path) -> bool:
        """Whether a directory walk should take this file, judged by its suffix."""
        return is_known(path.name) and not path.name.startswith(("~$", "."))

    def members(
        self,
        path: Path,
        *,
        kind: DocumentKind | None = None,
        progress: ReadingProgress = unwatched,
    ) -> Iterator[FileMember]:
        """The file itself, or an archive's files (implements ``ports.Reader``).

        Raises:
            InputRefused: as ``read``; ``file.no_files``, ``file.too_many_files`` (limit) and
                ``file.bomb`` for archives.
        """
        return self._members(path.name, self._bytes(path), _Order(kind, progress))

    def read(
        self,
        path: Path,
        *,
        kind: DocumentKind | None = None,
        progress: ReadingProgress = unwatched,
    ) -> ParsedFile:
        """Read one file; an archive's files one behind the other.

        Raises:
            InputRefused: ``file.missing``, ``file.directory``, ``file.unreadable``,
                ``file.empty``, ``file.too_large`` (limit, size in bytes),
                ``file.unsupported``, ``file.wrong_type`` (found), ``file.damaged``,
                ``file.encrypted``, ``file.no_text``, ``file.encoding``, ``file.unpack_first``,
                ``file.ofd``, ``file.needs_libreoffice`` (package), ``file.too_slow``,
                ``file.too_heavy``, ``file.too_long`` (limit); each with ``name``.
        """
        data = self._bytes(path)
        members = self._members(path.name, data, _Order(kind, progress))
        first = next(members)
        if first.name is None and isinstance(first.content, ParsedFile):
            return first.content
        digest = hashlib.sha256(data).hexdigest()
        return joined(chain((first,), members), path.name, digest, self._limits.characters)

    def _bytes(self, path: Path) -> bytes:
        name = path.name
        if path.is_dir():
            raise InputRefused("file.directory", name=name)
        limit = self._limit
        if suffix_of(name) == ".zip":
            limit = max(limit, self._bounds.each)
        try:
            size = path.stat().st_size
            if size > limit:
                raise InputRefused("file.too_large", name=name, size=size, limit=limit)
            data = path.read_bytes() if path.is_file() else None
        except PermissionError as error:
            raise InputRefused("file.unreadable", name=name) from error
        except (OSError, ValueError) as error:
            raise InputRefused("file.missing", name=name) from error
        if data is None:
            raise InputRefused("file.unsupported", name=name)
        return data

    def _members(self, name: str, data: bytes, order: _Order) -> Iterator[FileMember]:
        fmt = self._format(data, name, name)
        if fmt is not Format.ZIP:
            yield FileMember(None, self._parsed(fmt, data, name, order))
            return
        found = False
        for member in self._unpacked(Unpacker(self._bounds), data, name, order):
            found = True
            yield member
        if not found:
            raise InputRefused("file.no_files", name=name)

    def _unpacked(
        self, unpacker: Unpacker, data: bytes, name: str, order: _Order, depth: int = 1
    ) -> Iterator[FileMember]:
        for entry in unpacker.entries(data, name, is_promising):
            try:
                yield from self._entry(unpacker, entry, f"{name}/{entry.name}", order, depth)
            except InputRefused as refusal:
                yield FileMember(entry.name, refusal)
            except Exception:  # noqa: BLE001 - logged whole; the other members shall be read
                _LOG.exception("cannot read a member")
                refusal = InputRefused("file.damaged", name=f"{name}/{entry.name}")
                yield FileMember(entry.name, refusal)

    def _entry(
        self, unpacker: Unpacker, entry: Entry, name: str, order: _Order, depth: int
    ) -> Iterator[FileMember]:
        if isinstance(entry.content, InputRefused):
            raise entry.content
        fmt = self._format(entry.content, entry.name, name)
        if fmt is not Format.ZIP:
            yield FileMember(entry.name, self._parsed(fmt, entry.content, name, order))
            return
        if unpacker.too_deep(depth + 1):
            raise InputRefused("file.nested", name=name)
        for inner in self._unpacked(unpacker, entry.content, name, order, depth + 1):
            yield FileMember(f"{entry.name}/{inner.name}", inner.content)

    def _format(self, data: bytes, filename: str, name: str) -> Format:
        if not data.strip():
            raise InputRefused("file.empty", name=name)
        fmt = format_of(data, filename, name)
        if fmt is not Format.ZIP and len(data) > self._limit:
            raise InputRefused("file.too_large", name=name, size=len(data), limit=self._limit)
        return fmt

    def _parsed(self, fmt: Format, data: bytes, name: str, order: _Order) -> ParsedFile:
        loaded = self._loaded(fmt, data, name, order)
        digest = hashlib.sha256(data).hexdigest()
        found = understood(loaded, kind=order.kind)
        return ParsedFile(loaded.text, digest, found.documents, found.registers)

    def _loaded(self, fmt: Format, data: bytes, name: str, order: _Order) -> Loaded:
        if fmt is Format.OFFICE:
            converted = self._office().to_docx(data, name)
            return vouched(self._loaded(Format.DOCX, converted, name, order), data, name)
        if self._isolated and fmt not in _OWN:
            return self._loader.load(fmt, data, name, order.progress)
        return load(fmt, data, name, order.progress, self._limits.characters)

    def _office(self) -> OfficeSuite:
        with self._lock:
            if self._suite is None:
                self._suite = OfficeSuite(self._folder.path())
            return self._suite
