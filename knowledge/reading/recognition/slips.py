"""Slips of the recogniser that have one remedy only; everything else stays as it was seen."""

from __future__ import annotations

import re

_CLOSED_BADLY = re.compile(r"(?<=〔\d{4})[\]】)）}｝J」]|^[\]】}](?=\d{1,4}号)")
_OPENED_BADLY = re.compile(r"[\[【(（{｛「](?=\d{4}〕)")
_MIXED = (re.compile(r"（([^（）()]*)\)"), re.compile(r"\(([^（）()]*)）"))
_HALF_OPEN = re.compile(r"\((?=[\u4e00-\u9fff])")
_HALF_CLOSED = re.compile(r"(?<=[\u4e00-\u9fff])\)")
_NARROW = re.compile(r"(?<=[\u4e00-\u9fff》”）])[,;:?!](?=[\u4e00-\u9fff《“（]|$)")
_WIDE = str.maketrans(",;:?!", "，；：？！")
_PHONE = re.compile(r"(?<!\d)(0\d{2,3}\s?)[一—–─](?=\s?\d{7,8}(?!\d))")
_YEARS = re.compile(r"(?<=(?<!\d)[12]\d{3})一(?=[12]\d{3}年)")
_PAGE_NUMBER = re.compile(r"[-—–－─一]{1,2}\s*\d{1,3}\s*[-—–－─一]{1,2}")


def mended(text: str) -> str:
    """A line with brackets of one pair, wide signs, and dashes of phones, years and page numbers.

    The length never changes, so places in the line stay true.
    """
    text = _OPENED_BADLY.sub("〔", _CLOSED_BADLY.sub("〕", text))
    for mixed in _MIXED:
        text = mixed.sub(r"（\1）", text)
    # The other bracket of the pair stands on another line.
    if ")" not in text:
        text = _HALF_OPEN.sub("（", text)
    elif "(" not in text:
        text = _HALF_CLOSED.sub("）", text)
    text = _YEARS.sub("—", _PHONE.sub(r"\1-", text))
    if _PAGE_NUMBER.fullmatch(text):
        return text.replace("一", "—")
    return _NARROW.sub(lambda match: match.group().translate(_WIDE), text)
