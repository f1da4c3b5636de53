"""Office files through the reader's front door: Word, workbooks, text tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Protocol, cast

import openpyxl
import pytest
from docx import Document

from knowledge.domain.documents import DocumentKind, RecordFields, ReplyFields
from knowledge.reading.reader import FileReader
from tests.unit.reading.older_workbooks import older_workbook

LETTER = [
    "关于市政协六届二次会议第118号提案的答复",
    "林知秋委员：",
    "您提出的《关于改造临河步道照明的提案》收悉，现答复如下：",
    "我局已对沿线设施逐一登记，并安排人员夜间巡查。",
    "云溪市城市管理局",
    "2024年6月18日",
]
HEAD = ["提案号", "案由", "提案人", "主办单位", "办复日期"]
CASES = [
    ["015", "关于修缮老街排水的提案", "林知秋", "云溪市水务局", date(2024, 6, 3)],
    ["016", "关于增设路灯的提案", "何苗", "云溪市城管局", date(2024, 6, 5)],
]


class _Sheet(Protocol):
    def append(self, row: list[object]) -> None: ...


class _Book(Protocol):
    active: _Sheet

    def save(self, path: str) -> None: ...


@pytest.fixture
def reader() -> Iterator[FileReader]:
    with FileReader() as opened:
        yield opened


def _rows() -> list[list[object]]:
    return [["云溪市政协七届二次会议提案办理表"], list(HEAD), *(list(case) for case in CASES)]


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".dotx"])
def test_a_letter_of_word_is_read_under_all_its_names(
    tmp_path: Path, reader: FileReader, suffix: str
) -> None:
    path = tmp_path / f"复文{suffix}"
    document = Document()
    for line in LETTER:
        document.add_paragraph(line)
    document.save(str(path))

    (parsed,) = reader.read(path).documents

    assert isinstance(parsed.fields, ReplyFields)
    assert [unit.value for unit in parsed.fields.signature_units] == ["云溪市城市管理局"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".tsv", ".xls", ".docx"])
def test_a_register_is_read_row_by_row_whatever_keeps_it(
    tmp_path: Path, reader: FileReader, suffix: str
) -> None:
    path = tmp_path / f"办理表{suffix}"
    _write(path, _rows())

    parsed = reader.read(path)

    assert [document.kind for document in parsed.documents] == [DocumentKind.RECORD] * 2
    (register,) = parsed.registers
    assert (register.rows, len(register.columns)) == (2, 5)
    for document, case in zip(parsed.documents, CASES, strict=True):
        fields = document.fields
        assert isinstance(fields, RecordFields)
        assert fields.case_number is not None
        assert fields.case_number.value.literal == case[0]
        assert fields.unit is not None
        assert fields.unit.span is not None
        assert fields.unit.span.of(parsed.text) == fields.unit.value == case[3]
        assert fields.replied_on is not None
        assert fields.replied_on.value == case[4]
        assert fields.session is not None
        assert (fields.session.value.term, fields.session.value.meeting) == (7, 2)
        assert document.span.of(parsed.text).startswith(str(case[0]))


def _write(path: Path, rows: list[list[object]]) -> None:
    if path.suffix == ".xlsx":
        book = cast("_Book", openpyxl.Workbook())
        for row in rows:
            book.active.append(row)
        book.save(str(path))
    elif path.suffix == ".xls":
        path.write_bytes(older_workbook([[str(cell) for cell in row] for row in rows]))
    elif path.suffix == ".docx":
        _write_table(path, rows)
    else:
        delimiter = "," if path.suffix == ".csv" else "\t"
        lines = [delimiter.join(str(cell) for cell in row) for row in rows]
        path.write_bytes("\r\n".join(lines).encode("gb18030"))


def _write_table(path: Path, rows: list[list[object]]) -> None:
    document = Document()
    document.add_paragraph(str(rows[0][0]))
    table = document.add_table(rows=len(rows) - 1, cols=len(HEAD))
    for row, texts in zip(table.rows, rows[1:], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = str(text)
    document.save(str(path))
