"""Names of joint organs on one line: the gap between them is a blank, and blanks also pad names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.domain.text import Field
from knowledge.reading.source import Source
from knowledge.reading.words import ORGAN_SUFFIX

_GAP = re.compile(r"[\s、]+")
_STAMP = re.compile(r"\s*\((?:盖章|章|印章|公章|代章)\)\s*$")
_NAME = re.compile(rf"[\u4e00-\u9fff()]{{2,}}{ORGAN_SUFFIX}")


def organ_names(source: Source, start: int, end: int) -> Iterator[Field[str]]:
    """One field an organ of a clean stretch; ``云 溪 市 水 利 局`` is one padded name.

    A stamp note such as （盖章） is no part of the name (domain.md 1.10).
    """
    for left, right in _pieces(source, start, end):
        inner, outer = _bare(source, left, right)
        if outer > inner:
            yield source.field("".join(source.clean[inner:outer].split()), inner, outer)


def _pieces(source: Source, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between gaps when each is a whole organ, else between commas only."""
    pieces = list(_cut(source, start, end, _GAP))
    if all(_NAME.fullmatch(source.folded[slice(*_bare(source, *piece))]) for piece in pieces):
        return pieces
    return list(_cut(source, start, end, re.compile("、|\t|\n| {2,}")))


def _cut(source: Source, start: int, end: int, gap: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    left = start
    for match in gap.finditer(source.folded, start, end):
        if match.start() > left:
            yield left, match.start()
        left = match.end()
    if end > left:
        yield left, end


def _bare(source: Source, start: int, end: int) -> tuple[int, int]:
    stamp = _STAMP.search(source.folded[start:end])
    return source.trimmed(start, start + stamp.start() if stamp else end)
