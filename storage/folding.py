"""Numbers and titles folded, so that ways of printing them do not hide one from another."""

from __future__ import annotations

import unicodedata

from knowledge.script import spelled

LONGEST = 200
"""Folded forms are indexed; PostgreSQL bounds the length of what an index holds."""

_BRACKETS = str.maketrans(dict.fromkeys("([{【〖﹝", "〔") | dict.fromkeys(")]}】〗﹞", "〕"))


def folded(text: str) -> str:
    """Width, script, letter case, brackets and spaces folded; at most ``LONGEST`` characters."""
    plain = spelled(unicodedata.normalize("NFKC", text)).translate(_BRACKETS)
    return "".join(plain.split()).upper()[:LONGEST]


def folded_title(title: str | None) -> str | None:
    """A title without its outer 《》, folded; None when nothing is left."""
    return folded(title).strip("《》") or None if title else None


def folded_number(number: str | None) -> str | None:
    """A document number or case literal folded, without 第 before and 号 after it.

    Digits lose leading zeros: 第0423号 and 423 are one number. None when nothing is left.
    """
    if not number:
        return None
    bare = folded(number).removeprefix("第").removesuffix("号")
    return (str(int(bare)) if bare.isdecimal() else bare) or None
