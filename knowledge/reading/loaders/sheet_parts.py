"""Excel packages read part by part, a row at a time: values with formats, merges, what is hidden.

Sheets are read as a stream because a register of an office may have a hundred thousand cells,
and because no library tells formats, merged ranges and hidden columns of a stream at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Protocol, cast

from knowledge.errors import InputRefused
from knowledge.reading.loaders.elements import Element
from knowledge.reading.loaders.packages import Package
from knowledge.reading.loaders.sheet_formats import NumberFormat, format_code
from knowledge.reading.loaders.sheet_text import Budget, Merge, Row, Sheet, one_line

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAIN = "xl/workbook.xml"
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ON = ("1", "true", "on")
_MOST_COLUMNS = 16384
_MOST_MERGES = 50_000
_MOST_STRINGS = 50_000_000


class _Streamed(Element, Protocol):
    def clear(self) -> None: ...

    def getprevious(self) -> object | None: ...

    def getparent(self) -> list[object] | None: ...


class _Stream(Protocol):
    iterparse: Callable[..., Iterator[tuple[str, _Streamed]]]
    XMLSyntaxError: type[Exception]


def read_package(data: bytes, name: str) -> list[Sheet]:
    """All sheets of an Excel package in their order.

    Raises:
        InputRefused: ``file.damaged``, ``file.encrypted``.
    """
    return _Workbook(Package(data, name), name).sheets()


class _Workbook:
    """The parts all sheets share: strings, formats, the first day."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._main = package.main(_MAIN)
        root = package.part(self._main)
        if root is None:
            raise InputRefused("file.damaged", name=name)
        self._root = root
        self._relations = package.relations(self._main)
        properties = root.find(f"{_S}workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in _ON
        self._strings = self._shared()
        self._formats = self._styles()

    def _part(self, kind: str) -> str | None:
        named = (part for found, part in self._relations.values() if found == kind)
        return next(named, None)

    def _shared(self) -> list[str]:
        part = self._part("sharedStrings")
        data = self._package.data(part) if part else None
        strings: list[str] = []
        size = 0
        for item in () if data is None else _streamed(data, [f"{_S}si"], self._name):
            text = _text(item)
            size += len(text)
            if size > _MOST_STRINGS:
                raise InputRefused("file.damaged", name=self._name, reason="bomb")
            strings.append(text)
        return strings

    def _styles(self) -> list[NumberFormat]:
        part = self._part("styles")
        root = self._package.part(part) if part else None
        if root is None:
            return []
        own = {
            _number(item.get("numFmtId")): item.get("formatCode") or ""
            for item in root.iter(f"{_S}numFmt")
        }
        cells = root.find(f"{_S}cellXfs")
        known: dict[int, NumberFormat] = {}
        formats: list[NumberFormat] = []
        for style in () if cells is None else cells:
            if style.tag == f"{_S}xf":
                number = _number(style.get("numFmtId"))
                if number not in known:
                    code = format_code(number, own)
                    known[number] = NumberFormat(code, from_1904=self._from_1904)
                formats.append(known[number])
        return formats

    def sheets(self) -> list[Sheet]:
        """Work sheets in order; charts and dialogs have no cells."""
        budget = Budget()
        found: list[Sheet] = []
        for entry in self._root.iter(f"{_S}sheet"):
            kind, part = self._relations.get(entry.get(_R) or "", ("", ""))
            data = self._package.data(part) if kind == "worksheet" else None
            if data is not None:
                sheet = Sheet(entry.get("name"), hidden=entry.get("state") in _HIDDEN)
                self._fill(sheet, data, budget)
                found.append(sheet)
        return found

    def _fill(self, sheet: Sheet, data: bytes, budget: Budget) -> None:
        hidden: set[int] = set()
        index = 0
        for item in _streamed(data, [f"{_S}{tag}" for tag in _WANTED], self._name):
            if item.tag == f"{_S}row":
                index = _number(item.get("r")) or index + 1
                cells = [] if sheet.cut is not None else list(self._cells(item))
                if cells and not budget.takes(cells):
                    sheet.cut = len(sheet.rows)
                elif cells:
                    gone = item.get("hidden") in _ON or item.get("ht") == "0"
                    sheet.rows.append(Row(index, cells, gone))
            elif item.tag == f"{_S}mergeCell":
                merge = _merge(item.get("ref") or "")
                if merge is not None and len(sheet.merges) < _MOST_MERGES:
                    sheet.merges.append(merge)
            elif item.get("hidden") in _ON or item.get("width") == "0":
                last = min(_number(item.get("max")), _MOST_COLUMNS)
                hidden.update(range(max(_number(item.get("min")), 1), last + 1))
        sheet.hidden_columns = frozenset(hidden)

    def _cells(self, row: Element) -> Iterator[tuple[int, str]]:
        column = 0
        for cell in row:
            if cell.tag != f"{_S}c":
                continue
            address = _ADDRESS.match(cell.get("r") or "")
            column = _column(address[1]) if address else column + 1
            text = one_line(self._value(cell))
            if text and column <= _MOST_COLUMNS:
                yield column, text

    def _value(self, cell: Element) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            inline = cell.find(f"{_S}is")
            return "" if inline is None else _text(inline)
        stored = cell.find(f"{_S}v")
        literal = (stored.text or "") if stored is not None else ""
        if kind == "s":
            at = _number(literal, -1)
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if kind == "b":
            return "TRUE" if literal in _ON else "FALSE"
        if kind == "d":
            return literal.removesuffix("T00:00:00")
        if kind in ("str", "e") or not literal:
            return _unescaped(literal)
        style = _number(cell.get("s"))
        return (self._formats[style] if style < len(self._formats) else _GENERAL).shown(literal)


_GENERAL = NumberFormat("General")
_HIDDEN = ("hidden", "veryHidden")
_WANTED = ("row", "mergeCell", "col")


def _streamed(data: bytes, tags: list[str], name: str) -> Iterator[Element]:
    """Elements with these tags as they end; each is emptied when the next is asked for."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - no stubs

    stream = cast("_Stream", etree)
    if b"<!DOCTYPE" in data[:4096]:
        raise InputRefused("file.damaged", name=name, reason="doctype")
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    try:
        for _, element in stream.iterparse(BytesIO(data), events=("end",), tag=tags, **options):
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except stream.XMLSyntaxError as error:
        raise InputRefused("file.damaged", name=name) from error


def _text(item: Element) -> str:
    """A string's runs without the readings above them."""
    parts: list[str] = []
    for child in item:
        if child.tag == f"{_S}t":
            parts.append(child.text or "")
        elif child.tag == f"{_S}r":
            run = child.find(f"{_S}t")
            parts.append((run.text or "") if run is not None else "")
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _number(text: str | None, default: int = 0) -> int:
    bare = text or ""
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else default  # noqa: PLR2004 - a 32-bit number


def _column(letters: str) -> int:
    column = 0
    for mark in letters:
        column = column * 26 + ord(mark) - ord("A") + 1
    return column


def _merge(reference: str) -> Merge | None:
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    return Merge(int(match[2]), _column(match[1]), int(match[4]), _column(match[3]))
