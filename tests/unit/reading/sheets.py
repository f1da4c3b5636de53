"""Strips and pixels for the recognition tests: pages nobody had to print."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from knowledge.reading.recognition.engine import Picture, Quad, Reading
from knowledge.reading.recognition.frames import Glyph, Strip
from knowledge.reading.recognition.inks import Mask

EM = 40


def strip(text: str, x: float, y: float, *, em: float = EM, sure: float = 0.99) -> Strip:
    """A line whose characters are all ``em`` wide; ``y`` is its upper edge."""
    glyphs = tuple(Glyph(char, x + (index + 0.5) * em, sure) for index, char in enumerate(text))
    return Strip(x, x + len(text) * em, y, y + 1.3 * em, glyphs)


def blank(width: int = 1200, height: int = 600) -> Mask:
    """A page without ink."""
    return np.zeros((height, width), np.uint8)


def draw_box(mask: Mask, x: int, y: int, *, side: int = 32, tick: str = "") -> None:
    """A box with its upper left corner; ``tick`` is ``""``, ``"tick"``, ``"full"``, ``"dot"``."""
    import cv2

    cv2.rectangle(mask, (x, y), (x + side, y + side), (255.0,), 2)
    if tick == "tick":
        points = [(x + 6, y + 12), (x + 14, y + 24), (x + 38, y - 8)]
        for start, end in pairwise(points):
            cv2.line(mask, start, end, (255.0,), 4)
    elif tick == "full":
        cv2.rectangle(mask, (x, y), (x + side, y + side), (255.0,), -1)
    elif tick == "dot":
        cv2.circle(mask, (x + side // 2, y + side // 2), 2, (255.0,), -1)


def draw_table(mask: Mask, xs: Sequence[int], ys: Sequence[int]) -> None:
    """Ruling lines at all places."""
    import cv2

    for x in xs:
        cv2.line(mask, (x, ys[0]), (x, ys[-1]), (255.0,), 3)
    for y in ys:
        cv2.line(mask, (xs[0], y), (xs[-1], y), (255.0,), 3)


def quad(x: float, y: float, width: float, height: float) -> Quad:
    """A straight line's corners."""
    corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
    return np.array(corners, dtype=np.float32)


def paper(width: int = 800, height: int = 1100, shade: int = 255) -> Picture:
    """A sheet of one grey."""
    return np.full((height, width, 3), shade, np.uint8)


class FakeRecogniser:
    """Finds and reads what a test laid down, page by page.

    Args:
        found: quads of each picture that is looked at, in order.
        sure: confidence of every reading, in order of the calls of ``read``.
    """

    def __init__(self, found: Sequence[Sequence[Quad]], sure: Sequence[float]) -> None:
        self._found = list(found)
        self._sure = list(sure)
        self.shapes: list[tuple[int, int]] = []

    def find(self, picture: Picture) -> list[Quad]:
        self.shapes.append((picture.shape[0], picture.shape[1]))
        return list(self._found.pop(0))

    def read(self, picture: Picture, quads: Sequence[Quad]) -> list[Reading]:
        assert picture.ndim == 3
        sure = self._sure.pop(0)
        return [Reading("字字", (sure, sure), (0.25, 0.75)) for _ in quads]
