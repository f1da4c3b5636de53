"""What is ink on a page: for ruling lines and boxes, which pixels tell and characters do not."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.reading.recognition.engine import Picture

Mask: TypeAlias = NDArray[np.uint8]
"""Height x width: 255 where there is ink, else 0."""

_REDDER = 45
"""By so much (of 255) red exceeds green and blue in the paste of a seal."""
_SEAL = (0.06, 0.40)
"""Size of a seal as a share of the page's short side."""
_ROUND = (0.6, 1.7)
_DIRECTIONS, _RIM, _CLOSED = 36, 0.86, 0.8
"""The outline of a seal is looked for in so many directions, beyond this share of its
radius, and must show in this share of them."""
_DARKER = 14
"""By so much (of 255) ink is darker than the paper around it."""
_SPECK = 9
"""Pixels below which a spot is dirt."""


def ink(picture: Picture) -> Mask:
    """Ink against the paper around it, so that shadows on a photograph are not ink."""
    import cv2

    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    reach = max(31, min(picture.shape[:2]) // 24) | 1
    way = cv2.ADAPTIVE_THRESH_MEAN_C
    dark = cv2.adaptiveThreshold(grey, 255, way, cv2.THRESH_BINARY_INV, reach, _DARKER)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    kept = (stats[:, cv2.CC_STAT_AREA] >= _SPECK).astype(np.uint8) * 255
    kept[0] = 0
    return np.asarray(kept[np.asarray(labels, np.int32)], np.uint8)


def without_seals(picture: Picture) -> Picture:
    """The page without the red of round and square seals, which lie over unit and date.

    Red letterheads are wide and stay.
    """
    import cv2

    blue, green, red = (picture[:, :, index].astype(np.int16) for index in range(3))
    paste = ((red - np.maximum(blue, green)) > _REDDER).astype(np.uint8)
    if not paste.any():
        return picture
    side = min(picture.shape[:2])
    kernel = np.ones((side // 50 | 1, side // 50 | 1), np.uint8)
    joined = cv2.morphologyEx(paste, cv2.MORPH_CLOSE, kernel)
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    cleaned = picture.copy()
    for x, y, width, height in (map(int, row[:4]) for row in stats[1:]):
        part = (slice(y, y + height), slice(x, x + width))
        if _sized(width, height, side) and _outlined(paste[part]):
            light = np.where(paste[part] > 0, 255, red[part]).astype(np.uint8)
            cleaned[part] = light[:, :, None]
    return cleaned


def _sized(width: int, height: int, side: int) -> bool:
    low, high = _SEAL
    sized = all(low * side < length < high * side for length in (width, height))
    return sized and _ROUND[0] < width / height < _ROUND[1]


def _outlined(paste: Mask) -> bool:
    """Whether an ellipse or a rectangle runs around it: a note in red ink has no outline."""
    rows, columns = np.nonzero(paste)
    down = rows / max(paste.shape[0] - 1, 1) * 2 - 1
    across = columns / max(paste.shape[1] - 1, 1) * 2 - 1
    turn = ((np.arctan2(down, across) / np.pi + 1) * _DIRECTIONS / 2).astype(int) % _DIRECTIONS
    shapes = (np.hypot(down, across), np.maximum(np.abs(down), np.abs(across)))
    return any(len(set(turn[shape > _RIM].tolist())) >= _CLOSED * _DIRECTIONS for shape in shapes)
