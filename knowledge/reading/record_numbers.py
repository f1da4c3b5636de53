"""案号 in the cell of a form or behind a label of a proposal (domain.md 1.2, 3)."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.text import Field
from knowledge.reading.letters.case_numbers import decode, find_numbers
from knowledge.reading.letters.sessions import find_session
from knowledge.reading.source import Source

_TOKEN = re.compile(
    r"第?\s*(?P<token>[A-Za-z]{0,4}[\u4e00-\u9fff]?(?:[(〔]\d{4}[)〕])?-?\d{1,14})\s*号?"
    r"(?![\u4e00-\u9fff\d-])"
)
_YEARLY = re.compile(
    r"第?\s*(?P<token>(?P<year>(?:19|20)\d\d)\s*(?:[-—–]|年\s*第?)\s*(?P<serial>\d{1,5}))\s*号?"
)
# 届-次-serial, believed only beside the session it agrees with.
_DASHED = re.compile(r"第?(?P<token>(?P<term>\d{1,2})-(?P<meeting>\d{1,2})-(?P<serial>\d{1,4}))号?")


def told_number(
    source: Source, start: int, end: int, session: Session | None
) -> Field[CaseNumber] | None:
    """The number a cell holds; ``2024-15`` and ``2024年第15号`` tell the year too."""
    yearly = _YEARLY.match(source.folded, start, end)
    if yearly is not None:
        literal = "".join(source.clean[slice(*yearly.span("token"))].split())
        value = CaseNumber(literal, int(yearly["serial"]), None, int(yearly["year"]))
        return source.field(value, *yearly.span("token"))
    dashed = _DASHED.match(source.folded, start, end)
    if dashed is not None and session == _session_of(session, dashed):
        prefix = f"{dashed['term']}-{dashed['meeting']}"
        value = CaseNumber(dashed["token"], int(dashed["serial"]), prefix)
        return source.field(value, *dashed.span("token"))
    match = _TOKEN.match(source.folded, start, end)
    if match is not None:
        value, _ = decode("".join(match["token"].split()), session)
        return source.field(value, *match.span("token"))
    return number_in(source, start, end, session)


def _session_of(session: Session | None, match: re.Match[str]) -> Session | None:
    """The session with the term and meeting of ``6-4-033``; None without a session."""
    if session is None:
        return Session(None, None, None, None)
    return replace(session, term=int(match["term"]), meeting=int(match["meeting"]))


def number_in(
    source: Source, start: int, end: int, session: Session | None
) -> Field[CaseNumber] | None:
    """A number inside a text: the head ``第039号``, ``…会议第92号建议的答复函``."""
    compact = source.compact(start, end)
    if session is None:
        told = find_session(compact.text)
        session = told.value if told else None
    for found in find_numbers(compact.text, session):
        return source.field(found.value, *compact.bounds(found.start, found.end))
    return None
