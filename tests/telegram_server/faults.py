"""Faults on demand: refusals, lost connections, silence, methods that are not there, pace."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from tests.telegram_server.refusals import Refused, too_many

Break = Literal["reset", "hang", "lost_reply"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way for a call to go wrong.

    Attributes:
        refusal: answered instead of doing the call.
        breaks: ``reset`` drops the connection before the call, ``lost_reply`` after it was
            done, ``hang`` never answers.
    """

    refusal: Refused | None = None
    breaks: Break | None = None


class Faults:
    """The faults that wait for the calls to come."""

    def __init__(self) -> None:
        self._planned: dict[str, deque[Fault | None]] = defaultdict(deque)
        self._allowed: frozenset[str] | None = None
        self._code = 404

    def fail_next(self, method: str, fault: Fault | Refused, times: int = 1) -> None:
        """Let the next ``times`` calls of ``method`` go wrong."""
        planned = Fault(refusal=fault) if isinstance(fault, Refused) else fault
        self._planned[method.lower()].extend([planned] * times)

    def spare_next(self, method: str, times: int = 1) -> None:
        """Let the next ``times`` calls of ``method`` pass, before faults planned later."""
        self._planned[method.lower()].extend([None] * times)

    def allow_only(self, methods: Collection[str], code: int = 404) -> None:
        """Refuse every other method, as a Bot API server that does not know it would."""
        self._allowed = frozenset(method.lower() for method in methods)
        self._code = code

    def planned(self, method: str) -> int:
        """How many faults and spared calls still wait for ``method``."""
        return len(self._planned[method.lower()])

    def next_for(self, method: str) -> Fault | None:
        """The fault of this call, used up by asking."""
        if self._allowed is not None and method.lower() not in self._allowed:
            phrase = "Not Found" if self._code == 404 else "Bad Request"
            return Fault(refusal=Refused(self._code, f"{phrase}: method not found"))
        waiting = self._planned[method.lower()]
        return waiting.popleft() if waiting else None


class Pace:
    """Telegram's flood control: one message a second in a chat, thirty overall.

    Args:
        now: seconds on any steady clock.
    """

    def __init__(self, now: Callable[[], float], per_chat: int = 1, overall: int = 30) -> None:
        self._now = now
        self._per_chat = per_chat
        self._overall = overall
        self._sent: dict[int | None, list[float]] = defaultdict(list)

    def check(self, chat: int) -> None:
        """Count one message.

        Raises:
            Refused: 429 with the whole seconds until a message would be taken.
        """
        now = self._now()
        for key, most in ((chat, self._per_chat), (None, self._overall)):
            recent = [moment for moment in self._sent[key] if now - moment < 1]
            self._sent[key] = recent
            if len(recent) >= most:
                raise too_many(max(1, math.ceil(recent[0] + 1 - now)))
        self._sent[chat].append(now)
        self._sent[None].append(now)
