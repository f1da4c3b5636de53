"""Letters as files: a Word letter, a pdf made two ways, a page of a government site."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

FACE = Path("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf")
SUITE = shutil.which("soffice")
_TITLE = re.compile(r".*(?:答复|答复函|复函|意见|记录表|意见表|回执|的函)(?:[（(][^（）()]*[）)])?")
_NUMBER = re.compile(r".*〔\d{4}〕.*号(?:[（(].类[）)])?")
_SIGNED = re.compile(
    r"[\u4e00-\u9fff\u3000 ]{4,40}(?:局|厅|政府|委员会|院|处|办公室)"
    r"|.{0,6}\d{4}年\d+月\d+日|二〇.*日"
)
_INDENT = "\u3000\u3000"
_WIDTHS = (30, 126)


def pieces(text: str) -> Iterator[list[str]]:
    """Paragraphs one by one, the rows of a table together."""
    for tabled, lines in groupby(text.splitlines(), key=lambda line: "\t" in line):
        if tabled:
            yield list(lines)
        else:
            yield from ([line] for line in lines)


def role(line: str, *, below: bool) -> str:
    """How an office sets a line: title, number, signature or text; ``below`` the salutation."""
    bare = line.strip()
    if not below and len(bare) < 80 and not line.startswith(_INDENT) and _TITLE.fullmatch(bare):
        return "title"
    if not below and _NUMBER.fullmatch(bare):
        return "number"
    if below and not line.startswith(_INDENT) and _SIGNED.fullmatch(bare):
        return "signature"
    return "text"


def roles(text: str) -> Iterator[tuple[str, list[str]]]:
    """Pieces with their roles; ``table`` for rows."""
    below = False
    for piece in pieces(text):
        kind = "table" if "\t" in piece[0] else role(piece[0], below=below)
        yield kind, piece
        below = below or piece[0].rstrip().endswith(("：", ":"))
        below = below and kind != "table"


def word(text: str) -> bytes:
    """A Word letter with the margins and the type of GB/T 9704."""
    document = Document()
    normal: Any = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(16), "Noto Serif CJK SC"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    for kind, piece in roles(text):
        if kind == "table":
            _word_table(document, piece)
        else:
            _word_paragraph(document, kind, piece[0])
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _word_paragraph(document: Any, kind: str, line: str) -> None:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_after, form.line_spacing = Pt(0), Pt(28)
    run = paragraph.add_run(line.removeprefix(_INDENT))
    if line.startswith(_INDENT):
        form.first_line_indent = Pt(32)
    if kind in ("title", "number"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run.font.size = Pt(22 if kind == "title" else 16)
    if kind == "signature":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _word_table(document: Any, rows: list[str]) -> None:
    table = document.add_table(rows=len(rows), cols=2)
    table.style, table.autofit = "Table Grid", False
    for row, line in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, line.split("\t"), (44, 112), strict=True):
            cell.text, cell.width = text, Mm(width)


def printed(text: str) -> bytes:
    """A pdf set by a typesetter that breaks Chinese lines itself."""
    cast("Callable[[object], None]", getattr(pdfmetrics, "registerFont"))(TTFont("song", str(FACE)))  # noqa: B009
    styles = {
        "title": ParagraphStyle(
            "title", fontName="song", fontSize=20, leading=32, alignment=TA_CENTER
        ),
        "number": ParagraphStyle(
            "number", fontName="song", fontSize=16, leading=28, alignment=TA_CENTER
        ),
        "signature": ParagraphStyle(
            "right", fontName="song", fontSize=16, leading=28, alignment=TA_RIGHT
        ),
        "text": ParagraphStyle("text", fontName="song", fontSize=16, leading=28, wordWrap="CJK"),
    }
    indented = ParagraphStyle("indented", parent=styles["text"], firstLineIndent=32)
    cell = ParagraphStyle("cell", parent=styles["text"], fontSize=14, leading=20)
    story: list[Any] = []
    for kind, piece in roles(text):
        if kind == "table":
            rows = [[Paragraph(escape(part), cell) for part in line.split("\t")] for line in piece]
            story.append(
                Table(
                    rows,
                    colWidths=[44 * mm, 112 * mm],
                    style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
                )
            )
        else:
            style = indented if piece[0].startswith(_INDENT) else styles[kind]
            story.append(Paragraph(escape(piece[0].removeprefix(_INDENT)), style))
    data = io.BytesIO()
    margins = {
        "leftMargin": 28 * mm,
        "rightMargin": 26 * mm,
        "topMargin": 37 * mm,
        "bottomMargin": 35 * mm,
    }
    template = SimpleDocTemplate(data, pagesize=A4, **margins)
    template.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return data.getvalue()


def _foot(canvas: Any, _template: object) -> None:
    canvas.setFont("song", 14)
    canvas.drawCentredString(300, 75, f"— {canvas.getPageNumber()} —")


def drawable(text: str) -> str:
    """The text with signs the typeface lacks replaced by others of the same meaning."""
    return text.replace("☑", "√").replace("〇", "零")


def converted(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Word files as an office suite prints them to pdf, all in one run."""
    assert SUITE is not None
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [SUITE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder)]
    command += [str(folder / f"{name}.docx") for name in files]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8">
<title>{title}_提案办理_云岭市人民政府</title>
<style>.top a{{color:#fff}} @media print{{.no{{display:none}}}}</style>
<script>var a = "委员：";</script></head>
<body><div class="w"><div><a href="/">网站首页</a> |
 <a href="/m">手机版</a> | <a href="/e">English</a></div>
<ul><li><a href="/1">政务公开</a></li>
<li><a href="/2">政务服务</a></li><li><a href="/3">互动交流</a></li></ul>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 建议提案办理</div>
<table><tr><td>索引号</td><td>11430000006/2024-00118</td>
<td>主题分类</td><td></td></tr>
<tr><td>信息来源</td><td></td><td>有效性</td><td></td></tr></table>
<div>【字号：<a href="#">大</a>
<a href="#">中</a> <a href="#">小</a>】
【<a href="#">打印</a>】【<a href="#">关闭</a>】</div>
<div id="zoom">{body}</div>
<div>上一篇：<a href="/117">云岭市提案办理工作情况</a></div>
<div>下一篇：没有了</div>
<div><h4>相关链接</h4>
<ul><li><a href="/b">市气象局</a></li>
<li><a href="/c">市民政局</a></li>
<li><a href="/d">市教育局</a></li></ul></div>
</div><div><p>主办：云岭市人民政府办公室　承办：云岭市大数据中心</p>
<p>云ICP备07012233号-1　网站标识码：5103990001</p></div></body></html>"""


def page(text: str) -> bytes:
    """A page of a government site around the letter, its numbers in spans of their own."""
    parts: list[str] = []
    title = ""
    for kind, piece in roles(text):
        if kind == "table":
            rows = (
                "".join(f"<td>{_spans(part)}</td>" for part in line.split("\t")) for line in piece
            )
            parts.append(f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
            continue
        title = piece[0] if kind == "title" else title
        align = {"title": "center", "number": "center", "signature": "right"}.get(kind, "left")
        line = _spans(piece[0]).replace(_INDENT, "&nbsp;&nbsp;&nbsp;&nbsp;")
        parts.append(f'<p style="text-align: {align}">{line}</p>')
    return _PAGE.format(title=title, body="\n".join(parts)).encode()


def _spans(text: str) -> str:
    return re.sub(r"\d+", r'<span lang="EN-US">\g<0></span>', escape(text))
