"""Lines, filled areas and pictures of a page: they make tables, and white text readable."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.reading.loaders.pdf_shapes import (
    IDENTITY,
    Box,
    Drawing,
    Frame,
    Matrix,
    Pdfium,
    moved,
    pdfium,
    placed,
)

_PATH, _IMAGE, _SHADING, _FORM = 2, 3, 4, 5
_LINE_TO, _CURVE_TO, _MOVE_TO = 0, 1, 2
_THIN = 3.0
_WHITE = 250
_DEEPEST = 8
_MOST_OBJECTS = 30_000
"""A page with more drawn on it is a map or a plan; its rest is left out, time is bounded."""
_MOST_SEGMENTS = 64


@dataclass(frozen=True, slots=True)
class _Object:
    handle: object
    kind: int
    matrix: Matrix


def read_drawing(page: object, frame: Frame) -> Drawing:
    """All rules, grounds and pictures of a page, upright.

    Args:
        page: pdfium's handle of a loaded page.
        frame: the page's coordinates.
    """
    raw = pdfium()
    rules: list[Box] = []
    grounds: list[Box] = []
    cover = 0.0
    for item in _objects(raw, page):
        if item.kind == _PATH:
            found, filled = _path(raw, item, frame)
            rules += found
            grounds += filled
        elif item.kind in (_IMAGE, _SHADING):
            box = _bounds(raw, item, frame)
            grounds.append(box)
            cover += _share(box, frame.page) if item.kind == _IMAGE else 0.0
    return Drawing(tuple(rules), tuple(grounds), min(cover, 1.0))


def _objects(raw: Pdfium, page: object) -> Iterator[_Object]:
    """Objects of the page and of the forms on it, in drawing order."""
    budget = _MOST_OBJECTS
    count = raw.FPDFPage_CountObjects(page)
    stack = [(raw.FPDFPage_GetObject(page, at), IDENTITY, 0) for at in reversed(range(count))]
    while stack and budget:
        budget -= 1
        handle, matrix, depth = stack.pop()
        kind = raw.FPDFPageObj_GetType(handle)
        if kind != _FORM:
            yield _Object(handle, kind, matrix)
        elif depth < _DEEPEST:
            inner = moved(_matrix(raw, handle), matrix)
            inside = range(min(raw.FPDFFormObj_CountObjects(handle), budget))
            stack += [
                (raw.FPDFFormObj_GetObject(handle, at), inner, depth + 1) for at in reversed(inside)
            ]


def _matrix(raw: Pdfium, handle: object) -> Matrix:
    import pypdfium2.raw as vendor

    found = vendor.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(found)):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _bounds(raw: Pdfium, item: _Object, frame: Frame) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item.handle, *(ctypes.byref(edge) for edge in edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return _around(((left, bottom), (left, top), (right, bottom), (right, top)), item, frame)


def _around(points: tuple[tuple[float, float], ...], item: _Object, frame: Frame) -> Box:
    moved_points = [placed(x, y, item.matrix) for x, y in points]
    xs, ys = [x for x, _ in moved_points], [y for _, y in moved_points]
    return frame.box(min(xs), min(ys), max(xs), max(ys))


def _share(box: Box, page: Box) -> float:
    width = min(box.x1, page.x1) - max(box.x0, page.x0)
    height = min(box.bottom, page.bottom) - max(box.top, page.top)
    whole = page.width * page.height
    return max(width, 0.0) * max(height, 0.0) / whole if whole else 0.0


def _path(raw: Pdfium, item: _Object, frame: Frame) -> tuple[list[Box], list[Box]]:
    """Rules and grounds a path draws."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.handle, ctypes.byref(mode), ctypes.byref(stroke))
    rules: list[Box] = []
    grounds: list[Box] = []
    if not mode.value and not stroke.value:
        return rules, grounds
    light = _light(raw, item.handle, "Stroke" if stroke.value else "Fill")
    for points in _outlines(raw, item):
        box = _around(points, item, frame)
        if stroke.value and not light:
            rules += _edges(points, item, frame)
        elif min(box.width, box.height) <= _THIN and not light:
            rules.append(box)
        if mode.value and min(box.width, box.height) > _THIN and not _white(raw, item.handle):
            grounds.append(box)
    return rules, grounds


def _white(raw: Pdfium, handle: object) -> bool:
    return _light(raw, handle, "Fill")


def _light(raw: Pdfium, handle: object, what: str) -> bool:
    """Whether a colour cannot be told from paper."""
    parts = [ctypes.c_uint(0) for _ in range(4)]
    get = raw.FPDFPageObj_GetFillColor if what == "Fill" else raw.FPDFPageObj_GetStrokeColor
    if not get(handle, *(ctypes.byref(part) for part in parts)):
        return False
    red, green, blue, alpha = (part.value for part in parts)
    return min(red, green, blue) >= _WHITE or alpha == 0


def _outlines(raw: Pdfium, item: _Object) -> Iterator[tuple[tuple[float, float], ...]]:
    """Points of each outline of a path, in the page's own coordinates of its holder."""
    count = raw.FPDFPath_CountSegments(item.handle)
    own = _matrix(raw, item.handle)
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(count, _MOST_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(item.handle, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == _MOVE_TO and points:
            yield tuple(points)
            points = []
        points.append(placed(x.value, y.value, own))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield tuple(points)


def _edges(points: tuple[tuple[float, float], ...], item: _Object, frame: Frame) -> Iterator[Box]:
    """Straight upright sides of a drawn outline; round ones rule nothing."""
    if len(points) > _MOST_SEGMENTS:
        return
    for at in range(len(points) - 1):
        box = _around((points[at], points[at + 1]), item, frame)
        if min(box.width, box.height) <= _THIN:
            yield box
