"""Lines of a page under construction: words that tags split are joined, hidden ones marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.domain.text import Span

_BLANKS = re.compile(r"([ \t\r\n\f\u00a0\u2002\u2003\u2009]+)")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid's row.

    Attributes:
        above: how many rows of the grid above this one its text stands; 0 for its own row.
        span: of the text in that row's line.
        address: as spreadsheets name it.
    """

    above: int
    span: Span
    address: str


@dataclass(frozen=True, slots=True)
class HtmlLine:
    """A line of a page.

    Attributes:
        hidden: stretches of ``text`` that a reader of the page does not see.
        cells: of a grid's row, from the left.
        grid: number of the table the cells belong to.
        head: whether it stands in a heading.
    """

    text: str
    hidden: tuple[Span, ...] = ()
    cells: tuple[GridCell, ...] = ()
    grid: int | None = None
    head: bool = False


@dataclass(slots=True)
class LineMaker:
    """Collects texts into lines; blanks collapse as a browser collapses them."""

    lines: list[HtmlLine] = field(default_factory=list[HtmlLine])
    _parts: list[str] = field(default_factory=list[str])
    _hidden: list[Span] = field(default_factory=list[Span])
    _length: int = 0
    _blank: str = ""

    def add(self, text: str, *, unseen: bool = False) -> None:
        """More text of the current line."""
        for at, part in enumerate(_BLANKS.split(text)):
            if not part:
                continue
            if at % 2:
                # A line break of the source between Chinese characters is no blank.
                new = "\n" if part.strip("\r\n\t ") == "" and "\n" in part else " "
                self._blank = new if self._blank in ("", "\n") else " "
            else:
                self._append(part, unseen=unseen)

    def _append(self, part: str, *, unseen: bool) -> None:
        if self._blank and self._parts:
            han = _HAN.match(self._parts[-1][-1]) and _HAN.match(part[0])
            glue = "" if self._blank == "\n" and han else " "
            self._parts += [glue] if glue else []
            self._length += len(glue)
        self._blank = ""
        if unseen:
            self._hidden.append(Span(self._length, self._length + len(part)))
        self._parts.append(part)
        self._length += len(part)

    def end(self, *, head: bool = False) -> None:
        """The current line ends here; a blank one is none."""
        if self._parts:
            line = stripped("".join(self._parts), self._hidden, head=head)
            if line is not None:
                self.lines.append(line)
        self._parts, self._hidden, self._length, self._blank = [], [], 0, ""


def stripped(text: str, hidden: Iterable[Span], *, head: bool = False) -> HtmlLine | None:
    """A line without the blanks around it; None when nothing is left."""
    bare = text.strip()
    if not bare:
        return None
    by = len(text) - len(text.lstrip())
    inside = (Span(max(span.start - by, 0), min(span.end - by, len(bare))) for span in hidden)
    return HtmlLine(bare, tuple(span for span in inside if span.start < span.end), head=head)


def joined(lines: Sequence[HtmlLine], glue: str) -> HtmlLine:
    """Lines as one; an empty sequence is an empty line."""
    parts: list[str] = []
    hidden: list[Span] = []
    at = 0
    for number, line in enumerate(lines):
        if number:
            parts.append(glue)
            at += len(glue)
        parts.append(line.text)
        hidden += [span.shifted(at) for span in line.hidden]
        at += len(line.text)
    return HtmlLine("".join(parts), tuple(hidden), head=any(line.head for line in lines))
