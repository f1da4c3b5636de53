"""Bars on standard error: how far a long command is, and how far a long file within it."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.commands.terminal import Terminal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bars:
    """A bar for the whole and, while a long file is read, one for its pages.

    Args:
        live: the bars on the screen; None where nobody watches.
        whole: what the first bar counts.
        pages: what the second bar counts.
    """

    def __init__(self, live: Progress | None, whole: str = "", pages: str = "") -> None:
        self._live = live
        self._whole = live.add_task(whole, total=None) if live else None
        self._name = pages
        self._pages: TaskID | None = None

    def __call__(self, done: int, total: int) -> None:
        """Tell how far the whole is; the pages of the file before are done."""
        if self._live is None or self._whole is None:
            return
        self._live.update(self._whole, completed=done, total=total)
        if self._pages is not None:
            self._live.remove_task(self._pages)
            self._pages = None

    def pages(self, done: int, pages: int) -> None:
        """Tell how many pages of a file are read."""
        if self._live is None:
            return
        if self._pages is None:
            self._pages = self._live.add_task(self._name, total=pages)
        self._live.update(self._pages, completed=done, total=pages)


@contextmanager
def progress(terminal: Terminal, key: str, *, quiet: bool = False) -> Generator[Bars]:
    """Bars with time left on standard error; silent when it is not a terminal."""
    if quiet or not sys.stderr.isatty():
        yield Bars(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Live

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Live(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as live:
        yield Bars(live, terminal.texts.text(key), terminal.texts.text("cli.progress_pages"))
