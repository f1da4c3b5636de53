"""What a register's cell says, typed; a cell that cannot be understood says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.text import Field, Span
from knowledge.reading.dates import find_dates, made
from knowledge.reading.folding import INVISIBLE, fold
from knowledge.reading.letters.case_numbers import decode, find_numbers
from knowledge.reading.letters.marks import CLASS_WORD, openness
from knowledge.reading.letters.sessions import find_session
from knowledge.reading.loaded import Cell
from knowledge.reading.ticks import all_ticked, ticked

_BLANK = re.compile(r"[\s\-—–_/\\~～…·.。、()]*|无|没有|空|暂无|N/?A", re.IGNORECASE)
_DITTO = frozenset(("同上", "〃", "″", "''", '"', "“”", "同 上"))
_DIGITS = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_SHORT = re.compile(r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?")
_NUMBER = re.compile(
    r"(?:提案|建议|议案|编号|案号)?\s*第?\s*"
    r"(?P<token>[A-Za-z]{0,4}[\u4e00-\u9fff]?-?(?:[(〔]\d{4}[)〕])?-?\d{1,14})\s*号?"
    r"\s*(?:重点)?(?:提案|建议|议案|代表建议|委员提案)?"
)
_YEARLY = re.compile(r"(?P<token>(?P<year>20\d\d)\s*[-—–年]\s*第?\s*(?P<serial>\d{1,5}))\s*号?")
_CLASS = re.compile(
    r"[(〔]?\s*(?P<mark>[A-D]|[甲乙丙丁](?=\s*类))\s*[)〕]?\s*(?:类|级|等)?\s*(?:答复)?件?\s*[)〕]?"
    r"(?:[\s、,:(〔].{0,40})?"
)
_CLASS_AFTER = re.compile(r"[^A-Da-d]{2,30}[(〔]\s*(?P<mark>[A-D])\s*类?\s*[)〕]")
_CLASS_WORDS = re.compile(
    r"(?:已|正|部分|基本|全部)?(?:经|在)?(?:解决|采纳|落实|列入|计划|留作|拟|参考|暂)[^,。;]{0,20}"
)
_SATISFIED = re.compile(r"(?P<degree>基本|不|非常|比较|很|较)?满意(?![度程情率与])")
_DEGREES = {
    **dict.fromkeys((None, "非常", "很"), "satisfied"),
    **dict.fromkeys(("基本", "比较", "较"), "mostly_satisfied"),
    "不": "dissatisfied",
}
_ROLES = re.compile(
    r"\s*(?:主办|牵头|承办)(?:单位)?\s*:\s*(?P<lead>[^:;]*?\S)\s*[;,。]?\s*"
    r"(?:会办|协办|配合|会同)(?:单位)?\s*:\s*(?P<others>[^:]*\S)\s*"
)
_PARTS = re.compile(r"[、,;/|]+|\s{2,}|\s(?=\S)")
_STRONG = re.compile(r"[、,;/|]+")
_CROWD = re.compile(r"(?:等\s*\d*\s*(?:人|名|位|个单位|家单位|家|部门|单位)?(?:委员|代表)?)$")
_SHORTEST_NAME = 2


def is_blank(text: str) -> bool:
    """Whether a cell only says that there is nothing to say: —, 无, /."""
    return _BLANK.fullmatch(fold(text)) is not None


def is_ditto(text: str) -> bool:
    """Whether a cell repeats the one above it: 同上."""
    return text.strip() in _DITTO


def cleaned(text: str) -> str:
    """A cell's words without characters nobody sees."""
    return INVISIBLE.sub("", text)


def read_date(text: str, year: int | None) -> date | None:
    """The one date of a cell; a date without a year takes the table's, if it has one."""
    folded = fold(text)
    digits = _DIGITS.fullmatch(folded.strip())
    if digits is not None:
        return made(int(digits["year"]), int(digits["month"]), int(digits["day"]))
    found = {item.value for item in find_dates(folded)}
    if found:
        return found.pop() if len(found) == 1 else None
    short = is_short_date(folded)
    return made(year, int(short["month"]), int(short["day"])) if short else None


def is_short_date(text: str) -> re.Match[str] | None:
    """The month and the day of a cell that has no year."""
    return _SHORT.fullmatch(fold(text).strip())


def read_number(text: str, session: Session | None) -> tuple[CaseNumber, Span, str | None] | None:
    """The one case number of a cell, where it stands in the cell, and a doubt's code."""
    folded = fold(text)
    yearly = _YEARLY.fullmatch(folded.strip())
    lead = len(folded) - len(folded.lstrip())
    if yearly is not None:
        literal = "".join(text[slice(*_moved(yearly.span("token"), lead))].split())
        value = CaseNumber(literal, int(yearly["serial"]), None, int(yearly["year"]))
        return value, Span(*_moved(yearly.span("token"), lead)), None
    match = _NUMBER.fullmatch(folded.strip())
    if match is not None:
        value, doubt = decode("".join(match["token"].split()), session)
        return value, Span(*_moved(match.span("token"), lead)), doubt
    if "".join(folded.split()) != folded:
        return None
    found = find_numbers(folded, session)
    if len(found) != 1:
        return None
    return found[0].value, Span(found[0].start, found[0].end), found[0].doubt


def _moved(bounds: tuple[int, int], by: int) -> tuple[int, int]:
    return bounds[0] + by, bounds[1] + by


def read_class(text: str) -> str | None:
    """办理类别: A-D, 甲-丁, or the words used (domain.md 1.5); a tick among choices first."""
    folded = fold(text).strip()
    choice = ticked(folded, 0, len(folded), CLASS_WORD)
    if choice is not None:
        return choice.text
    if all_ticked(folded, 0, len(folded), CLASS_WORD) or "□" in folded:
        return None
    for pattern in (_CLASS, _CLASS_AFTER):
        match = pattern.fullmatch(folded)
        if match is not None:
            return match["mark"]
    words = _CLASS_WORDS.fullmatch(folded)
    return folded if words is not None else None


def read_satisfaction(text: str) -> str | None:
    """满意, 基本满意 or 不满意 (domain.md 2.1), a tick among choices first."""
    folded = fold(text)
    choice = ticked(folded, 0, len(folded), _SATISFIED)
    if choice is not None:
        match = _SATISFIED.match(choice.text)
        return _DEGREES[match["degree"]] if match else None
    if "□" in folded:
        return None
    found = {_DEGREES[match["degree"]] for match in _SATISFIED.finditer(folded)}
    return found.pop() if len(found) == 1 else None


def read_openness(text: str) -> str | None:
    """是否公开: 是, 否, 公开, 依申请公开, 不公开 as an ``Openness`` (domain.md 1.6)."""
    found = openness("".join(fold(text).split()))
    return found.value if found else None


def read_session(text: str, known: Session | None) -> Session | None:
    """届次 of a cell; what it leaves out, the table's title says if it is the same meeting."""
    found = find_session("".join(fold(text).split()))
    if found is None:
        return None
    value = found.value
    if known is None or known.term != value.term:
        return value
    return Session(
        value.level or known.level, value.place or known.place, value.term, value.meeting
    )


def split(cell: Cell) -> tuple[Field[str], ...]:
    """Names or units of a cell, each with its place: 甲局、乙局 -> two; 张 三 stays one."""
    return tuple(_split(cell))


def split_roles(cell: Cell) -> tuple[Cell, Cell] | None:
    """主办：甲局；会办：乙局、丙局 in one cell: lead and others; None without both words."""
    match = _ROLES.fullmatch(fold(cell.text))
    if match is None:
        return None
    lead, others = (_within(cell, *match.span(name)) for name in ("lead", "others"))
    return lead, others


def _within(cell: Cell, start: int, end: int) -> Cell:
    at = cell.span.start
    return Cell(cell.text[start:end], Span(at + start, at + end), cell.address)


def _split(cell: Cell) -> Iterator[Field[str]]:
    folded = fold(cell.text)
    for left, right in _between(_STRONG, folded, 0, len(folded)):
        inner = list(_between(_PARTS, folded, left, right))
        apart = all(end - start >= _SHORTEST_NAME for start, end in inner)
        for start, end in inner if apart else [(left, right)]:
            crowd = _CROWD.search(folded, start, end)
            stop = crowd.start() if crowd else end
            value = cleaned(cell.text[start:stop]).strip()
            if value and not is_blank(value):
                yield Field(value, Span(cell.span.start + start, cell.span.start + stop))


def _between(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Stretches between separators that stand outside brackets, without blanks at their ends."""
    at = start
    for match in pattern.finditer(text, start, end):
        if text.count("(", at, match.start()) > text.count(")", at, match.start()):
            continue
        yield from _trimmed(text, at, match.start())
        at = match.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
