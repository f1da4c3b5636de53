"""Answers and sources as Telegram shows them; the visible text is the text on record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from telegram import InlineKeyboardMarkup

from bot.assistant.messages import AnswerReady, SourceView
from bot.assistant.rendering import head_line
from bot.catalogues import Catalogue
from bot.channels.telegram.buttons import close_button, source_buttons
from bot.channels.telegram.markup import Rich, Run, Style, sendable, visible

_MARKED: Final = re.compile(r"〔(\d+)〕")
_LONG_QUOTE: Final = 600
"""Code points; longer quotes are folded."""
_CLOSING: Final = '》〉」』”"'


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent: styled, the same in plain text, and buttons under its last part."""

    rich: Rich
    plain: str
    buttons: InlineKeyboardMarkup | None = None


def sentence(text: str) -> Outgoing:
    """A message without any dress."""
    clean = sendable(text)
    return Outgoing((Run(clean),), clean)


def render_answer(ready: AnswerReady) -> Outgoing:
    """The recorded text with head lines bold and quotes as quotes, sources as buttons."""
    plain = sendable(ready.text)
    titles = tuple(_key(item.document.title) for item in ready.answer.items)
    markers = {citation.marker for citation in ready.answer.citations}
    rich: list[Run] = []
    for line in plain.split("\n"):
        rich += [Run(line, _dress(line, titles, markers)), Run("\n")]
    return Outgoing(tuple(rich[:-1]), plain, source_buttons(ready.turn, ready.answer))


def render_source(view: SourceView, catalogue: Catalogue) -> Outgoing:
    """A cited source: what it is, where the quote stands, the passage with the quote marked."""
    citation = view.citation
    marked = f"〔{citation.marker}〕"
    head = sendable(head_line(citation.document, catalogue))
    title, _, facts = head.partition("\n")
    rich = (
        Run(f"{marked} "),
        Run(title, (Style.BOLD,)),
        Run(f"\n{facts}" if facts else ""),
        Run(f"\n{_place(view, catalogue)}\n"),
        *_passage(view),
    )
    label = catalogue.text("telegram.close")
    return Outgoing(rich, visible(rich), close_button(label))


def _dress(line: str, titles: tuple[str, ...], markers: set[int]) -> tuple[Style, ...]:
    found = _MARKED.match(line)
    if found is not None and int(found[1]) in markers:
        return (Style.FOLDED if len(line) > _LONG_QUOTE else Style.QUOTE,)
    ending = _key(line)
    if any(title and ending.endswith(title) for title in titles):
        return (Style.BOLD,)
    return ()


def _key(title: str) -> str:
    return "".join(title.split()).rstrip(_CLOSING)


def _place(view: SourceView, catalogue: Catalogue) -> str:
    """Headings above the quote and its characters in the whole text, counted from one."""
    span = view.citation.span
    path = view.citation.heading_path or view.passage.heading_path
    key = "telegram.source_place_headed" if path else "telegram.source_place"
    headings = sendable(" › ".join(path))
    return catalogue.text(key, headings=headings, start=span.start + 1, end=span.end)


def _passage(view: SourceView) -> Rich:
    """The passage with the quote in bold; the bare quote where the two do not meet."""
    text, quote = view.passage.text, view.citation.quote
    start = view.citation.span.start - view.passage.span.start
    if start < 0 or text[start : start + len(quote)] != quote:
        start = text.find(quote)
    if start < 0:
        text, start = quote, 0
    stop = start + len(quote)
    style = Style.FOLDED if len(text) > _LONG_QUOTE else Style.QUOTE
    return (
        Run(sendable(text[:start]), (style,)),
        Run(sendable(quote), (style, Style.BOLD)),
        Run(sendable(text[stop:]), (style,)),
    )
