"""Spreadsheets of every program as text and as grids whose cells know their place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol, cast

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.domain.documents import DocumentKind, RecordFields
from knowledge.errors import InputRefused
from knowledge.reading.loaded import Grid, Loaded, silent
from knowledge.reading.loaders.delimited import sniffed
from knowledge.reading.loaders.sheet_text import Budget, Row, Sheet, assembled, letter
from knowledge.reading.loaders.spreadsheets import load_csv, load_xls, load_xlsx
from knowledge.reading.parsing import parse_loaded, parse_registers
from tests.unit.reading.older_workbooks import older_workbook


class _Mutable(Protocol):
    hidden: bool


class _Cell(Protocol):
    number_format: str


class _Sheet(Protocol):
    title: str
    sheet_state: str
    column_dimensions: dict[str, _Mutable]
    row_dimensions: dict[int, _Mutable]

    def append(self, row: Sequence[object]) -> None: ...
    def merge_cells(self, area: str) -> None: ...
    def cell(self, row: int, column: int, value: object = None) -> _Cell: ...


class _Book(Protocol):
    active: _Sheet

    def create_sheet(self, title: str) -> _Sheet: ...
    def save(self, stream: io.BytesIO) -> None: ...


def _book(fill: Callable[[_Book, _Sheet], None]) -> bytes:
    book = cast("_Book", openpyxl.Workbook())
    fill(book, book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _load(fill: Callable[[_Book, _Sheet], None]) -> Loaded:
    return load_xlsx(_book(fill), "册.xlsx", silent)


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def _stands(loaded: Loaded) -> bool:
    return all(
        cell.span.of(loaded.text) == cell.text
        for grid in loaded.grids
        for row in grid.rows
        for cell in row
    )


def test_a_row_is_a_line_and_every_cell_knows_its_place() -> None:
    def fill(_: _Book, sheet: _Sheet) -> None:
        sheet.append(["案由", "主办单位", "备注"])
        sheet.append(["关于修缮\n老街排水的提案", None, "  重点 "])

    loaded = _load(fill)

    assert loaded.text == "案由\t主办单位\t备注\n关于修缮 老街排水的提案\t\t重点\n"
    assert [cell.address for cell in loaded.grids[0].rows[1]] == ["A2", "C2"]
    assert _stands(loaded)


def test_values_read_as_the_sheet_shows_them() -> None:
    def fill(_: _Book, sheet: _Sheet) -> None:
        sheet.append(["015", 15, 15.0, 13800000001, date(2024, 3, 5), datetime(2024, 3, 5, 9, 30)])  # noqa: DTZ001
        for column, (value, shown) in enumerate(
            ((15, "000"), (0.956, "0.0%"), (date(2024, 3, 5), 'yyyy"年"m"月"d"日"')), 1
        ):
            sheet.cell(2, column, value).number_format = shown
        sheet.append([True, "=1+1"])

    assert _texts(_load(fill).grids[0]) == [
        ["015", "15", "15", "13800000001", "2024-03-05", "2024-03-05 09:30"],
        ["015", "95.6%", "2024年3月5日"],
        ["TRUE"],
    ]


def test_a_merged_range_stands_once_in_the_text_and_in_all_its_cells() -> None:
    def fill(_: _Book, sheet: _Sheet) -> None:
        sheet.append(["提案交办表", None, None])
        sheet.merge_cells("A1:C1")
        sheet.append(["水务局", "15", "关于甲的提案"])
        sheet.append([None, "16", "关于乙的提案"])
        sheet.merge_cells("A2:A3")

    loaded = _load(fill)

    assert loaded.text == "提案交办表\n水务局\t15\t关于甲的提案\n\t16\t关于乙的提案\n"
    assert _texts(loaded.grids[0])[2] == ["水务局", "16", "关于乙的提案"]
    assert _stands(loaded)


def test_hidden_sheets_rows_and_columns_are_told_and_in_no_grid() -> None:
    def fill(book: _Book, sheet: _Sheet) -> None:
        sheet.append(["甲", "乙", "丙"])
        sheet.append(["一", "二", "三"])
        sheet.append(["四", "五", "六"])
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True
        other = book.create_sheet("底稿")
        other.append(["不可见"])
        other.sheet_state = "veryHidden"

    loaded = _load(fill)

    assert [_texts(grid) for grid in loaded.grids] == [[["甲", "丙"], ["四", "六"]]]
    hidden = [span.of(loaded.text) for span in loaded.hidden]
    assert hidden == ["乙", "一\t二\t三\n", "五", "不可见\n"]
    assert {warning.details["reason"] for warning in loaded.warnings} == {"column", "row", "sheet"}


def test_sheets_are_named_where_there_are_several() -> None:
    def fill(book: _Book, sheet: _Sheet) -> None:
        sheet.title = "主办"
        sheet.append(["甲"])
        book.create_sheet("会办").append(["乙"])
        book.create_sheet("空")

    loaded = _load(fill)

    assert loaded.text == "主办\n甲\n会办\n乙\n"
    assert [grid.sheet for grid in loaded.grids] == ["主办", "会办"]


def test_a_form_kept_in_a_sheet_is_read_as_a_record() -> None:
    def fill(_: _Book, sheet: _Sheet) -> None:
        sheet.append(["政协提案面商记录表"])
        sheet.merge_cells("A1:D1")
        sheet.append(["承办单位", "云溪市水务局", "提案编号", 118])
        sheet.append(["委员姓名", "林知秋", "联系电话", 13800000001])
        sheet.append(["提案主要内容", "建议修缮老街排水管网"])
        sheet.merge_cells("B4:D4")
        sheet.append(["办理情况", "☑A类 □B类 □C类"])
        sheet.append(["面商时间", date(2024, 6, 3), "面商地点", "水务局三楼"])

    loaded = _load(fill)
    (document,) = parse_loaded(loaded)

    assert document.kind is DocumentKind.RECORD
    assert parse_registers(loaded) == ()
    fields = document.fields
    assert isinstance(fields, RecordFields)
    assert fields.unit is not None
    assert fields.unit.value == "云溪市水务局"
    assert fields.case_number is not None
    assert fields.case_number.value.number == 118
    assert fields.member is not None
    assert fields.member.value == "林知秋"
    assert fields.result_class is not None
    assert fields.result_class.value == "A"
    assert fields.consulted_on is not None
    assert fields.consulted_on.value == date(2024, 6, 3)


def test_two_thousand_cases_are_two_thousand_records() -> None:
    def fill(_: _Book, sheet: _Sheet) -> None:
        sheet.append(["提案号", "案由", "提案人", "主办单位", "交办日期"])
        for number in range(1, 2001):
            sheet.append(
                [number, f"关于第{number}件事的提案", "林知秋", "水务局", date(2024, 3, 5)]
            )

    loaded = _load(fill)
    documents = parse_loaded(loaded)

    assert len(documents) == 2000
    assert parse_registers(loaded)[0].rows == 2000
    assert not any(document.warnings for document in documents)


def _text_package(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _bare(sheet: str, *, main: str = MAIN, office: str = OFFICE, more: str = "") -> bytes:
    """A package with one sheet, as small programs write it."""
    return _text_package(
        {
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="册" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{more}<worksheet xmlns="{main}"><sheetData>{sheet}'
            "</sheetData></worksheet>",
        }
    )


def test_cells_without_addresses_strings_or_styles_are_read() -> None:
    sheet = (
        '<row><c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>jia</t></rPh></is></c>'
        '<c t="str"><v>丙_x000D_丁</v></c><c><v>3.0</v></c><c t="s"><v>9</v></c></row>'
    )

    assert load_xlsx(_bare(sheet), "册.xlsx", silent).text == "甲乙\t丙 丁\t3\n"


def test_the_strict_vocabulary_is_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/"
    data = _bare(
        '<row r="2"><c r="B2" t="inlineStr"><is><t>甲</t></is></c></row>',
        main=f"{strict}spreadsheetml/main",
        office=f"{strict}officeDocument/relationships",
    )

    (grid,) = load_xlsx(data, "册.xlsx", silent).grids
    assert [cell.address for row in grid.rows for cell in row] == ["B2"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 broken",
        _text_package({"word/document.xml": "<x/>"}),
        _bare("<row><c><v>1</v></row>"),
        _bare("<row/>", more='<!DOCTYPE x [<!ENTITY e "x">]>'),
    ],
)
def test_a_broken_workbook_is_told(data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        load_xlsx(data, "册.xlsx", silent)

    assert caught.value.code == "file.damaged"


def test_a_workbook_without_words_has_no_text() -> None:
    with pytest.raises(InputRefused) as caught:
        _load(lambda _book, _sheet: None)

    assert caught.value.code == "file.no_text"


def test_macros_are_told() -> None:
    data = io.BytesIO(_book(lambda _, sheet: sheet.append(["甲"])))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", "x")

    loaded = load_xlsx(data.getvalue(), "册.xlsm", silent)

    assert [warning.code for warning in loaded.warnings] == ["file.macro"]


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="册"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>提案号</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="15"><text:p>15</text:p>'
    '</table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-05">'
    "<text:p>2024-03-05</text:p></table:table-cell></table:table-row></table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)


def test_open_document_sheets_are_read() -> None:
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": ODS,
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
        'opendocument:xmlns:manifest:1.0"/>',
    }

    assert load_xls(_text_package(parts), "册.ods", silent).text == "提案号\t15\t2024-03-05\n"


def test_the_older_binary_format_is_read() -> None:
    rows = [
        ["提案号", "案由", "主办单位"],
        [15.0, "关于甲的提案", "水务局"],
        [16.0, "关于乙的提案", ""],
    ]

    loaded = load_xls(older_workbook(rows, merged=(1, 2, 2, 2)), "册.xls", silent)

    assert _texts(loaded.grids[0]) == [
        ["提案号", "案由", "主办单位"],
        ["15", "关于甲的提案", "水务局"],
        ["16", "关于乙的提案", "水务局"],
    ]
    assert [document.kind for document in parse_loaded(loaded)] == [DocumentKind.RECORD] * 2


XML_TABLE = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="册"><Table>'
    '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">交办表</Data></Cell></Row>'
    '<Row ss:Index="3"><Cell><Data ss:Type="Number">15</Data></Cell><Cell ss:Index="3">'
    '<Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell></Row>'
    '<Row ss:Hidden="1"><Cell><Data ss:Type="String">藏</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)


def test_xml_tables_under_a_workbooks_name_are_read() -> None:
    loaded = load_xls(XML_TABLE.encode(), "册.xls", silent)

    cells = [(cell.address, cell.text) for row in loaded.grids[0].rows for cell in row]
    assert cells == [("A1", "交办表"), ("A3", "15"), ("C3", "2024-03-05")]
    assert [span.of(loaded.text) for span in loaded.hidden] == ["藏\n"]


def test_a_broken_xml_table_is_told() -> None:
    with pytest.raises(InputRefused) as caught:
        load_xls(XML_TABLE[:-20].encode(), "册.xls", silent)

    assert caught.value.code == "file.damaged"


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0" + b"x" * 600, b"PK\x03\x04x"])
def test_a_broken_older_workbook_is_told(data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        load_xls(data, "册.xls", silent)

    assert caught.value.code == "file.damaged"


def test_a_newer_workbook_under_an_older_name_is_read() -> None:
    data = _book(lambda _, sheet: sheet.append(["甲", "乙"]))

    assert load_xls(data, "册.xls", silent).text == "甲\t乙\n"


def test_a_text_table_under_a_workbooks_name_is_read() -> None:
    data = "案由\t主办单位\r\n关于甲的提案\t水务局\r\n".encode("gb18030")

    assert load_xls(data, "册.xls", silent).text == "案由\t主办单位\n关于甲的提案\t水务局\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_text_tables_are_read_in_every_encoding_and_delimiter(
    encoding: str, delimiter: str
) -> None:
    rows = [["提案号", "案由", "主办单位"], ["015", '"关于修缮\n老街排水的提案"', "水务局"]]
    data = "\n".join(delimiter.join(row) for row in rows).encode(encoding)

    loaded = load_csv(data, "册.csv", silent)

    assert _texts(loaded.grids[0]) == [
        ["提案号", "案由", "主办单位"],
        ["015", "关于修缮 老街排水的提案", "水务局"],
    ]
    assert _stands(loaded)


def test_what_excel_writes_into_text_tables_is_undone() -> None:
    data = 'sep=;\n提案号;案由\n="015";关于甲的提案\n'.encode()

    assert _texts(load_csv(data, "册.csv", silent).grids[0])[1] == ["015", "关于甲的提案"]


def test_a_quote_nobody_closed_does_not_swallow_the_table() -> None:
    rows = "".join(f'{number},"关于第{number}件事的提案,水务局\n' for number in range(1, 1001, 2))
    data = ('提案号,案由,主办单位\n1,"开头,水务局\n' + rows * 4).encode()

    assert len(load_csv(data, "册.csv", silent).grids[0].rows) > 1000


def test_text_without_columns_stays_as_it_is() -> None:
    text = "关于修缮老街排水的提案\n请予办理。\n"

    loaded = load_csv(text.encode(), "册.csv", silent)

    assert (loaded.text, loaded.grids) == (text, ())


def test_a_comma_in_a_tabbed_table_parts_nothing() -> None:
    assert sniffed("案由\t金额\n关于甲\t1,000\n关于乙\t2,000\n") == "\t"


def test_columns_are_lettered_as_sheets_letter_them() -> None:
    assert [letter(column) for column in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_a_table_too_long_is_cut_and_told() -> None:
    budget = Budget(rows=2, characters=100)

    assert [budget.takes([(1, "甲")]) for _ in range(3)] == [True, True, False]
    assert not Budget(rows=9, characters=3).takes([(1, "甲乙丙")])
    loaded = assembled([Sheet(None, [Row(1, [(1, "甲")])], cut=1)], "册")
    assert [warning.code for warning in loaded.warnings] == ["register.too_long"]


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=10)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_TEXT, min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_table_reads_and_every_span_is_its_cells_text(table: list[list[str]]) -> None:
    rows = [
        Row(index, [(at, " ".join(text.split())) for at, text in enumerate(row, 1) if text.strip()])
        for index, row in enumerate(table, 1)
    ]
    sheet = Sheet("册", [row for row in rows if row.cells])
    if not sheet.rows:
        return

    loaded = assembled([sheet], "册")

    assert _stands(loaded)
    assert _texts(loaded.grids[0]) == [[text for _, text in row.cells] for row in sheet.rows]
    parse_loaded(loaded)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_TEXT, min_size=2, max_size=5), min_size=1, max_size=6))
def test_any_workbook_reads_and_every_span_is_its_cells_text(table: list[list[str]]) -> None:
    allowed = [
        [text if text.isprintable() and not text.startswith("=") else "甲" for text in row]
        for row in table
    ]

    loaded = _load(lambda _, sheet: [sheet.append(row) for row in [["首行"], *allowed]][-1])

    assert _stands(loaded)
