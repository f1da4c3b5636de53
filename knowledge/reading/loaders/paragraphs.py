"""Paragraphs from lines: a page breaks lines where its margin is, a reader where a thought ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.domain.text import Span
from knowledge.reading.loaded import Loaded
from knowledge.reading.loaders.page_geometry import (
    Area,
    Margins,
    area,
    area_margins,
    line_pitch,
    width,
)
from knowledge.reading.page_lines import PageLine

_ENDED = re.compile(r"[。！？…；：:;][”」』》）)]?$|[）)」]$")
_STARTS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十百]+[章节条]|附\s*件|抄\s*[送报]|主题词)"
)
_HEAD_ENDED = re.compile(
    r"(?:答\s*[复覆]|复\s*函|意\s*见|[表单号函]|〕\s*\d+\s*号|\d日|[）)]|[A-D甲乙丙]类)$"
)
_HEAD_BEGINS = re.compile(r"[（(]|[\u4e00-\u9fff]{1,8}\s*[〔\[]\d{4}|\d{4}\s*年|[A-D甲乙丙]类")
_HAN_END = re.compile(r"[\u2e80-\u9fff\uf900-\uffef，、；：“‘《（]$")
_ADDRESS = re.compile(r"(?:://|www\.|@)[!-~]*$")
_FIRST_RUN = re.compile(r"[!-~]+|.[，。、；：！？”）》]*")
_INDENTED = (1.4, 4.5)
_FLOWING = 4.6
_SHARED = 0.6
_FULL = 1.6
_SLACK = 0.6
_BLANK_LINE = 1.7
_OTHER_SIZE, _OTHER_SIZE_SEEN = 1.2, 1.3
"""Ratios of heights; a recogniser measures with less care than a text layer."""
_REST = 3
"""So few characters in the middle below a full line are the rest of a head."""
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Layout:
    """What decides whether two lines belong together: margins, pitch, the file's habit."""

    margins: Mapping[Area, Margins]
    pitch: float
    indents: bool

    def full(self, line: PageLine, following: PageLine) -> bool:
        """Whether a line ends at the margin, or where the next word would not have fitted."""
        margins = self.margins[area(line)]
        word = _FIRST_RUN.match(following.text)
        needed = width(word.group()) if word else 0.0
        return margins.gap(line) < max(_FULL, needed + _SLACK)

    def spans(self, line: PageLine, following: PageLine) -> bool:
        """Whether a line of a head fills the width, so that its rest stands far inside."""
        margins = self.margins[area(line)]
        whole = abs(margins.indent(line)) < _FULL and abs(margins.gap(line)) < _FULL
        return whole and margins.indent(following) > _FLOWING

    def heads(self, line: PageLine, following: PageLine) -> bool:
        """Whether a line is a head, nearly as wide as the page, over what begins at its left."""
        even = self.margins[area(line)].even(line) and not self.begins(line)
        below = self.margins[area(following)].indent(following) < _SHARED
        return even and below and _HEAD_ENDED.search(line.text) is not None

    def begins(self, line: PageLine) -> bool:
        """Whether a line has the indent of a paragraph's first line."""
        return _INDENTED[0] < self.margins[area(line)].indent(line) < _INDENTED[1]

    def flows(self, line: PageLine) -> bool:
        """Whether a line starts near the left margin, unlike a signature on the right."""
        return self.margins[area(line)].indent(line) < _FLOWING


def flowing_text(lines: Sequence[PageLine], edges: tuple[float, float] | None = None) -> Loaded:
    """The text of lines in reading order, one line a paragraph, ended by a line break.

    Lines that are hidden or stand aside inside a paragraph follow it. ``hidden`` and
    ``doubtful`` of the result are the stretches of lines hidden or recognised below certainty.

    Args:
        lines: of any pages.
        edges: left and right edge of the text area where they are known, as of a cell.
    """
    parts: list[str] = []
    hidden: list[Span] = []
    doubtful: list[tuple[Span, float]] = []
    at = 0
    for paragraph in _paragraphs(lines, edges):
        held = ""
        for line in paragraph:
            glue = _glue(held, line.text) if held else ""
            start = at + len(held) + len(glue)
            held += glue + line.text
            hidden += [span.shifted(start) for span in line.hidden]
            if line.confidence < 1:
                doubtful.append((Span(start, start + len(line.text)), line.confidence))
            doubtful += [(span.shifted(start), sure) for span, sure in line.doubts]
        parts.append(held)
        at += len(held) + 1
    text = "\n".join(parts) + ("\n" if parts else "")
    return Loaded(text, hidden=tuple(hidden), doubtful=tuple(doubtful))


def _paragraphs(
    lines: Sequence[PageLine], edges: tuple[float, float] | None
) -> Iterator[list[PageLine]]:
    layout = _layout([line for line in lines if not line.unseen], edges)
    held: list[PageLine] = []
    aside: list[list[PageLine]] = []
    for line in lines:
        if line.unseen:
            aside.append([line])
        elif line.aside:
            noted = bool(aside) and not aside[-1][-1].unseen
            if noted and _reads_on(layout, aside[-1], line):
                aside[-1].append(line)
            else:
                aside.append([line])
        elif held and _reads_on(layout, held, line):
            held.append(line)
        else:
            yield from ([held, *aside] if held else aside)
            held, aside = [line], []
    yield from ([held, *aside] if held else aside)


def _layout(lines: Sequence[PageLine], edges: tuple[float, float] | None) -> _Layout:
    margins = area_margins(lines, edges)
    bare = _Layout(margins, line_pitch(lines), indents=False)
    flowing = [line for line in lines if not (line.alone or line.aside) and bare.flows(line)]
    indented = sum(bare.begins(line) for line in flowing)
    return _Layout(margins, bare.pitch, indents=indented > 1 and indented < len(flowing))


def _reads_on(layout: _Layout, held: Sequence[PageLine], line: PageLine) -> bool:
    """Whether a line continues the paragraph above it."""
    above = held[-1]
    if above.alone or line.alone or _apart(layout, above, line):
        return False
    wide = layout.spans(above, line)
    if _centred(layout, line) and (_centred(layout, above) or wide):
        rest = wide and len(line.text) <= _REST
        whole = _HEAD_ENDED.search(above.text) is not None and not rest
        return not whole and not _HEAD_BEGINS.match(line.text)
    if layout.heads(above, line):
        return False
    if not layout.full(above, line) or not layout.flows(above) or not layout.flows(line):
        return False
    return _continues(layout, held, line)


def _apart(layout: _Layout, above: PageLine, line: PageLine) -> bool:
    """Whether a blank line, another size of type or columns that begin part two lines."""
    if _other_size(above, line):
        return True
    if above.column != line.column and 0 in (above.column, line.column):
        return True
    step = line.top - above.top
    return area(above) == area(line) and step > _BLANK_LINE * layout.pitch > 0


def _other_size(above: PageLine, line: PageLine) -> bool:
    """Whether two lines are set in different sizes; of Latin letters alone nobody can tell."""
    if not (_HAN.search(above.text) and _HAN.search(line.text)):
        return False
    low, high = sorted((above.height, line.height))
    read = above.confidence == line.confidence == 1
    return high > (_OTHER_SIZE if read else _OTHER_SIZE_SEEN) * max(low, 0.01)


def _centred(layout: _Layout, line: PageLine) -> bool:
    return layout.margins[area(line)].centred(line)


def _continues(layout: _Layout, held: Sequence[PageLine], line: PageLine) -> bool:
    """Of a line below a full one, its indent and its first words tell."""
    above = held[-1]
    ended = _ENDED.search(above.text) is not None
    labelled = _STARTS.match(line.text) is not None
    if layout.indents and not layout.begins(line):
        own = layout.begins(held[0]) or not _ENDED.search(above.text)
        return own and not (labelled and ended)
    if layout.begins(line):
        return _block(layout, above, line) and not ended and not labelled
    return not ended and not labelled


def _block(layout: _Layout, above: PageLine, line: PageLine) -> bool:
    """Whether both lines stand equally far in, as in a quotation, below no head."""
    margins = layout.margins
    step = margins[area(line)].indent(line) - margins[area(above)].indent(above)
    return abs(step) < _SHARED and _STARTS.match(above.text) is None


def _glue(held: str, text: str) -> str:
    """A blank between two words of the Latin alphabet, nothing inside addresses and Chinese."""
    if (
        _ADDRESS.search(held)
        or _HAN_END.search(held)
        or not text[0].isascii()
        or not text[0].isalnum()
    ):
        return ""
    return " " if held[-1].isascii() and held[-1].isalpha() and text[0].isalpha() else ""
