"""Files as read: one file or an archive of them, each with its documents or a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from knowledge.domain.documents import DocumentKind, ParsedFile
from knowledge.errors import InputRefused

ReadingProgress: TypeAlias = Callable[[int, int], None]
"""Told after each page that took long: pages done, pages in all."""


def unwatched(_done: int, _pages: int) -> None:
    """Progress nobody watches."""


@dataclass(frozen=True, slots=True)
class FileMember:
    """What one file holds, or why it cannot be taken.

    Attributes:
        name: path inside the archive, parts joined by ``/``; None for a file of its own.
    """

    name: str | None
    content: ParsedFile | InputRefused


class Reader(Protocol):
    """Turns files into typed documents."""

    def read(
        self,
        path: Path,
        *,
        kind: DocumentKind | None = None,
        progress: ReadingProgress = unwatched,
    ) -> ParsedFile:
        """Read one file; an archive's members are read as one text, one behind the other.

        Raises:
            InputRefused: as ``members``, and when no member of an archive can be taken.
        """
        ...

    def members(
        self,
        path: Path,
        *,
        kind: DocumentKind | None = None,
        progress: ReadingProgress = unwatched,
    ) -> Iterator[FileMember]:
        """Read a file, or all files of an archive one after the other; never empty.

        A member that cannot be taken does not stop the others.

        Raises:
            InputRefused: the file itself is missing, empty, encrypted, too large, of no
                readable kind, or an archive that breaks its bounds.
        """
        ...
