"""Numbers that Word keeps apart from the text: 一、 （一） 1. of automatic lists."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from knowledge.reading.loaders.elements import Element
from knowledge.reading.loaders.word_names import W, child_value, switched, whole
from knowledge.reading.loaders.word_numerals import written
from knowledge.reading.loaders.word_styles import Styles

_SILENT = "bullet"
_PLACE = re.compile(r"%([1-9])")
_OPEN_END = re.compile(r"[0-9A-Za-z条章节款项编号]$")
_DEEPEST = 8


@dataclass(slots=True)
class _List:
    """A ``w:num``: which definition it counts in, and what it changes there."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict[int, int])
    levels: dict[int, Element] = field(default_factory=dict[int, Element])
    begun: bool = False


class Numbering:
    """Counts list paragraphs in document order and writes their labels.

    Args:
        root: the numbering part; None when the file has none.
        styles: headings may carry their number in the style instead of the paragraph.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Element]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            own = abstract.get(f"{W}abstractNumId") or ""
            self._levels[own] = _levels(abstract)
            self._links[own] = child_value(abstract, "numStyleLink") or ""
        for number in root.iter(f"{W}num"):
            found = _List(child_value(number, "abstractNumId") or "")
            for change in number.iter(f"{W}lvlOverride"):
                depth = whole(change.get(f"{W}ilvl"))
                start = child_value(change, "startOverride")
                if start is not None:
                    found.starts[depth] = whole(start, 1)
                found.levels |= _levels(change)
            self._lists[number.get(f"{W}numId") or ""] = found

    def label(self, paragraph: Element) -> str:
        """The paragraph's label as printed, counting it; empty without one."""
        number, depth, style = self._place(paragraph)
        found = self._lists.get(number or "0")
        if found is None:
            return ""
        abstract = self._linked(found.abstract)
        levels = {**self._levels.get(abstract, {}), **found.levels}
        if depth is None:
            depth = _of_style(levels, style)
        if depth not in levels:
            return ""
        return self._next(abstract, found, levels, depth)

    def _place(self, paragraph: Element) -> tuple[str | None, int | None, str | None]:
        """List, level and style of a paragraph; what it does not say, its style does."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = child_value(paragraph.find(f"{W}pPr"), "pStyle")
        number, level = child_value(own, "numId"), child_value(own, "ilvl")
        for inherited in self._styles.numbering(style):
            number = child_value(inherited, "numId") if number is None else number
            level = child_value(inherited, "ilvl") if level is None else level
        return number, None if level is None else whole(level), style

    def _linked(self, abstract: str) -> str:
        """A definition may only name the list style that holds the real one."""
        link = self._links.get(abstract)
        for inherited in self._styles.numbering(link) if link else ():
            target = self._lists.get(child_value(inherited, "numId") or "")
            if target is not None:
                return target.abstract
        return abstract

    def _next(self, abstract: str, found: _List, levels: dict[int, Element], depth: int) -> str:
        counts = self._counts[abstract]
        if not found.begun:
            found.begun = True
            for level, start in found.starts.items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, _start(levels[depth]) - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            if _restarts(levels.get(deeper), depth):
                counts[deeper] = found.starts.get(deeper, _start(levels[deeper])) - 1
        return _printed(levels, counts, depth)


def _levels(parent: Element) -> dict[int, Element]:
    return {whole(level.get(f"{W}ilvl")): level for level in parent.iter(f"{W}lvl")}


def _of_style(levels: dict[int, Element], style: str | None) -> int:
    """The level that names the paragraph's style; else the first."""
    linked = (depth for depth, level in levels.items() if child_value(level, "pStyle") == style)
    return next(linked, 0) if style else 0


def _start(level: Element) -> int:
    return whole(child_value(level, "start"), 1)


def _restarts(level: Element | None, depth: int) -> bool:
    """Whether a deeper level begins anew behind one of this depth (``w:lvlRestart``)."""
    if level is None:
        return False
    after = child_value(level, "lvlRestart")
    return after is None or depth < whole(after, _DEEPEST)


def _format(level: Element) -> str | None:
    """The format; a custom one has a plain one to fall back on, the last that is named."""
    names = [item.get(f"{W}val") for item in level.iter(f"{W}numFmt")]
    return names[-1] if names else None


def _printed(levels: dict[int, Element], counts: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if _format(level) == _SILENT:
        return ""
    legal = switched(level.find(f"{W}isLgl"))

    def count(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = levels.get(at)
        if other is None or at > depth:
            return ""
        style = _format(other)
        if style == "none":
            return ""
        value = max(counts.get(at, 0), _start(other) if at != depth else 0)
        return written(value, "decimal" if legal else style)

    text = _PLACE.sub(count, child_value(level, "lvlText") or "")
    tight = child_value(level, "suff") == "nothing" or not _OPEN_END.search(text)
    return text if tight else f"{text} "
