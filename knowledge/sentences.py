"""Whole sentences with exact offsets: the unit in which letters are quoted and cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from knowledge.domain.text import Span

_LINE: Final = re.compile(r"[^\n]*\n?")
_END: Final = re.compile(r"[。！？!?]+[”’」』）)】]*")
_CLAUSE_END: Final = re.compile(r"[；;]+[”’」』）)】]*")
_TERMINATORS: Final = frozenset("。！？；：!?;:”’」』")
_HEAD: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[．.、]"
    r"|第[一二三四五六七八九十百\d]+[章节条]|[#*\-•·|]|\S{1,8}[：:])"
)
_WRAPPED_LINE: Final = 20
"""A line this long without a full stop may have been broken by a page, not by its writer."""
LONG_SENTENCE: Final = 180
"""A sentence beyond this many characters is offered clause by clause."""


def sentences(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Sentences of ``text`` (or of its part ``within``) without surrounding blanks.

    Every non-blank character belongs to exactly one sentence. Lines that a page
    break cut in mid-sentence are joined; long sentences are split at semicolons.
    """
    area = within or Span(0, len(text))
    found: list[Span] = []
    for block in _blocks(text, area):
        for sentence in _split(text, block, _END):
            if sentence.end - sentence.start > LONG_SENTENCE:
                found.extend(_split(text, sentence, _CLAUSE_END))
            else:
                found.append(sentence)
    return tuple(found)


def _blocks(text: str, area: Span) -> Iterator[Span]:
    """Runs of lines that belong together: one paragraph, page breaks bridged."""
    start: int | None = None
    end = area.start
    for line in _lines(text, area):
        content = line.of(text)
        if not content.strip():
            continue
        if start is not None and not _continues(text[start:end], content):
            yield Span(start, end)
            start = None
        start = line.start if start is None else start
        end = line.end
    if start is not None:
        yield Span(start, end)


def _lines(text: str, area: Span) -> Iterator[Span]:
    position = area.start
    while position < area.end:
        match = _LINE.match(text, position, area.end)
        stop = match.end() if match else area.end
        yield Span(position, stop)
        position = stop


def _continues(before: str, line: str) -> bool:
    """Whether ``line`` goes on with a sentence that the line break cut."""
    last = before.rstrip().rpartition("\n")[2].strip()
    if len(last) < _WRAPPED_LINE or last[-1] in _TERMINATORS or "\t" in last:
        return False
    return _HEAD.match(line) is None


def _split(text: str, block: Span, mark: re.Pattern[str]) -> Iterator[Span]:
    position = block.start
    for match in mark.finditer(text, block.start, block.end):
        yield from _trimmed(text, Span(position, match.end()))
        position = match.end()
    yield from _trimmed(text, Span(position, block.end))


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    end = span.end - len(piece) + len(piece.rstrip())
    if start < end:
        yield Span(start, end)
