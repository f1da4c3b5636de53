"""What stands on a page of a PDF in plain shapes, upright: the vendor's types end before these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points; ``top`` is above ``bottom``, ``y`` grows downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Never negative."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Never negative."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its advance box; ``unseen`` when a reader of the page misses it."""

    char: str
    box: Box
    unseen: bool = False

    @property
    def x(self) -> float:
        """Middle of the box."""
        return (self.box.x0 + self.box.x1) / 2

    @property
    def y(self) -> float:
        """Middle of the box."""
        return (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page draws beside characters.

    Attributes:
        rules: thin boxes: the lines of tables.
        grounds: filled areas and pictures, on which white characters can be read.
        image_cover: share of the page that pictures cover, 0..1.
    """

    rules: tuple[Box, ...] = ()
    grounds: tuple[Box, ...] = ()
    image_cover: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The way from a page's own coordinates to upright ones.

    Attributes:
        area: left, bottom, right, top of the visible page, ``y`` upwards.
        quarter: direction of the text in quarter turns against the clock; 3 serves for
            columns of vertical writing too, which run down and from right to left.
    """

    area: tuple[float, float, float, float]
    quarter: int = 0

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the page, upright."""
        (x0, y0), (x1, y1) = self._point(left, bottom), self._point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    @property
    def page(self) -> Box:
        """The visible page, upright: its corner is the origin."""
        return self.box(*self.area)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.area
        turns = (
            (x - left, top - y),
            (y - bottom, x - left),
            (right - x, y - bottom),
            (top - y, right - x),
        )
        return turns[self.quarter % 4]


def moved(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def placed(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """A point under a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class Pdfium(Protocol):
    """The C functions by name; each takes handles and out-parameters and returns a number."""

    def __getattr__(self, name: str) -> Callable[..., int]: ...


def pdfium() -> Pdfium:
    """The library's bare interface."""
    import pypdfium2.raw

    return cast("Pdfium", pypdfium2.raw)
