"""Ticks on paper become ☑ and □ in the text, so that forms read alike however they came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.reading.recognition.boxes import Box, find_boxes
from knowledge.reading.recognition.frames import Glyph, Strip
from knowledge.reading.recognition.inks import Mask

_BOX_LIKE = "口囗日曰目田回四国图团因凶区由甲已己司凹固圆围园困巨臣门闪DIOUQVvlJ10"
"""What recognisers take a box for, empty or ticked."""
_ALONE = (rf"(?:(?<![\u4e00-\u9fff])|(?<=[{_BOX_LIKE}]))", rf"(?![^\W{_BOX_LIKE}])")
_CHOICE = re.compile(
    r"[A-DＡ-Ｄ]\s*类|[甲乙丙丁]类|(?:非常|比较|基本|不|(?<!是否))满意(?![度程情])"
    r"|(?:不|(?<!是否))同意(?:全文|摘要)?公开|主动公开|依申请公开|(?:不予|全文|摘要|不)公开"
    r"|(?:已解决|解决)(?:或采纳)?|列入计划|正在解决|留作参考"
    rf"|{_ALONE[0]}(?:[是否]|公开){_ALONE[1]}"
)
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_SIGNS = "□☐▢☑☒■√✓✔"
_HALF = 0.3
"""Characters of a word to choose from reach so far from their middles for certain."""
_REACH = 1.3
"""Characters between a box and the words it belongs to."""
_TIGHT = 0.3
_HEADROOM = 0.2
_MARGIN = 2.2
"""Characters at both ends of a row in which a box may stand that was not recognised."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A row with its boxes as characters.

    Attributes:
        unreadable: boxes stand there that could not all be judged; none was written.
    """

    strips: list[Strip]
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class _Choices:
    """The row's characters in order, and which of them belong to words to choose from."""

    glyphs: list[Glyph]
    chosen: list[bool]
    count: int


def with_marks(row: Sequence[Strip], mask: Mask, bounds: tuple[float, float], em: float) -> Marked:
    """A row of one cell with ☑ and □ where boxes stand beside words to choose from.

    Either all boxes of the row are told or none: a missed one may be the ticked one.

    Args:
        row: strips of one visual row, from left to right.
        mask: the ink of the page.
        bounds: left and right edge of the cell.
        em: width of a character.
    """
    choices = _choices(row)
    if not choices.count:
        return Marked(list(row))
    left, right = row[0].x0 - _MARGIN * em, row[-1].x1 + _MARGIN * em
    top = min(strip.top for strip in row) - _HEADROOM * em
    bottom = max(strip.bottom for strip in row) + _HEADROOM * em
    area = (int(max(left, bounds[0])), int(top), int(min(right, bounds[1])), int(bottom))
    found = find_boxes(mask, area, em)
    boxes = [box for box in found if _free(box, choices, em) and _belongs(box, choices, em)]
    if not boxes:
        return Marked(list(row))
    if len(boxes) != choices.count or any(box.ticked is None for box in boxes):
        return Marked(list(unsigned(row)), unreadable=True)
    strips = list(row)
    for box in boxes:
        strips = list(_placed(strips, box, choices))
    return Marked(sorted(strips, key=lambda strip: strip.x0))


def unsigned(row: Sequence[Strip]) -> Iterator[Strip]:
    """Strips without the signs the recogniser guessed where the pixels do not tell."""
    for strip in row:
        glyphs = tuple(glyph for glyph in strip.glyphs if glyph.text not in _SIGNS)
        if any(glyph.text.strip() for glyph in glyphs):
            yield replace(strip, glyphs=glyphs)


def _choices(row: Sequence[Strip]) -> _Choices:
    glyphs: list[Glyph] = []
    chosen: list[bool] = []
    count = 0
    for text, strip in ((strip.text, strip) for strip in row):
        spans = [match.span() for match in _CHOICE.finditer(text)]
        count += len(spans)
        glyphs += strip.glyphs
        chosen += [
            any(start <= index < end for start, end in spans) for index in range(len(strip.glyphs))
        ]
    return _Choices(glyphs, chosen, count)


def _free(box: Box, choices: _Choices, em: float) -> bool:
    """Whether no character stands where the box is: 类 and 国 have frames too.

    A letter the recogniser makes of a box is none of the text; a word to choose from is, and
    so is any other character it was sure of.
    """
    edge = (box.x1 - box.x0) / 5
    for glyph, chosen in zip(choices.glyphs, choices.chosen, strict=True):
        reach = _HALF * em if chosen else -edge
        if not box.x0 - reach <= glyph.x <= box.x1 + reach:
            continue
        if chosen or (_HAN.match(glyph.text) and glyph.text not in _BOX_LIKE):
            return False
    return True


def _belongs(box: Box, choices: _Choices, em: float) -> bool:
    """Whether words to choose from stand on one side, and no other word right on the other."""
    sides = (
        [(box.x0 - glyph.x - em / 2, index) for index, glyph in _outside(box, choices, left=True)],
        [(glyph.x - em / 2 - box.x1, index) for index, glyph in _outside(box, choices, left=False)],
    )
    nearest = [min(side) for side in sides if side]
    beside = any(gap < _REACH * em and choices.chosen[index] for gap, index in nearest)
    wedged = any(
        gap < _TIGHT * em
        and not choices.chosen[index]
        and _HAN.match(choices.glyphs[index].text) is not None
        for gap, index in nearest
    )
    return beside and not wedged


def _outside(box: Box, choices: _Choices, *, left: bool) -> Iterator[tuple[int, Glyph]]:
    """Characters on one side of a box; what the recogniser made of the box is on neither."""
    for index, glyph in enumerate(choices.glyphs):
        if not glyph.text.strip() or _inside(box, glyph, choosable=choices.chosen[index]):
            continue
        if (glyph.x < (box.x0 + box.x1) / 2) == left:
            yield index, glyph


def _inside(box: Box, glyph: Glyph, *, choosable: bool) -> bool:
    return not choosable and box.x0 <= glyph.x <= box.x1


def _placed(strips: Sequence[Strip], box: Box, choices: _Choices) -> Iterator[Strip]:
    """Strips parted at a box, without the letter it was taken for, and its mark between."""
    middle = (box.x0 + box.x1) / 2
    chosen = {
        id(glyph) for glyph, is_word in zip(choices.glyphs, choices.chosen, strict=True) if is_word
    }
    for strip in strips:
        kept = [
            glyph
            for glyph in strip.glyphs
            if not _inside(box, glyph, choosable=id(glyph) in chosen)
        ]
        bare = replace(strip, glyphs=tuple(kept))
        yield from _halves(bare, box, middle)
    sign = "☑" if box.ticked else "□"
    yield Strip(box.x0, box.x1, box.top, box.bottom, (Glyph(sign, middle, 1.0),))


def _halves(strip: Strip, box: Box, middle: float) -> Iterator[Strip]:
    left, right = strip.cut(-1.0, middle), strip.cut(middle, float("inf"))
    if left is not None:
        yield replace(left, x1=min(left.x1, box.x0)) if right or left.x1 > middle else left
    if right is not None:
        yield replace(right, x0=max(right.x0, box.x1)) if left or right.x0 < middle else right
