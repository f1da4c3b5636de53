"""The cursor decides what is replayed: an unreadable one must mean everything, never nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import IndexUnavailable
from knowledge.index.cursor import Cursor, CursorFile
from knowledge.index.locks import file_lock


@pytest.fixture
def kept(tmp_path: Path) -> CursorFile:
    return CursorFile(tmp_path / "folder" / "cursor.json")


def test_what_was_written_is_read_and_nothing_else_is_left(kept: CursorFile) -> None:
    for seq in (3, 4):
        cursor = Cursor(seq, "store-1")
        kept.write(cursor)
        assert kept.read() == cursor
    assert [path.name for path in kept.path.parent.iterdir()] == ["cursor.json"]


def test_every_write_has_a_token_of_its_own() -> None:
    assert Cursor(1, "a").token != Cursor(1, "a").token


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": 1}', b'{"format": 0, "seq": 9}', b"\xff", b"null"],
)
def test_an_unreadable_cursor_is_blank(kept: CursorFile, content: bytes) -> None:
    kept.path.parent.mkdir()
    kept.path.write_bytes(content)
    assert kept.read() == Cursor(token="")


def test_a_missing_cursor_is_blank(kept: CursorFile) -> None:
    assert kept.read() == Cursor(token="")


def test_a_lock_is_held_against_others_and_freed(tmp_path: Path) -> None:
    path = tmp_path / "some.lock"
    with (
        file_lock(path, timeout=1),
        pytest.raises(IndexUnavailable) as refusal,
        file_lock(path, timeout=0),
    ):
        pass
    assert refusal.value.details == {"lock": "some.lock", "seconds": 0}
    with file_lock(path, timeout=0):
        pass
