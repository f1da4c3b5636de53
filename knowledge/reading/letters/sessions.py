"""届次: which meeting of which body, in the short and the long forms (domain.md 1.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.domain.facts import Session
from knowledge.reading.numerals import NUMERAL, number

_MEETING = re.compile(
    rf"第?(?P<term>[{NUMERAL}]{{1,4}})届"
    r"(?P<middle>[^。,;:《》()届次]{0,18}?)"
    rf"(?:第?(?P<meeting>[{NUMERAL}]{{1,4}})次|第(?P<lost>)次)"
    r"(?:全体|全委|代表)?(?:大会)?会?议?"
)
_TERM_ONLY = re.compile(
    rf"第?(?P<term>[{NUMERAL}]{{1,4}})届(?P<middle>政协|人大|政治协商会议|人民代表大会|委员会)"
)
_BOUNDARY = re.compile(
    r".*(?:关于答复|关于对|关于|答复|[对在于《“,。:;(]|[局委厅办]关于)", re.DOTALL
)
_CPPCC = ("中国人民政治协商会议", "人民政治协商会议", "政治协商会议", "政协")
_CONGRESS = ("人民代表大会", "人大")
_LEVELS = (
    ("全国", "national"),
    ("自治区", "province"),
    ("自治州", "city"),
    ("自治县", "county"),
    ("自治旗", "county"),
    ("特别行政区", "province"),
    ("地区", "city"),
    ("新区", "county"),
    ("街道", "township"),
    ("民族乡", "township"),
    ("省", "province"),
    ("市", "city"),
    ("州", "city"),
    ("盟", "city"),
    ("县", "county"),
    ("区", "county"),
    ("旗", "county"),
    ("镇", "township"),
    ("乡", "township"),
)
_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_REACH = 30


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A session in a text: its value, the body's name, and offsets into that text."""

    value: Session
    start: int
    end: int
    body: str | None
    body_at: tuple[int, int] | None
    damaged: bool


def find_session(text: str) -> FoundSession | None:
    """The first session named in a text without blanks."""
    match = _MEETING.search(text) or _TERM_ONLY.search(text)
    if match is None:
        return None
    start = _phrase_start(text, match.start())
    groups = match.groupdict()
    body, body_at = _body(text, start, match.end())
    level, place = _place(text[start : match.start()], groups.get("middle") or "")
    value = Session(level, place, number(match["term"]), number(groups.get("meeting") or ""))
    damaged = groups.get("lost") is not None
    return FoundSession(value, start, match.end(), body, body_at, damaged)


def _phrase_start(text: str, at: int) -> int:
    left = max(0, at - _REACH)
    boundary = _BOUNDARY.match(text, left, at)
    return boundary.end() if boundary else left


def _body(text: str, start: int, end: int) -> tuple[str | None, tuple[int, int] | None]:
    # 人大第十八届委员会 is a slip of the source: the body's own name beats 委员会.
    for body, names in (("congress", _CONGRESS), ("cppcc", (*_CPPCC, "委员会"))):
        for name in names:
            at = text.find(name, start, end)
            if at >= 0:
                return body, (at, at + len(name))
    return None, None


def _place(before: str, middle: str) -> tuple[str | None, str | None]:
    if "全国" in middle or "全国" in before:
        return "national", None
    own = _level_and_place(before.strip("第"))
    # 政协第六届云溪市委员会: the place stands behind the term.
    return own if own[0] else _level_and_place(middle.removesuffix("委员会"))


def _level_and_place(name: str) -> tuple[str | None, str | None]:
    for word in (*_CPPCC, *_CONGRESS):
        name = name.replace(word, "")
    for word, level in _LEVELS:
        if name.endswith(word):
            place = name[: -len(word)] or None
            municipal = level == "city" and place in _MUNICIPALITIES
            return ("province" if municipal else level), place
    return None, None
