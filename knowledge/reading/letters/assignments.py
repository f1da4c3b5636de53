"""交办: when a case was handed to the unit, by a label or in the opening (domain.md 1.10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.domain.text import Field
from knowledge.reading.dates import DATE, SHORT_DATE, first_date, made, of_match
from knowledge.reading.letters.opening import Opening
from knowledge.reading.numerals import number
from knowledge.reading.source import Line, Source

_LABEL = re.compile(r"交\s*办\s*(?:日\s*期|时\s*间)\s*[:\t ]\s*")
_HANDED = re.compile(
    r"[^,。;]{0,14}?(?:交办|交由|交给|转交|转由|批转|转办|转来|分办至)|日?,?[^,。;]{0,12}交办"
)


def read_assigned(
    source: Source, lines: Sequence[Line], opening: Opening, signed: date | None
) -> Field[date] | None:
    """The date of 交办: labelled in head or tail, else told in the opening.

    Args:
        source: the text.
        lines: head and tail lines.
        opening: the letter's opening.
        signed: the letter's date; a month and day without a year lie before it.
    """
    for line in lines:
        label = _LABEL.search(line.text)
        found = first_date(line.text, label.end()) if label else None
        if label is not None and found is not None and found.start == label.end():
            return source.field(found.value, line.start + found.start, line.start + found.end)
    return _told(source, opening, signed)


def _told(source: Source, opening: Opening, signed: date | None) -> Field[date] | None:
    for pattern in (DATE, SHORT_DATE):
        for match in pattern.finditer(source.folded, opening.start, opening.end):
            if _HANDED.match(source.folded, match.end(), opening.end):
                value = of_match(match) if pattern is DATE else before(match, signed)
                if value is not None:
                    return source.field(value, *match.span())
    return None


def before(match: re.Match[str], signed: date | None) -> date | None:
    """A month and day in the last twelve months before the letter was signed."""
    if signed is None:
        return None
    month, day = number(match["month"]), number(match["day"])
    value = made(signed.year, month, day)
    return made(signed.year - 1, month, day) if value is not None and value > signed else value
