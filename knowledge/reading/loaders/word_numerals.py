"""How Word writes a count: 一, 〇一, 壹, 甲, ①, （1）, a, IV."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LARGEST = 9999


def written(count: int, style: str | None) -> str:
    """The count in a numbering style (``w:numFmt``); unknown styles are Arabic."""
    write = _WRITERS.get(style or "")
    text = write(count) if write is not None and 0 < count <= _LARGEST else None
    return str(count) if text is None else text


def chinese(count: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十, 105 -> 一百零五; below ten thousand."""
    text = _grouped(count, "零" + _DIGITS[1:], "千百十")
    return text.removeprefix("一") if text.startswith("一十") else text


def _legal(count: int) -> str:
    return _grouped(count, _LEGAL, "仟佰拾")


def _grouped(count: int, digits: str, units: str) -> str:
    """Digits with their units; a run of zeros inside is one 零."""
    text = ""
    for unit, mark in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit = count // unit % 10
        if digit:
            text += digits[digit] + mark
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    return text.rstrip(digits[0]) if count else digits[0]


def _spelled(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _letters(count: int) -> str:
    """A … z, then aa, bb: Word repeats the letter."""
    return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)


def _roman(count: int) -> str:
    text = ""
    for value, mark in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
        *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        text += mark * (count // value)
        count %= value
    return text


def _row(first: str, length: int) -> Callable[[int], str | None]:
    """Signs that stand in a row of the character table."""

    def write(count: int) -> str | None:
        return chr(ord(first) + count - 1) if count <= length else None

    return write


def _cycle(signs: str) -> Callable[[int], str | None]:
    return lambda count: signs[(count - 1) % len(signs)]


def _wide(count: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))


_WRITERS: dict[str, Callable[[int], str | None]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        chinese,
    ),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _spelled
    ),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), _legal),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _row("①", 20)),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "decimalFullWidth": _wide,
    "decimalZero": lambda count: f"{count:02}",
    "numberInDash": lambda count: f"- {count} -",
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
