"""Heads, feet and numbers that run through a file's pages belong to the paper, not the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from knowledge.reading.page_lines import PageLine

_PAGE_NUMBER = re.compile(
    r"[-—–─－·.\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–─－·.\s]*"
    r"|(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^[-—–─－·\s]*\d{1,4}[-—–─－·\s]*|[-—–─－·\s]*\d{1,4}[-—–─－·\s]*$|第\s*\d{1,4}\s*页"
)
_EDGE = 2
_SAME_PLACE = 6.0
_NUMBER_ZONE = 0.12
_HEAD_ZONE, _FOOT_ZONE = 0.085, 0.1
"""Shares of the page; the first line of a letter stands lower than any running head."""
_NOTE_SIZE = 0.87
_NOTE = re.compile(r"[①-⑳*※〔\[［(（]|\d{1,2}\s*[^\d\s.、．年月日%]|注\s*[：:\d]")


def without_running(
    pages: Sequence[Sequence[PageLine]], heights: Sequence[float]
) -> list[list[PageLine]]:
    """Pages without the lines at their edges that return in the same place, and page numbers.

    Args:
        pages: lines of each page from the top.
        heights: of the pages, in the unit of the lines.
    """
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        for line in _edges(lines):
            places[_shape(line)].append((number, line.top))
    kept: list[list[PageLine]] = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        dropped = {
            id(line) for line in _edges(lines) if _runs(line, number, height, places[_shape(line)])
        }
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def _edges(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    """The outermost lines of a page; tables and what nobody sees stand in no edge.

    A head of two parts, left and right, looks like a row of two cells.
    """
    seen = sorted((line for line in lines if not line.unseen), key=lambda line: line.top)
    for line in dict.fromkeys((*seen[:_EDGE], *seen[-_EDGE:])):
        if not line.alone or line.text.count("\t") == 1:
            yield line


def _shape(line: PageLine) -> str:
    """A line without the number that counts pages; numbers inside a title stay."""
    return line.text if line.alone else "".join(_COUNTED.sub("#", line.text).split())


def _runs(line: PageLine, page: int, height: float, places: Sequence[tuple[int, float]]) -> bool:
    head, foot = line.bottom / height, 1 - line.top / height
    if not line.alone and _PAGE_NUMBER.fullmatch(line.text) is not None:
        return min(head, foot) < _NUMBER_ZONE
    return (head < _HEAD_ZONE or foot < _FOOT_ZONE) and any(
        other != page and abs(top - line.top) < _SAME_PLACE for other, top in places
    )


def with_notes_aside(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """Pages whose footnotes stand aside: small lines at the foot that begin with a mark."""
    sizes = [line.height for lines in pages for line in lines if not line.alone]
    if not sizes:
        return [list(lines) for lines in pages]
    small = _NOTE_SIZE * median(sizes)
    return [_noted(lines, small) for lines in pages]


def _noted(lines: Sequence[PageLine], small: float) -> list[PageLine]:
    start = len(lines)
    while start and not lines[start - 1].alone and lines[start - 1].height < small:
        start -= 1
    while start < len(lines) and not _NOTE.match(lines[start].text):
        start += 1
    if start in (0, len(lines)):
        return list(lines)
    return [*lines[:start], *(replace(line, aside=True) for line in lines[start:])]
