"""From a call's text to a message's text: markup, cleaning, trimming and Telegram's limits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tests.telegram_server.html import Entity, parse_html, utf16_length
from tests.telegram_server.refusals import bad_request

LONGEST_TEXT: Final = 4096
MOST_ENTITIES: Final = 100
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DETECTED = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?")),
    ("mention", re.compile(r"(?<![\w@])@\w{3,32}")),
)


def message_text(text: str, parse_mode: str | None) -> tuple[str, tuple[Entity, ...]]:
    """What a message shows for ``text``.

    Raises:
        Refused: bad markup, nothing visible, or more than 4096 UTF-16 units.
    """
    if parse_mode is None or not parse_mode:
        visible, entities = text, ()
    elif parse_mode.lower() == "html":
        visible, entities = parse_html(text)
    else:
        raise bad_request("unsupported parse_mode")
    visible = _CONTROL.sub(" ", visible)
    visible, entities = _trimmed(visible, entities)
    if not visible:
        raise bad_request("message text is empty")
    if utf16_length(visible) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return visible, entities[:MOST_ENTITIES]


def detected_entities(text: str) -> tuple[Entity, ...]:
    """Commands and mentions that Telegram finds in what people type."""
    found = [
        Entity(kind, utf16_length(text[: match.start()]), utf16_length(match.group()))
        for kind, pattern in _DETECTED
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda entity: entity.offset))


def _trimmed(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    left = len(text) - len(text.lstrip())
    trimmed = text.strip()
    end = utf16_length(trimmed)
    return trimmed, tuple(
        moved for entity in entities if (moved := _moved(entity, left, end)).length > 0
    )


def _moved(entity: Entity, left: int, end: int) -> Entity:
    start = max(entity.offset - left, 0)
    stop = min(entity.offset + entity.length - left, end)
    return replace(entity, offset=start, length=stop - start)
