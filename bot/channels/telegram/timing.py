"""Time as the channel needs it, handed in so that tests can turn it by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timing:
    """Clock and waiting.

    Attributes:
        now: the wall clock, aware.
        sleep: waits that many seconds.
    """

    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the channel is.

    Attributes:
        poll_timeout: seconds Telegram may hold an empty poll.
        stale_after: older questions are not answered but apologised for.
        answer_limit: seconds an answer may take before the channel apologises.
        grace: seconds running answers get when the channel stops.
        typing_every: seconds between typing actions; Telegram shows one for five.
        parallel: most chats answered at the same time.
    """

    poll_timeout: int = 30
    stale_after: timedelta = timedelta(minutes=30)
    answer_limit: float = 300.0
    grace: float = 30.0
    typing_every: float = 4.0
    parallel: int = 32
