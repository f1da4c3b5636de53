"""Styled text that is cut and measured before it becomes HTML, so markup can never break."""

from __future__ import annotations

import html
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """Telegram's tags in use, in nesting order: a quote may hold bold, never the reverse."""

    FOLDED = "blockquote expandable"
    QUOTE = "blockquote"
    BOLD = "b"

    @property
    def closing(self) -> str:
        """The tag's bare name, as closing tags take it."""
        return self.value.split()[0]


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one dress; ``styles`` stand in nesting order, outermost first."""

    text: str
    styles: tuple[Style, ...] = ()


Rich = tuple[Run, ...]


def visible(rich: Rich) -> str:
    """The text a reader sees."""
    return "".join(run.text for run in rich)


def utf16_units(text: str) -> int:
    """Length as Telegram counts it: characters beyond the BMP count twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def sendable(text: str) -> str:
    """``text`` without lone surrogates, which no UTF-8 request can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def opened(before: tuple[Style, ...], now: tuple[Style, ...]) -> int:
    """How many tags must be opened to go from one dress to another."""
    return len(now) - shared(before, now)


def shared(before: tuple[Style, ...], now: tuple[Style, ...]) -> int:
    """How many tags stay open between two dresses."""
    count = 0
    for old, new in zip(before, now, strict=False):
        if old is not new:
            break
        count += 1
    return count


def to_html(rich: Rich) -> str:
    """Telegram's HTML: everything escaped, every tag closed."""
    pieces: list[str] = []
    before: tuple[Style, ...] = ()
    for run in (*(run for run in rich if run.text), Run("")):
        keep = shared(before, run.styles)
        pieces += [f"</{style.closing}>" for style in reversed(before[keep:])]
        pieces += [f"<{style.value}>" for style in run.styles[keep:]]
        pieces.append(html.escape(run.text, quote=False))
        before = run.styles
    return "".join(pieces)


def cut(rich: Rich, at: int) -> tuple[Rich, Rich]:
    """Two halves, the first ``at`` code points long; styles go on in the second."""
    head: list[Run] = []
    for index, run in enumerate(rich):
        if at < len(run.text):
            tail = (Run(run.text[at:], run.styles), *rich[index + 1 :])
            return (*head, Run(run.text[:at], run.styles)), tail
        head.append(run)
        at -= len(run.text)
    return tuple(head), ()
