"""Rows of a register with every field typed, its cell and its words: also what an import needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.text import Field, Span
from knowledge.reading.letters.contacts import PHONE
from knowledge.reading.loaded import Cell
from knowledge.reading.registers.layout import Layout
from knowledge.reading.registers.values import (
    cleaned,
    is_blank,
    is_ditto,
    is_short_date,
    read_class,
    read_date,
    read_number,
    read_openness,
    read_satisfaction,
    read_session,
    split,
    split_roles,
)

Value: TypeAlias = str | date | CaseNumber | Session | tuple[Field[str], ...]

_DATES = ("assigned_on", "due_on", "replied_on", "consulted_on")
_LISTS = ("supporters", "co_handlers")
_PHONES = ("phone", "unit_phone")
_CHOICES = ("session", "result_class", "satisfaction", "openness")
_AWAITED = ("待", "未", "尚")
_STATE = re.compile(
    r"(?:已|未|正在|尚未)?(?:面商)?(?:答复|办复|办结|回复|完成|办理|落实|处理)(?:完毕|完成|中|情况)?。?"
    r"|见[^。]{1,6}|[是否无]"
)


@dataclass(frozen=True, slots=True)
class RegisterValue:
    """A cell that says something.

    Attributes:
        field: of ``RecordFields``; None when the column is kept under its heading.
        header: the column's heading as printed.
        address: the cell as spreadsheets name it; for a merged or ditto cell its own.
        literal: the cell's words.
        value: typed: a string, a date, a ``CaseNumber``, a ``Session``, or parts of a list;
            None when the cell cannot be understood or its column has no field.
        span: where the value's words stand in the text.
        doubt: code of a warning about this cell.
    """

    field: str | None
    header: str
    address: str
    literal: str
    value: Value | None
    span: Span
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One case of a register.

    Attributes:
        number: the sheet's row, from 1.
        at: where its last cell stands in the text; merged cells may stand rows above.
        cells: from left to right.
    """

    number: int
    at: int
    cells: tuple[RegisterValue, ...]

    def get(self, field: str) -> RegisterValue | None:
        """The understood value of a field; None when the row has none."""
        for cell in self.cells:
            if cell.field == field and cell.value is not None:
                return cell
        return None


def read_rows(layout: Layout) -> Iterator[RegisterRow]:
    """Every case of a register in order; a cell that says 同上 says what stands above it."""
    above: Mapping[str, Cell] = {}
    for number, cells in layout.rows:
        row = {at: _unrepeated(cell, above.get(at)) for at, cell in cells.items()}
        above = row
        values = (
            value
            for column, cell in row.items()
            if not is_blank(cell.text)
            for value in _values(layout, column, cell)
        )
        at = max(cell.span.start for cell in cells.values())
        yield RegisterRow(number, at, tuple(values))


def _unrepeated(cell: Cell, above: Cell | None) -> Cell:
    return replace(above, address=cell.address) if above and is_ditto(cell.text) else cell


def _values(layout: Layout, column: str, cell: Cell) -> Iterator[RegisterValue]:
    field = layout.fields.get(column)
    header = layout.headers.get(column) or column
    plain = RegisterValue(field, header, cell.address, cell.text, None, cell.span)
    if field is None:
        yield plain
    elif field == "case_number":
        yield _number(plain, cell, layout)
    elif field == "handler":
        yield from _handler(plain, cell)
    elif field == "unit":
        yield from _unit(plain, cell)
    elif field == "reply_points" and _STATE.fullmatch(cell.text.strip()):
        # 已答复 is a state, not a reply.
        yield replace(plain, field=None)
    else:
        yield _typed(plain, cell, layout)


def _typed(plain: RegisterValue, cell: Cell, layout: Layout) -> RegisterValue:
    field = plain.field or ""
    if field in _DATES:
        return _date(plain, cell.text, layout.year)
    if field in _LISTS:
        return replace(plain, value=split(cell) or None)
    if field in _PHONES:
        return _phone(plain, cell)
    if field in _CHOICES:
        return _choice(plain, cell.text, layout)
    return replace(plain, value=cleaned(cell.text))


def _choice(plain: RegisterValue, text: str, layout: Layout) -> RegisterValue:
    if plain.field == "session":
        return _told(plain, read_session(text, layout.session.value if layout.session else None))
    if plain.field == "openness":
        return _told(plain, read_openness(text))
    if plain.field == "result_class":
        return _told(plain, read_class(text))
    found = read_satisfaction(text)
    # 未反馈 is understood: there is no answer yet.
    waits = found is None and text.strip()[:1] in _AWAITED
    return replace(plain, field=None) if waits else _told(plain, found)


def _told(plain: RegisterValue, value: Value | None) -> RegisterValue:
    """The value, or a doubt about a cell that gives none."""
    return replace(plain, value=value, doubt=None if value is not None else "register.cell")


def _date(plain: RegisterValue, text: str, year: int | None) -> RegisterValue:
    value = read_date(text, year)
    if value is None and year is None and is_short_date(text):
        return replace(plain, doubt="register.year_missing")
    return _told(plain, value)


def _number(plain: RegisterValue, cell: Cell, layout: Layout) -> RegisterValue:
    found = read_number(cell.text, layout.session.value if layout.session else None)
    if found is None:
        return replace(plain, doubt="register.cell")
    value, within, doubt = found
    return replace(plain, value=value, span=within.shifted(cell.span.start), doubt=doubt)


def _phone(plain: RegisterValue, cell: Cell) -> RegisterValue:
    match = PHONE.search(cell.text)
    if match is None:
        return replace(plain, value=cleaned(cell.text))
    span = Span(*match.span()).shifted(cell.span.start)
    return replace(plain, value=match.group(), span=span)


def _unit(plain: RegisterValue, cell: Cell) -> Iterator[RegisterValue]:
    """The lead as printed; a cell that names the co-handlers too gives both."""
    roles = split_roles(cell)
    lead = cell if roles is None else roles[0]
    yield replace(plain, value=cleaned(lead.text), span=lead.span)
    if roles is not None:
        others = split(roles[1])
        yield replace(plain, field="co_handlers", value=others or None, span=roles[1].span)


def _handler(plain: RegisterValue, cell: Cell) -> Iterator[RegisterValue]:
    """经办人 with a phone in the same cell gives both."""
    match = PHONE.search(cell.text)
    if match is None:
        yield replace(plain, value=cleaned(cell.text))
        return
    name = cell.text[: match.start()].rstrip(" ,，、:：(（/\u3000")
    if name:
        span = Span(cell.span.start, cell.span.start + len(name))
        yield replace(plain, value=cleaned(name), span=span)
    span = Span(*match.span()).shifted(cell.span.start)
    yield replace(plain, field="unit_phone", value=match.group(), span=span)
