"""A folder of this process alone for what parsers and the office suite put down in passing."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PREFIX = "reading-"
_STALE = 24 * 3600.0


class PassingFolder:
    """Made at first need, removed with its owner."""

    def __init__(self, parent: Path | None) -> None:
        """Nothing is made yet.

        Args:
            parent: where to make it; None for the system's folder of temporary files.
        """
        self._parent = parent
        self._lock = threading.Lock()
        self._net: weakref.finalize[[str], PassingFolder] | None = None
        self._path = Path()

    def path(self) -> Path:
        """The folder, existing."""
        with self._lock:
            if self._net is None or not self._net.alive:
                self._path = Path(self._made())
                self._net = weakref.finalize(self, _remove, str(self._path))
            return self._path

    def close(self) -> None:
        """Remove it and all that lies in it."""
        if self._net is not None:
            self._net()

    def _made(self) -> str:
        if self._parent is not None:
            self._parent.mkdir(parents=True, exist_ok=True)
            for left in _left_behind(self._parent):
                _remove(str(left))
        return tempfile.mkdtemp(prefix=_PREFIX, dir=self._parent)


def _left_behind(parent: Path) -> Iterator[Path]:
    """Folders of processes that were killed before they could tidy up."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE:
                yield folder


def _remove(path: str) -> None:
    shutil.rmtree(path, ignore_errors=True)
