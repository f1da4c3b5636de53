"""Tables kept as text: which sign parts the columns, and where a quoted cell ends."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from knowledge.reading.loaders.sheet_text import Budget, Row, Sheet, one_line

_DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE = 40_000
_SAMPLE_ROWS = 60
_LONGEST_CELL = 30_000
_SEPARATOR = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
# Excel's way to keep leading zeros through a text file: ="015".
_FORCED = re.compile(r'="(.*)"', re.DOTALL)


def read_delimited(text: str) -> Sheet | None:
    """The table of a csv or tsv text; None when no sign parts it into columns."""
    told = _SEPARATOR.match(text)
    body = text[told.end() :] if told else text
    delimiter = told[1] if told else sniffed(body)
    if delimiter is None:
        return None
    budget = Budget()
    sheet = Sheet(None)
    for index, record in enumerate(_records(body, delimiter), 1):
        cells = [(at, shown) for at, cell in enumerate(record, 1) if (shown := _shown(cell))]
        if cells and not budget.takes(cells):
            sheet.cut = len(sheet.rows)
            break
        if cells:
            sheet.rows.append(Row(index, cells))
    return sheet


def sniffed(text: str) -> str | None:
    """The sign that parts most rows into the same number of columns."""
    best: tuple[float, str] | None = None
    for delimiter in _DELIMITERS:
        widths = _widths(text[:_SAMPLE], delimiter)
        width, rows = Counter(widths).most_common(1)[0] if widths else (1, 0)
        if width < 2:  # noqa: PLR2004 - one column is no table
            width, rows = max(widths, default=1), 1
        score = rows / max(len(widths), 1) * min(width, 8)
        if width > 1 and (best is None or score > best[0]):
            best = score, delimiter
    return best[1] if best else None


def _widths(text: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    for record in _records(text, delimiter):
        if any(cell.strip() for cell in record):
            widths.append(len(record))
        if len(widths) >= _SAMPLE_ROWS:
            break
    return widths


def _records(text: str, delimiter: str) -> Iterator[Sequence[str]]:
    """Rows; a quote nobody closed does not swallow the rest of the file."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        rows = []
    longest = max((len(cell) for row in rows for cell in row), default=_LONGEST_CELL + 1)
    if longest > _LONGEST_CELL:
        for line in text.splitlines():
            yield line.split(delimiter)
    else:
        yield from rows


def _shown(cell: str) -> str:
    forced = _FORCED.fullmatch(cell)
    return one_line(forced[1] if forced else cell)
