"""A parsing process whose loader of pages does what the page says: the tests' hostile parser."""

from __future__ import annotations

import os
import signal
import sys
import threading
from itertools import count
from pathlib import Path

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Span
from knowledge.reading.isolation.worker import main
from knowledge.reading.loaded import Cell, Grid, Loaded, Progress
from knowledge.reading.loaders.registry import LOADERS
from knowledge.reading.sniffing import Format

RICH = Loaded(
    "甲乙丙丁\n",
    hidden=(Span(0, 1),),
    doubtful=((Span(1, 2), 0.5),),
    warnings=(ReadingWarning("file.macro", Span(0, 2), {"count": "2"}), ReadingWarning("x.y")),
    grids=(
        Grid("表1", ((Cell("乙", Span(1, 2), "A1"), Cell("别", Span(2, 3), "B1")), ())),
        Grid(None, ()),
    ),
)
_kept: list[bytes] = []


def _hang(_progress: Progress) -> None:
    threading.Event().wait()


def _chatter(progress: Progress) -> None:
    for done in count():
        progress(done, 0)


def _pages(progress: Progress) -> None:
    progress(1, 2)
    progress(2, 2)


def _print(_progress: Progress) -> None:
    print("stray", flush=True)  # noqa: T201 - the point
    os.write(1, b"stray")


def _hog(_progress: Progress) -> None:
    _kept.append(bytes(8 * 1024**3))


def _fail(_progress: Progress) -> None:
    raise ZeroDivisionError


def _exit(_progress: Progress) -> None:
    os._exit(3)


_DEEDS = {
    "hang": _hang,
    "chatter": _chatter,
    "pages": _pages,
    "print": _print,
    "hog": _hog,
    "fail": _fail,
    "exit": _exit,
}


def _told(page: str) -> Loaded:
    match page:
        case "half":
            return Loaded("甲\ud800乙")
        case "rich":
            return RICH
        case "secrets":
            return Loaded(" ".join(sorted(os.environ)) + " .")
        case "place":
            return Loaded(f"{os.getpid()} {Path.cwd()} {sys.stdin.read()!r}")
        case text:
            return Loaded(text * 3)


def _page(data: bytes, name: str, progress: Progress) -> Loaded:
    page = data.decode()
    if page.startswith("signal:"):
        os.kill(os.getpid(), getattr(signal, page.removeprefix("signal:")))
    if page not in _DEEDS:
        return _told(page)
    _DEEDS[page](progress)
    return Loaded(f"{name} read")


if __name__ == "__main__":
    LOADERS[Format.HTML] = _page
    main()
