"""Lines in the frame of a page that stands straight: what layout and boxes are judged in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from knowledge.reading.recognition.engine import Picture, Quad, Reading

Matrix: TypeAlias = NDArray[np.float64]
"""2 x 3: a rotation and a shift."""

_LONG = 3.0
"""Lines at least so many times as wide as high tell the angle of their page."""
_SLANT = 0.15
"""Degrees that no indent is moved by."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: where its middle stands and how sure the recogniser was (0..1)."""

    text: str
    x: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of a line in the straight frame, in pixels; ``y`` grows downwards."""

    x0: float
    x1: float
    top: float
    bottom: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """What the strip says."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def height(self) -> float:
        """Height of the strip."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Height of its middle line on the page."""
        return (self.top + self.bottom) / 2

    def cut(self, x0: float, x1: float) -> Strip | None:
        """The part between two places; None when no character stands there."""
        glyphs = tuple(glyph for glyph in self.glyphs if x0 <= glyph.x < x1)
        if not any(glyph.text.strip() for glyph in glyphs):
            return None
        return replace(self, x0=max(self.x0, x0), x1=min(self.x1, x1), glyphs=glyphs)


def page_angle(quads: Iterable[Quad]) -> float:
    """Degrees by which lines fall to the right; 0 when no line is long enough to tell."""
    told = sorted(_slope(quad) for quad in quads if quad_width(quad) > _LONG * quad_height(quad))
    whole = sum(length for _, length in told)
    passed = 0.0
    for angle, length in told:
        passed += length
        if passed * 2 >= whole:
            return angle
    return 0.0


def quad_width(quad: Quad) -> float:
    """Length of the upper edge."""
    return float(np.linalg.norm(quad[1] - quad[0]))


def quad_height(quad: Quad) -> float:
    """Length of the left edge."""
    return float(np.linalg.norm(quad[3] - quad[0]))


def _slope(quad: Quad) -> tuple[float, float]:
    run = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
    return math.degrees(math.atan2(float(run[1]), float(run[0]))), quad_width(quad)


def straightened(picture: Picture, angle: float) -> tuple[Picture, Matrix]:
    """The page turned back by an angle on a sheet large enough, and the way there."""
    import cv2

    if abs(angle) < _SLANT:
        return picture, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    height, width = picture.shape[:2]
    centre = (width / 2, height / 2)
    matrix = np.asarray(cv2.getRotationMatrix2D(centre, angle, 1.0), dtype=np.float64)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = height * sine + width * cosine, height * cosine + width * sine
    matrix[:, 2] += ((wide - width) / 2, (high - height) / 2)
    size = (round(wide), round(high))
    turned = cv2.warpAffine(picture, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    return cast("Picture", turned), matrix


def strips(quads: Sequence[Quad], readings: Sequence[Reading], matrix: Matrix) -> list[Strip]:
    """Lines that say something, in the straight frame."""
    return [
        _strip(quad, reading, matrix)
        for quad, reading in zip(quads, readings, strict=True)
        if reading.text.strip()
    ]


def _strip(quad: Quad, reading: Reading, matrix: Matrix) -> Strip:
    corners = quad @ matrix[:, :2].T + matrix[:, 2]
    left, right = float(corners[[0, 3], 0].mean()), float(corners[[1, 2], 0].mean())
    top, bottom = float(corners[:2, 1].mean()), float(corners[2:, 1].mean())
    glyphs = tuple(
        Glyph(text, left + centre * (right - left), confidence)
        for text, centre, confidence in zip(
            reading.text, reading.centres, reading.confidences, strict=True
        )
    )
    return Strip(left, right, top, bottom, glyphs)
