"""Pages of PDF drawn by hand for tests: characters, rules and colours at chosen places."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, cast

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from knowledge.reading.loaded import Loaded, silent
from knowledge.reading.loaders.pdf_files import load_pdf

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT = 80.0
TEXT = 28 * 16.0


class Pages:
    """A file under construction; ``y`` is counted from the top of the page."""

    def __init__(self, **options: Any) -> None:
        register = cast("Callable[[object], None]", getattr(pdfmetrics, "registerFont"))  # noqa: B009
        register(UnicodeCIDFont(FONT))
        self._buffer = io.BytesIO()
        self.canvas: Any = Canvas(self._buffer, pagesize=(WIDTH, HEIGHT), **options)

    def text(
        self,
        y: float,
        text: str,
        *,
        x: float = LEFT,
        size: float = 16,
        grey: float = 0,
        mode: int = 0,
    ) -> Pages:
        """A line of text."""
        pen = self.canvas.beginText(x, HEIGHT - y)
        pen.setFont(FONT, size)
        pen.setFillColor(Color(grey, grey, grey))
        pen.setTextRenderMode(mode)
        pen.textOut(text)
        self.canvas.drawText(pen)
        return self

    def lines(
        self, lines: Sequence[str], *, y: float = 120, x: float = LEFT, size: float = 16
    ) -> Pages:
        """Lines below each other; ideographic blanks before a line become an indent."""
        for number, line in enumerate(lines):
            bare = line.lstrip("\u3000")
            indent = (len(line) - len(bare)) * size
            self.text(y + number * size * 1.75, bare, x=x + indent, size=size)
        return self

    def centred(self, y: float, text: str, *, size: float = 16) -> Pages:
        """A line in the middle of the text area."""
        wide = _wide(text, size)
        return self.text(y, text, x=LEFT + (TEXT - wide) / 2, size=size)

    def box(
        self, x: float, y: float, width: float, height: float, *, grey: float | None = None
    ) -> Pages:
        """A rectangle, ruled or filled."""
        if grey is not None:
            self.canvas.setFillColor(Color(grey, grey, grey))
        self.canvas.rect(
            x,
            HEIGHT - y - height,
            width,
            height,
            fill=int(grey is not None),
            stroke=int(grey is None),
        )
        return self

    def cells(
        self, y: float, rows: Sequence[Sequence[tuple[str, float]]], *, height: float = 30
    ) -> Pages:
        """Ruled rows of cells, each with its width; long texts are broken over lines."""
        for row in rows:
            broken = [_broken(text, width) for text, width in row]
            tall = max(height, 10 + 18 * max(len(lines) for lines in broken))
            x = LEFT
            for (_, width), lines in zip(row, broken, strict=True):
                self.box(x, y, width, tall)
                for number, line in enumerate(lines):
                    self.text(y + 20 + number * 18, line, x=x + 5, size=14)
                x += width
            y += tall
        return self

    def turn(self) -> Pages:
        """Begin a new page."""
        self.canvas.showPage()
        return self

    def data(self) -> bytes:
        """The file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()

    def read(self) -> Loaded:
        """The file as the loader reads it."""
        return load_pdf(self.data(), "复文.pdf", silent)


def _wide(text: str, size: float) -> float:
    return cast("Callable[[str, str, float], float]", pdfmetrics.stringWidth)(text, FONT, size)


def _broken(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        lines.append("")
        for char in part:
            if _wide(lines[-1] + char, 14) > width - 10:
                lines.append("")
            lines[-1] += char
    return lines
