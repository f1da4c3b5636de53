"""Chinese numerals as they stand in titles, dates and headings."""

from __future__ import annotations

NUMERAL = "0-9〇零一二两三四五六七八九十百"
"""Characters of a numeral, for use inside a character class."""

_DIGITS = {
    **{str(value): value for value in range(10)},
    **{mark: value for value, mark in enumerate("〇一二三四五六七八九")},
    **dict.fromkeys("零OoΟ○", 0),
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def number(text: str) -> int | None:
    """Value of ``12``, ``十二``, ``二十``, ``一百零三``, ``二〇二四``; None when it is none."""
    if not text:
        return None
    if any(mark in _UNITS for mark in text):
        return _with_units(text)
    value = 0
    for mark in text:
        digit = _DIGITS.get(mark)
        if digit is None:
            return None
        value = value * 10 + digit
    return value


def _with_units(text: str) -> int | None:
    total = 0
    digit: int | None = None
    for mark in text:
        if mark in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[mark]
            digit = None
        elif mark in _DIGITS:
            digit = _DIGITS[mark] if digit is None else digit * 10 + _DIGITS[mark]
        else:
            return None
    return total + (digit or 0)
