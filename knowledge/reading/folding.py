"""One spelling for matching: widths and old characters fold to one form of equal length."""

from __future__ import annotations

import re

from knowledge.domain.text import INVISIBLE
from knowledge.script import simplified

__all__ = ["INVISIBLE", "PINYIN", "fold"]

_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = {
    "\u3000": " ",
    "\xa0": " ",
    "﹝": "〔",
    "﹞": "〕",
    "【": "〔",
    "】": "〕",
    "「": "〔",
    "」": "〕",
    "[": "〔",
    "]": "〕",
    "［": "〔",
    "］": "〕",
    "︰": ":",
    "∶": ":",
    "﹕": ":",
    "﹙": "(",
    "﹚": ")",
}
_TABLE: dict[int, int | str] = {
    **_WIDTHS,
    **{ord(old): new for old, new in _MARKS.items()},
}

# domain.md 1.0: a pinyin syllable in brackets behind single characters, 市(shi)人(ren)民.
PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùü]{1,6}\)")


def fold(text: str) -> str:
    """The same number of characters: half-width signs, one kind of bracket, simplified script.

    Square and corner brackets all become 〔〕, round ones ``()``, the colon ``:``.
    """
    return simplified(text).translate(_TABLE)
