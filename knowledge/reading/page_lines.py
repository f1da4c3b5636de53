"""Lines as they stand on pages: what a text layer and a recogniser both hand on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.domain.text import Span


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page with its box; ``y`` grows downwards, any unit that one file keeps to.

    Attributes:
        text: without line breaks and without blanks at its ends; never empty.
        page: 0-based.
        x0: left edge of the first character.
        x1: right edge of the last.
        top: upper edge of the line.
        bottom: lower edge.
        column: text areas of their own on a page are numbered from 1; 0 is the whole page.
        alone: never joined with its neighbours (a row of a table).
        aside: outside the flow (a footnote): what it interrupts reads on behind it.
        hidden: stretches of ``text`` that a reader of the page would not see.
        confidence: of the recogniser, 0..1; 1 for text that was read, not recognised.
        doubts: stretches of ``text`` the recogniser was unsure of, each with its confidence.
    """

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    column: int = 0
    alone: bool = False
    aside: bool = False
    hidden: tuple[Span, ...] = ()
    confidence: float = 1.0
    doubts: tuple[tuple[Span, float], ...] = ()

    def scaled(self, scale: float) -> PageLine:
        """The same line in another unit."""
        return replace(
            self,
            x0=self.x0 * scale,
            x1=self.x1 * scale,
            top=self.top * scale,
            bottom=self.bottom * scale,
        )

    @property
    def height(self) -> float:
        """Height of the line's box."""
        return self.bottom - self.top

    @property
    def unseen(self) -> bool:
        """Whether all of the line is hidden."""
        return sum(span.end - span.start for span in self.hidden) >= len(self.text)
