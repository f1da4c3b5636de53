"""Where a register's headings stand, which column fills which field, which rows are cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.domain.facts import Session
from knowledge.domain.registers import Column, Register
from knowledge.domain.text import Field
from knowledge.reading.folding import fold
from knowledge.reading.letters.sessions import find_session
from knowledge.reading.loaded import Grid
from knowledge.reading.registers.header_rows import (
    Row,
    find_header,
    is_register,
    letter_of,
)
from knowledge.reading.registers.headings import is_heading, normalised
from knowledge.reading.registers.values import (
    is_blank,
    read_class,
    read_number,
    read_satisfaction,
)

_SAMPLE = 200
_REPEATED = 0.6
_FORM = 0.5
_FOOTER = re.compile(
    r"(?:[合总小共]\s*计|填\s*[表报]|制\s*表|[审复]\s*核|负责人|备\s*注|说\s*明|注)"
    r"\s*(?:$|[:(\d件]|[人单日])"
)
_YEAR = re.compile(r"(?<!\d)(?:20|19)\d\d(?!\d)")
_FIELD = re.compile(
    r"提案|建议|议案|案由|案号|委员|代表|附议|联名|主办|会办|承办|协办|独办|面商|办复|交办"
)
_HALF = 0.5
_LONGEST_HEADING = 40
_CERTAIN = 3

# What a column of running text holds when its cells are all of one word.
_PLAINER: dict[str, tuple[str, Callable[[str], object | None]]] = {
    "reply_points": ("result_class", read_class),
    "member_opinion": ("satisfaction", read_satisfaction),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A grid understood as a register.

    Attributes:
        register: the mapping, for people.
        fields: column letter -> field.
        headers: column letter -> heading as printed.
        rows: the cases: sheet row and cells by column letter.
        title: what stands alone above the headings.
        session: 届次 of the title, for all rows.
        year: the one year the title names.
    """

    register: Register
    fields: Mapping[str, str]
    headers: Mapping[str, str]
    rows: Sequence[tuple[int, Row]]
    title: Field[str] | None
    session: Field[Session] | None
    year: int | None


def find_layout(grid: Grid) -> Layout | None:
    """The register a grid holds; None when its rows do not name cases."""
    rows = [{letter_of(cell): cell for cell in row} for row in grid.rows]
    block = find_header(rows)
    if block is None:
        return None
    headers = {column: "".join(levels) for column, levels in block.levels.items()}
    body = [(_number(row), row) for row in rows[block.start + block.depth :]]
    again = {column: normalised(header) for column, header in headers.items()}
    cases = [(at, row) for at, row in body if _is_case(row, block.fields, again)]
    fields = _judged(block.fields, cases)
    if not cases or not is_register(fields) or _is_form(cases, fields):
        return None
    if "title" not in fields.values() and not _names_one_each(fields, cases):
        return None
    title = _title(rows[: block.start])
    if not _of_cases([*headers.values(), title.value if title else "", grid.sheet or ""]):
        return None
    columns = tuple(Column(at, header, fields.get(at)) for at, header in headers.items())
    last = _number(rows[block.start + block.depth - 1])
    register = Register(grid.sheet, last, len(cases), columns)
    return Layout(register, fields, headers, cases, title, *_told(title, grid.sheet))


def _is_case(row: Row, fields: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Whether a row names a case: no headings again, no sum, a number or a title."""
    cells = list(row.values())
    if not cells or _FOOTER.match(fold(cells[0].text)):
        return False
    if len({cell.span for cell in cells}) == 1 and len(headers) > 1:
        return False
    repeated = sum(
        1
        for at, cell in row.items()
        if at in headers
        and len(cell.text) < _LONGEST_HEADING
        and normalised(cell.text) == headers[at]
    )
    if repeated >= max(1, len(row) * _REPEATED):
        return False
    return any(
        fields.get(at) in ("case_number", "title") and not is_blank(cell.text)
        for at, cell in row.items()
    )


def _is_form(cases: Sequence[tuple[int, Row]], fields: Mapping[str, str]) -> bool:
    """Whether headings go on down the columns: a form of one case, not a table of many."""
    below = [
        is_heading(cell.text)
        for _, row in cases[:_SAMPLE]
        for at, cell in row.items()
        if at in fields
    ]
    return sum(below) > len(below) * _FORM


def _judged(fields: Mapping[str, str], cases: Sequence[tuple[int, Row]]) -> dict[str, str]:
    """Fields whose heading promises less than it says are settled by what stands below."""
    judged = dict(fields)
    named = set(fields.values())
    for column, field in fields.items():
        if field == "result_class":
            read, said = _readable(column, cases, read_class)
            if read < said * _HALF and (said >= _CERTAIN or read == 0):
                judged.pop(column)
        elif field in _PLAINER:
            other, reader = _PLAINER[field]
            read, said = _readable(column, cases, reader)
            if other not in named and read and read >= said * _HALF:
                judged[column] = other
    return judged


def _readable(
    column: str, cases: Sequence[tuple[int, Row]], read: Callable[[str], object | None]
) -> tuple[int, int]:
    """How many of a column's cells can be read as this, and how many say anything."""
    texts = [row[column].text for _, row in cases[:_SAMPLE] if column in row]
    said = [text for text in texts if not is_blank(text)]
    return sum(1 for text in said if read(text) is not None), len(said)


def _names_one_each(fields: Mapping[str, str], cases: Sequence[tuple[int, Row]]) -> bool:
    """Without titles, most rows must name one number: a list of each unit's numbers does not."""
    column = next(at for at, field in fields.items() if field == "case_number")
    read, said = _readable(column, cases, lambda text: read_number(text, None))
    return read > 0 and read >= said * _HALF


def _of_cases(words: Sequence[str]) -> bool:
    """Whether headings or title speak of cases: a list of projects has numbers and units too."""
    return any(_FIELD.search(fold(text)) for text in words)


def _title(rows: Sequence[Row]) -> Field[str] | None:
    """The first row above the headings that is one text."""
    for row in rows:
        cells = list({cell.span: cell for cell in row.values()}.values())
        if len(cells) == 1:
            return Field(cells[0].text, cells[0].span)
    return None


def _told(title: Field[str] | None, sheet: str | None) -> tuple[Field[Session] | None, int | None]:
    """Session and year the title (or else the sheet's name) gives all rows."""
    session = None
    if title is not None:
        found = find_session("".join(fold(title.value).split()))
        session = Field(found.value, title.span) if found else None
    for text in (title.value if title else "", sheet or ""):
        years = {int(found) for found in _YEAR.findall(fold(text))}
        if years:
            return session, years.pop() if len(years) == 1 else None
    return session, None


def _number(row: Row) -> int:
    cell = next(iter(row.values()))
    return int(cell.address[len(letter_of(cell)) :] or 0)
