"""Ruling lines of a form: what stands in one cell belongs together, however it is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.reading.recognition.inks import Mask

_SHORTEST = 27
"""The page's short side divided by this: longer than any stroke, shorter than any cell."""
_NARROWEST = 0.2
"""Share of the page's width below which ruled lines are no table."""
_SMALLEST = 0.6
"""Of the shortest ruling line: a hole that is smaller holds no text."""
_FEWEST = 3
"""Fewer cells are a frame around the text, or the edge of the paper, not a table."""
_SOLID = 0.8
"""Share of its frame that a cell fills; holes of another shape have leaked."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The inside of a cell, in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int

    def holds(self, x: float, y: float) -> bool:
        """Whether a point stands inside."""
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1


def find_cells(mask: Mask) -> list[Cell]:
    """Cells of all tables of a page from top to bottom and left to right; holes of the lines."""
    import cv2

    rules = _rules(mask)
    if not rules.any():
        return []
    found: list[Cell] = []
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rules)
    for label, row in enumerate(stats[1:], 1):
        x, y, width, height = map(int, row[:4])
        if width > _NARROWEST * mask.shape[1] and height > _shortest(mask):
            own = labels[y : y + height, x : x + width] == label
            frame = np.asarray(own * 255, np.uint8)
            holes = [_moved(hole, x, y) for hole in _holes(frame, _shortest(mask) * _SMALLEST)]
            found += holes if len(holes) >= _FEWEST else []
    found = [cell for cell in found if not any(_inside(other, cell) for other in found)]
    return sorted(found, key=lambda cell: (cell.y0, cell.x0))


def table_rows(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Cells by the row they begin in, from left to right."""
    row: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: cell.y0):
        if row and cell.y0 - row[0].y0 > min(other.y1 - other.y0 for other in row) / 2:
            yield sorted(row, key=lambda cell: cell.x0)
            row = []
        row.append(cell)
    if row:
        yield sorted(row, key=lambda cell: cell.x0)


def _shortest(mask: Mask) -> int:
    return min(mask.shape[:2]) // _SHORTEST


def _rules(mask: Mask) -> Mask:
    """Long straight lines, mended where the scan broke them."""
    import cv2

    long = _shortest(mask)
    rules = np.zeros_like(mask)
    for across, along in (((1, 3), (long, 1)), ((3, 1), (1, long))):
        thick = cv2.dilate(mask, np.ones(across[::-1], np.uint8))
        lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(along[::-1], np.uint8))
        rules |= np.asarray(
            cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones(along[::-1], np.uint8)), np.uint8
        )
    return np.asarray(cv2.dilate(rules, np.ones((3, 3), np.uint8)), np.uint8)


def _holes(frame: Mask, smallest: float) -> Iterator[Cell]:
    import cv2

    height, width = frame.shape[:2]
    paper = np.asarray(255 - frame, np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    for x, y, wide, high, area in (map(int, row[:5]) for row in stats[1:]):
        open_side = x == 0 or y == 0 or x + wide == width or y + high == height
        if not open_side and min(wide, high) > smallest and area > _SOLID * wide * high:
            yield Cell(x, y, x + wide, y + high)


def _inside(inner: Cell, outer: Cell) -> bool:
    middle = ((inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2)
    return inner is not outer and outer.holds(*middle)


def _moved(cell: Cell, x: int, y: int) -> Cell:
    return Cell(cell.x0 + x, cell.y0 + y, cell.x1 + x, cell.y1 + y)
