"""One honest file of each kind, all saying the same letter: what the hostile tests damage."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Protocol, cast

from tests.unit.reading.letters import letter

LETTER = letter(
    body="一、巡查\n\n我局已对沿线设施逐一登记。\n\n二、更换\n\n已更换路灯40盏，投资12万元。"
)
LINES = [line for line in LETTER.splitlines() if line]
ROWS = [
    ["序号", "案号", "案由", "承办单位"],
    ["1", "118", "关于改造临河步道照明的提案", "市城市管理局"],
    ["2", "205", "关于增设候车亭的提案", "市交通运输局"],
]


def honest() -> dict[str, bytes]:
    """The letter's files by suffix, old office formats but rtf left out."""
    return {suffix: make() for suffix, make in _MAKERS.items()}


def text() -> bytes:
    return LETTER.encode("gb18030")


def markdown() -> bytes:
    return ("# " + LETTER).encode()


def page(lines: Iterable[str] = LINES, head: str = "") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def word(lines: Iterable[str] = LINES) -> bytes:
    from docx import Document

    document, buffer = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "办理结果"
    table.rows[0].cells[1].text = "A类"
    document.save(buffer)
    return buffer.getvalue()


def portable(pages: Iterable[Iterable[str]] = (LINES,)) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    register = cast("Callable[[object], None]", getattr(pdfmetrics, "registerFont"))  # noqa: B009
    register(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for lines in pages:
        canvas.setFont("STSong-Light", 14)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 22 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Sheet(Protocol):
    def append(self, row: list[str]) -> None: ...


def workbook() -> bytes:
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    sheet = cast("_Sheet", book.active)
    for row in ROWS:
        sheet.append(row)
    book.save(buffer)
    return buffer.getvalue()


def table() -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(ROWS)
    return buffer.getvalue().encode("gb18030")


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("复文/一.txt", LETTER)
        package.writestr("复文/二.docx", word())
    return buffer.getvalue()


def rich(lines: Iterable[str] = LINES, head: str = "") -> bytes:
    body = "".join("".join(map(_spelled, line)) + "\\par\n" for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0 " + head + body + "}").encode("ascii")


def _spelled(char: str) -> str:
    code = ord(char)
    return char if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?"


def picture() -> bytes:
    from PIL import Image, ImageDraw

    image, buffer = Image.new("L", (420, 120), 255), io.BytesIO()
    ImageDraw.Draw(image).text((20, 40), "REPLY 118 2024-06-18", fill=0, font_size=24)
    image.save(buffer, "PNG")
    return buffer.getvalue()


_MAKERS: dict[str, Callable[[], bytes]] = {
    "txt": text,
    "md": markdown,
    "html": page,
    "docx": word,
    "pdf": portable,
    "xlsx": workbook,
    "csv": table,
    "zip": archive,
    "rtf": rich,
    "png": picture,
}
