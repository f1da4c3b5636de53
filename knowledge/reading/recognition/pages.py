"""One picture of a page in, its lines out: the whole way from pixels to text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.domain.documents import ReadingWarning
from knowledge.reading.page_lines import PageLine
from knowledge.reading.recognition.engine import Picture, Recogniser, recogniser
from knowledge.reading.recognition.frames import page_angle, straightened, strips
from knowledge.reading.recognition.inks import ink, without_seals
from knowledge.reading.recognition.rows import laid_out
from knowledge.reading.recognition.rulings import find_cells
from knowledge.reading.recognition.sheets import flattened, reduced
from knowledge.reading.recognition.turning import upright

A4_LONG_EDGE = 842.0
"""Points."""


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page as recognised.

    Attributes:
        lines: in reading order, in points.
        height: of the page, in points.
        unreadable: rows of boxes that could not be judged.
    """

    lines: tuple[PageLine, ...]
    height: float
    unreadable: int


def recognise_page(
    picture: Picture,
    page: int = 0,
    *,
    long_edge: float = A4_LONG_EDGE,
    engine: Recogniser | None = None,
) -> RecognisedPage:
    """Lines of a page that is a picture, set upright, flat and straight.

    Args:
        picture: the page, best at 200 dots an inch or more.
        page: 0-based number its lines are given.
        long_edge: of the page, in points.
        engine: reads the characters; the process's own where none is given.
    """
    flat = without_seals(reduced(flattened(picture)))
    held = upright(flat, engine or recogniser())
    straight, matrix = straightened(held.picture, page_angle(held.quads))
    mask = ink(straight)
    laid = laid_out(strips(held.quads, held.readings, matrix), find_cells(mask), mask, page)
    scale = long_edge / max(held.picture.shape[:2])
    lines = tuple(line.scaled(scale) for line in laid.lines)
    return RecognisedPage(lines, mask.shape[0] * scale, laid.unreadable)


def recognition_warnings(pages: int, unreadable: int) -> Iterator[ReadingWarning]:
    """What is told of a file some of whose pages were recognised.

    ``recognition.used`` (pages), ``ticks.unreadable`` (count of rows).
    """
    if pages:
        yield ReadingWarning("recognition.used", None, {"pages": str(pages)})
    if unreadable:
        yield ReadingWarning("ticks.unreadable", None, {"count": str(unreadable)})
