"""A number of a spreadsheet as the sheet shows it: dates, percents, leading zeros, units."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

# Formats a file uses by number alone; 27-36 and 50-58 are the dates of East Asian Excel.
_BUILT_IN: dict[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "yyyy-m-d",
    17: "yyyy-mm",
    22: "yyyy-m-d h:mm",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h:mm"),
    **dict.fromkeys((31, 28, 29, 58, 53, 54, 51), 'yyyy"年"m"月"d"日"'),
    **dict.fromkeys((27, 57, 52), 'yyyy"年"m"月"'),
    **dict.fromkeys((30, 36, 50), "yyyy-m-d"),
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    49: "@",
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<elapsed>[hms]+)\]|\[[^\]]*\]|(?P<rest>.)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"(?P<prefix>[^0#?]*?)(?P<number>[0#?,]+(?:\.[0#?]*)?)(?P<suffix>[^0#?]*)")
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;])*')
_LITERAL = "\x00"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's day has no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's day has no zone
_LAST_SERIAL = 2958465
_EXACT = 1e15


def format_code(number: int, own: dict[int, str]) -> str:
    """The format behind a number: the file's own, else a built-in one, else General."""
    return own.get(number) or _BUILT_IN.get(number, "General")


class NumberFormat:
    """One number format, taken apart once and used for many cells.

    Args:
        code: as the file gives it, e.g. ``yyyy"年"m"月"d"日"`` or ``0.0%``.
        from_1904: whether the file counts days from 1904.
    """

    def __init__(self, code: str, *, from_1904: bool = False) -> None:
        section = _SECTION.match(code)
        self._skeleton, self._literals = _taken_apart(section.group() if section else code)
        self._epoch = _EPOCH_1904 if from_1904 else _EPOCH
        bare = self._skeleton.replace(_LITERAL, "").lower()
        general = bare.startswith("general") or not bare or "@" in bare
        self._dated = not general and re.search(r"[ymdhs]", bare) is not None and "#" not in bare
        self._parts = bare
        self._elapsed = re.search(r"\[[hms]+\]", section.group() if section else code) is not None
        self._number = None if general or self._dated else _NUMBER.fullmatch(self._skeleton)

    def shown(self, literal: str) -> str:
        """What the sheet shows for a stored number; the literal itself when it is none."""
        try:
            value = float(literal)
        except ValueError:
            return literal
        if self._dated and self._elapsed:
            minutes = round(value * 24 * 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        if self._dated:
            moment = self._moment(value)
            return plain(literal, value) if moment is None else self._date(moment, value)
        return plain(literal, value) if self._number is None else self._written(value)

    def _moment(self, value: float) -> datetime | None:
        if not 0 <= value <= _LAST_SERIAL:
            return None
        return self._epoch + timedelta(days=int(value), seconds=round(value % 1 * 86400))

    def _date(self, moment: datetime, value: float) -> str:
        """ISO, or Chinese where the format is; the year is told even where it is not shown."""
        timed = re.search(r"[hs]", self._parts) is not None
        clock = moment.strftime("%H:%M") if timed else ""
        if timed and (value < 1 or "d" not in self._parts):
            return clock
        daily = "d" in self._parts
        if any("年" in literal or "月" in literal for literal in self._literals):
            day = f"{moment.year}年{moment.month}月" + (f"{moment.day}日" if daily else "")
        else:
            day = moment.date().isoformat() if daily else f"{moment.year}-{moment.month:02}"
        return f"{day} {clock}" if clock and clock != "00:00" else day

    def _written(self, value: float) -> str:
        match = self._number
        if match is None:
            return plain(str(value), value)
        whole, _, fraction = match["number"].partition(".")
        scaled = value * 100 if "%" in self._skeleton else value
        digits = f"{abs(scaled):.{len(fraction)}f}"
        left, mark, right = digits.partition(".")
        left = left.zfill(whole.count("0"))
        if "," in whole.strip(","):
            left = f"{int(left):,}"
        right = _optional(right, fraction)
        number = left + (mark + right if right else "")
        sign = "-" if scaled < 0 and float(digits) else ""
        return self._filled(match["prefix"]) + sign + number + self._filled(match["suffix"], tail=1)

    def _filled(self, text: str, *, tail: int = 0) -> str:
        """Literal text put back where it stood."""
        before = self._skeleton[: self._skeleton.rfind(text)] if tail else ""
        literals = iter(self._literals[before.count(_LITERAL) :])
        return "".join(next(literals, "") if mark == _LITERAL else mark for mark in text).strip()


def _taken_apart(section: str) -> tuple[str, list[str]]:
    """The format with a mark for each literal, and the literals."""
    skeleton = ""
    literals: list[str] = []
    for match in _TOKEN.finditer(section):
        literal = match["quoted"] or match["escaped"] or match["currency"]
        rest = match["rest"]
        if rest is not None and ("\u3000" <= rest <= "\u9fff" or rest in "¥￥$"):
            literal = rest
        if literal:
            literals.append(literal)
            skeleton += _LITERAL
        else:
            skeleton += match["elapsed"] or rest or ""
    return skeleton, literals


def _optional(right: str, fraction: str) -> str:
    """Decimals without the zeros that ``#`` leaves out."""
    while right and fraction[len(right) - 1] != "0" and right.endswith("0"):
        right = right[:-1]
    return right


def plain(literal: str, value: float) -> str:
    """A number without a format: whole ones without ``.0``, others without noise."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        return literal
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.11g}" if abs(value) < _EXACT else literal


def shown_value(value: object) -> str:
    """What a cell of any type shows: dates as ISO, times without seconds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return plain(repr(value), float(value))
    if isinstance(value, datetime):
        clock = value.strftime("%H:%M")
        return value.date().isoformat() + ("" if clock == "00:00" else f" {clock}")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)
