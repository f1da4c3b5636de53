"""Spreadsheets of every program offices use, as text and as grids of cells."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from knowledge.domain.documents import ReadingWarning
from knowledge.errors import InputRefused
from knowledge.reading.loaded import Loaded, Progress
from knowledge.reading.loaders.delimited import read_delimited
from knowledge.reading.loaders.packages import Package
from knowledge.reading.loaders.plain_text import load_text
from knowledge.reading.loaders.sheet_formats import shown_value
from knowledge.reading.loaders.sheet_parts import read_package
from knowledge.reading.loaders.sheet_text import Budget, Merge, Row, Sheet, assembled, one_line
from knowledge.reading.loaders.sheet_xml import is_xml_table, read_xml_table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, SheetMetadata

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
_DAILY = 0.95
_MACROS = "xl/vbaProject.bin"


def load_xlsx(data: bytes, name: str, _progress: Progress) -> Loaded:
    """Sheets of an Excel package as the sheets show them; formulas with their kept values.

    Raises:
        InputRefused: ``file.damaged``, ``file.encrypted``, ``file.no_text``.
    """
    loaded = assembled(read_package(data, name), name)
    if _MACROS in Package(data, name):
        macro = ReadingWarning("file.macro")
        return Loaded(
            loaded.text, loaded.hidden, warnings=(*loaded.warnings, macro), grids=loaded.grids
        )
    return loaded


def load_xls(data: bytes, name: str, progress: Progress) -> Loaded:
    """Sheets of the older binary format, of WPS (et) and of OpenDocument (ods).

    Programs write text tables under these names too; they are read as what they are.

    Raises:
        InputRefused: ``file.damaged``, ``file.encrypted``, ``file.no_text``.
    """
    if data.startswith(_ZIP):
        package = Package(data, name)
        if "xl/workbook.xml" in package:
            return load_xlsx(data, name, progress)
    elif not data.startswith(_OLE):
        return load_csv(data, name, progress)
    return assembled(_calamine(data, name), name)


def load_csv(data: bytes, name: str, _progress: Progress) -> Loaded:
    """A table kept as text, in any encoding offices use; text without columns stays as it is.

    Raises:
        InputRefused: ``file.encoding``, ``file.no_text``; ``file.damaged`` for XML tables.
    """
    if is_xml_table(data):
        return assembled(read_xml_table(data, name), name)
    text = _decoded(data, name)
    sheet = read_delimited(text)
    return Loaded(text) if sheet is None else assembled([sheet], name)


def _decoded(data: bytes, name: str) -> str:
    """The text of a table, whose names and signs do not look like running Chinese."""
    try:
        return load_text(data, name)
    except InputRefused:
        text = data.decode("gb18030", errors="ignore")
        words = [mark for mark in text if "\u4e00" <= mark <= "\u9fff"]
        # A wrong code page yields rare characters; those of daily use are in the older set.
        daily = sum(1 for mark in words if mark.encode("gb2312", errors="ignore"))
        if text.encode("gb18030") != data or not words or daily < len(words) * _DAILY:
            raise
        return text


def _calamine(data: bytes, name: str) -> list[Sheet]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        budget = Budget()
        return [
            _sheet(book.get_sheet_by_index(index), about, budget)
            for index, about in enumerate(book.sheets_metadata)
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise InputRefused("file.encrypted", name=name) from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise InputRefused("file.damaged", name=name) from error
    except BaseException as error:
        # The library's panic is no Exception; a broken file must not end the program.
        if type(error).__name__ != "PanicException":
            raise
        raise InputRefused("file.damaged", name=name) from error


def _sheet(source: CalamineSheet, about: SheetMetadata, budget: Budget) -> Sheet:
    # The library's stubs promise an enum's name; the object itself has none.
    sheet = Sheet(about.name, hidden=not str(about.visible).endswith(".Visible"))
    for index, cells in _rows(source):
        if not budget.takes(cells):
            sheet.cut = len(sheet.rows)
            break
        sheet.rows.append(Row(index, cells))
    for (top, left), (bottom, right) in source.merged_cell_ranges or ():
        sheet.merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
    return sheet


def _rows(source: CalamineSheet) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    for index, values in enumerate(source.iter_rows(), 1):
        cells = [
            (column, text)
            for column, value in enumerate(values, 1)
            if (text := one_line(shown_value(value)))
        ]
        if cells:
            yield index, cells
