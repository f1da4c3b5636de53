"""Loads files in a child process and turns whatever happens to it into a refusal."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

from knowledge.errors import InputRefused
from knowledge.reading.isolation.child import ENTRY, Child
from knowledge.reading.isolation.frames import OUT_OF_MEMORY, FrameBroken, Header
from knowledge.reading.isolation.limits import Limits
from knowledge.reading.isolation.watch import Watch
from knowledge.reading.isolation.wire import from_wire
from knowledge.reading.loaded import Loaded, Progress
from knowledge.reading.sniffing import Format

_LOG: Final = logging.getLogger(__name__)
_TIRED = 1536 * 1024 * 1024
"""Bytes in use after which a child is replaced: what it keeps is not the next file's fault."""
_SIGNALS = ("SIGKILL", "SIGABRT", "SIGTRAP", "SIGILL")
_EXHAUSTED = frozenset(
    (OUT_OF_MEMORY, *(-getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)))
)
"""How the kernel and the allocators of native libraries end a process out of memory."""


class _Died(Exception):
    """The child ended before it answered."""


class IsolatedLoader:
    """Parses one file at a time in a child that is started at need and serves many files.

    Attributes:
        peak: most memory a child was seen to use, in bytes; 0 where the system does not tell.
    """

    def __init__(self, limits: Limits, folder: Callable[[], Path], entry: str = ENTRY) -> None:
        """Nothing is started yet.

        Args:
            limits: bounds of each file.
            folder: gives the folder children run in.
            entry: the module children run.
        """
        self._entry = entry
        self._limits = limits
        self._folder = folder
        self._lock = threading.Lock()
        self._child: Child | None = None
        self.peak = 0

    def load(self, fmt: Format, data: bytes, name: str, progress: Progress) -> Loaded:
        """The text of a file (as ``loading.load``); waits while another thread's is read.

        Raises:
            InputRefused: as ``loading.load``, and ``file.too_slow``; ``file.too_heavy`` or
                ``file.damaged`` when the parser died of the file.
        """
        header: Header = {
            "format": fmt.value,
            "name": name,
            "memory": self._limits.memory_for(fmt),
            "characters": self._limits.characters,
        }
        with self._lock:
            fresh = self._child is None
            try:
                return self._exchange(header, data, progress)
            except _Died as death:
                if fresh:
                    raise _verdict(death, name) from death
            # It had served other files and may have died of them: once more, in a new one.
            try:
                return self._exchange(header, data, progress)
            except _Died as death:
                raise _verdict(death, name) from death

    def close(self) -> None:
        """End the child; the next file starts another."""
        with self._lock:
            self._drop()

    def _exchange(self, header: Header, data: bytes, progress: Progress) -> Loaded:
        child = self._child = self._child or Child(self._folder(), self._entry)
        name = str(header["name"])
        watch = Watch(self._limits, child.kill)
        try:
            with watch:
                reply, body = _answer(child, watch, (header, data), progress)
            return self._understood(reply, body, name)
        except _Died as death:
            status = self._drop()
            if watch.expired:
                raise InputRefused("file.too_slow", name=name) from death
            raise _Died(status) from death
        except InputRefused as refusal:
            if refusal.code == "file.too_heavy":
                self._drop()
            raise
        except BaseException:
            # Interrupted in mid-answer: what is still in the pipe belongs to no later file.
            self._drop()
            raise

    def _understood(self, reply: Header, body: bytes, name: str) -> Loaded:
        self._note_memory(reply)
        if "refused" in reply:
            if reply.get("trace"):
                _LOG.error("a parser failed: %s", reply["trace"])
            details = cast("dict[str, object]", reply["details"])
            raise InputRefused(str(reply["refused"]), **details)
        try:
            return from_wire(cast("dict[str, Any]", reply["loaded"]), body.decode("utf-8"))
        except (KeyError, TypeError, ValueError) as error:
            raise InputRefused("file.damaged", name=name) from error

    def _note_memory(self, reply: Header) -> None:
        self.peak = max(self.peak, cast("int", reply.get("peak", 0)))
        if cast("int", reply.get("used", 0)) > _TIRED:
            self._drop()

    def _drop(self) -> int | None:
        """End the child, if there is one; its exit status."""
        child, self._child = self._child, None
        return child.close() if child else None


def _answer(
    child: Child, watch: Watch, request: tuple[Header, bytes], progress: Progress
) -> tuple[Header, bytes]:
    try:
        child.send(*request)
    except OSError as error:
        raise _Died from error
    while True:
        header, body = _frame(child)
        watch.heard()
        pages = header.get("progress")
        if pages is None:
            return header, body
        done, whole = cast("list[int]", pages)
        progress(done, whole)


def _frame(child: Child) -> tuple[Header, bytes]:
    try:
        return child.receive()
    except (FrameBroken, OSError) as error:
        raise _Died from error


def _verdict(death: _Died, name: str) -> InputRefused:
    status = death.args[0]
    _LOG.warning("a parser died with status %s", status)
    code = "file.too_heavy" if status in _EXHAUSTED else "file.damaged"
    return InputRefused(code, name=name)
