"""主送: whom the letter answers, person by person (domain.md 1.7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.domain.text import Field
from knowledge.reading.source import Line, Source
from knowledge.reading.words import OPENING, ORGAN_SUFFIX, is_label_line

_PARTY = re.compile(r"民革|民盟|民建|民进|农工党|农工|致公党|九三学社|台盟|民主党派|无党派")
_GROUP = re.compile(
    r"小组|联络组|联络委|活动组|工作组|界别|[\u4e00-\u9fff]界(?:委员)?$|专委会|专门委员会"
    r"|政协.*(?:委员会|委|组|办)$|工商联|总工会|团委|共青团|妇联|侨联|科协|残联|文联|代表团|代表小组"
)
_UNIT = re.compile(rf"{ORGAN_SUFFIX}$")
_MASK = re.compile(r"[*×xX＊○〇※]|某")
_PERSONS = r"(?:各位)?(?:政协|人大|省|市|县|区|全国)?(?:政协|人大)?(?:委员|代表)(?:们|同志)?"
_COUNTED = re.compile(
    rf"等\s*(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})?\s*[名位人]?\s*(?={_PERSONS}|$)"
)
# 尊敬的云溪区人大代表 names nobody, 尊敬的林知秋区人大代表 does (domain.md 1.7): a place is
# named elsewhere in the letter too.
_OF_PLACE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,4}[省市县区])(?:人大代表|政协委员)$")
_ENDING = re.compile(rf"(?P<person>{_PERSONS}|同志|先生|女士)?$")
_POLITE = re.compile(r"尊敬的|各位|致(?!公)")
_SALUTATION = re.compile(r"(?:尊敬的|致)?[^。;!?《》::]{1,400}[:]")
_BARE = re.compile(r"(?:尊敬的)?[^。,;::()]{0,60}(?:委员|代表)[,]?")
_GLUED = re.compile(
    r"(?P<who>(?:尊敬的)?[^。,;::《》]{0,40}(?:委员|代表)(?:们)?)[:,]\s*(?=[您你贵来关在《现])"
)
# 答复内容：林知秋委员：… on a page that shows question and reply (domain.md 3).
_REPLY_LABEL = re.compile(r"(?:答复|回复|办复|办理)(?:内容|情况|意见|全文)?\s*[:\t]\s*(?=\S)")
_SEPARATOR = re.compile(r"[、,和\s]+")
_END = re.compile(
    rf"(?:委员|代表|同志|先生|女士|们|小组|组|界|界别|党|盟|建|进|社|会|团|总支|支部|基层委|{ORGAN_SUFFIX})\s*[:]$"
)
_REACH = 45


@dataclass(frozen=True, slots=True)
class Salutation:
    """The salutation's stretch without its colon; ``after`` is where the body begins."""

    start: int
    end: int
    after: int


def find_salutation(lines: Sequence[Line]) -> Salutation | None:
    """The salutation among a letter's first lines; ten or more names wrap over several."""
    near = lines[:_REACH]
    for index, line in enumerate(near):
        following = near[index + 1].text if index + 1 < len(near) else ""
        found = _salutation(line, following)
        if found is not None:
            first = index
            while first > 0 and near[first - 1].text.endswith("、"):
                first -= 1
            return found if first == index else _from(near[first].start, found)
    return None


def _from(start: int, found: Salutation) -> Salutation:
    return Salutation(start, found.end, found.after)


def _salutation(line: Line, following: str) -> Salutation | None:
    label = _REPLY_LABEL.match(line.text)
    if label is not None:
        line = Line(line.start + label.end(), line.end, line.text[label.end() :])
    text = line.text
    if is_label_line(text) or (OPENING.search(text) and not _GLUED.match(text)):
        return None
    if _SALUTATION.fullmatch(text) and _END.search(text):
        return Salutation(line.start, line.end - 1, line.end)
    glued = _GLUED.match(text)
    if glued is not None:
        return Salutation(line.start, line.start + glued.end("who"), line.start + glued.end())
    if _BARE.fullmatch(text) and (following[:1] in "您你贵来" or "收悉" in following):
        end = line.end - 1 if text[-1] == "," else line.end
        return Salutation(line.start, end, line.end)
    return None


def read_addressees(source: Source, found: Salutation) -> tuple[Field[str], ...]:
    """One field a name or group; 等N名代表 keeps the lead only."""
    start, end = _names(source, found)
    if start >= end:
        return (source.literal(found.start, found.end),)
    fields: list[Field[str]] = []
    left = start
    for separator in [*_SEPARATOR.finditer(source.folded, start, end), None]:
        right = separator.start() if separator else end
        if right > left:
            fields.append(_name(source, left, right))
        left = separator.end() if separator else end
    return _joined_short(fields)


def _name(source: Source, start: int, end: int) -> Field[str]:
    text = source.folded[start:end]
    ending = _ENDING.search(text)
    if ending is not None and ending["person"] and ending.start() and not _unnamed(source, text):
        end = start + ending.start()
    return source.literal(start, end)


def _joined_short(fields: list[Field[str]]) -> tuple[Field[str], ...]:
    """``王 明`` is one two-character name that was spaced for alignment."""
    joined: list[Field[str]] = []
    for field in fields:
        before = joined[-1] if joined else None
        if before and len(before.value) == 1 and len(field.value) == 1 and before.span:
            span = field.span
            if span is not None:
                joined[-1] = Field(
                    before.value + field.value, type(span)(before.span.start, span.end)
                )
                continue
        joined.append(field)
    return tuple(joined)


def _names(source: Source, found: Salutation) -> tuple[int, int]:
    text = source.folded[found.start : found.end]
    polite = _POLITE.match(text)
    left = polite.end() if polite else 0
    counted = _COUNTED.search(text, left)
    ending = _ENDING.search(text, left)
    right = len(text)
    if counted is not None:
        right = counted.start()
    elif ending is not None and ending["person"] and not _unnamed(source, text[left:]):
        right = ending.start()
    return source.trimmed(found.start + left, found.start + right)


def _unnamed(source: Source, text: str) -> bool:
    """Whether the words name a group or all deputies of a place instead of a person."""
    if _GROUP.search(text):
        return True
    of_place = _OF_PLACE.search(text)
    return of_place is not None and source.folded.count(of_place["place"]) > 1


def addressee_kind(source: Source, found: Salutation) -> Field[str]:
    """member, deputy, party, group, unit or redacted, with the words that say so."""
    text = source.folded[found.start : found.end].strip()
    start, end = _names(source, found)
    name = source.folded[start:end]
    person = _ENDING.search(text)
    word = person["person"] if person else None
    at = found.end - len(word) if word else found.start
    kind = _kind(name, text, word)
    return source.field(kind, at if kind in ("member", "deputy") else found.start, found.end)


def _kind(name: str, text: str, word: str | None) -> str:
    if _MASK.search(name) or (not name and not text.startswith(("各位", "尊敬的各位"))):
        return "redacted"
    if word and not _GROUP.search(text):
        return "deputy" if "代表" in word else "member"
    if _PARTY.search(text):
        return "party"
    if _GROUP.search(text):
        return "group"
    if _UNIT.search(name):
        return "unit"
    return "member"
