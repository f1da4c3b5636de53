"""Which rows of a sheet are headings, and which field each column below them fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from knowledge.reading.loaded import Cell
from knowledge.reading.registers.headings import field_of, is_heading, normalised

_REACH = 20
_DEEPEST = 3
_HALF = 0.5
_LEAST_HEADINGS = 2

Row: TypeAlias = Mapping[str, Cell]
"""A row's cells by their columns' letters."""


@dataclass(frozen=True, slots=True)
class Block:
    """Header rows: which they are, and what they say of each column."""

    start: int
    depth: int
    levels: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, str]


def find_header(rows: Sequence[Row]) -> Block | None:
    """The first rows whose cells head a register; None when there are none."""
    for start in range(min(len(rows), _REACH)):
        if len({cell.span for cell in rows[start].values()}) < _LEAST_HEADINGS:
            continue
        for depth in range(_depth(rows, start), 0, -1):
            levels = _levels(rows[start : start + depth])
            fields = _mapped(levels)
            if is_register(fields) and _mostly_known(levels, fields):
                return Block(start, depth, levels, fields)
    return None


def _depth(rows: Sequence[Row], start: int) -> int:
    """How many rows the headings that begin here take."""
    depth = 1
    while depth < _DEEPEST and start + depth < len(rows):
        upper, lower = rows[start + depth - 1], rows[start + depth]
        if not _goes_on(upper, lower):
            break
        depth += 1
    return depth


def _goes_on(upper: Row, lower: Row) -> bool:
    """Whether a row of headings goes on in the next: merged downwards, or spread below."""
    own = [cell for at, cell in lower.items() if at not in upper or upper[at].span != cell.span]
    if not own or any(any(mark.isdigit() for mark in cell.text) for cell in own):
        return False
    spread = [cell.span for cell in upper.values()]
    parents = {span for span in spread if spread.count(span) > 1}
    below = [cell for at, cell in lower.items() if at in upper and upper[at].span in parents]
    shared = len(own) < len(lower)
    return (shared and len(below) > 0) or all(is_heading(cell.text) for cell in own)


def _levels(rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    columns = sorted({column for row in rows for column in row}, key=lambda at: (len(at), at))
    found: dict[str, tuple[str, ...]] = {}
    for column in columns:
        cells = [row[column] for row in rows if column in row]
        texts = {cell.span: cell.text for cell in cells}
        found[column] = tuple(texts.values())
    return found


def _mapped(levels: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each field's best column; a second column of a field is kept under its own name."""
    best: dict[str, tuple[int, str]] = {}
    for column, names in levels.items():
        found = field_of(names)
        if found is not None and (found[0] not in best or found[1] < best[found[0]][0]):
            best[found[0]] = found[1], column
    fields = {column: field for field, (_, column) in best.items()}
    fields |= _second_phone(levels, fields)
    fields |= _bare_unit(levels, fields)
    order = list(levels)
    return {column: fields[column] for column in order if column in fields}


def _second_phone(
    levels: Mapping[str, tuple[str, ...]], fields: Mapping[str, str]
) -> dict[str, str]:
    """A phone is the member's when it stands behind the member, else the unit's."""
    found: dict[str, str] = {}
    near = "unit_phone"
    for column, names in levels.items():
        name = fields.get(column)
        told = field_of(names)
        if told is not None and told[0] == "phone":
            words = "".join(names)
            own = any(mark in words for mark in ("委员", "代表", "提案人", "提案者"))
            kind = "phone" if own else near
            if kind not in found.values():
                found[column] = kind
        elif name in ("member", "employer", "supporters"):
            near = "phone"
        elif name in ("unit", "co_handlers", "handler", "responsible_leader"):
            near = "unit_phone"
    return found


def _bare_unit(levels: Mapping[str, tuple[str, ...]], fields: Mapping[str, str]) -> dict[str, str]:
    """单位 alone: the member's behind the member, or beside a handling unit; else the handler."""
    known = set(fields.values())
    before = None
    for column, names in levels.items():
        if "".join(normalised(name) for name in names) == "单位":
            own = "unit" in known or before in ("member", "supporters")
            field = "employer" if own else "unit"
            return {} if field in known else {column: field}
        before = fields.get(column)
    return {}


def is_register(fields: Mapping[str, str]) -> bool:
    """Whether columns name a case by number or title, and a unit or member with it."""
    named = set(fields.values())
    return bool(named & {"case_number", "title"}) and bool(named & {"unit", "member"})


def _mostly_known(levels: Mapping[str, tuple[str, ...]], fields: Mapping[str, str]) -> bool:
    """Whether most cells of a header row are headings, not values of a form."""
    known = sum(1 for at, names in levels.items() if at in fields or is_heading(names[-1]))
    return known >= max(_LEAST_HEADINGS, len(levels) * _HALF)


def letter_of(cell: Cell) -> str:
    """The column a cell stands in."""
    return cell.address.rstrip("0123456789")
