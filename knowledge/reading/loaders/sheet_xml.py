"""XML tables of 2003, which older systems still export under the name of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.reading.loaders.elements import Element, parse_xml
from knowledge.reading.loaders.sheet_formats import plain
from knowledge.reading.loaders.sheet_text import Budget, Merge, Row, Sheet, one_line

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MARK = b"urn:schemas-microsoft-com:office:spreadsheet"
_REACH = 4096
_ON = "1"
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*")
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384


def is_xml_table(data: bytes) -> bool:
    """Whether bytes are such a table."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and _MARK in data[:_REACH]


def read_xml_table(data: bytes, name: str) -> list[Sheet]:
    """All sheets in their order.

    Raises:
        InputRefused: ``file.damaged``.
    """
    root = parse_xml(data.lstrip(b"\r\n\t "), name)
    budget = Budget()
    return [_sheet(item, budget) for item in root.iter(f"{_SS}Worksheet")]


def _sheet(item: Element, budget: Budget) -> Sheet:
    sheet = Sheet(item.get(f"{_SS}Name"))
    index = 0
    for row in item.iter(f"{_SS}Row"):
        index = min(_number(row.get(f"{_SS}Index")) or index + 1, _LAST_ROW)
        cells = list(_cells(row, index, sheet))
        if cells and not budget.takes(cells):
            sheet.cut = len(sheet.rows)
            break
        if cells:
            sheet.rows.append(Row(index, cells, row.get(f"{_SS}Hidden") == _ON))
        index += _number(row.get(f"{_SS}Span"))
    return sheet


def _cells(row: Element, index: int, sheet: Sheet) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        if cell.tag != f"{_SS}Cell":
            continue
        column = min(_number(cell.get(f"{_SS}Index")) or column + 1, _LAST_COLUMN)
        across = min(_number(cell.get(f"{_SS}MergeAcross")), _LAST_COLUMN)
        down = min(_number(cell.get(f"{_SS}MergeDown")), _LAST_ROW)
        if across or down:
            sheet.merges.append(Merge(index, column, index + down, column + across))
        text = one_line(_shown(cell))
        if text:
            yield column, text
        column += across


def _shown(cell: Element) -> str:
    stored = cell.find(f"{_SS}Data")
    if stored is None:
        return ""
    text = "".join(_texts(stored))
    kind = stored.get(f"{_SS}Type")
    if kind == "DateTime":
        match = _DAY.fullmatch(text)
        clock = f" {match[2]}" if match and match[2] != "00:00" else ""
        return f"{match[1]}{clock}" if match else text
    if kind == "Number":
        try:
            return plain(text, float(text))
        except ValueError:
            return text
    return text


def _texts(element: Element) -> Iterator[str]:
    """All text of a cell, its runs included."""
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _number(text: str | None) -> int:
    bare = text or ""
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 8 else 0  # noqa: PLR2004 - more rows than any sheet has
