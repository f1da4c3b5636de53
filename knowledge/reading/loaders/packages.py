"""Office packages are zip archives: opened within bounds, in one spelling of their vocabulary."""

from __future__ import annotations

import posixpath
import re
import zipfile
from io import BytesIO

from knowledge.errors import InputRefused
from knowledge.reading.loaders.elements import Element, parse_xml

LARGEST = 200 * 1024 * 1024
_RATIO = 200
_SMALL_PART = 10 * 1024 * 1024
_MAXIMUM_PARTS = 5000
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


class Package:
    """The parts of an office file by their names, read when asked for.

    Raises:
        InputRefused: ``file.damaged`` when the bytes are no package, or one of absurd size.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise InputRefused("file.damaged", name=name) from error
        members = self._archive.infolist()
        _check_sizes(members, name)
        self._members = {item.filename.replace("\\", "/"): item for item in members}

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def part(self, part: str) -> Element | None:
        """Root of a part; None when the package lacks it.

        Raises:
            InputRefused: ``file.damaged`` when it is no XML or brings a document type,
                ``file.encrypted``.
        """
        item = self._members.get(part)
        return None if item is None else parse_xml(self._bytes(item), self._name)

    def data(self, part: str) -> bytes | None:
        """Bytes of a part in the transitional vocabulary; None when the package lacks it."""
        item = self._members.get(part)
        return None if item is None else self._bytes(item)

    def _bytes(self, item: zipfile.ZipInfo) -> bytes:
        try:
            data = self._archive.read(item)
        except RuntimeError as error:
            raise InputRefused("file.encrypted", name=self._name) from error
        except Exception as error:
            # zlib.error, struct.error and BadZipFile have no common base; the part is broken.
            raise InputRefused("file.damaged", name=self._name) from error
        return _STRICT.sub(_TRANSITIONAL, data)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points to inside the package: id -> (last word of the type, name)."""
        folder, own = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{own}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for item in () if root is None else root.iter(_RELATIONS):
            if item.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target") or ""))
            kind = (item.get("Type") or "").rpartition("/")[2]
            found[item.get("Id") or ""] = (kind, target.lstrip("/"))
        return found

    def main(self, usual: str) -> str:
        """Name of the part that holds the document; some programs do not use the usual one."""
        kinds = self.relations("").values()
        named = next((name for kind, name in kinds if kind == "officeDocument"), usual)
        return named if named in self else usual


def _check_sizes(members: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(item.file_size for item in members)
    bomb = any(
        item.file_size > _SMALL_PART and item.file_size > _RATIO * max(item.compress_size, 1)
        for item in members
    )
    if total > LARGEST or bomb or len(members) > _MAXIMUM_PARTS:
        raise InputRefused("file.damaged", name=name, reason="bomb")
