"""The room's front door: a path goes in, typed documents come out or a refusal says why."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.domain.documents import DocumentKind, ParsedFile
from knowledge.errors import InputRefused
from knowledge.ports.files import FileMember, ReadingProgress, unwatched
from knowledge.reading.loaded import Loaded
from knowledge.reading.loaders.plain_text import load_text
from knowledge.reading.loaders.registry import LOADERS
from knowledge.reading.parsing import parse_loaded
from knowledge.reading.sniffing import SUFFIXES, Format, is_binary, sniff

LIMIT = 50 * 1024 * 1024
_TEXTS = (Format.TEXT, Format.MARKDOWN, Format.HTML, Format.CSV)
_TABLES = (Format.XLSX, Format.XLS)
_PACKAGES = tuple(fmt for fmt in Format if fmt not in _TEXTS)
_FOREIGN = {
    "locked": "file.encrypted",
    "rar": "file.unpack_first",
    "7z": "file.unpack_first",
    "gz": "file.unpack_first",
    "ofd": "file.ofd",
}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTER = 30


class FileReader:
    """Reads text, Markdown, HTML, Word and PDF files (implements ``ports.Reader``).

    Args:
        limit: largest file taken, in bytes.
    """

    def __init__(self, *, limit: int = LIMIT) -> None:
        self._limit = limit

    def supported(self, path: Path) -> bool:
        """Whether a directory walk should take this file, judged by its suffix."""
        return path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", "."))

    def members(
        self,
        path: Path,
        *,
        kind: DocumentKind | None = None,
        progress: ReadingProgress = unwatched,
    ) -> Iterator[FileMember]:
        """The file itself (implements ``ports.Reader``)."""
        yield FileMember(None, self.read(path, kind=kind, progress=progress))

    def read(
        self,
        path: Path,
        *,
        kind: DocumentKind | None = None,
        progress: ReadingProgress = unwatched,
    ) -> ParsedFile:
        """Read one file.

        Raises:
            InputRefused: ``file.missing``, ``file.directory``, ``file.empty``,
                ``file.too_large`` (limit, size in bytes), ``file.unsupported``,
                ``file.wrong_type`` (found), ``file.damaged``, ``file.encrypted``,
                ``file.no_text``, ``file.encoding``; each with ``name``.
        """
        data = self._bytes(path)
        loaded = _loaded(data, path, progress)
        if not loaded.text.strip():
            raise InputRefused("file.empty", name=path.name)
        digest = hashlib.sha256(data).hexdigest()
        return ParsedFile(loaded.text, digest, parse_loaded(loaded, kind=kind))

    def _bytes(self, path: Path) -> bytes:
        name = path.name
        if path.is_dir():
            raise InputRefused("file.directory", name=name)
        try:
            size = path.stat().st_size
            if size > self._limit:
                raise InputRefused("file.too_large", name=name, size=size, limit=self._limit)
            data = path.read_bytes() if path.is_file() else None
        except (OSError, ValueError) as error:
            raise InputRefused("file.missing", name=name) from error
        if data is None:
            raise InputRefused("file.unsupported", name=name)
        if not data.strip():
            raise InputRefused("file.empty", name=name)
        return data


def _loaded(data: bytes, path: Path, progress: ReadingProgress) -> Loaded:
    named = SUFFIXES.get(path.suffix.lower())
    fmt = _format(data, named, path)
    return LOADERS[fmt](data, path.name, progress)


def _format(data: bytes, named: Format | None, path: Path) -> Format:
    """The format to read a file as: its contents decide, its suffix when they are silent."""
    found = sniff(data)
    if found is None:
        return _silent(data, named, path)
    if found == Format.HTML and named is not None and named in _TEXTS:
        return named
    if found in set(Format):
        return Format(found)
    if found == "compound" and named is Format.OFFICE:
        return named
    code = _FOREIGN.get(found) or ("file.unsupported" if named is None else "file.wrong_type")
    raise InputRefused(code, name=path.name, found=found)


def _silent(data: bytes, named: Format | None, path: Path) -> Format:
    """Plain bytes: text unless the name promises a format they do not hold."""
    name = path.name
    if is_binary(data):
        code = "file.damaged" if named in _PACKAGES else "file.wrong_type"
        details = {} if named in _PACKAGES else {"found": "binary"}
        raise InputRefused(code if named else "file.unsupported", name=name, **details)
    if named in _TABLES:
        return Format.CSV
    if named in _PACKAGES:
        # Offices save letters as text under a Word name; a stray word is not a letter.
        if len(_HAN.findall(load_text(data, name))) < _LETTER:
            raise InputRefused("file.damaged", name=name)
        return Format.TEXT
    if named is None and path.suffix:
        raise InputRefused("file.unsupported", name=name, suffix=path.suffix)
    return named or Format.TEXT
