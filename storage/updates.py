"""Which updates of a channel were taken, so that a restart or a twin takes none twice."""

from __future__ import annotations

from knowledge.ports import Clock
from storage import tables
from storage.database import Database
from storage.statements import insert_once


class SqlUpdateLedger:
    """The ledger of updates, shared by all processes of one store.

    Args:
        database: at head; see ``Database.upgrade``.
        clock: dates the entries.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def first_time(self, channel: str, update: int) -> bool:
        """True exactly once for each update id of a channel."""
        row = {"channel": channel, "update_id": update, "taken_at": self._clock.now()}
        with self._database.writing() as connection:
            return insert_once(connection, tables.processed_update, row)
