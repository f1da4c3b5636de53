"""Which loader reads which format."""

from __future__ import annotations

from knowledge.reading.loaded import Loader
from knowledge.reading.loaders.html_pages import load_html
from knowledge.reading.loaders.images import load_image
from knowledge.reading.loaders.pdf_files import load_pdf
from knowledge.reading.loaders.plain_text import load_markdown, load_plain
from knowledge.reading.loaders.spreadsheets import load_csv, load_xls, load_xlsx
from knowledge.reading.loaders.word_files import load_docx
from knowledge.reading.sniffing import Format

LOADERS: dict[Format, Loader] = {
    Format.TEXT: load_plain,
    Format.MARKDOWN: load_markdown,
    Format.HTML: load_html,
    Format.DOCX: load_docx,
    Format.PDF: load_pdf,
    Format.CSV: load_csv,
    Format.XLSX: load_xlsx,
    Format.XLS: load_xls,
    Format.IMAGE: load_image,
}
