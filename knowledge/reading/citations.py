"""Policies a text cites, by 《title》, number, issuer and article (domain.md 1.13)."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.facts import PolicyReference
from knowledge.domain.text import Field
from knowledge.reading.document_numbers import (
    NUMBER,
    FoundDocumentNumber,
    find_numbers,
    find_orders,
    normalised,
)
from knowledge.reading.source import Source
from knowledge.reading.titles_in_text import BookTitle, find_book_titles, is_work
from knowledge.reading.words import ORGAN_SUFFIX

_BRACKET = re.compile(r"\s*\((?P<inside>[^()]{1,80}(?:\([^()]{0,20}\)[^()]{0,60}){0,2})\)")
_ARTICLE = re.compile(
    r"第[0-9一二三四五六七八九十百零]{1,5}条(?:第[0-9一二三四五六七八九十]{1,3}款)?(?:第?[((]?[0-9一二三四五六七八九十]{1,3}[))]?项)?"
)
_SHORT_NAME = re.compile(
    r"(?:以下)?(?:简称|统称)(?:为)?\s*[《“\"](?P<name>[^《》“”\"]{1,40})[》”\"]"
)
_SUFFIX = re.compile(
    r"(?:意见|办法|条例|规定|方案|规划|纲要|通知|决定|法|细则|标准|通则|规范|计划|措施|政策|公告|通告|函|批复"
    r"|要点|制度|指南|指引|清单|目录|规程|导则|预案|行动|决议|章程|准则|规则|若干|法典|实施|通报|倡议书?|合同|协议|指标|大纲|任务书|责任书|宪法|解释|公约)$"
)
# 《…全覆盖》《…提质》方案: the word that makes them policies follows the last (domain.md 1.13).
_SERIES = re.compile(
    r"(?:[、和及]?《[^《》]{1,60}》){0,4}等?(?:\d个|三个|两个|系列)?(?:实施|工作|行动|专项)?"
    r"(?:方案|办法|意见|规划|文件|政策|规定)(?!》)"
)
_QUALIFIER = re.compile(r"\s*[(（〔][^()（）〔〕]{1,30}[)）〕]\s*$")
_ASKED = re.compile(r"(?:提案|建议|建议案|议案|来信)$")
_FORM = re.compile(r"(?:记录表|征询意见表|反馈表|意见表|回执|登记表|征求表|函告单)$")
_REPLY = re.compile(
    r"(?:提案|建议|建议案|议案|情况|[)）])的?(?:答复|复函|答复函|答复的函|会办意见)$"
)
_DRAFT = re.compile(r"征求意见稿|送审稿|草案|讨论稿|初稿|审议稿")
_PLANNED = re.compile(
    r"(?:拟|筹备|筹划|计划|准备|正在|即将|将|抓紧|尽快|研究|推动|争取|适时|加快|力争)[^,。;《》了]{0,14}"
    r"(?:出台|制定|印发|起草|制订|编制|草拟|颁布|发布|报批|报审)[^,。;《》了]{0,14}$"
    r"|(?:起草|草拟)(?:了|完成)?\s*$"
    r"|(?:将|拟|计划)[于在][^。;《》了已]{0,24}(?:出台|印发|制定)\s*$"
)
_REPEALED = re.compile(
    r"\s*\(?(?:初稿|草稿|草案|讨论稿|送审稿|征求意见稿)"
    r"|(?:\([^()]{0,80}\))?(?:目前|现|均|还)?(?:即将|拟|将于|正在|将|正)[^,。;]{0,8}"
    r"(?:印发|出台|发布|公布|报批|报审|起草|草拟|制定|审议|审核|征求意见|征询意见)"
    r"|(?:目前|现)?(?:尚未|还未|尚在|仍在|还在)|待[^,。;]{0,14}(?:通过|批准|印发|审定|审议|出台)"
    r"|(?:列入|纳入)[^,。;]{0,10}立法|立法|(?:尽快|早日|尽早)(?:出台|印发|发布)"
    r"|\s*(?:\([^()]{0,80}\))?\s*(?:现|均|目前)?(?:已|自[^,。;]{2,12}起)(?:于[^,。;]{1,12})?(?:经|被)?(?:废止|失效|取消|停止执行)"
)
# 国办发〔2021〕29号文件《…》, （国办发〔2021〕29号）《…》
_NUMBER_TO_TITLE = re.compile(r"[)〕]?\s*(?:文件|(?:公布|发布|印发)[的了]?)?:?\s*")
_ISSUER = re.compile(
    r"(?:^|[,。;:、(\s]|[年月日]|根据|按照|落实|贯彻|依据|由)(?P<issuer>[\u4e00-\u9fff]{2,20}(?:、[\u4e00-\u9fff]{2,20}){0,6})"
    r"(?:联合|共同|近日|先后|分别|相继|正式|专门|于[^,。]{1,12})?"
    r"(?:印发|下发|发布|出台|制定|颁布|公布|转发|制发|颁发)(?:实施)?(?:了|的)?\s*$"
)
# 自云溪市人民政府办公室《…》（…号）施行以来: an issuer without a verb.
_ISSUER_ALONE = re.compile(
    r"(?:^|[,。;:(\s]|根据|按照|落实|贯彻|依据)自?(?P<issuer>(?:中共)?(?!自)[\u4e00-\u9fff]{2,16}"
    r"(?:人民政府(?:办公[厅室])?|委员会|办公[厅室]|[厅局]))\s*$"
)
_ORGAN = re.compile(rf"(?:{ORGAN_SUFFIX}|中办|国办|中央|国务院|军委|人大|政协|各部门|部门)$")
_MANNER = re.compile(
    r"(?:会同|联合)(?:有关|相关|其他|各).*$|(?:联合|共同|近日|先后|分别|相继|正式|专门|已经|又)$"
)
_NOT_ISSUER = re.compile(
    r"^(?:近年来?|我们?|积极|已经?|分别|联合|先后|研究|陆续|相继|认真|正在|筹备|拟|将|并|也|还)"
)
_IN_TITLE = re.compile(
    r"^(?P<issuer>(?:中共)?[\u4e00-\u9fff、 ]{2,30}?(?:人民政府办公[厅室]"
    r"|政府办公[厅室]|人民政府|国务院办公厅|国务院|委员会|办公[厅室]|常委会"
    r"|[厅局部委]))(?=关于|印发)"
)
_REACH = 70
_SHORT = 6
_FAR = sys.maxsize
_YEARED = re.compile(r"[〔(]\s*(?:19|20)\d\d")


@dataclass(slots=True)
class _Shelf:
    """Citations kept so far: one per number and article, one per title without a number."""

    fields: list[Field[PolicyReference]] = field(default_factory=list[Field[PolicyReference]])
    warnings: list[ReadingWarning] = field(default_factory=list[ReadingWarning])
    short: set[str] = field(default_factory=set[str])
    consumed: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    numbered: set[tuple[str, str | None]] = field(default_factory=set[tuple[str, str | None]])
    titled: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, found: Field[PolicyReference]) -> None:
        """Keep a citation unless it repeats one; a later number completes a bare title."""
        value = found.value
        known = self.titled.get(value.title) if value.title is not None else None
        before = None if known is None else self.fields[known].value
        if value.number is not None:
            key = (normalised(value.number), value.article)
            if key in self.numbered:
                return
            self.numbered.add(key)
            if known is not None and before is not None and before.number is None:
                self.fields[known] = found
                return
        elif before is not None and value.article in (None, before.article):
            return
        if value.title is not None:
            self.titled.setdefault(value.title, len(self.fields))
        self.fields.append(found)

    def taken(self, at: int) -> bool:
        """Whether an offset lies in a stretch that has been read; stretches are in order."""
        index = bisect_right(self.consumed, (at, _FAR)) - 1
        return index >= 0 and at < self.consumed[index][1]


def find_policies(
    source: Source,
    start: int,
    end: int,
    *,
    without: Sequence[tuple[int, int]] = (),
    year: int | None = None,
) -> tuple[tuple[Field[PolicyReference], ...], tuple[ReadingWarning, ...]]:
    """Citations of a stretch in order of first mention, each policy once.

    Args:
        source: the text.
        start: clean offset of the stretch.
        end: clean offset behind it.
        without: clean stretches that name something else (the proposal, the own number).
        year: year of the citing document, for the repair of damaged numbers.
    """
    shelf = _Shelf(consumed=sorted(without))
    folded = source.folded
    if "简称" in folded[start:end]:
        shelf.short = {match["name"] for match in _SHORT_NAME.finditer(folded, start, end)}
    for title in find_book_titles(folded, start, end):
        _read_title(source, shelf, title, end, year)
    _read_bare_numbers(source, shelf, start, end)
    ordered = sorted(shelf.fields, key=lambda item: item.span.start if item.span else 0)
    return tuple(ordered), tuple(shelf.warnings)


def _read_title(
    source: Source, shelf: _Shelf, title: BookTitle, end: int, year: int | None
) -> None:
    folded = source.folded
    if shelf.taken(title.start):
        return
    name = "".join(source.clean[title.inner_start : title.inner_end].split())
    bracket = _BRACKET.match(folded, title.end, min(end, title.end + 2 * _REACH))
    number = _number(source, bracket, title.end, year) or _number_before(source, shelf, title)
    stop = bracket.end() if bracket and (number or "简称" in bracket.group()) else title.end
    if number is not None:
        stop = max(stop, number.end)
    insort(shelf.consumed, (min(title.start, number.start) if number else title.start, stop))
    before = _before(folded, title.start)
    issuer = _issuer(before, name)
    named = issuer is not None or _SERIES.match(folded, title.end) is not None
    if not _is_policy(name, number is not None, named, name in shelf.short):
        return
    if number is None and is_work(folded, title):
        return
    if number is None and (
        (name in shelf.short and not _introduced(folded, title, shelf)) or _abridged(name, shelf)
    ):
        return
    article = _ARTICLE.match(folded, stop, end) or (
        _ARTICLE.match(folded, bracket.end(), end) if bracket else None
    )
    stop = article.end() if article else stop
    in_force = False if _not_in_force(before, name, folded, title.end) else None
    value = PolicyReference(
        name,
        number.value if number else None,
        issuer,
        source.one_line(*article.span()) if article else None,
        in_force,
    )
    if number is not None and number.doubt:
        span = source.span(number.start, number.end)
        shelf.warnings.append(ReadingWarning(number.doubt, span, {"value": number.value}))
    shelf.add(source.field(value, title.start, stop, number.confidence if number else 1.0))


def _introduced(folded: str, title: BookTitle, shelf: _Shelf) -> bool:
    """A short name stands for itself only when nothing longer introduced it."""
    return not shelf.fields and "简称" not in folded[max(0, title.start - 6) : title.start]


def _abridged(name: str, shelf: _Shelf) -> bool:
    """Whether 《实施意见》 stands for a longer title that was cited before it."""
    titles = (known.value.title for known in shelf.fields)
    return len(name) <= _SHORT and any(
        title is not None and title != name and _QUALIFIER.sub("", title).endswith(name)
        for title in titles
    )


def _number(
    source: Source, bracket: re.Match[str] | None, after: int, year: int | None
) -> FoundDocumentNumber | None:
    if bracket is not None:
        found = next(
            find_numbers(source.folded, source.clean, *bracket.span("inside"), year=year), None
        )
        if found is not None:
            return found
        return next(find_orders(source.folded, *bracket.span("inside")), None)
    match = re.compile(r"\s*").match(source.folded, after)
    near = NUMBER.match(source.folded, match.end() if match else after)
    if near is None:
        return None
    return FoundDocumentNumber(
        "".join(source.clean[near.start() : near.end()].split()), *near.span()
    )


def _number_before(source: Source, shelf: _Shelf, title: BookTitle) -> FoundDocumentNumber | None:
    """``主席令第五十九号《中医药法》``: the number stands right before the title."""
    at = title.start
    start = max(0, at - _REACH // 2)
    found = [
        *find_orders(source.folded, start, at),
        *find_numbers(source.folded, source.clean, start, at),
    ]
    return next(
        (
            number
            for number in found
            if _NUMBER_TO_TITLE.fullmatch(source.folded, number.end, at)
            and not (number.doubt or shelf.taken(number.start))
        ),
        None,
    )


def _before(folded: str, at: int) -> str:
    text = folded[max(0, at - _REACH) : at]
    cut = max(text.rfind(mark) for mark in "。;》\n")
    return text.rsplit("\n\n", 1)[-1] if cut >= 0 and text[cut] == "\n" else text[cut + 1 :]


def _issuer(before: str, name: str) -> str | None:
    inside = _IN_TITLE.match(name)
    if inside is not None:
        return inside["issuer"]
    match = _ISSUER.search(before) or _ISSUER_ALONE.search(before)
    if match is None or _NOT_ISSUER.match(match["issuer"]):
        return None
    issuer = _MANNER.sub("", match["issuer"])
    return issuer if _ORGAN.search(issuer) else None


def _is_policy(name: str, numbered: bool, issued: bool, short: bool) -> bool:  # noqa: FBT001
    if _FORM.search(name) or _REPLY.search(name):
        return False
    if numbered or short:
        return True
    bare = _QUALIFIER.sub("", name)
    if _ASKED.search(bare):
        return issued
    return issued or _SUFFIX.search(bare) is not None


def _not_in_force(before: str, name: str, folded: str, after: int) -> bool:
    return bool(_PLANNED.search(before) or _DRAFT.search(name) or _REPEALED.match(folded, after))


def _read_bare_numbers(source: Source, shelf: _Shelf, start: int, end: int) -> None:
    for found in _bare(source, start, end):
        if not shelf.taken(found.start):
            shelf.add(source.field(PolicyReference(None, found.value), found.start, found.end))


def _bare(source: Source, start: int, end: int) -> Iterator[FoundDocumentNumber]:
    if _YEARED.search(source.folded, start, end):
        for found in find_numbers(source.folded, source.clean, start, end):
            if found.doubt is None:
                yield found
    if "令" in source.folded[start:end]:
        yield from find_orders(source.folded, start, end)
