"""Spans and fields: how every value read from a document points back into its raw text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
"""Characters that no reader of a page sees: zero width, direction marks, tags, selectors."""


def legible(text: str) -> str:
    """The text without characters nobody sees: what is compared, indexed and embedded."""
    return INVISIBLE.sub("", text)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code-point offsets ``[start, end)`` into the raw text of the whole file."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters this span covers in ``text``."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """The same stretch, ``by`` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value with the place it was read from.

    Attributes:
        value: the typed value.
        span: where its literal stands; None when it was derived, not read.
        confidence: 0..1; below 1 means that a warning explains the doubt.
    """

    value: T
    span: Span | None = None
    confidence: float = 1.0
