"""Values that ports pass about: a vector, a progress callback."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Vector = Sequence[float]

Progress = Callable[[int, int], None]
"""Called with (done, total)."""
