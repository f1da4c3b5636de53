"""PDF with a text layer: pages without their running heads, sentences across pages rejoined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from knowledge.errors import InputRefused

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–─·]\s*)?(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?\s*(?:[-—–─·])?\s*"
)
_DIGITS = re.compile(r"\d+")
_HAN_END = re.compile(r"[\u4e00-\u9fff，、；：“‘《（0-9A-Za-z]$")
_ENDED = re.compile(r"[。！？…”）》：]\s*$")
_STARTS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十百]+[章节条]|附件|抄送)"
)
_EDGE_LINES = 2
_REPEATS = 0.6
_MAXIMUM_PAGES = 3000
_MINIMUM_TEXT = 5
_PASSWORD_ERROR = 4
_FULL_LINE = 0.8


class _TextPage(Protocol):
    def get_text_range(self) -> str: ...

    def close(self) -> None: ...


class _Page(Protocol):
    def get_textpage(self) -> _TextPage: ...

    def close(self) -> None: ...


class _Pdf(Protocol):
    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> _Page: ...

    def close(self) -> None: ...


def load_pdf(data: bytes, name: str) -> str:
    """Text of all pages as one; lines of one paragraph are joined.

    Raises:
        InputRefused: ``file.encrypted``, ``file.damaged``, ``file.no_text``.
    """
    pages = _pages(data, name)
    if sum(len("".join(line.split())) for page in pages for line in page) < _MINIMUM_TEXT:
        raise InputRefused("file.no_text", name=name)
    lines = [line for page in _without_running(pages) for line in page]
    return "\n".join(_joined(lines)) + "\n"


def _pages(data: bytes, name: str) -> list[list[str]]:
    import pypdfium2

    try:
        pdf = cast("_Pdf", pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error)
        raise InputRefused("file.encrypted" if locked else "file.damaged", name=name) from error
    try:
        return [_lines(pdf[index]) for index in range(min(len(pdf), _MAXIMUM_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise InputRefused("file.damaged", name=name) from error
    finally:
        pdf.close()


def _lines(page: _Page) -> list[str]:
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    textpage.close()
    page.close()
    text = text.replace("\r\n", "\n").replace("\ufffe", "").replace("\x00", "")
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def _without_running(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """Lines at a page's edges that repeat on most pages, and page numbers, are dropped."""
    tops = Counter(_shape(line) for page in pages for line in page[:_EDGE_LINES])
    bottoms = Counter(_shape(line) for page in pages for line in page[-_EDGE_LINES:])
    needed = max(2, round(len(pages) * _REPEATS))
    for page in pages:
        start, end = 0, len(page)
        while start < min(end, _EDGE_LINES) and _runs(page[start], tops, needed):
            start += 1
        while end > max(start, len(page) - _EDGE_LINES) and _runs(page[end - 1], bottoms, needed):
            end -= 1
        yield page[start:end]


def _shape(line: str) -> str:
    return _DIGITS.sub("0", "".join(line.split()))


def _runs(line: str, counts: Counter[str], needed: int) -> bool:
    return _PAGE_NUMBER.fullmatch(line) is not None or counts[_shape(line)] >= needed


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs from lines: a full line that ends in mid-sentence reads on in the next."""
    width = _width(lines)
    held = ""
    last = ""
    for line in lines:
        stripped = line.strip()
        reads_on = (
            bool(held)
            and len(last) >= width * _FULL_LINE
            and _ENDED.search(last) is None
            and _STARTS.match(line) is None
        )
        if reads_on:
            held += ("" if _HAN_END.search(held) and not _latin(held, stripped) else " ") + stripped
        else:
            if held:
                yield held
            held = stripped
        last = stripped
    if held:
        yield held


def _latin(left: str, right: str) -> bool:
    return left[-1:].isascii() and right[:1].isascii() and left[-1:].isalpha()


def _width(lines: Sequence[str]) -> float:
    """Length of a full line: the upper tenth, so that short lines do not count."""
    lengths = sorted(len(line.strip()) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0
