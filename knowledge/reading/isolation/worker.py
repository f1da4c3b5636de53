"""The child process: takes files on its standard input and answers with their texts.

Started as ``python -m knowledge.reading.isolation.worker``; ends when its input ends.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from knowledge.errors import InputRefused
from knowledge.reading.isolation.frames import (
    OUT_OF_MEMORY,
    FrameBroken,
    Header,
    read_frame,
    write_frame,
)
from knowledge.reading.isolation.wire import to_wire
from knowledge.reading.loading import load
from knowledge.reading.sniffing import Format

_TRACE = 6
_Request = tuple[Header, bytes]


def main() -> None:
    """Answer requests until the parent closes the pipe or dies."""
    requests, answers = _own_pipes()
    _be_modest()
    waiting: queue.SimpleQueue[_Request] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    try:
        while True:
            _answer(*waiting.get(), answers)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under numbers no library knows: a stray print must not break a frame."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _be_modest() -> None:
    """No core dumps; when the machine runs out of memory this process goes first."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _listen(requests: BinaryIO, waiting: queue.SimpleQueue[_Request]) -> None:
    """Read ahead, so that the end of the parent is noticed while a parser is at work."""
    while True:
        try:
            waiting.put(read_frame(requests))
        except (FrameBroken, OSError):
            os._exit(0)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _answer(header: Header, data: bytes, answers: BinaryIO) -> None:
    def progress(done: int, pages: int) -> None:
        write_frame(answers, {"progress": [done, pages]})

    name, limit = str(header["name"]), cast("int", header["characters"])
    _allow(cast("int", header["memory"]))
    try:
        loaded = load(Format(str(header["format"])), data, name, progress, limit)
        reply: Header = {"loaded": to_wire(loaded)}
        text = loaded.text.encode("utf-8")
    except InputRefused as error:
        reply, text = _refusal(error), b""
    except MemoryError:
        reply, text = _refusal(InputRefused("file.too_heavy", name=name)), b""
    write_frame(answers, {**reply, **_memory()}, text)


def _refusal(error: InputRefused) -> Header:
    """Our refusal; the trace tells the parent's log of a failure nobody foresaw."""
    trace = traceback.format_exception(error.__cause__) if "failure" in error.details else []
    return {"refused": error.code, "details": error.details, "trace": "".join(trace[-_TRACE:])}


def _allow(memory: int) -> None:
    """Bound the address space; it only grows, since models once loaded stay."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if soft != resource.RLIM_INFINITY:
            memory = max(memory, soft)
        if hard != resource.RLIM_INFINITY:
            memory = min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _memory() -> Header:
    """Bytes in use now and at most so far; empty where the system does not tell.

    The usual count of resources would take over the parent's peak from before the start.
    """
    with suppress(OSError, ValueError):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        told = dict(line.split(":", 1) for line in lines)
        peak, used = (int(told.get(key, "0").split()[0]) * 1024 for key in ("VmHWM", "VmRSS"))
        return {"peak": peak, "used": used}
    return {}


if __name__ == "__main__":
    sys.exit(main())
