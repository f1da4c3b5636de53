"""The text under reading: what is matched against, and the way back to raw offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Field, Span
from knowledge.reading.folding import INVISIBLE, PINYIN, fold

T = TypeVar("T")

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
PAGE = re.compile(
    r"[-—–－―]\s*\d{1,3}\s*[-—–－―]|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?"
    r"|共\s*\d{1,3}\s*页[\s,，/]*第\s*\d{1,3}\s*页"
)
_PINYIN_MINIMUM = 4
"""Fewer bracketed syllables than this may well be meant."""
_TAGS = 4
"""So many invisible characters in a row are no slip of a converter: they may spell a text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the blanks around it; offsets into the clean text."""

    start: int
    end: int
    text: str
    """Folded."""


@dataclass(frozen=True, slots=True)
class Compact:
    """A stretch without any blanks, with the clean offset of each character left."""

    text: str
    offsets: Sequence[int]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Clean offsets of ``text[start:end]``; the stretch must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


class Source:
    """One file's text in three forms of which two have equal length.

    ``raw`` is what offsets given out refer to; ``clean`` is raw without characters nobody
    sees; ``folded`` is clean in one spelling, for matching. Readers work with clean offsets
    and turn them into raw spans through ``span`` and ``field`` only.
    """

    def __init__(self, raw: str, unseen: Sequence[Span] = ()) -> None:
        """Take a text in.

        Args:
            raw: the text of the file.
            unseen: raw stretches that a reader of the page does not see.
        """
        self.raw = raw
        self.notes: tuple[ReadingWarning, ...] = ()
        self._offsets: Sequence[int] | None = None
        self.unseen = _merged([(span.start, span.end) for span in unseen])
        self.clean = self._cleaned(raw)
        self.folded = fold(self.clean)

    def _cleaned(self, raw: str) -> str:
        hidden = [match.span() for match in INVISIBLE.finditer(raw)]
        tags = [(start, end) for start, end in hidden if end - start >= _TAGS]
        syllables = [match.span() for match in PINYIN.finditer(raw)] if "(" in raw else []
        if len(syllables) < _PINYIN_MINIMUM:
            syllables = []
        notes = (("text.invisible", hidden), ("text.pinyin", syllables))
        self.notes = tuple(
            ReadingWarning(code, Span(*spans[0]), {"count": str(len(spans))})
            for code, spans in notes
            if spans
        )
        dropped = _merged([*hidden, *syllables, *self.unseen])
        self.unseen = _merged([*self.unseen, *tags])
        if not dropped:
            return raw
        kept: list[int] = []
        edges = [(0, 0), *dropped, (len(raw), len(raw))]
        for (_, left), (right, _) in pairwise(edges):
            kept.extend(range(left, right))
        self._offsets = kept
        return "".join(raw[index] for index in kept)

    def span(self, start: int, end: int) -> Span:
        """Raw span of a clean stretch."""
        if self._offsets is None:
            return Span(start, end)
        if start >= end:
            at = self._offsets[start] if start < len(self._offsets) else len(self.raw)
            return Span(at, at)
        return Span(self._offsets[start], self._offsets[end - 1] + 1)

    def seen(self, span: Span) -> Iterator[Span]:
        """The stretches of a raw span that a reader of the page sees; blanks at edges stay."""
        at = span.start
        for start, end in self.unseen:
            if end <= at or start >= span.end:
                continue
            if start > at:
                yield Span(at, start)
            at = end
        if at < span.end:
            yield Span(at, span.end)

    def clean_at(self, raw: int) -> int:
        """Clean offset of the first character kept at or behind a raw offset."""
        return raw if self._offsets is None else bisect_left(self._offsets, raw)

    def field(self, value: T, start: int, end: int, confidence: float = 1.0) -> Field[T]:
        """A field read from a clean stretch."""
        return Field(value, self.span(start, end), confidence)

    def literal(self, start: int, end: int, confidence: float = 1.0) -> Field[str]:
        """A field whose value is the clean stretch itself."""
        return Field(self.clean[start:end], self.span(start, end), confidence)

    @cached_property
    def lines(self) -> list[Line]:
        """All lines that are not blank."""
        return list(self._split())

    def _split(self) -> Iterator[Line]:
        folded = self.folded
        for match in _LINE.finditer(folded):
            text = match.group()
            stripped = text.strip()
            if stripped:
                start = match.start() + len(text) - len(text.lstrip())
                yield Line(start, start + len(stripped), stripped)

    def lines_in(self, start: int, end: int) -> list[Line]:
        """Lines that begin inside a clean stretch."""
        left = bisect_left(self.lines, start, key=lambda line: line.start)
        right = bisect_left(self.lines, end, key=lambda line: line.start)
        return self.lines[left:right]

    def compact(self, start: int, end: int) -> Compact:
        """The folded stretch without blanks."""
        folded = self.folded
        offsets = [index for index in range(start, end) if not folded[index].isspace()]
        return Compact("".join(folded[index] for index in offsets), offsets)

    def one_line(self, start: int, end: int) -> str:
        """The clean stretch on one line, without the page numbers that stand inside it."""
        parts = (part.strip() for part in self.clean[start:end].splitlines())
        return "".join(part for part in parts if PAGE.fullmatch(part) is None)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without blanks at its ends."""
        text = self.clean[start:end]
        left = len(text) - len(text.lstrip())
        return (start + left, start + len(text.rstrip())) if text.strip() else (start, start)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch or overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
