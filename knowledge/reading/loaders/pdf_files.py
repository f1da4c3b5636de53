"""PDF files: what stands on its pages, in the order a person reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, cast

from knowledge.domain.documents import ReadingWarning
from knowledge.errors import InputRefused
from knowledge.reading.loaded import Loaded, Progress
from knowledge.reading.loaders.paragraphs import flowing_text
from knowledge.reading.loaders.pdf_drawing import read_drawing
from knowledge.reading.loaders.pdf_fields import read_fields
from knowledge.reading.loaders.pdf_glyphs import read_text
from knowledge.reading.loaders.pdf_lines import page_lines
from knowledge.reading.loaders.pdf_rows import TableRow, joined_rows, row_lines
from knowledge.reading.loaders.pdf_shapes import pdfium
from knowledge.reading.loaders.pdf_tables import read_tables
from knowledge.reading.loaders.running_heads import with_notes_aside, without_running
from knowledge.reading.page_lines import PageLine

_MAXIMUM_PAGES = 3000
_MINIMUM_TEXT = 5
_PASSWORD_ERROR = 4
_SLOW = 20
"""Files of more pages tell their progress."""


class _Handle(Protocol):
    raw: object

    def close(self) -> None: ...


class _Page(_Handle, Protocol):
    def get_textpage(self) -> _Handle: ...


class _Pdf(_Handle, Protocol):
    formenv: _Handle | None

    def init_forms(self) -> bool: ...

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> _Page: ...


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as read.

    Attributes:
        lines: text outside tables, from the top.
        rows: of ruled tables, from the top.
        height: of the page, in points.
        slanted: texts that run another way, such as a watermark.
        characters: how many stand on it, without blanks.
        image_cover: share of the page that pictures cover, 0..1.
        garbage: share of its characters that stand for nothing readable, 0..1.
    """

    lines: tuple[PageLine, ...]
    rows: tuple[TableRow, ...]
    height: float
    slanted: tuple[str, ...]
    characters: int
    image_cover: float
    garbage: float


def load_pdf(data: bytes, name: str, progress: Progress) -> Loaded:
    """Text of all pages as one; lines of one paragraph are joined, tables stand row by row.

    Warnings: ``text.hidden`` (count of stretches nobody sees), ``pdf.pages_left_out``
    (pages, read), and those of recognised pages.

    Raises:
        InputRefused: ``file.encrypted``, ``file.damaged``, ``file.no_text``.
    """
    with opened(data, name) as pdf:
        count = len(pdf)
        pages = list(_pages(pdf, min(count, _MAXIMUM_PAGES), progress))
        pages, notes = _recognised(pdf, pages, progress)
    loaded = flowing_text(_lines(pages))
    if len("".join(loaded.text.split())) < _MINIMUM_TEXT:
        raise InputRefused("file.no_text", name=name)
    return replace(loaded, warnings=(*_warnings(loaded, count), *notes))


def _recognised(
    pdf: _Pdf, pages: list[PdfPage], progress: Progress
) -> tuple[list[PdfPage], tuple[ReadingWarning, ...]]:
    """The pages, those that are pictures or whose characters mean nothing read by their looks."""
    from knowledge.reading.loaders.pdf_scans import pages_needing_recognition, recognised_pages

    numbers = pages_needing_recognition(pages)
    scans = recognised_pages(pdf, numbers, progress) if numbers else None
    for number, found in scans.pages.items() if scans else ():
        page = pages[number]
        unseen = (line for line in page.lines if line.unseen)
        lines = (*found.lines, *unseen)
        # A page scanned sideways is set upright: its height is another then.
        pages[number] = replace(page, lines=lines, rows=(), slanted=(), height=found.height)
    return pages, scans.warnings if scans else ()


def _warnings(loaded: Loaded, count: int) -> Iterator[ReadingWarning]:
    if count > _MAXIMUM_PAGES:
        details = {"pages": str(count), "read": str(_MAXIMUM_PAGES)}
        yield ReadingWarning("pdf.pages_left_out", None, details)
    if loaded.hidden:
        details = {"count": str(len(loaded.hidden))}
        yield ReadingWarning("text.hidden", loaded.hidden[0], details)


@contextmanager
def opened(data: bytes, name: str) -> Generator[_Pdf]:
    """A file with its form fields ready.

    Raises:
        InputRefused: ``file.encrypted``, ``file.damaged``; also for what goes wrong inside.
    """
    import pypdfium2

    try:
        pdf = cast("_Pdf", pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error)
        raise InputRefused("file.encrypted" if locked else "file.damaged", name=name) from error
    try:
        pdf.init_forms()
        yield pdf
    except pypdfium2.PdfiumError as error:
        raise InputRefused("file.damaged", name=name) from error
    finally:
        pdf.close()


def _pages(pdf: _Pdf, count: int, progress: Progress) -> Iterator[PdfPage]:
    for number in range(count):
        page = pdf[number]
        text = page.get_textpage()
        try:
            yield _page(page, text, pdf.formenv, number)
        finally:
            text.close()
            page.close()
        if count > _SLOW:
            progress(number + 1, count)


def _page(page: _Page, text: _Handle, form: _Handle | None, number: int) -> PdfPage:
    read, drawing = read_text(text.raw, _visible(page), lambda frame: read_drawing(page.raw, frame))
    fields = read_fields(page.raw, form.raw if form else None, read.frame)
    glyphs = (*read.glyphs, *fields)
    rows, outside = read_tables(drawing.rules, glyphs, number)
    return PdfPage(
        lines=tuple(page_lines(outside, number)),
        rows=tuple(rows),
        height=read.frame.page.height,
        slanted=read.slanted,
        characters=sum(not glyph.char.isspace() for glyph in glyphs),
        image_cover=drawing.image_cover,
        garbage=read.garbage,
    )


def _visible(page: _Page) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what a viewer shows."""
    import ctypes

    import pypdfium2.raw as vendor

    rect = vendor.FS_RECTF()
    pdfium().FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top


def _lines(pages: Sequence[PdfPage]) -> list[PageLine]:
    """All lines in reading order: text, rows where they stand, slanted texts behind a page."""
    bodies = without_running([page.lines for page in pages], [page.height for page in pages])
    marks = Counter(text for page in pages for text in set(page.slanted))
    rows = joined_rows([list(page.rows) for page in pages])
    lines: list[PageLine] = []
    for number, (page, body) in enumerate(zip(pages, with_notes_aside(bodies), strict=True)):
        lines += _placed(body, rows[number])
        lines += [_slanted(text, number, page) for text in page.slanted if marks[text] == 1]
    return lines


def _slanted(text: str, number: int, page: PdfPage) -> PageLine:
    return PageLine(text, number, 0, 1, page.height, page.height + 1, aside=True)


def _placed(lines: Sequence[PageLine], rows: Sequence[TableRow]) -> Iterator[PageLine]:
    """Rows of tables before the first line that stands below them; what nobody sees is last."""
    waiting = list(rows)
    for line in lines:
        while waiting and (line.unseen or waiting[0].box.top < line.top):
            yield from row_lines(waiting.pop(0))
        yield line
    for row in waiting:
        yield from row_lines(row)
