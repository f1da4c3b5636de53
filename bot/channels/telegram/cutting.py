"""Long answers become several messages: none over Telegram's limits, nothing lost between them."""

from __future__ import annotations

import re
from typing import Final

from telegram.constants import MessageLimit

from bot.channels.telegram.markup import Rich, Style, cut, opened, utf16_units, visible

_SENTENCE_END: Final = re.compile(r"(?:[。！？；…]|[.!?;](?=\s))[”’」』）)]*\s*")
_WORTH: Final = 4
"""A border is taken when it leaves at least a quarter of the message filled."""


def split(
    rich: Rich,
    *,
    units: int = MessageLimit.MAX_TEXT_LENGTH,
    entities: int = MessageLimit.MESSAGE_ENTITIES,
) -> list[Rich]:
    """Parts that Telegram takes, in order; joined, their visible text is that of ``rich``.

    Args:
        rich: what is to be said.
        units: most UTF-16 units of visible text in a part; at least 2.
        entities: most styled stretches in a part; at least as many as styles may nest.
    """
    parts: list[Rich] = []
    rest = rich
    while rest:
        text = visible(rest)
        fitting = _fitting(rest, units, entities)
        at = fitting if fitting == len(text) else _border(text[:fitting])
        part, rest = cut(rest, at)
        parts.append(part)
    return parts


def _fitting(rich: Rich, units: int, entities: int) -> int:
    """How many code points from the start fit into one message."""
    before: tuple[Style, ...] = ()
    taken = 0
    for run in rich:
        entities -= opened(before, run.styles) if run.text else 0
        if entities < 0:
            break
        wide = utf16_units(run.text)
        if wide > units:
            return taken + _prefix(run.text, units)
        units -= wide
        taken += len(run.text)
        before = run.styles if run.text else before
    return taken


def _prefix(text: str, units: int) -> int:
    for index, character in enumerate(text):
        units -= 1 + (character > "\uffff")
        if units < 0:
            return index
    return len(text)


def _border(window: str) -> int:
    """Where to cut: behind a paragraph, else a line, else a sentence, else a character."""
    least = len(window) // _WORTH
    for mark in ("\n\n", "\n"):
        found = window.rfind(mark)
        if found >= least and found + len(mark) > 0:
            return found + len(mark)
    ends = [match.end() for match in _SENTENCE_END.finditer(window)]
    if ends and ends[-1] > least:
        return ends[-1]
    return len(window)
