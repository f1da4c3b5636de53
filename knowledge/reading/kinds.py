"""What a text holds: where one document ends, the next begins, and of which kind each is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.domain.documents import DocumentKind
from knowledge.reading.form_labels import field_of
from knowledge.reading.form_titles import is_form_title, is_slip
from knowledge.reading.forms import looks_like_form
from knowledge.reading.letters.addressees import find_salutation
from knowledge.reading.letters.marks import is_mark
from knowledge.reading.letters.titles import Title, find_titles
from knowledge.reading.policy_marks import looks_like_policy
from knowledge.reading.proposal_marks import (
    ASKED,
    is_answered,
    is_sheet,
    looks_like_proposal,
    reply_label,
)
from knowledge.reading.source import Line, Source
from knowledge.reading.words import OPENING, ORGAN_LINE

_TITLE_LINE = 120
_HEAD = 60
_LINKS = 200
"""A letter is longer, or it opens as one."""
_ASK = 20
"""Characters of a proposal's own text that labels alone do not have below them."""
_ATTACHED = re.compile(r"[#*\s]*附\s*件\s*[0-9一二三四五六]{0,2}\s*:?[\s*]*")
_DECORATION = re.compile(r"[#*\s-]*")


@dataclass(frozen=True, slots=True)
class Part:
    """One document's stretch (clean offsets) and kind.

    Attributes:
        head_from: where the head it shares with the part before begins, if it does.
    """

    kind: DocumentKind
    start: int
    end: int
    head_from: int | None = None


def find_parts(source: Source) -> list[Part]:
    """The documents of a text in order; never empty."""
    lines = source.lines
    end = len(source.clean)
    answered = reply_label(source)
    if answered is not None:
        return [
            Part(DocumentKind.PROPOSAL, 0, answered),
            Part(DocumentKind.REPLY, answered, end, head_from=0),
        ]
    starts = _starts(source, lines)
    if not starts:
        return [Part(_whole(source), 0, end)]
    starts = _without_links(source, starts, end)
    edges = [0, *(at for at, _ in starts[1:]), end]
    return [Part(kind, edges[index], edges[index + 1]) for index, (_, kind) in enumerate(starts)]


def _without_links(
    source: Source, starts: list[tuple[int, DocumentKind]], end: int
) -> list[tuple[int, DocumentKind]]:
    """Titles of other letters below a letter are links: nothing is said under them."""
    kept = starts[:1]
    for index in range(1, len(starts)):
        at, kind = starts[index]
        after = starts[index + 1][0] if index + 1 < len(starts) else end
        bare = after - at < _LINKS and OPENING.search(source.folded, at, after) is None
        if kind is not DocumentKind.REPLY or not bare:
            kept.append((at, kind))
    return kept


def _starts(source: Source, lines: Sequence[Line]) -> list[tuple[int, DocumentKind]]:
    """Beginnings of forms and letters; what stands above the first belongs to it."""
    found = [
        (_announced(lines, index), DocumentKind.RECORD)
        for index in range(len(lines))
        if is_form_title(lines, index)
    ]
    titles = [
        title for title in _standing_titles(source, lines) if not _is_label(source, title, found)
    ]
    for index, title in enumerate(titles):
        before = titles[index - 1] if index else None
        if before is None or _ended(source, before.end, title.start):
            found.append((_above(lines, title.start), DocumentKind.REPLY))
    found = _without_doubles(sorted(found))
    return _with_sheet_above(source, _with_untitled_letter(source, lines, found))


def _with_sheet_above(
    source: Source, found: list[tuple[int, DocumentKind]]
) -> list[tuple[int, DocumentKind]]:
    """A whole proposal above its letter is a document of its own; mere labels are a head."""
    if not found or found[0][1] is not DocumentKind.REPLY:
        return found
    first = found[0][0]
    asked = ASKED.search(source.folded, 0, first)
    if asked is None or first - asked.end() < _ASK or not is_sheet(source, first):
        return found
    return [(0, DocumentKind.PROPOSAL), *found]


def _is_label(source: Source, title: Title, forms: Sequence[tuple[int, DocumentKind]]) -> bool:
    """Whether a title's words are a label of the form they stand in: 答复意见."""
    inside = any(start < title.start for start, _ in forms)
    return inside and field_of(source.folded[title.start : title.end]) is not None


def _announced(lines: Sequence[Line], index: int) -> int:
    """Where a form begins: at its title, or at the 附件 that stands alone above it."""
    above = lines[index - 1] if index else None
    return above.start if above and _ATTACHED.fullmatch(above.text) else lines[index].start


def _standing_titles(source: Source, lines: Sequence[Line]) -> list[Title]:
    short = [line for line in lines if len(line.text) <= _TITLE_LINE]
    return find_titles(source, short)


def _ended(source: Source, start: int, end: int) -> bool:
    """Whether a whole letter stands between two titles: its opening has been read."""
    return OPENING.search(source.folded, start, end) is not None


def _without_doubles(found: list[tuple[int, DocumentKind]]) -> list[tuple[int, DocumentKind]]:
    kept: list[tuple[int, DocumentKind]] = []
    for at, kind in found:
        if not kept or at > kept[-1][0]:
            kept.append((at, kind))
    return kept


def _above(lines: Sequence[Line], at: int) -> int:
    """The organ, number and class lines right above a title are the letter's."""
    index = bisect_right(lines, at, key=lambda line: line.end)
    while index > 0 and _is_head(lines[index - 1].text):
        index -= 1
    return lines[index].start


def _is_head(text: str) -> bool:
    decoration = _DECORATION.match(text)
    bare = text[decoration.end() if decoration else 0 :].rstrip("* ")
    return ORGAN_LINE.fullmatch(bare) is not None or is_mark(bare)


def _with_untitled_letter(
    source: Source, lines: Sequence[Line], found: list[tuple[int, DocumentKind]]
) -> list[tuple[int, DocumentKind]]:
    """A letter that begins with its salutation, alone or below a form."""
    if any(kind is DocumentKind.REPLY for _, kind in found):
        return found
    if not found and looks_like_policy(source):
        return found
    salutation = find_salutation(lines if found else lines[:_HEAD])
    if salutation is None:
        return found
    if OPENING.search(source.folded, salutation.start, salutation.after + 800) is None:
        return found
    at = _above(lines, salutation.start)
    if _to_the_unit(lines, found, salutation.start):
        return found
    return _without_doubles(sorted([*found, (at, DocumentKind.REPLY)]))


def _to_the_unit(lines: Sequence[Line], found: Sequence[tuple[int, DocumentKind]], at: int) -> bool:
    """Whether a salutation opens a slip that goes back to the unit that wrote."""
    above = [start for start, kind in found if start <= at and kind is DocumentKind.RECORD]
    head = [line for line in lines if above and above[-1] <= line.start < at]
    return len(head) in (1, 2) and any(is_slip(line.text) for line in head)


def _whole(source: Source) -> DocumentKind:
    """The kind of a text that holds neither a form's title nor a letter."""
    if looks_like_policy(source):
        return DocumentKind.POLICY
    if looks_like_form(source):
        return DocumentKind.RECORD
    if looks_like_proposal(source):
        return DocumentKind.RECORD if is_answered(source) else DocumentKind.PROPOSAL
    return DocumentKind.OTHER
