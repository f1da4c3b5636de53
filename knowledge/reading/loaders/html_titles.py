"""A letter's title on its page: it stands there twice, once, or only in the browser's bar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.reading.loaders.elements import Element
from knowledge.reading.loaders.html_lines import HtmlLine

_LETTER = re.compile(
    r"(?:答\s*[复覆複復]|回复|复函|会办意见|协办意见|办理意见|提案|建议|议案)(?:意见|的?函|的报告|情况)?"
    r"(?:[（(][^（）()]{1,40}[）)])?$"
)
_STANDS = re.compile(
    r"(?:答\s*[复覆複復]|复函|会办意见|协办意见|办理意见)(?:意见|的?函)?(?:[（(][^（）()]{1,40}[）)])?$"
)
_SITE = re.compile(r"\s*[-_—–|｜>]+\s*[^-_—–|｜>]{2,30}$")
_NAMES = ("articletitle", "article-title", "title", "og:title")
_SHORTEST, _LONGEST = 10, 120
_REACH = 15


def without_doubles(lines: Sequence[HtmlLine]) -> list[HtmlLine]:
    """Lines of which an equal long one near the top stands once: the last, the letter's own."""
    places: dict[str, int] = {}
    for at, line in enumerate(lines[:_REACH]):
        if not line.cells and _SHORTEST <= len(line.text) <= _LONGEST:
            places[_bare(line.text)] = at
    return [
        line
        for at, line in enumerate(lines)
        if at >= _REACH or places.get(_bare(line.text), at) == at
    ]


def missing_title(root: Element, lines: Sequence[HtmlLine]) -> HtmlLine | None:
    """The page's title where the lines have none of a letter's and it tells of one."""
    if any(_STANDS.search(line.text) and len(line.text) <= _LONGEST for line in lines):
        return None
    text = _bare("".join(line.text for line in lines))
    for title in _titles(root):
        if _LETTER.search(title) and len(title) >= _SHORTEST and _bare(title) not in text:
            return HtmlLine(title)
    return None


def _titles(root: Element) -> list[str]:
    """What the page calls itself, without its site's name."""
    titles = [
        (meta.get("content") or "")
        for meta in root.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower() in _NAMES
    ]
    titles += [title.text or "" for title in root.iter("title")]
    found: list[str] = []
    for title in titles:
        bare = " ".join(title.split())
        while bare and not _LETTER.search(bare) and _SITE.search(bare):
            bare = _SITE.sub("", bare)
        found.append(bare)
    return found


def _bare(text: str) -> str:
    return "".join(text.split())
