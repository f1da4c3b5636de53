"""A photograph shows a sheet lying on something: the sheet alone, seen from above, is the page."""

from __future__ import annotations

from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from knowledge.reading.recognition.engine import Picture

_Corners: TypeAlias = NDArray[np.float32]

_LOOK = 500
"""Pixels of the long side that suffice to see a sheet."""
_SHEET = (0.3, 0.97)
"""Share of the picture a sheet takes; more is a scan without a border."""
_EXACT = 0.03
_FOUR = 4
_BRIGHTER = 40
"""By so much (of 255) paper is lighter than what it lies on."""
_SURROUNDED, _MOST = 3, 0.6
"""Sides of the picture, and the share of each, that show what the sheet lies on."""
_LARGEST_SIDE = 1800
"""Pixels of the short side beyond which a page reads no better, only slower."""


def flattened(picture: Picture) -> Picture:
    """The sheet of a photograph as if seen from above; a scan comes back as it is."""
    import cv2

    corners = _corners(picture)
    if corners is None:
        return picture
    sides = [float(np.linalg.norm(corners[index] - corners[index - 1])) for index in range(_FOUR)]
    width, height = round(max(sides[1], sides[3])), round(max(sides[0], sides[2]))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    way = cv2.getPerspectiveTransform(corners, flat)
    return cast("Picture", cv2.warpPerspective(picture, way, (width, height)))


def reduced(picture: Picture) -> Picture:
    """A page no larger than what reads best."""
    import cv2

    share = _LARGEST_SIDE / min(picture.shape[:2])
    if share >= 1:
        return picture
    return cast(
        "Picture", cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    )


def _corners(picture: Picture) -> _Corners | None:
    """Upper left, upper right, lower right and lower left of a light sheet on a dark ground."""
    import cv2

    share = min(1.0, _LOOK / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    _, light = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # Lines of text must not part the sheet.
    whole = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    contours, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None:
        return None
    taken = cv2.contourArea(largest) / (small.shape[0] * small.shape[1])
    outline = cv2.approxPolyDP(largest, _EXACT * cv2.arcLength(largest, closed=True), closed=True)
    if len(outline) != _FOUR or not cv2.isContourConvex(outline):
        return None
    if not _SHEET[0] < taken < _SHEET[1] or not _stands_out(
        np.asarray(grey, np.uint8), np.asarray(whole, np.uint8)
    ):
        return None
    return _ordered(np.asarray(outline, dtype=np.float32).reshape(_FOUR, 2) / share)


def _stands_out(grey: Picture, sheet: Picture) -> bool:
    """Whether a darker ground lies around; a dark band on one side may hold text."""
    inside, around = grey[sheet > 0], grey[sheet == 0]
    edges = (sheet[0], sheet[-1], sheet[:, 0], sheet[:, -1])
    if sum(float((edge == 0).mean()) > _MOST for edge in edges) < _SURROUNDED:
        return False
    return float(np.median(inside)) - float(np.median(around)) > _BRIGHTER


def _ordered(corners: _Corners) -> _Corners:
    sums, steps = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    order = [int(sums.argmin()), int(steps.argmax()), int(sums.argmax()), int(steps.argmin())]
    return corners[order]
