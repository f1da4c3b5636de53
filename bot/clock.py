"""The office's clock: the one place that asks the machine for the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's time in the office's timezone."""

    zone: ZoneInfo

    def now(self) -> datetime:
        """Aware date-time."""
        return datetime.now(self.zone)
