"""What the letter promises and counts: commitments and figures (domain.md 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.domain.facts import Commitment, Figure
from knowledge.domain.text import Field
from knowledge.reading.sentences import paragraphs, sentences
from knowledge.reading.source import Source

_BEFORE = r"(?:之?前|以前|[开放入]学前|汛前)"
_DUE = re.compile(
    rf"(?:20\d\d|今|明|本|当|后)年(?:年?(?:底|末)|年?内){_BEFORE}?"
    r"|(?:(?:20\d\d|今|明|本|当|后)年)?(?:(?:上|下)半年|第?[一二三四]季度(?:末)?"
    r"|\d{1,2}月(?:\d{1,2}日|底|末|初|中旬|上旬|下旬|份)?)"
    rf"(?:{_BEFORE}|内|底前)?"
    rf"|年(?:底|末){_BEFORE}?|年内|(?:20\d\d|明|后)年{_BEFORE}?"
    r"|(?:\d{1,3}|[一二三四五六七八九十两]{1,2})个?(?:月|年|工作日)(?:之)?内"
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
    rf"(?:将(?={_VERB})|拟(?={_VERB})|计划(?={_VERB}|20\d\d)|承诺|力争|争取(?!到|了)"
    rf"|预计(?=[^。,]{{0,20}}(?:{_DONE}|启用|运行))|确保)"
)
_WE = (
    r"(?:局|委|厅|办|府|市|县|区|镇|乡|院|部|队|站|所|社区|街道|单位|部门|我们|中心|公司|主体|各方)"
)
_PROMISE = re.compile(
    rf"(?:下一步|下步|接下来|今后|下一阶段)[^。]{{0,40}}?(?:将|拟|要|会|继续|计划|{_FUTURE})"
    r"|(?:下一步|下步)[^。]{0,12}(?:打算|计划|安排|措施|举措|工作)[:,是]"
    rf"|(?:^|[,;:])(?:[^,;:。]{{0,12}}?{_WE})?(?:还|也|均)?{_FUTURE}"
    rf"|{_FUTURE}[^。]{{0,40}}(?:前|年内|月内|底|年度|期间)[^。]{{0,20}}{_DONE}"
    r"|(?:年|月|季度)(?:底|末)?(?:之?前|内)[^。]{0,14}(?:将|拟|力争|争取|计划|确保|预计)"
    rf"|按(?:照)?计划[^。]{{0,20}}{_DONE}"
)
# A bare 年内完成全部更换 promises, 2023年底前已完成 and 完成了 tell.
_BARE = re.compile(
    r"(?:^|[,;:])(?:20\d\d年|今年|明年)?(?:年内|(?:年|\d{1,2}月|季度)?(?:底|末)?(?:之?前)),?"
    rf"(?:要|应|须)?(?:全面|全部|基本|确保)?{_DONE}(?!了|的)"
)
_TOLD = re.compile(r"已|曾|截至|截止|了[,。;]")
_UNITS = (
    r"(?:万|亿|千|百)?[多余几]?(?:元|美元|平方公里|平方千米|平方米|立方米(?:/秒)?|公里|千米|米|公顷|吨|公斤|千克|千瓦时|千瓦|兆瓦|度|人次|户次|车次|班次|场次"
    r"|个百分点|个工作日|个月|个|家|人|户|亩|件|项|条|座|处|所|辆|台|套|次|批次|批|名|位|期|场|册|份|篇|部|张|间|栋|幢|片|株|头|只|只次|盏|根|口|块|段|支|组|类|种|艘|架|对|门|班|床|层|岁|天|小时|分钟|倍|成|字|句|公分|厘米|毫米|升|枚|艺|趟|路|村|乡镇)"
    r"|万|亿|%|‰|年(?!度|代|级|前|来|以来|底|初|间)"
)
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z第〔\-—])(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?:多|余|几)?(?P<unit>{_UNITS})"
)
# 我局在答复第143号提案时承诺…: a promise of an earlier letter, told again.
_EARLIER = re.compile(r"答复[^。,]{0,30}[时中](?:曾)?(?:承诺|提出|答应|明确)|(?:此前|去年|曾)承诺")
_PAST = re.compile(r"(?:截至|截止|截止到|截至到|自|从)\s*$")
_PLANNED = re.compile(r"(?:拟|将|计划|力争|争取|预计|定|安排)(?:于|在)?\s*$")
_NEXT = re.compile(rf"[^,。]{{0,6}}{_DONE}")
_HEADING = 40
_LONGEST_NUMBER = 15
_LONGEST_YEARS = 2


def read_commitments(source: Source, start: int, end: int) -> tuple[Field[Commitment], ...]:
    """Sentences that promise something, each with its time limit as printed."""
    found: list[Field[Commitment]] = []
    for paragraph in paragraphs(source, start, end):
        for left, right in sentences(source, paragraph):
            sentence = source.folded[left:right]
            if not _promises(sentence):
                continue
            due = _due(sentence)
            value = Commitment(source.one_line(left, right), due)
            found.append(source.field(value, left, right))
    return tuple(found)


def _promises(sentence: str) -> bool:
    """Whether a whole sentence promises something now; headings and old promises do not."""
    if sentence[-1] not in "。;!…)”" and len(sentence) < _HEADING:
        return False
    if _EARLIER.search(sentence):
        return False
    bare = _BARE.search(sentence) is not None and _TOLD.search(sentence) is None
    return bare or _PROMISE.search(sentence) is not None


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


def read_figures(source: Source, start: int, end: int) -> tuple[Field[Figure], ...]:
    """Numbers with their units; years, dates and numbers of documents are none."""
    return tuple(_figures(source, start, end))


def _figures(source: Source, start: int, end: int) -> Iterator[Field[Figure]]:
    clean = source.clean
    for match in _FIGURE.finditer(source.folded, start, end):
        digits, unit = match["number"], match["unit"]
        whole, mark, rest = digits.partition(",")
        # Folding turns ，into a comma: only a true comma groups thousands.
        if mark and "，" in clean[match.start("number") : match.end("number")]:
            continue
        if len(digits) > _LONGEST_NUMBER or (unit == "年" and len(digits) > _LONGEST_YEARS):
            continue
        value = float((whole + rest).replace(",", ""))
        unit = re.sub("[多余几]", "", unit)
        yield source.field(Figure(clean[match.start() : match.end()], value, unit), *match.span())
