"""Whole sentences and paragraphs across page breaks (domain.md 1.0)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.reading.headings import starts_heading
from knowledge.reading.source import Line, Source

_TERMINAL = re.compile(r"[。!?;…:][”’」』)》*]*$")
_SENTENCE = re.compile(r"[^。!?…]*(?:[。!?…]+[”’」』)》〉]*|$)")
_SHORT = 22
_LEFT_OVER = " :,。;*#)》|\t"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that read on, as clean offsets; ``first`` is its first line's folded text."""

    start: int
    end: int
    first: str


def paragraphs(source: Source, start: int, end: int) -> list[Paragraph]:
    """Paragraphs of a stretch: a line that stops in mid-sentence reads on in the next."""
    found: list[Paragraph] = []
    open_line: Line | None = None
    for line in _clipped(source, start, end):
        if open_line is not None and reads_on(open_line, line):
            last = found[-1]
            found[-1] = Paragraph(last.start, line.end, last.first)
        else:
            found.append(Paragraph(line.start, line.end, line.text))
        open_line = line
    return found


def _clipped(source: Source, start: int, end: int) -> Sequence[Line]:
    lines = [*_rest_of_line(source, start, end), *source.lines_in(start, end)]
    if lines and lines[-1].end > end:
        last = lines[-1]
        lines[-1] = Line(last.start, end, last.text[: end - last.start])
    return lines


def _rest_of_line(source: Source, start: int, end: int) -> Iterator[Line]:
    """What stands behind ``start`` on its own line: a salutation or an opening may end there."""
    index = bisect_left(source.lines, start, key=lambda line: line.start)
    if index == 0 or source.lines[index - 1].end <= start:
        return
    left, right = source.trimmed(start, min(end, source.lines[index - 1].end))
    while left < right and source.folded[left] in _LEFT_OVER:
        left += 1
    if left < right:
        yield Line(left, right, source.folded[left:right])


def reads_on(line: Line, following: Line) -> bool:
    """Whether a sentence runs from one line into the next."""
    if _TERMINAL.search(line.text) or starts_heading(following.text):
        return False
    if "\t" in line.text or "\t" in following.text:
        return False
    if len(line.text) < _SHORT:
        return False
    return not (starts_heading(line.text) and len(line.text) < 2 * _SHORT)


def sentences(source: Source, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Clean offsets of a paragraph's sentences, without blanks at their ends."""
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(source.folded, paragraph.start, paragraph.end):
        start, end = source.trimmed(*match.span())
        if end > start:
            found.append((start, end))
    return found


def sentence_around(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The stretch between the full stops or line ends around an offset."""
    left = max(text.rfind("。", start, at), text.rfind("\n", start, at))
    stops = [stop for mark in "。\n" if (stop := text.find(mark, at, end)) >= 0]
    return (start if left < 0 else left + 1), min(stops, default=end)
