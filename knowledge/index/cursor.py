"""How far an index has followed the change log, kept beside it so that a crash only replays."""

from __future__ import annotations

import contextlib
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

FORMAT = 2
"""Raised whenever tokens or fields change: an index of another format counts as blank."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A state of an index.

    Attributes:
        seq: last change-log seq the index shows; 0 when blank.
        store: id of the store it was made from; None when blank.
        token: differs after every write, so that an open reader notices.
        writing: True while a writer is at work, and for good if it was killed.
    """

    seq: int = 0
    store: str | None = None
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    writing: bool = False


class CursorFile:
    """A cursor in a small file, replaced whole or not at all.

    Args:
        path: the file; its folder is made when absent.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Cursor:
        """The kept cursor; a blank one with an empty token when there is none to be read."""
        blank = Cursor(token="")
        try:
            kept = json.loads(self.path.read_bytes())
            if kept["format"] != FORMAT:
                return blank
            return Cursor(int(kept["seq"]), kept["store"], kept["token"], bool(kept["writing"]))
        except (OSError, ValueError, KeyError, TypeError):
            return blank

    def write(self, cursor: Cursor) -> None:
        """Replace the kept cursor whole; after a power cut it may be blank, never half."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = {
            "format": FORMAT,
            "seq": cursor.seq,
            "store": cursor.store,
            "token": cursor.token,
            "writing": cursor.writing,
        }
        draft = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        try:
            draft.write_text(json.dumps(content), encoding="utf-8")
            draft.replace(self.path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                draft.unlink()
