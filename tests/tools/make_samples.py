"""Builds the docx, html, pdf and xlsx samples from the sources kept beside this file.

A source is named after its result with `.txt` appended. Its marks: `# ` a centred line, `> ` a
line to the right, `| a | b |` a table row, an empty line a new page, anything else a paragraph.
An html source opens with `name：value` lines, closed by `---`.
"""

import csv
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from importlib import import_module
from pathlib import Path
from string import Template
from typing import Any, Literal

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sample_sources"
SAMPLES = HERE.parents[1] / "knowledge" / "samples"
FOLDERS = {
    "replies": "library/replies",
    "policies": "library/policies",
    "records": "library/records",
    "proposals": "proposals",
}

Kind = Literal["heading", "right", "table", "break", "text"]
MARKS: dict[str, Kind] = {"# ": "heading", "> ": "right", "| ": "table"}
SECTION = re.compile(r"[一二三四五六七八九十]+、[^。；]{1,40}$")
SALUTATION = re.compile(r"[^。；]{1,60}：$")
FROZEN = datetime(2026, 11, 1, 9, 0, 0)  # noqa: DTZ001 -- office formats keep no zone


@dataclass(frozen=True)
class Block:
    """One line of a source; a run of table rows is one block."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Source:
    """What a source file says: the page's metadata and its text."""

    meta: dict[str, str]
    blocks: tuple[Block, ...]


def read_source(path: Path) -> Source:
    """Read a source file into metadata and blocks."""
    text = path.read_text(encoding="utf-8").strip("\n")
    head, divider, body = text.partition("\n---\n")
    meta = dict(line.split("：", 1) for line in head.splitlines()) if divider else {}
    blocks: list[Block] = []
    for line in (body if divider else text).split("\n"):
        block = _block(line)
        if block.kind == "table" and blocks and blocks[-1].kind == "table":
            blocks[-1] = Block("table", rows=blocks[-1].rows + block.rows)
        else:
            blocks.append(block)
    return Source(meta, tuple(blocks))


def _block(line: str) -> Block:
    if not line.strip():
        return Block("break")
    kind = MARKS.get(line[:2], "text")
    if kind == "table":
        return Block(kind, rows=(tuple(cell.strip() for cell in line.strip("| ").split("|")),))
    return Block(kind, line if kind == "text" else line[2:])


def write_docx(source: Source, path: Path) -> None:
    """Write a source as a Word letter in the office's usual faces."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    for block in source.blocks:
        if block.kind == "table":
            _docx_table(document, block.rows)
        else:
            _docx_line(document.add_paragraph(), block)
    properties = document.core_properties
    properties.author, properties.title = "", ""
    properties.created = properties.modified = FROZEN
    document.save(str(path))
    _freeze_times(path)


def _docx_line(paragraph: Paragraph, block: Block) -> None:
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_after = Pt(29), Pt(0)
    if block.kind == "break":
        paragraph.add_run().add_break(WD_BREAK.PAGE)
    elif block.kind == "heading":
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
        chapter = block.text.startswith("第") and "章" in block.text[:4]
        _docx_run(paragraph, block.text, "宋体", 16 if chapter else 22)
    elif block.kind == "right":
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _docx_run(paragraph, block.text, "仿宋_GB2312", 16)
    else:
        if not SALUTATION.match(block.text):
            layout.first_line_indent = Pt(32)
        face = "黑体" if SECTION.match(block.text) else "仿宋_GB2312"
        _docx_run(paragraph, block.text, face, 16)


def _docx_run(paragraph: Paragraph, text: str, face: str, points: int) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, Pt(points)
    element: Any = run.font.element  # python-docx has no name for the Chinese face
    element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _docx_table(document: DocxDocument, rows: tuple[tuple[str, ...], ...]) -> None:
    width = max(len(row) for row in rows)
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            _docx_run(cell.paragraphs[0], text, "仿宋_GB2312", 12)
        if len(row) < width:
            cells[len(row) - 1].merge(cells[-1])


def _freeze_times(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = [(item.filename, archive.read(item)) for item in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            item = zipfile.ZipInfo(name, FROZEN.timetuple()[:6])
            item.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(item, content)


def write_html(source: Source, path: Path) -> None:
    """Write a source as a page saved from a government site."""
    meta = source.meta
    labels = ("索引号", "发布机构", "成文日期", "发布日期", "文号", "公开方式", "有效性")
    cells = [f"<td>{name}：</td><td>{escape(meta[name])}</td>" for name in labels if name in meta]
    rows = "\n".join(
        f"<tr>{''.join(cells[start : start + 2])}</tr>" for start in range(0, len(cells), 2)
    )
    titles = [block.text for block in source.blocks if block.kind == "heading"]
    encoding = meta.get("编码", "utf-8")
    template = (SOURCES / "page.html").read_text(encoding="utf-8")
    page = Template(template).substitute(
        charset=encoding,
        site=escape(meta["站点"]),
        title=escape(titles[0]),
        breadcrumb=escape(meta["栏目"]),
        published=meta["发布日期"],
        rows=rows,
        body="\n".join(_html_block(block) for block in source.blocks),
    )
    path.write_bytes(page.encode(encoding))


def _html_block(block: Block) -> str:
    if block.kind == "table":
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    styles = {"heading": "text-align:center", "right": "text-align:right"}
    style = styles.get(block.kind, "text-indent:2em")
    return f'<p style="{style}">{escape(block.text) or "&nbsp;"}</p>'


def write_pdf(source: Source, path: Path) -> None:
    """Write a source as a pdf with a Chinese text layer and no font file."""
    metrics: Any = import_module("reportlab.pdfbase.pdfmetrics")
    fonts: Any = import_module("reportlab.pdfbase.cidfonts")
    platypus: Any = import_module("reportlab.platypus")
    styles: Any = import_module("reportlab.lib.styles")
    metrics.registerFont(fonts.UnicodeCIDFont("STSong-Light"))
    align = {"heading": 1, "right": 2}

    def line(block: Block) -> Any:
        style = styles.ParagraphStyle(
            block.kind,
            fontName="STSong-Light",
            fontSize=18 if block.kind == "heading" else 14,
            leading=26,
            alignment=align.get(block.kind, 0),
            firstLineIndent=28 if block.kind == "text" else 0,
            wordWrap="CJK",
        )
        return platypus.Paragraph(escape(block.text) or "&nbsp;", style)

    document = platypus.SimpleDocTemplate(str(path), invariant=1, title=path.stem, author="")
    document.build([line(block) for block in source.blocks])


def write_register(source: Path, path: Path) -> None:
    """Write the register's csv as a workbook with real dates and text numbers."""
    openpyxl: Any = import_module("openpyxl")
    styles: Any = import_module("openpyxl.styles")
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = FROZEN
    sheet = book.active
    sheet.title = "办理台账"
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    dated = {place for place, name in enumerate(rows[0]) if name.endswith("日期")}
    for number, row in enumerate(rows):
        sheet.append([_cell(text, dated=number > 0 and i in dated) for i, text in enumerate(row)])
    for cell in sheet[1]:
        cell.font = styles.Font(bold=True)
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(46, 2 * longest + 2)
    sheet.freeze_panes = "B2"
    book.save(path)
    _freeze_times(path)


def _cell(text: str, *, dated: bool) -> str | date | None:
    if dated and text:
        return date.fromisoformat(text)
    return text or None


WRITERS = {".docx": write_docx, ".html": write_html, ".pdf": write_pdf}


def build(target: Path) -> list[Path]:
    """Build every sample that has a source under `target`; tell which files were written."""
    written: list[Path] = []
    for folder, place in FOLDERS.items():
        (target / place).mkdir(parents=True, exist_ok=True)
        for source in sorted((SOURCES / folder).glob("*.txt")):
            path = target / place / source.stem
            WRITERS[path.suffix](read_source(source), path)
            written.append(path)
    register = target / "register.xlsx"
    write_register(SOURCES / "register.csv", register)
    return [*written, register]


if __name__ == "__main__":
    build(SAMPLES)
