"""主送: whom the letter answers, person by person (domain.md 1.7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.domain.text import Field
from knowledge.reading.numerals import number
from knowledge.reading.source import Line, Source
from knowledge.reading.words import OPENING, ORGAN_SUFFIX, is_label_line

_PARTY = re.compile(
    r"民革|民盟|民建|民进|农工党|农工|致公党|九三学社|台盟|民主党派|无党派|国民党革命委员会|民主同盟"
    r"|民主建国会|民主促进会|农工民主党|台湾民主自治同盟"
)
_GROUP = re.compile(
    r"小组|联络组|联络委|活动组|工作组|界别|[\u4e00-\u9fff]界(?:委员)?$|专委会|专门委员会"
    r"|政协.*(?:委员会|委|组|办)$|工商联|总工会|团委|共青团|妇联|侨联|科协|残联|文联|代表团|代表小组"
)
_UNIT = re.compile(rf"{ORGAN_SUFFIX}$")
_MASK = re.compile(r"[*×xX＊○〇※■□●_]|某")
_PERSONS = r"(?:各位)?(?:政协|人大|省|市|县|区|全国)?(?:政协|人大)?(?:委员|代表)(?:们|同志)?"
_COUNT = r"(?P<{}>\d{{1,3}}|[一二两三四五六七八九十百]{{1,3}})"
# 等3名代表, （等3名委员）, 周砚两位委员: a lead with a count, or a count of all that are named.
_COUNTED = re.compile(
    rf"\(?等\s*(?:{_COUNT.format('led')}\s*[名位人个]?|[名位人])?\s*(?={_PERSONS}|同志|\)?$)"
    rf"|{_COUNT.format('all')}\s*[名位](?={_PERSONS}|同志)"
)
# 尊敬的云溪区人大代表 names nobody, 尊敬的林知秋区人大代表 does (domain.md 1.7): a place is
# named elsewhere in the letter too.
_OF_PLACE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,4}[省市县区])(?:人大代表|政协委员)$")
_ENDING = re.compile(rf"(?P<person>{_PERSONS}|同志|先生|女士)?$")
_POLITE = re.compile(
    r"(?:尊敬的|致(?!公))?(?:[省市县区州旗全国]{1,2}(?:政协委员|人大代表)(?=[\u4e00-\u9fff·*×]{2,4}(?:同志|先生|女士)?$)|各位)?"
)
_RESPECT = re.compile(r"尊敬的")
_GREETING = re.compile(r"[,]?\s*[您你]们?好[!]?\s*(?=[:]?$)")
_SALUTATION = re.compile(r"(?:尊敬的|致)?[^。;!?《》::]{1,400}[:]")
_BARE = re.compile(r"(?:尊敬的)?[^。,;::()]{0,60}(?:委员|代表)[,!]?")
_GLUED = re.compile(
    r"(?P<who>(?:尊敬的)?[^。,;::《》]{0,40}(?:委员|代表)(?:们)?)[:,]\s*(?=[您你贵来关在《现])"
    r"|(?P<near>(?:尊敬的)?[\u4e00-\u9fff·、*× ]{1,30}?(?:委员|代表))"
    r"(?=[您你]们?(?:提出|在|关于|提交|反映))"
    r"|(?P<open>(?:尊敬的)?[^。,;::《》]{1,30}(?:委员|代表)):\s*(?=\S)"
    r"|(?P<unit>[^。,;::《》]{2,24}"
    rf"(?:小组|组|界|界别|党|盟|民建|民进|社|会|总支|支部|{ORGAN_SUFFIX})):\s*(?=[您你贵来关在《现])"
)
_PROSE = re.compile(r"提出|收悉|关于|按照|根据|如下")
# 答复内容：林知秋委员：… on a page that shows question and reply (domain.md 3).
_REPLY_LABEL = re.compile(r"(?:答复|回复|办复|办理)(?:内容|情况|意见|全文)?\s*[:\t]\s*(?=\S)")
# An 和 that begins a name is a surname.
_SEPARATOR = re.compile(r"[、,:\s]+|(?<=[^、,:\s])和(?=[^、,:\s])(?!委员|代表|同志)")
# 农业和农村界别小组 and 住房和城乡建设厅 hold an 和 of their own.
_GROUPS_SEPARATOR = re.compile(r"[、,:\s]+|(?<=[局厅委办府组界别党社])(?:和|及)")
_END = re.compile(
    rf"(?:委员|代表|同志|先生|女士|们|小组|组|界|界别|党|盟|建|进|社|会|团|总支|支部|基层委|{ORGAN_SUFFIX}"
    r"|等\s*(?:\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[名位人]|[省市县区州旗全国](?:政协委员|人大代表)[\u4e00-\u9fff·*×]{2,4})"
    r"\)?\s*[:]$"
)
_LONE = re.compile(r"[\u4e00-\u9fff·*× ]{2,12}(?:委员|代表):?")
_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
    "令狐",
)
_REACH = 45
_GIVEN = 2


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
            while first > 0 and _goes_on(near[first - 1], line):
                first -= 1
            start = found.start if first == index else near[first].start
            return _with_second(Salutation(start, found.end, found.after), line, near[index + 1 :])
    return None


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a salutation began on the line above: names wrap, or each has its own line."""
    if above.text.endswith("、"):
        return True
    return _LONE.fullmatch(above.text) is not None and _LONE.fullmatch(line.text) is not None


def _with_second(found: Salutation, line: Line, below: Sequence[Line]) -> Salutation:
    """Two salutations below each other are one."""
    if not below or found.after != line.end or _LONE.fullmatch(below[0].text) is None:
        return found
    second = _salutation(below[0], below[1].text if len(below) > 1 else "")
    return found if second is None else Salutation(found.start, second.end, second.after)


def _salutation(line: Line, following: str) -> Salutation | None:
    label = _REPLY_LABEL.match(line.text)
    if label is not None:
        line = Line(line.start + label.end(), line.end, line.text[label.end() :])
    text = line.text
    opened = OPENING.search(text)
    glued = _glued(text, opened=opened is not None)
    if is_label_line(text) or (opened and not glued):
        return None
    greeted = _GREETING.search(text)
    bare = f"{text[: greeted.start()]}:" if greeted else text
    if _SALUTATION.fullmatch(bare) and _END.search(bare):
        return Salutation(line.start, line.start + len(bare) - 1, line.end)
    if glued is not None:
        end = glued.end(str(glued.lastgroup))
        return Salutation(line.start, line.start + end, line.start + glued.end())
    if _BARE.fullmatch(text) and (following[:1] in "您你贵来" or "收悉" in following):
        end = line.end - 1 if text[-1] in ",!" else line.end
        return Salutation(line.start, end, line.end)
    return None


def _glued(text: str, *, opened: bool) -> re.Match[str] | None:
    """The salutation that the letter's first sentence follows on the same line."""
    match = _GLUED.match(text)
    if match is None or (match["open"] and not opened):
        return None
    return None if match["who"] is None and _PROSE.search(text, 0, match.end()) else match


def read_addressees(source: Source, found: Salutation) -> tuple[Field[str], ...]:
    """One field a name or group; 等N名代表 keeps the lead only."""
    start, end = _names(source, found)
    if start >= end:
        polite = _RESPECT.match(source.folded, found.start, found.end)
        return (source.literal(polite.end() if polite else found.start, found.end),)
    fields: list[Field[str]] = []
    left = start
    name = source.folded[start:end]
    groups = any(pattern.search(name) for pattern in (_GROUP, _PARTY, _UNIT))
    pattern = _GROUPS_SEPARATOR if groups else _SEPARATOR
    for separator in [*pattern.finditer(source.folded, start, end), None]:
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
        if before and before.span and _parted(before.value, field.value):
            span = field.span
            if span is not None:
                joined[-1] = Field(
                    before.value + field.value, type(span)(before.span.start, span.end)
                )
                continue
        joined.append(field)
    return tuple(joined)


def _parted(before: str, after: str) -> bool:
    """Whether a blank stands inside one name: a surname, then what is given."""
    if before in _COMPOUND:
        return len(after) <= _GIVEN
    return len(before) == 1 and len(after) <= _GIVEN and _MASK.search(before + after) is None


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


def addressee_count(source: Source, found: Salutation) -> Field[int] | None:
    """How many the letter answers where it says so: 等3名代表 is 3 (domain.md 1.7)."""
    match = _COUNTED.search(source.folded, found.start, found.end)
    group = None if match is None else "led" if match["led"] else "all" if match["all"] else None
    if match is None or group is None:
        return None
    value = number(match[group])
    return None if value is None else source.field(value, *match.span(group))


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
    if _MASK.search(name) or (
        not name and not text.startswith(("各位", "尊敬的各位")) and not text.endswith("们")
    ):
        return "redacted"
    if word and not _GROUP.search(text):
        return "deputy" if "代表" in word else "member"
    if _PARTY.search(text):
        return "party"
    if _GROUP.search(text):
        return "group"
    if _UNIT.search(name):
        return "unit"
    return "deputy" if "人大代表" in text else "member"
