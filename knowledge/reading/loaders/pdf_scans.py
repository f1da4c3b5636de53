"""Pages of a pdf that are pictures, or whose text layer says nothing, are recognised instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from knowledge.domain.documents import ReadingWarning
from knowledge.reading.loaded import Progress
from knowledge.reading.page_lines import PageLine
from knowledge.reading.recognition.engine import Picture
from knowledge.reading.recognition.pages import (
    RecognisedPage,
    recognise_page,
    recognition_warnings,
)

_DOTS = 200 / 72
_LONGEST = 3600
"""Pixels of a rendered page's long side at most."""
_COVERED = 0.5
_STAMPED = 80
"""So few characters on a picture of a page are a stamp, a heading or a page number."""
_UNREADABLE = 0.3


class PageFacts(Protocol):
    """What the text layer of a page tells about itself."""

    @property
    def lines(self) -> Sequence[PageLine]:
        """Text outside tables."""
        ...

    @property
    def rows(self) -> Sequence[object]:
        """Rows of ruled tables that hold text."""
        ...

    @property
    def image_cover(self) -> float:
        """Share of the page that pictures cover, 0..1."""
        ...

    @property
    def garbage(self) -> float:
        """Share of its characters that stand for nothing readable, 0..1."""
        ...


@dataclass(frozen=True, slots=True)
class Scans:
    """Recognised pages by their 0-based number, and what is told of them."""

    pages: Mapping[int, RecognisedPage]
    warnings: tuple[ReadingWarning, ...]


class _Bitmap(Protocol):
    def to_numpy(self) -> Picture: ...

    def close(self) -> None: ...


class _Page(Protocol):
    def get_size(self) -> tuple[float, float]: ...

    def render(self, *, scale: float) -> _Bitmap: ...

    def close(self) -> None: ...


def pages_needing_recognition(pages: Sequence[PageFacts]) -> list[int]:
    """0-based numbers of pages a person sees more on than their text layer says.

    Text that only a machine sees does not count: it may say anything.
    """
    return [number for number, page in enumerate(pages) if _needs(page)]


def _needs(page: PageFacts) -> bool:
    seen = sum(len(line.text) for line in page.lines if not line.unseen)
    if page.rows and page.garbage < _UNREADABLE:
        return False
    if page.image_cover > _COVERED and seen < _STAMPED:
        return True
    return seen == 0 or page.garbage >= _UNREADABLE


def recognised_pages(pdf: object, numbers: Sequence[int], progress: Progress) -> Scans:
    """Pages of an open pdf, rendered and recognised; progress is told after each."""
    opened = cast("Mapping[int, _Page]", pdf)
    pages: dict[int, RecognisedPage] = {}
    for done, number in enumerate(numbers, 1):
        picture, long_edge = _rendered(opened[number])
        if picture.min() != picture.max():
            pages[number] = recognise_page(picture, number, long_edge=long_edge)
        progress(done, len(numbers))
    told = {number: page for number, page in pages.items() if page.lines}
    unreadable = sum(page.unreadable for page in told.values())
    return Scans(told, tuple(recognition_warnings(len(told), unreadable)))


def _rendered(page: _Page) -> tuple[Picture, float]:
    """The page as a viewer shows it, and its long edge in points."""
    long_edge = max(*page.get_size(), 1.0)
    scale = min(_DOTS, _LONGEST / long_edge)
    try:
        bitmap = page.render(scale=scale)
        try:
            return bitmap.to_numpy()[:, :, :3].copy(), long_edge
        finally:
            bitmap.close()
    finally:
        page.close()
