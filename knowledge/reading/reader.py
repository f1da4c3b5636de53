"""The room's front door: a path goes in, typed documents come out or a refusal says why."""

from __future__ import annotations

import hashlib
from pathlib import Path

from knowledge.domain.documents import DocumentKind, ParsedFile
from knowledge.errors import InputRefused
from knowledge.reading.parsing import parse_text

_LIMIT = 50 * 1024 * 1024


class FileReader:
    """Reads files of the supported formats (implements ``ports.Reader``).

    Args:
        limit: largest file taken, in bytes.
    """

    def __init__(self, *, limit: int = _LIMIT) -> None:
        self._limit = limit

    def read(self, path: Path, *, kind: DocumentKind | None = None) -> ParsedFile:
        """Read one file."""
        data = path.read_bytes()
        if not data:
            raise InputRefused("file.empty", name=path.name)
        text = data.decode("utf-8-sig")
        return ParsedFile(text, hashlib.sha256(data).hexdigest(), parse_text(text, kind=kind))
