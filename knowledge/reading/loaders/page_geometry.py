"""Margins of pages: only against them do an indent and a full line mean something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from knowledge.reading.page_lines import PageLine

_NEAR = 1.0
_LITTLE = 0.5
_INDENT = (1.4, 2.7)
_MEASURED = 4
_WIDE = 0x1100
_NARROWEST = 18
"""No page of text is narrower (in characters): below that its lines are short, not full."""

Area: TypeAlias = tuple[int, int]
"""Page and column."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The text area of a page: left and right edge, the width of a Chinese character."""

    left: float
    right: float
    em: float

    def indent(self, line: PageLine) -> float:
        """Distance from the left margin, in characters."""
        return (line.x0 - self.left) / self.em

    def gap(self, line: PageLine) -> float:
        """Room left at the right margin, in characters."""
        return (self.right - line.x1) / self.em

    def centred(self, line: PageLine) -> bool:
        """Whether a line stands in the middle with room on both sides."""
        left, right = self.indent(line), self.gap(line)
        return left > 1 and right > 1 and abs(left - right) < max(2.0, 0.15 * (left + right))

    def even(self, line: PageLine) -> bool:
        """Whether a line leaves the same room on both sides, however little."""
        left, right = self.indent(line), self.gap(line)
        return min(left, right) > _LITTLE and abs(left - right) < _LITTLE


def width(text: str) -> float:
    """Width of a text in Chinese characters: signs of the Latin alphabet count half."""
    return sum(1.0 if ord(char) >= _WIDE else 0.5 for char in text)


def area(line: PageLine) -> Area:
    """The text area a line stands in."""
    return line.page, line.column


def area_margins(
    lines: Sequence[PageLine], edges: tuple[float, float] | None = None
) -> Mapping[Area, Margins]:
    """Margins by page and column; a page of few or short lines borrows those of the others.

    Args:
        lines: of any pages.
        edges: left and right edge where they are known, as of a cell.
    """
    if edges is not None:
        return {area(line): Margins(*edges, _em(lines)) for line in lines}
    columns: dict[int, list[PageLine]] = defaultdict(list)
    for line in lines:
        columns[line.column].append(line)
    return {
        (page, column): margins
        for column, found in columns.items()
        for page, margins in _page_margins(found).items()
    }


def _page_margins(lines: Sequence[PageLine]) -> Mapping[int, Margins]:
    flowing = [line for line in lines if not line.alone and not line.aside] or list(lines)
    em = _em(flowing)
    pages: dict[int, list[PageLine]] = defaultdict(list)
    for line in flowing:
        pages[line.page].append(line)
    edges = {page: _edges(found, em) for page, found in pages.items()}
    left = median(edge[0] for edge in edges.values())
    left = min([left, *(low for low, _ in edges.values() if left - low < _INDENT[1] * em)])
    right = max(edge[1] for edge in edges.values())
    if not lines[0].column:
        right = max(right, left + _NARROWEST * em)
    known = {page: _margins(edge, left, right, em) for page, edge in edges.items()}
    return {line.page: known.get(line.page, Margins(left, right, em)) for line in lines}


def line_pitch(lines: Iterable[PageLine]) -> float:
    """Usual distance from line to line; 0 when no page has two."""
    steps = [
        below.top - above.top
        for above, below in pairwise(lines)
        if area(above) == area(below) and below.top > above.top
    ]
    return median(steps) if steps else 0.0


def _em(lines: Sequence[PageLine]) -> float:
    measured = [line for line in lines if width(line.text) >= _MEASURED] or list(lines)
    sizes = [(line.x1 - line.x0) / max(width(line.text), 0.5) for line in measured]
    return max(median(sizes), 0.01) if sizes else 1.0


def _edges(lines: Sequence[PageLine], em: float) -> tuple[float, float]:
    """The outermost left and right edge that two lines share, else the outermost."""
    lefts = sorted(line.x0 for line in lines)
    rights = sorted((line.x1 for line in lines), reverse=True)
    return _shared(lefts, em), _shared(rights, em)


def _shared(edges: Sequence[float], em: float) -> float:
    near = (edge for edge, following in pairwise(edges) if abs(edge - following) < _NEAR * em)
    return next(near, edges[0])


def _margins(edge: tuple[float, float], left: float, right: float, em: float) -> Margins:
    """A page whose lines all begin with an indent is not narrower than the others."""
    shift = (edge[0] - left) / em
    own = left if _INDENT[0] < shift < _INDENT[1] else edge[0]
    return Margins(own, max(edge[1], right + min(own - left, 0)), em)
