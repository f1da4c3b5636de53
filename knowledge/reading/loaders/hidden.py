"""What a file hides is told once for each reason, whatever the format."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Span


def hidden_warnings(stretches: Sequence[tuple[Span, str]]) -> list[ReadingWarning]:
    """``text.hidden`` for each reason: where first, how often (``count``), why (``reason``)."""
    by_reason: dict[str, list[Span]] = {}
    for span, reason in stretches:
        by_reason.setdefault(reason, []).append(span)
    return [
        ReadingWarning("text.hidden", spans[0], {"count": str(len(spans)), "reason": reason})
        for reason, spans in by_reason.items()
    ]
