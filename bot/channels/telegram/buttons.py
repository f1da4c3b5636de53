"""Inline buttons and the data they carry: which source of which turn, or close."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from knowledge.domain.answers import Answer, TurnId

CLOSE: Final = "x:"
_SOURCE: Final = re.compile(r"s:(?P<turn>[^\s:]+):(?P<marker>[0-9]{1,4})")
_ROW: Final = 5


@dataclass(frozen=True, slots=True)
class SourceButton:
    """A source of a turn, as a button names it."""

    turn: TurnId
    marker: int

    @property
    def data(self) -> str:
        """Callback data."""
        return f"s:{self.turn}:{self.marker}"


def read_button(data: str | None) -> SourceButton | None:
    """What a pressed button asks for; None when the data is not one of ours."""
    found = _SOURCE.fullmatch(data or "")
    return SourceButton(TurnId(found["turn"]), int(found["marker"])) if found else None


def source_buttons(turn: TurnId, answer: Answer) -> InlineKeyboardMarkup | None:
    """〔1〕 〔2〕 … for the answer's citations; None when there is nothing to open."""
    markers = sorted({citation.marker for citation in answer.citations})
    buttons = [
        InlineKeyboardButton(f"〔{marker}〕", callback_data=data)
        for marker in markers
        if len((data := SourceButton(turn, marker).data).encode())
        <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    ][: InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER]
    rows = [buttons[start : start + _ROW] for start in range(0, len(buttons), _ROW)]
    return InlineKeyboardMarkup(rows) if rows else None


def close_button(label: str) -> InlineKeyboardMarkup:
    """A single button that closes the message it stands under."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=CLOSE)]])


def has_close_button(markup: InlineKeyboardMarkup | None) -> bool:
    """Whether a message may be closed by its own button."""
    if markup is None:
        return False
    return any(button.callback_data == CLOSE for row in markup.inline_keyboard for button in row)
