"""Pages turned by a quarter or a half are set upright before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.reading.recognition.engine import Picture, Quad, Reading, Recogniser
from knowledge.reading.recognition.frames import quad_height, quad_width

_TALL = 1.5
_SURE = 0.85
"""Mean confidence above which a page is taken for upright without a second look."""
_SAMPLE = 3
_BETTER = 0.05


@dataclass(frozen=True, slots=True)
class Upright:
    """A page as it is to be held, with its lines and what they say."""

    picture: Picture
    quads: list[Quad]
    readings: list[Reading]


def upright(picture: Picture, recogniser: Recogniser) -> Upright:
    """The page set upright and read.

    Lines that stand on end tell a quarter turn; a page that reads badly is tried upside
    down with a few lines.
    """
    quads = recogniser.find(picture)
    if _on_end(quads):
        picture = np.ascontiguousarray(np.rot90(picture))
        quads = recogniser.find(picture)
    readings = recogniser.read(picture, quads)
    if quads and _mean(quads, readings) < _SURE:
        return _better_half(Upright(picture, quads, readings), recogniser)
    return Upright(picture, quads, readings)


def _on_end(quads: Sequence[Quad]) -> bool:
    """Whether most of the text, by length, runs from top to bottom."""
    tall = sum(quad_height(quad) for quad in quads if quad_height(quad) > _TALL * quad_width(quad))
    wide = sum(quad_width(quad) for quad in quads if quad_width(quad) > _TALL * quad_height(quad))
    return tall > wide


def _mean(quads: Sequence[Quad], readings: Sequence[Reading]) -> float:
    """Mean confidence, long lines weighing more."""
    weights = [quad_width(quad) for quad in quads]
    told = sum(
        weight * reading.confidence for weight, reading in zip(weights, readings, strict=True)
    )
    return told / max(sum(weights), 1.0)


def _better_half(page: Upright, recogniser: Recogniser) -> Upright:
    """The page as it is or upside down, whichever a few long lines read better in."""
    order = sorted(range(len(page.quads)), key=lambda index: -quad_width(page.quads[index]))
    sample = order[:_SAMPLE]
    picture = np.ascontiguousarray(np.rot90(page.picture, 2))
    height, width = picture.shape[:2]
    quads = [_turned(quad, width, height) for quad in page.quads]
    tried = [quads[index] for index in sample]
    here = _mean(tried, [page.readings[index] for index in sample])
    if _mean(tried, recogniser.read(picture, tried)) < here + _BETTER:
        return page
    quads.reverse()
    return Upright(picture, quads, recogniser.read(picture, quads))


def _turned(quad: Quad, width: int, height: int) -> Quad:
    corners = np.array([width, height], dtype=np.float32) - quad
    return np.asarray(corners[[2, 3, 0, 1]], dtype=np.float32)
