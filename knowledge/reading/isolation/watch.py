"""Stops a process that says nothing for too long, without the reader of its pipe having to poll.

Waiting for a pipe with a time limit is not to be had on every system; a second thread that ends
the process, and with it the pipe, is.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from knowledge.reading.isolation.limits import Limits


class Watch:
    """A context in which ``stop`` is called when time runs out.

    Attributes:
        expired: whether it was.
    """

    def __init__(
        self,
        limits: Limits,
        stop: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; the clock starts with the context.

        Args:
            limits: how long silence, and all of it, may last.
            stop: ends the process; called from another thread, once.
            clock: seconds, only ever growing.
        """
        self._limits = limits
        self._stop = stop
        self._clock = clock
        self._changed = threading.Condition()
        self._done = False
        self._heard = self._until = 0.0
        self.expired = False

    def __enter__(self) -> Self:
        now = self._clock()
        self._heard, self._until = now, now + self._limits.total
        self._thread = threading.Thread(target=self._run, name="reading-watch", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._done = True
            self._changed.notify()
        self._thread.join()

    def heard(self) -> None:
        """A sign of life: the silence starts anew."""
        with self._changed:
            self._heard = self._clock()

    def left(self) -> float:
        """Seconds until time runs out, as things stand."""
        return min(self._heard + self._limits.silence, self._until) - self._clock()

    def _run(self) -> None:
        with self._changed:
            while not self._done:
                left = self.left()
                if left <= 0:
                    self.expired = True
                    self._stop()
                    return
                self._changed.wait(left)
