"""Checks of inline keyboards as Telegram makes them."""

from __future__ import annotations

from typing import Final, cast

from tests.telegram_server.refusals import bad_request
from tests.telegram_server.world import Json

LONGEST_DATA: Final = 64
MOST_BUTTONS: Final = 100
_ACTIONS: Final = {
    "callback_data",
    "copy_text",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "url",
    "web_app",
}


def checked_keyboard(markup: Json | None) -> Json | None:
    """The markup, if Telegram would take it.

    Raises:
        Refused: not an inline keyboard, or a button that Telegram refuses.
    """
    if not markup or markup.get("remove_keyboard"):
        return None
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list):
        raise bad_request("object expected as reply markup")
    buttons = [button for row in cast("list[object]", rows) for button in _buttons(row)]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check(button)
    return markup if buttons else None


def _buttons(row: object) -> list[Json]:
    if not isinstance(row, list):
        raise bad_request("can't parse inline keyboard: field must be of type Array")
    return cast("list[Json]", row)


def _check(button: Json) -> None:
    where = "can't parse inline keyboard button"
    if not str(button.get("text", "")).strip():
        raise bad_request(f"{where}: Text must be non-empty")
    if not _ACTIONS & button.keys():
        raise bad_request(f"{where}: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 0 < size <= LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
