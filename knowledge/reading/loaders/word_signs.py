"""Signs Word keeps as characters of symbol fonts or as fields: ticks, boxes, circled words."""

from __future__ import annotations

import re

# By font: code below 0x100 -> the sign it shows.
_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {
        0xFC: "√",
        0xFE: "☑",
        0xFD: "☒",
        0xFB: "×",
        0x78: "☒",
        **dict.fromkeys((0x6F, 0x71, 0x72, 0xA8), "□"),
        0x6E: "■",
        0x6C: "●",
        0xA1: "○",
        0xA4: "◉",
        0xE8: "→",
        **{0x81 + index: chr(ord("①") + index) for index in range(10)},
    },
    "wingdings 2": {
        0x50: "√",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        0x4F: "×",
        0x51: "×",
        **dict.fromkeys((0xA3, 0x2A, 0x30), "□"),
        0xA2: "■",
    },
    "webdings": {0x61: "√", 0x63: "□", 0x67: "■", 0x72: "×"},
    "symbol": {0xD6: "√", 0xB4: "×", 0xB7: "·", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥"},
}
# Where no font is told: what the private codes of the tick fonts mostly mean.
_PRIVATE = {0x52: "☑", 0xFE: "☑", 0xA3: "□", 0x6F: "□", 0xA8: "□", 0xFC: "√", 0x50: "√"}
_BASE = 0xF000
_PRIVATE_END = 0xF0FF
# EQ \o\ac(□,√): a character written over another one.
_OVER = re.compile(r"\\o\s*(?:\\a[clr]\s*)?\(\s*(.)\s*[,，;；]\s*([^()]{1,4}?)\s*\)", re.IGNORECASE)
_FRAMES = "□◻☐"
_CIRCLES = "○〇◯"
_TICKS = "√✓✔vV"


def sign(code: str | None, font: str | None) -> str:
    """What ``w:sym`` shows; empty when this program knows no such sign."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return _shown(value, (font or "").lower())


def signs(text: str, font: str | None) -> str:
    """Text of a run with its private and symbol-font characters as the signs they show."""
    known = _FONTS.get((font or "").lower())
    if known is None and not any(_BASE <= ord(mark) <= _PRIVATE_END for mark in text):
        return text
    return "".join(
        _shown(ord(mark), (font or "").lower()) or mark if _symbolic(mark, known) else mark
        for mark in text
    )


def _symbolic(mark: str, known: dict[int, str] | None) -> bool:
    return known is not None or _BASE <= ord(mark) <= _PRIVATE_END


def _shown(value: int, font: str) -> str:
    private = _BASE <= value <= _PRIVATE_END
    low = value - _BASE if private else value
    table = _FONTS.get(font) or (_PRIVATE if private else {})
    return table.get(low, "")


def shown_by_field(instruction: str) -> str:
    """What a field without a result shows: a ticked box, a number in a circle."""
    if not instruction.strip().upper().startswith("EQ"):
        return ""
    match = _OVER.search(instruction)
    if match is None:
        return ""
    under, over = match[1], match[2]
    if under in _FRAMES:
        return "☑" if over in _TICKS else over
    if under in _CIRCLES and over.isascii() and over.isdigit() and 0 < int(over) <= 20:  # noqa: PLR2004 - ① to ⑳
        return chr(ord("①") + int(over) - 1)
    return over
