"""Who stands in a form: the unit, the member, the people of both and their phones (domain.md 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.domain.text import Field
from knowledge.reading.letters.contacts import PHONE
from knowledge.reading.letters.organs import organ_names
from knowledge.reading.record_values import Form

_UNIT_LINE = re.compile(r"^[ \t]*(?P<unit>[\u4e00-\u9fff()]{4,30}):[ \t\r]*$", re.MULTILINE)
_LED = re.compile(r"等\d*[名人位]")
_PADDED = 2
_MEMBER_SIDE = frozenset(("member", "employer", "own_phone"))
_UNIT_SIDE = frozenset(
    ("consulted_by", "consulted_on", "place", "handler", "unit", "responsible_leader", "unit_phone")
)


def read_unit(form: Form, start: int) -> Field[str] | None:
    """承办单位, else the unit a slip is addressed to."""
    found = form.cell("unit")
    if found is not None or not form.labels:
        return found
    match = _UNIT_LINE.search(form.source.folded, start, form.labels[0].start)
    if match is None:
        return None
    return next(organ_names(form.source, *match.span("unit")), None)


def read_member(form: Form) -> Field[str] | None:
    """Who proposed, as printed: several persons of one cell stay together."""
    names = form.names("member")
    cell = form.cell("member")
    if cell is None or not names:
        return cell
    if len(names) != 1:
        return _together(form, names)
    return names[0] if _LED.search(cell.value) or len(names[0].value) == _PADDED else cell


def _together(form: Form, names: Sequence[Field[str]]) -> Field[str]:
    first, last = names[0].span, names[-1].span
    if first is None or last is None:
        return names[0]
    source = form.source
    return source.literal(source.clean_at(first.start), source.clean_at(last.end))


def read_phones(form: Form) -> tuple[Field[str] | None, Field[str] | None]:
    """The member's phone and the unit's.

    A phone belongs to whoever stands nearest above it: the member, or the unit's people.
    """
    own: Field[str] | None = None
    office: Field[str] | None = None
    side = "member"
    for label in form.labels:
        if label.name in _MEMBER_SIDE:
            side = "member"
        elif label.name in _UNIT_SIDE:
            side = "unit"
        if label.name not in ("phone", "own_phone", "unit_phone", "handler_phone"):
            continue
        bounds = form.bounds(label)
        match = PHONE.search(form.source.folded, *bounds) if bounds else None
        if match is None:
            continue
        found = form.source.literal(*match.span())
        theirs = side == "member" if label.name == "phone" else label.name == "own_phone"
        own, office = (own or found, office) if theirs else (own, office or found)
    return own, office


def read_handler(form: Form) -> Field[str] | None:
    """承办人; of 承办人及联系电话 what stands before the number."""
    found = form.cell("handler")
    if found is not None:
        return found
    for start, end in form.stretches("handler_phone"):
        match = PHONE.search(form.source.folded, start, end)
        left, right = form.source.trimmed(start, match.start() if match else end)
        while right > left and form.source.folded[right - 1] in ",、;(: ":
            right -= 1
        if right > left:
            return form.source.literal(left, right)
    return None


def read_co_handlers(form: Form) -> tuple[Field[str], ...]:
    """会办, 协办 units, one field each."""
    found: dict[str, Field[str]] = {}
    for label in form.all("co_handlers"):
        cell = form.cell_of(label)
        if cell is not None and cell.span is not None:
            bounds = form.source.clean_at(cell.span.start), form.source.clean_at(cell.span.end)
            for name in organ_names(form.source, *bounds):
                found.setdefault(name.value, name)
    return tuple(found.values())
