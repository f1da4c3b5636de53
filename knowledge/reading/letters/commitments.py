"""What the letter promises: commitments with their time limits (domain.md 2.1, 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from knowledge.domain.facts import Commitment
from knowledge.domain.text import Field
from knowledge.reading.sentences import paragraphs, sentences
from knowledge.reading.source import Source

_BEFORE = (
    r"(?:之?前|以前|[开放入]学前|汛前|入冬前|(?:[“\"]?(?:国庆|春节|元旦|中秋|端午|清明|五一|十一|七一)[”\"]?(?:节|假期)?"
    r"|主?汛期|供暖季|采暖季|供暖期|采暖期|高考|中考|寒假|暑假|雨季|冬季|[春秋]季(?:学期)?(?:开学)?)(?:来临)?(?:之前|前))"
)
_DUE = re.compile(
    rf"(?:20\d\d|今|明|本|当|后)年(?:年?(?:底|末)|年?内){_BEFORE}?"
    r"|(?:(?:20\d\d|今|明|本|当|后)年)?(?:(?:上|下)半年|第?[一二三四]季度(?:末)?"
    r"|\d{1,2}月(?:\d{1,2}日|底|末|初|中旬|上旬|下旬|份)?)"
    rf"(?:{_BEFORE}|内|底前)?"
    rf"|年(?:底|末){_BEFORE}?|年内|(?:20\d\d|今|本|当)年{_BEFORE}|(?:20\d\d|明|后)年"
    r"|(?:\d{1,3}|[一二三四五六七八九十两]{1,2})个?(?:月|年|工作日)(?:之)?内(?!一次性)"
    r"|[“\"]?十[四五六]五[”\"]?(?:期间|末)|近期"
)
_DONE = (
    r"(?:完成|建成|实现|启动|开工|投用|投入|实施|出台|解决|落实|开展|达到|竣工"
    r"|纳入|印发|通车|交付|完工|开放)"
)
_VERB = (
    r"(?:继续|进一步|积极|加快|加大|加强|适时|尽快|会同|联合|协同|配合|成立|组织|开展|推进|推动|完善|建立|建设"
    r"|启动|实施|制定|出台|争取|从|以|把|对|在|于|根据|结合|按照|依据|依托|围绕|聚焦|采取|研究|主动|持续|全面|深入"
    r"|严格|着力|重点|统筹|逐步|分批|安排|纳入|投入|新建|改造|完成|督促|协调|指导|认真|切实|不断|抓紧|力争)"
)
_FUTURE = (
    rf"(?:将(?={_VERB})|拟(?={_VERB}|将)|计划(?={_VERB}|20\d\d|[明后]年|年内|[上下]半年)"
    rf"|承诺(?!的|事项|书|制|服务|内容|已)|力争(?!到的)|争取(?!到|了)"
    rf"|预计(?=[^。,]{{0,20}}(?:{_DONE}|启用|运行))|确保(?!了))"
)
_WE = (
    r"(?:局|委|厅|办|府|市|县|区|镇|乡|院|部|队|站|所|社区|街道|单位|部门|我们|中心|公司|主体|各方)"
)
_PROMISE = re.compile(
    rf"(?:下一步|下步|接下来|今后|下一阶段)[^。]{{0,40}}?(?:将|拟|要|会|继续|计划|{_FUTURE})"
    r"|(?:下一步|下步)[^。]{0,12}(?:打算|计划|安排|措施|举措|工作)[:,是]"
    rf"|(?:^|[,;:]|[一二三四五六七八九十]是)(?:[^,;:。]{{0,12}}?{_WE})?(?:还|也|均)?{_FUTURE}"
    rf"|{_FUTURE}[^。]{{0,40}}(?:前|年内|月内|底|年度|期间)[^。]{{0,20}}{_DONE}"
    r"|(?:年|月|季度)(?:底|末)?(?:之?前|内)[^。]{0,14}(?:将|拟|力争|争取|计划|确保|预计)"
    rf"|将于(?:20\d\d年|[今明后]年|年[内底]|近期|[上下]半年|[本下]月|\d{{1,2}}月)[^。]{{0,30}}?{_DONE}"
    rf"|(?:^|[,;:])到20\d\d年[^。]{{0,30}}?将"
    rf"|按(?:照)?计划[^。]{{0,20}}{_DONE}"
)
# A bare 年内完成全部更换 promises, 2023年底前已完成 and 完成了 tell.
_BARE = re.compile(
    r"(?:^|[,;:])(?:20\d\d年|今年|明年)?(?:年内|(?:年|\d{1,2}月|季度)?(?:底|末)?(?:之?前)),?"
    rf"(?:要|应|须)?(?:全面|全部|基本|确保)?{_DONE}(?!了|的)"
)
_TOLD = re.compile(r"已|曾|截至|截止|了[,。;]")
# 我局在答复第143号提案时承诺…: a promise of an earlier letter, told again.
_EARLIER = re.compile(
    r"答复[^。,]{0,30}[时中],?(?:我[局委厅办市县区])?(?:曾|已)?(?:承诺|提出|答应|明确)"
    r"|(?:此前|去年|曾)承诺"
)
_PAST = re.compile(r"(?:截至|截止|截止到|截至到|自|从)\s*$")
_PLANNED = re.compile(
    r"(?:(?:拟|将|计划|力争|争取|预计|定|安排)(?:于|在)?|(?:^|[,;:])到|(?:列|纳)入)\s*$"
)
# A character of every promise; most sentences have none and need no closer look.
_HINT = re.compile(r"[将拟划诺争预确步今阶接前内底末半季]")
_NEXT = re.compile(rf"[^,。]{{0,6}}{_DONE}")
_HEADING = 40
_LIMIT = re.compile(
    r"(?:(?P<year>20\d\d)年|(?P<near>[今本当明后])年)?(?:(?P<month>\d{1,2})月|(?P<half>[上下])半年)?"
)
_LIMITED = re.compile(r"[前内底末]$|半年$|季度$")
# 《方案》要求2025年底前…, 您建议年底前…: what others set or ask is no promise of the letter.
_OTHERS = re.compile(
    r"》[^。;]{0,14}(?:提出|要求|明确|规定|确定)|(?:您|你们?|贵[^,。]{1,4}|代表|委员|提案)[^。;,]{0,4}(?:建议|提出|希望|要求)"
    r"|(?:要求|规定|希望|期待|盼|呼吁|请|原定|原计划)[^。;,]{0,16}$"
)
# Without a date of the letter only a day told as a limit counts, not a mere period.
_YEARLESS = re.compile(r"前$|底$|年内$")
_DROPPED = {"今": 0, "本": 0, "当": 0, "明": 1, "后": 2}

Piece = tuple[int, int]


def read_commitments(
    source: Source, start: int, end: int, written: date | None = None
) -> tuple[Field[Commitment], ...]:
    """Sentences that promise something, each with its time limit as printed.

    A sentence of several promises with limits of their own gives one each.

    Args:
        source: the text.
        start: clean offset behind the opening.
        end: clean offset behind the body.
        written: the letter's date: what it wants done by a later day is promised.
    """
    found: list[Field[Commitment]] = []
    for paragraph in paragraphs(source, start, end):
        for left, right in sentences(source, paragraph):
            if _HINT.search(source.folded, left, right):
                found.extend(_promised(source, left, right, written))
    return tuple(found)


def _promised(
    source: Source, left: int, right: int, written: date | None
) -> Iterator[Field[Commitment]]:
    pieces = _pieces(source.folded, left, right)
    limited = [(*piece, due) for piece in pieces if (due := _kept(source, piece, written))]
    if len(limited) > 1 or (limited and not _promises(source.folded[left:right])):
        for start, end, due in limited:
            yield _commitment(source, start, end, due)
    elif _promises(source.folded[left:right]):
        yield _commitment(source, left, right, _due(source.folded[left:right]))


def _commitment(source: Source, start: int, end: int, due: str | None) -> Field[Commitment]:
    left, right = source.trimmed(start, end)
    return source.field(Commitment(source.one_line(left, right), due), left, right)


def _pieces(folded: str, left: int, right: int) -> Iterator[Piece]:
    """The sentence cut at its semicolons, and at the commas before a further time limit."""
    edges = [match.end() for match in re.finditer(";", folded[left:right])]
    for start, end in pairwise([left, *(left + edge for edge in edges), right]):
        at = start
        limits = list(_DUE.finditer(folded, start, end))
        for limit in limits[1:]:
            comma = max(folded.rfind(mark, at, limit.start()) for mark in ",、")
            if comma > limits[0].end():
                yield at, comma + 1
                at = comma + 1
        if folded[at:end].strip():
            yield at, end


def _kept(source: Source, piece: Piece, written: date | None) -> str | None:
    """The time limit of a piece that promises; None for one that tells or has none."""
    text = source.folded[slice(*piece)]
    if _EARLIER.search(text):
        return None
    if _promises(text) and _TOLD.search(text) is None:
        return _due(text)
    found = [match for match in _DUE.finditer(text) if _ahead(text, match, written)]
    return found[-1].group() if found else None


def _ahead(text: str, match: re.Match[str], written: date | None) -> bool:
    """Whether a limit lies behind the letter's date and something is to be done by it."""
    if _LIMITED.search(match.group()) is None or text[match.end() : match.end() + 1] in "的、":
        return False
    before = text[: match.start()]
    comma = text.find(",", match.end() + 1)
    clause = text if comma < 0 else text[:comma]
    if _PAST.search(before) or _OTHERS.search(before) or _TOLD.search(clause):
        return False
    if written is None:
        return _YEARLESS.search(match.group()) is not None
    limit = _LIMIT.match(match.group())
    year = _year(limit, written) if limit else written.year
    month = _month(limit) if limit else 12
    return (year, month) > (written.year, written.month - 1)


def _year(limit: re.Match[str], written: date) -> int:
    if limit["year"]:
        return int(limit["year"])
    return written.year + _DROPPED[limit["near"]] if limit["near"] else written.year


def _month(limit: re.Match[str]) -> int:
    if limit["month"]:
        return int(limit["month"])
    return 6 if limit["half"] == "上" else 12


def _promises(sentence: str) -> bool:
    """Whether a whole sentence promises something now; headings and old promises do not."""
    if sentence[-1:] not in "。;!…)”" and len(sentence) < _HEADING:
        return False
    bare = _BARE.search(sentence) is not None and _TOLD.search(sentence) is None
    if not (bare or _PROMISE.search(sentence)):
        return False
    return _EARLIER.search(sentence) is None


def _due(sentence: str) -> str | None:
    """The last time expression that lies ahead; bare years of past work do not count."""
    found = [
        match.group()
        for match in _DUE.finditer(sentence)
        if _PAST.search(sentence[: match.start()]) is None
        and (
            re.search(r"前|内|底|末|期间|季度|半年|近期|明年|后年", match.group())
            or _PLANNED.search(sentence[: match.start()])
            or _NEXT.match(sentence, match.end())
        )
    ]
    return found[-1] if found else None
