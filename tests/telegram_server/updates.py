"""The queue behind getUpdates: offsets confirm, polls are long, and there is only one poller."""

from __future__ import annotations

import contextlib

from tests.telegram_server.changes import Changes
from tests.telegram_server.refusals import Refused

Update = dict[str, object]

_CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
_FIRST_ID = 700_000_001


class UpdateQueue:
    """Updates until they are confirmed.

    Args:
        changes: told of every new update.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._pending: list[Update] = []
        self._again: list[Update] = []
        self._known: dict[int, Update] = {}
        self._ticket = object()
        self._allowed: tuple[str, ...] = ()

    @property
    def pending(self) -> tuple[int, ...]:
        """Ids of the updates that no poller has confirmed."""
        return tuple(_id(update) for update in self._pending)

    def put(self, kind: str, payload: dict[str, object]) -> int:
        """Queue an update of ``kind`` and give its id."""
        number = _FIRST_ID + len(self._known)
        update: Update = {"update_id": number, kind: payload}
        self._known[number] = update
        if not self._allowed or kind in self._allowed:
            self._pending.append(update)
        self._changes.announce()
        return number

    def redeliver(self, number: int) -> None:
        """Deliver a known update once more, confirmed or not."""
        self._again.append(self._known[number])
        self._changes.announce()

    def allow(self, kinds: tuple[str, ...]) -> None:
        """Keep only updates of these kinds from now on; none means all."""
        self._allowed = kinds

    async def take(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """What one getUpdates call gets.

        Args:
            offset: confirms everything below it; negative counts from the queue's end.
            limit: 1..100.
            seconds: how long to wait for a first update.

        Raises:
            Refused: a later call took over (409).
        """
        ticket = self._ticket = object()
        self._changes.announce()
        self._confirm(offset)
        with contextlib.suppress(TimeoutError):
            await self._changes.until(
                lambda: self._ticket is not ticket or bool(self._again or self._pending), seconds
            )
        if self._ticket is not ticket:
            raise Refused(409, _CONFLICT)
        again, self._again = self._again, []
        return [*again, *self._pending][:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self._pending = [update for update in self._pending if _id(update) >= offset]


def _id(update: Update) -> int:
    number = update["update_id"]
    assert isinstance(number, int)
    return number
