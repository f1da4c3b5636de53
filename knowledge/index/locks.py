"""File locks between processes: the engines lose data or give up when two write at once."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import IndexUnavailable

_POLL_SECONDS = 0.01


@contextmanager
def file_lock(path: Path, *, timeout: float) -> Generator[None]:
    """Hold the lock file against other processes and threads; a killed holder frees it.

    Args:
        path: the lock file, made when absent.
        timeout: seconds to wait for another holder.

    Raises:
        IndexUnavailable: ``index.locked`` when another process keeps it for longer.
    """
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=timeout, poll_interval=_POLL_SECONDS)
    except Timeout as error:
        raise IndexUnavailable("index.locked", lock=path.name, seconds=timeout) from error
    try:
        yield
    finally:
        lock.release()
