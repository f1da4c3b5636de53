"""Boxes to tick, judged by their pixels: recognisers turn them into letters or lose them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.reading.recognition.inks import Mask

_SIDES = (0.5, 1.25)
"""Sides of a box in widths of a character."""
_STEP = 2
_RATIOS = (0.88, 1.0, 1.14)
_SIDE_INK = 0.8
"""Share of each side that must be drawn."""
_PAPER, _AROUND = 4, 0.35
"""So many pixels outside the sides there is paper; a tick may leave the box."""
_EDGE = 0.2
"""Share of the box at each side where its own line stands."""
_EMPTY, _TICKED = 0.025, 0.08
"""Share of ink inside up to which a box is empty, and from which it is ticked."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a form, in pixels of the page.

    Attributes:
        ticked: None where the ink inside does not tell.
    """

    x0: float
    x1: float
    top: float
    bottom: float
    ticked: bool | None


def find_boxes(mask: Mask, area: tuple[int, int, int, int], em: float) -> list[Box]:
    """Boxes inside an area, from left to right.

    Args:
        mask: the ink of the page.
        area: left, top, right, bottom in pixels.
        em: width of a character of the text beside them.
    """
    x0, y0, x1, y1 = area
    part = mask[max(y0, 0) : y1, max(x0, 0) : x1]
    if not part.any():
        return []
    found = [
        Box(x + max(x0, 0), x + wide + max(x0, 0), y + max(y0, 0), y + high + max(y0, 0), verdict)
        for x, y, wide, high in _squares(part, em)
        for verdict in [_ticked(part[y : y + high, x : x + wide])]
    ]
    return sorted(found, key=lambda box: box.x0)


def _squares(part: Mask, em: float) -> Iterator[tuple[int, int, int, int]]:
    """Frames of about the size of a character, the best drawn first; none overlap."""
    found: list[tuple[float, int, int, int, int]] = []
    for wide in range(max(5, round(em * _SIDES[0])), round(em * _SIDES[1]) + 1, _STEP):
        for ratio in _RATIOS:
            found += _frames(part, wide, max(5, round(wide * ratio)))
    taken: list[tuple[int, int, int, int]] = []
    for _, x, y, wide, high in sorted(found, reverse=True):
        square = (x, y, wide, high)
        if not any(_overlap(square, other) for other in taken):
            taken.append(square)
            yield square


def _frames(part: Mask, wide: int, high: int) -> Iterator[tuple[float, int, int, int, int]]:
    """Where four sides of a size are drawn with paper around them: score, place, size."""
    import cv2

    room = _PAPER + 1
    if part.shape[0] + 2 * room <= high or part.shape[1] + 2 * room <= wide:
        return
    padded = cv2.copyMakeBorder(part, room, room, room, room, cv2.BORDER_CONSTANT, value=(0.0,))
    level = _runs(np.asarray(cv2.dilate(padded, np.ones((3, 1), np.uint8)), np.uint8), wide)
    upright = _runs(np.asarray(cv2.dilate(padded, np.ones((1, 3), np.uint8)), np.uint8).T, high).T
    rows, columns = part.shape[0] - high + 1, part.shape[1] - wide + 1
    if rows <= 0 or columns <= 0:
        return

    def side(runs: NDArray[np.float64], y: int, x: int) -> NDArray[np.float64]:
        return runs[room + y : room + y + rows, room + x : room + x + columns]

    drawn = [side(level, 0, 0), side(level, high - 1, 0), side(upright, 0, 0)]
    drawn.append(side(upright, 0, wide - 1))
    around = [side(level, -_PAPER, 0), side(level, high - 1 + _PAPER, 0)]
    around += [side(upright, 0, -_PAPER), side(upright, 0, wide - 1 + _PAPER)]
    paper = np.add.reduce(around) / len(around)
    fits = (np.minimum.reduce(drawn) >= _SIDE_INK) & (paper <= _AROUND)
    score = np.add.reduce(drawn) - paper
    for y, x in np.argwhere(fits):
        yield float(score[y, x]), int(x), int(y), wide, high


def _runs(mask: Mask, length: int) -> NDArray[np.float64]:
    """Share of ink in the run of a length that begins at each pixel of a row."""
    summed = np.cumsum(np.pad(mask > 0, ((0, 0), (1, length))), axis=1, dtype=np.int32)
    return (summed[:, length:] - summed[:, :-length])[:, : mask.shape[1]] / length


def _overlap(left: tuple[int, int, int, int], right: tuple[int, int, int, int]) -> bool:
    across = min(left[0] + left[2], right[0] + right[2]) - max(left[0], right[0])
    down = min(left[1] + left[3], right[1] + right[3]) - max(left[1], right[1])
    return across > 0 and down > 0


def _ticked(square: Mask) -> bool | None:
    """By the ink inside the frame."""
    edge = max(2, round(min(square.shape[:2]) * _EDGE))
    inside = square[edge:-edge, edge:-edge]
    share = float((inside > 0).mean()) if inside.size else 0.0
    if share <= _EMPTY:
        return False
    return True if share >= _TICKED else None
