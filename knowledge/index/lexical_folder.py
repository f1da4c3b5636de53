"""The word index's folder: opened, written by turns, and made anew when it cannot be read."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import IndexUnavailable
from knowledge.index.cursor import Cursor, CursorFile
from knowledge.index.lexical_schema import build_schema
from knowledge.index.locks import file_lock

if TYPE_CHECKING:
    from tantivy import Index, IndexWriter

Signature = tuple[int, int, int]
"""Changes with every commit of any process."""

_HEAP_BYTES = 64_000_000
_log = logging.getLogger(__name__)


class LexicalFolder:
    """A folder that several processes read and, by turns, write.

    Args:
        path: made when absent, emptied when it cannot be read.
        lock_timeout: seconds to wait for another process's commit.
    """

    def __init__(self, path: Path, lock_timeout: float) -> None:
        self._path = path
        self._lock = path.with_name(f"{path.name}.writer.lock")
        self._lock_timeout = lock_timeout
        self._cursor = CursorFile(path / "cursor.json")

    def cursor(self) -> Cursor:
        """Where the index stands."""
        return self._cursor.read()

    def signature(self) -> Signature | None:
        """None when there is no index."""
        try:
            stat = (self._path / "meta.json").stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def open(self, probe: Callable[[Index], object]) -> Index:
        """An index for reading that stands the probe; a blank one if the old one does not."""
        if self.signature() is not None:
            try:
                return self._probed(probe)
            except IndexUnavailable:
                _log.debug("index.unreadable: looking again with the lock held")
        with file_lock(self._lock, timeout=self._lock_timeout):
            if self.signature() is not None:
                try:
                    return self._probed(probe)
                except IndexUnavailable as error:
                    _log.warning("index.rebuilt: %s: %s", self._path.name, error)
            self._wipe()
            return self._probed(probe)

    def write(
        self, change: Callable[[IndexWriter], None], advance: Callable[[Cursor], Cursor]
    ) -> None:
        """Commit one change, then advance the cursor; killed in between, it is done again.

        Raises:
            IndexUnavailable: another process keeps the writer, or the engine fails.
        """
        with file_lock(self._lock, timeout=self._lock_timeout), engine_errors():
            # An index opened before another process's commit would forget to tidy its files.
            writer = self._opened().writer(_HEAP_BYTES, 1)
            change(writer)
            writer.commit()
            # A writer that is merely dropped gives up its merges, and segments would pile up.
            writer.wait_merging_threads()
            self._cursor.write(advance(self._cursor.read()))

    def clear(self, cursor: Cursor) -> None:
        """Forget everything, readable or not."""
        with file_lock(self._lock, timeout=self._lock_timeout):
            self._cursor.write(Cursor())
        try:
            self.write(lambda writer: writer.delete_all_documents(), lambda _: cursor)
        except IndexUnavailable as error:
            if error.code == "index.locked":
                raise
            with file_lock(self._lock, timeout=self._lock_timeout):
                self._wipe()
                self._opened()
                self._cursor.write(cursor)

    def _probed(self, probe: Callable[[Index], object]) -> Index:
        with engine_errors():
            index = self._opened()
            # By default every reader keeps a thread that polls the folder; we look when asked.
            index.config_reader("manual")
            probe(index)
            return index

    def _opened(self) -> Index:
        from tantivy import Index

        self._path.mkdir(parents=True, exist_ok=True)
        return Index(build_schema(), str(self._path))

    def _wipe(self) -> None:
        shutil.rmtree(self._path, ignore_errors=True)


@contextmanager
def engine_errors() -> Generator[None]:
    """Turns whatever Tantivy raises into IndexUnavailable."""
    try:
        yield
    except IndexUnavailable:
        raise
    except BaseException as error:
        # The engine also panics, and its panics are no Exceptions.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise IndexUnavailable("index.lexical_unavailable", reason=str(error)) from error
        raise
