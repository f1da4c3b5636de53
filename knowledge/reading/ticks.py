"""Which choice of a form is ticked: ☑ √ ✓ ■ or an HTML box (domain.md 1.0, 3)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_MARK = re.compile(
    r"(?P<on><input[^>]*\bchecked\b[^>]*>|[☑☒√✓✔■]|\((?:√|✓|✔)\)|〔(?:√|✓|x|X)〕"
    # Handwriting that a scanner renders as V (domain.md 3).
    r"|\([Vv]\)|(?<=[类意\s])[Vv](?=[\s)|]|$))"
    r"|(?P<off><input[^>]*>|[□☐▢○]|\(\s*\)|〔\s*〕)"
)

_GAP = re.compile(r"[\s|*类:()]*")
"""What may stand between a box and its words; a box behind other words is theirs."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A ticked choice: its words and offsets."""

    text: str
    start: int
    end: int


def ticked(text: str, start: int, end: int, choices: re.Pattern[str]) -> Choice | None:
    """The one choice of a stretch that is ticked; None when none or several are."""
    found = all_ticked(text, start, end, choices)
    return found[0] if len({choice.text for choice in found}) == 1 else None


def all_ticked(text: str, start: int, end: int, choices: re.Pattern[str]) -> list[Choice]:
    """All ticked choices of a stretch, in order.

    Boxes stand before their words or behind them: whichever the first box does.
    """
    marks = list(_MARK.finditer(text, start, end))
    words = list(choices.finditer(text, start, end))
    on = [mark for mark in marks if mark["on"]]
    if not on or not words:
        return []
    before = _before(text, marks, words)
    found = {
        word.span(): word
        for mark in on
        for word in [_partner(text, mark, words, before=before)]
        if word is not None
    }
    return [Choice(word.group(), *word.span()) for _, word in sorted(found.items())]


def _before(text: str, marks: list[re.Match[str]], words: list[re.Match[str]]) -> bool:
    if len(marks) == 1:
        mark = marks[0]
        touches = mark.end() < len(text) and any(word.start() == mark.end() for word in words)
        touched = any(word.end() == mark.start() for word in words)
        if touches != touched:
            return touches
    return marks[0].start() < words[0].start()


def _partner(
    text: str, mark: re.Match[str], words: list[re.Match[str]], *, before: bool
) -> re.Match[str] | None:
    if before:
        index = bisect_left(words, mark.end(), key=_start)
        left, right = mark.end(), words[index].start() if index < len(words) else mark.end()
    else:
        index = bisect_right(words, mark.start(), key=_end) - 1
        left, right = words[index].end() if index >= 0 else mark.start(), mark.start()
    if not 0 <= index < len(words):
        return None
    return words[index] if _GAP.fullmatch(text, left, right) else None


def _start(match: re.Match[str]) -> int:
    return match.start()


def _end(match: re.Match[str]) -> int:
    return match.end()
