"""《titles》 inside a text, nested ones included, without running away on an open mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class BookTitle:
    """Offsets of 《…》 with and without its marks."""

    start: int
    end: int

    @property
    def inner_start(self) -> int:
        """Behind 《."""
        return self.start + 1

    @property
    def inner_end(self) -> int:
        """Before 》."""
        return self.end - 1


def find_book_titles(text: str, start: int, end: int) -> Iterator[BookTitle]:
    """Outermost 《…》 pairs of a stretch, in order; an unclosed mark is skipped."""
    at = text.find("《", start, end)
    while at >= 0:
        close = _closing(text, at, min(end, at + _LONGEST))
        if close is None:
            at = text.find("《", at + 1, end)
        else:
            yield BookTitle(at, close)
            at = text.find("《", close, end)


def _closing(text: str, at: int, end: int) -> int | None:
    if text.find("》", at, end) < 0:
        return None
    depth = 0
    for index in range(at, end):
        mark = text[index]
        if mark == "《":
            depth += 1
        elif mark == "》":
            depth -= 1
            if depth == 0:
                return index + 1
    return None
