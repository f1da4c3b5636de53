"""Lines from characters: a page knows only where each stands, a reader sees lines and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.domain.text import Span
from knowledge.reading.loaders.pdf_shapes import Glyph
from knowledge.reading.page_lines import PageLine

_WIDE = 0x1100
_TALL = 1.2
"""A box is about so much taller than the characters of a Latin font are wide."""
_SAME_ROW = 0.5
_OVERPRINT = 0.3
_WORDS = 0.22
_BLANK = 0.7
_TAB = 2.0
_SPREAD = 3
"""So few characters may be spread over a cell: the room between them says nothing."""
_PART = 1.2
_MIDDLE = (0.3, 0.7)
_FEWEST = 6
_FILLED = 0.75
_CROSSING = 0.34


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters of a row without a wide gap between them."""

    x0: float
    x1: float
    y: float


def page_lines(glyphs: Sequence[Glyph], page: int) -> list[PageLine]:
    """Lines of a page in reading order, column by column where a gutter parts two.

    Characters nobody sees make lines of their own, behind the others.
    """
    seen = [glyph for glyph in glyphs if not glyph.unseen]
    lines = list(_in_columns(seen, page))
    for row in rows([glyph for glyph in glyphs if glyph.unseen]):
        line = row_line(row, page)
        if line is not None:
            hidden = (Span(0, len(line.text)),)
            box = (line.x0, line.x1, line.top, line.bottom)
            lines.append(PageLine(line.text, page, *box, hidden=hidden))
    return lines


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters by the rows they stand in, from the top, each row from the left."""
    found: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if found and abs(glyph.y - middle) < _SAME_ROW * max(height, glyph.box.height):
            found[-1].append(glyph)
            middle += (glyph.y - middle) / len(found[-1])
            height = max(height, glyph.box.height)
        else:
            found.append([glyph])
            middle, height = glyph.y, glyph.box.height
    return [_once(sorted(row, key=lambda glyph: glyph.box.x0)) for row in found]


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """A row without the second print that makes characters bold."""
    kept: list[Glyph] = []
    for glyph in row:
        near = [
            other
            for other in kept[-2:]
            if other.char == glyph.char
            and glyph.box.x0 - other.box.x0 < _OVERPRINT * max(glyph.box.width, 1)
        ]
        if not near or glyph.char.isspace():
            kept.append(glyph)
    return kept


def row_line(row: Sequence[Glyph], page: int, column: int = 0) -> PageLine | None:
    """A row as a line; None when it is blank. Its height is the size of its type."""
    solid = [glyph for glyph in row if not glyph.char.isspace()]
    if not solid:
        return None
    em = _em(solid)
    middle = median(glyph.y for glyph in solid)
    edges = (solid[0].box.x0, max(glyph.box.x1 for glyph in solid))
    text = row_text(row)
    box = (*edges, middle - em / 2, middle + em / 2)
    return PageLine(text, page, *box, column, alone="\t" in text)


def row_text(row: Sequence[Glyph]) -> str:
    """The characters of a row with blanks where there is room: a tab for a wide one."""
    solid = [glyph for glyph in row if not glyph.char.isspace()]
    gaps = sorted(max(right.box.x0 - left.box.x1, 0.0) for left, right in pairwise(solid))
    # Letters spread evenly over a line leave room everywhere: a blank is more than that.
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    parts: list[str] = []
    blanks: list[Glyph] = []
    last: Glyph | None = None
    for glyph in row:
        if glyph.char.isspace():
            blanks.append(glyph)
            continue
        if last is not None:
            parts.append(_between(last, blanks, glyph, (_em(solid), usual, len(solid))))
        parts.append(glyph.char)
        last, blanks = glyph, []
    return "".join(parts)


def _between(
    left: Glyph, blanks: Sequence[Glyph], right: Glyph, room: tuple[float, float, int]
) -> str:
    """What stands between two characters of a row.

    Args:
        left: a character that is no blank.
        blanks: blanks the file itself has there.
        right: the next character that is no blank.
        room: the row's size of type, its usual gap, its count of characters.
    """
    em, usual, count = room
    gap = right.box.x0 - left.box.x1
    written = sum(blank.box.width for blank in blanks)
    if gap > _TAB * (em + usual) and count > _SPREAD and written < gap / 2:
        return "\t"
    if blanks:
        return "".join(blank.char for blank in blanks)
    if left.char.isascii() and right.char.isascii():
        return " " if gap > _WORDS * em + usual else ""
    return " " if gap > _BLANK * em + 2 * usual and count > _SPREAD else ""


def _em(glyphs: Sequence[Glyph]) -> float:
    """Width of a Chinese character of the row's type."""
    wide = [glyph.box.width for glyph in glyphs if ord(glyph.char) >= _WIDE]
    tall = [glyph.box.height / _TALL for glyph in glyphs]
    return max(median(wide or tall), 0.1) if tall else 1.0


def _in_columns(glyphs: Sequence[Glyph], page: int) -> Iterator[PageLine]:
    found = rows(glyphs)
    gutter = _gutter(found)
    band: list[Glyph] = []
    for row in [*found, None]:
        if row is not None and gutter is not None and not _crosses(row, gutter):
            band += row
            continue
        yield from _band(band, gutter, page)
        band = []
        line = row_line(row, page) if row is not None else None
        if line is not None:
            yield line


def _band(glyphs: Sequence[Glyph], gutter: float | None, page: int) -> Iterator[PageLine]:
    if gutter is None:
        return
    sides: tuple[list[Glyph], list[Glyph]] = ([], [])
    for glyph in glyphs:
        sides[glyph.x > gutter].append(glyph)
    for column, side in enumerate(sides, 1):
        lines = (row_line(row, page, column) for row in rows(side))
        yield from (line for line in lines if line is not None)


def _crosses(row: Sequence[Glyph], gutter: float) -> bool:
    return any(piece.x0 < gutter < piece.x1 for piece in _pieces(row))


def _pieces(row: Sequence[Glyph]) -> Iterator[_Piece]:
    solid = [glyph for glyph in row if not glyph.char.isspace()]
    em = _em(solid)
    start = 0
    for at in range(1, len(solid) + 1):
        if at == len(solid) or solid[at].box.x0 - solid[at - 1].box.x1 > _PART * em:
            yield _Piece(solid[start].box.x0, solid[at - 1].box.x1, solid[start].y)
            start = at


def _gutter(found: Sequence[Sequence[Glyph]]) -> float | None:
    """Where two columns part; None where the page has one, or a list of short entries."""
    pieces = [piece for row in found for piece in _pieces(row)]
    if len(pieces) < 2 * _FEWEST:
        return None
    low, high = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    em = median(_em(row) for row in found)
    edges = [low + share * (high - low) for share in _MIDDLE]
    steps = int((edges[1] - edges[0]) / max(em / 2, 1)) + 1
    places = [edges[0] + at * max(em / 2, 1) for at in range(min(steps, 200))]
    return min(
        (place for place in places if _parts(pieces, place, em)),
        key=lambda place: _crossing(pieces, place),
        default=None,
    )


def _crossing(pieces: Sequence[_Piece], place: float) -> int:
    return sum(piece.x0 < place < piece.x1 for piece in pieces)


def _parts(pieces: Sequence[_Piece], place: float, em: float) -> bool:
    """Whether both sides of a place are full columns of text that stand side by side."""
    left = [piece for piece in pieces if piece.x1 <= place]
    right = [piece for piece in pieces if piece.x0 >= place]
    if min(len(left), len(right)) < _FEWEST:
        return False
    if _crossing(pieces, place) > _CROSSING * min(len(left), len(right)) * 2:
        return False
    apart = min(piece.x0 for piece in right) - max(piece.x1 for piece in left) >= em
    shared = min(left[-1].y, right[-1].y) - max(left[0].y, right[0].y)
    whole = max(left[-1].y, right[-1].y) - min(left[0].y, right[0].y)
    return apart and shared > whole / 2 and all(_dense(side, em) for side in (left, right))


def _dense(side: Sequence[_Piece], em: float) -> bool:
    widths = [piece.x1 - piece.x0 for piece in side]
    return max(widths) > 2 * _FEWEST * em and median(widths) > _FILLED * max(widths)
