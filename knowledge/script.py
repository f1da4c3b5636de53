"""One script for comparing: a letter stored in traditional characters is asked for in simplified.

What is shown stays as printed; only what is compared, looked up or indexed is folded. The fold
goes by characters, not by words, so 乾 and 干, 後 and 后 are one: fit for finding, not for writing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol, cast

from knowledge.domain.text import legible

_BLOCKS: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFAFF))
"""Han characters with extension A and the compatibility forms; rarer ones stay as they are."""
_VARIANTS: Final = (
    "収收 囘回 囬回 埧坝 塲场 妳你 姪侄 岀出 徧遍 戸户 栢柏 欵款 汚污 濶阔 牠它 甎砖 疎疏 硏研 "
    "祇只 衹只 衞卫 敍叙 枱台 粧妆 糭粽 痺痹 簷檐 筦管 讐仇 隄堤 靑青 閙闹 偺咱 庻庶"
)
"""Old and foreign forms that the converter leaves alone, each with today's form."""
_RADICALS: Final = (
    "⺟母 ⺠民 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻌辶 ⻓长 ⻔门 ⻘青 ⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 ⻣骨 "
    "⻤鬼 ⻥鱼 ⻦鸟 ⻨麦 ⻩黄 ⻬齐 ⻮齿 ⻰龙 ⻳龟"
)
"""Radicals that fonts of PDF files put in a character's place and that no norm unites with it."""
_KANGXI: Final = (0x2F00, 0x2FD6)
_IN_WORDS: Final = re.compile(r"([答函回批电议反]\s{0,8})覆|覆(?=\s{0,8}[函信文])|(明)瞭|瞭(?=解)")
"""Characters that are two in simplified script: 答覆 is 答复, 覆盖 stays."""


def simplified(text: str) -> str:
    """The text in simplified characters, of equal length: offsets stay valid."""
    script = _script()
    if script.foreign.isdisjoint(text):
        return text
    text = text.translate(script.table)
    return _IN_WORDS.sub(_in_word, text) if "覆" in text or "瞭" in text else text


def spelled(text: str) -> str:
    """What two texts are compared by: nothing invisible, simplified characters."""
    return simplified(legible(text))


class _Converter(Protocol):
    """The little of opencc that is used; its converter has no types."""

    def convert(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class _Script:
    table: Mapping[int, str]
    foreign: frozenset[str]
    """All that may change: the table's characters and those that depend on their word."""


@cache
def _script() -> _Script:
    """The converter's own table, read once: a start that compares nothing does not pay for it."""
    import opencc

    converter = cast("_Converter", opencc.OpenCC("t2s"))
    han = [chr(code) for start, end in _BLOCKS for code in range(start, end)]
    # Line by line, or neighbours would be taken for words.
    found = converter.convert("\n".join(han)).split("\n")
    changed = {old: new for old, new in zip(han, found, strict=True) if old != new} | _given()
    # A step on may be needed: what a rare form becomes may itself have a simplified form.
    table = {ord(old): changed.get(new, new) for old, new in changed.items()}
    return _Script(table, frozenset(changed) | {"覆", "瞭"})


def _given() -> dict[str, str]:
    """The forms listed here, and the radicals of the Kangxi block by their own norm."""
    import unicodedata

    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(*_KANGXI)}
    return kangxi | {pair[0]: pair[1] for pair in (*_VARIANTS.split(), *_RADICALS.split())}


def _in_word(match: re.Match[str]) -> str:
    if match.group().startswith("瞭") or match[2]:
        return f"{match[2] or ''}了"
    return f"{match[1] or ''}复"
