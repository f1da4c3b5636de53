"""A desk for hostile files: read one, and everything the house promises is checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogues import LOCALES, Catalogue, load_catalogue
from knowledge.domain.documents import ParsedFile
from knowledge.errors import InputRefused
from knowledge.reading.isolation.limits import Limits
from knowledge.reading.reader import FileReader

READ = "read"
_MEMORY = 3 * 1024**3
"""Bytes a parser may really use, in bytes; the picture models take most of it."""

Snapshot = dict[str, tuple[int, int]]


class Desk:
    """Reads files laid into its folder.

    Attributes:
        inbox: where they are laid.
    """

    def __init__(self, root: Path, reader: FileReader) -> None:
        self._root = root
        self._reader = reader
        self._catalogues: list[Catalogue] = [load_catalogue(locale) for locale in LOCALES]
        self.inbox = root / "inbox"
        self.inbox.mkdir(exist_ok=True)

    def lay(self, name: str, data: bytes) -> Path:
        path = self.inbox / name
        path.write_bytes(data)
        return path

    def verdict(self, name: str, data: bytes | None = None) -> str:
        """``read`` or the code of the refusal; anything else fails the test."""
        path = self.inbox / name if data is None else self.lay(name, data)
        before = self._snapshot()
        try:
            parsed = self._reader.read(path)
        except InputRefused as refusal:
            self._check_sentence(refusal)
            code = refusal.code
        else:
            _check_places(parsed)
            code = READ
        assert self._snapshot() == before
        return code

    def text(self, name: str, data: bytes) -> str:
        return self._reader.read(self.lay(name, data)).text

    def warnings(self, name: str, data: bytes) -> set[str]:
        documents = self._reader.read(self.lay(name, data)).documents
        return {warning.code for document in documents for warning in document.warnings}

    def verdicts(self, name: str, data: bytes) -> list[str]:
        """As ``verdict``, for each member of an archive."""
        path, codes = self.lay(name, data), list[str]()
        before = self._snapshot()
        for member in self._reader.members(path):
            if isinstance(member.content, InputRefused):
                self._check_sentence(member.content)
                codes.append(member.content.code)
            else:
                codes.append(READ)
        assert self._snapshot() == before
        return codes

    def check_memory(self) -> int:
        """Most bytes a parser used so far."""
        assert self._reader.peak < _MEMORY
        return self._reader.peak

    def _check_sentence(self, refusal: InputRefused) -> None:
        for catalogue in self._catalogues:
            sentence = catalogue.text(refusal.code, **refusal.details)
            assert str(refusal.details["name"]) in sentence

    def _snapshot(self) -> Snapshot:
        """Every file below the root but those of the working folder."""
        found: Snapshot = {}
        for folder, folders, files in os.walk(self._root):
            if Path(folder) == self._root:
                folders.remove("work")
            for file in files:
                stat = (Path(folder) / file).stat()
                found[f"{folder}/{file}"] = (stat.st_size, stat.st_mtime_ns)
        return found


def _check_places(parsed: ParsedFile) -> None:
    assert parsed.documents
    for document in parsed.documents:
        assert 0 <= document.span.start <= document.span.end <= len(parsed.text)
        for passage in document.passages:
            assert passage.span.of(parsed.text).strip()
    parsed.text.encode("utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One for a module: what a hostile file leaves behind must not hurt the next."""
    root = tmp_path_factory.mktemp("desk")
    (root / "home").mkdir()
    (root / "work").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(root / "home"))
        with FileReader(workdir=root / "work", limits=Limits(silence=60, total=120)) as reader:
            yield Desk(root, reader)
            print(f"\nparsers used at most {reader.peak / 1024**2:.0f} MiB")  # noqa: T201 - a figure
