"""Zip archives: every file inside, unpacked in memory and measured while unpacking.

Nothing is ever written under a name an archive gives, and no size it states is believed.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import PurePosixPath

from knowledge.errors import InputRefused
from knowledge.reading.loaders.archive_names import is_furniture, is_safe, name_of, shown
from knowledge.reading.sniffing import is_swamped

_ENCRYPTED = 0x1
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ArchiveBounds:
    """How much an archive may hold.

    Attributes:
        entries: files in all, those of inner archives included.
        each: bytes of one file.
        total: bytes of all files together.
        ratio: how many times larger than packed a file may be, once it exceeds ``small``.
        depth: archives inside one another, the outermost counted.
    """

    entries: int = 2000
    each: int = 200 * 1024 * 1024
    total: int = 1024 * 1024 * 1024
    ratio: int = 200
    small: int = 10 * 1024 * 1024
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive, or why it cannot be had.

    Attributes:
        name: its path inside, made unique.
    """

    name: str
    content: bytes | InputRefused


class Unpacker:
    """Unpacks one archive and those inside it against one budget."""

    def __init__(self, bounds: ArchiveBounds) -> None:
        self._bounds = bounds
        self._entries = 0
        self._total = 0

    def too_deep(self, depth: int) -> bool:
        """Whether an archive at this depth, the outermost being 1, is not opened."""
        return depth > self._bounds.depth

    def entries(self, data: bytes, name: str, wanted: Callable[[str], bool]) -> Iterator[Entry]:
        """The files of an archive in its order, hidden ones left out.

        Args:
            data: the archive.
            name: shown in refusals.
            wanted: whether a file of this name is worth unpacking.

        Raises:
            InputRefused: ``file.damaged``; ``file.too_many_files`` (limit), ``file.bomb`` when
                all files together break the bounds.
        """
        with _opened(data, name) as archive:
            items = [(name_of(item), item) for item in archive.infolist()]
            self._count(len(items), name)
            if _overlap([item for _, item in items]):
                raise InputRefused("file.bomb", name=name)
            taken: set[str] = set()
            for inner, item in items:
                if is_furniture(inner):
                    continue
                unique = _unique(shown(inner), taken)
                full = f"{name}/{unique}"
                if wanted(inner):
                    yield Entry(unique, self._content(archive, item, inner, full))
                else:
                    yield Entry(unique, InputRefused("file.unsupported", name=full))

    def _count(self, entries: int, name: str) -> None:
        self._entries += entries
        if self._entries > self._bounds.entries:
            raise InputRefused("file.too_many_files", name=name, limit=self._bounds.entries)

    def _content(
        self, archive: zipfile.ZipFile, item: zipfile.ZipInfo, inner: str, name: str
    ) -> bytes | InputRefused:
        if not is_safe(inner) or stat.S_ISLNK(item.external_attr >> 16):
            return InputRefused("file.unsafe_name", name=name)
        if item.flag_bits & _ENCRYPTED:
            return InputRefused("file.encrypted", name=name)
        if item.compress_type not in _KNOWN:
            return InputRefused("file.packing", name=name)
        try:
            return self._unpacked(archive, item, name)
        except InputRefused as error:
            if self._total > self._bounds.total:
                raise
            return error
        except Exception:  # noqa: BLE001 - zlib, struct and zipfile errors have no common base
            return InputRefused("file.damaged", name=name)

    def _unpacked(self, archive: zipfile.ZipFile, item: zipfile.ZipInfo, name: str) -> bytes:
        bounds, chunks, size = self._bounds, list[bytes](), 0
        with archive.open(item) as file:
            while chunk := file.read(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                self._total += len(chunk)
                if self._total > bounds.total:
                    raise InputRefused("file.bomb", name=name)
                if size > bounds.each:
                    raise InputRefused("file.too_large", name=name, size=size, limit=bounds.each)
                if size > bounds.small and size > bounds.ratio * max(item.compress_size, 1):
                    raise InputRefused("file.bomb", name=name)
        return b"".join(chunks)


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    if is_swamped(data):
        raise InputRefused("file.bomb", name=name)
    try:
        return zipfile.ZipFile(BytesIO(data))
    except Exception as error:
        # Broken directories fail as BadZipFile, struct.error, OverflowError, ...
        raise InputRefused("file.damaged", name=name) from error


def _overlap(items: list[zipfile.ZipInfo]) -> bool:
    """Whether entries share packed bytes: no packer does that, a bomb does."""
    order = sorted(items, key=lambda item: item.header_offset)
    return any(
        left.header_offset + left.compress_size > right.header_offset
        for left, right in pairwise(order)
    )


def _unique(name: str, taken: set[str]) -> str:
    """Two files of one name are two files."""
    path, chosen, number = PurePosixPath(name), name, 1
    while chosen in taken:
        number += 1
        chosen = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    taken.add(chosen)
    return chosen
