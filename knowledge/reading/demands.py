"""诉求: what a proposal or its summary asks for, ask by ask, in its own words without numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.domain.documents import Section
from knowledge.domain.text import Field
from knowledge.reading.sentences import Paragraph, paragraphs, sentences
from knowledge.reading.source import Source
from knowledge.reading.structure import section_tree

_VERB = (
    r"(?:建议|请求|希望|呼吁|加大|加强|加快|提高|提升|增加|完善|建立|推动|推进|优化|规范|强化"
    r"|健全|出台|设立|建设|开展|落实|制定|鼓励"
    r"|支持|引导|扩大|改造|修建|修复|设置|增设|严格|统筹|探索|培育|打造|明确|整合|拓宽|改善"
    r"|解决|尽快|通过|取消|开通|调整|延长|成立|组织|深化|创新|发展|促进|保障|实施|落细|做好"
    r"|抓好|更换|安装|配备|配套|清理|治理|整治|划定|制订|搭建|构建|丰富|保护|补齐|加装|延伸"
    r"|减少|降低|禁止|限制|修订)"
)
_NUMBERED = re.compile(
    r"(?:(?<=[\n:;。\t])|^)[ \t]*(?:\d{1,2}[.、](?!\d)|\(?[一二三四五六七八九十\d]{1,3}[)、]"
    r"|[①-⑳]|[一二三四五六七八九]是|第[一二三四五六七八九][,、])\s*"
)
_SPLIT = re.compile(rf"[;。]|,(?={_VERB})")
_ASKING = re.compile(
    r"(?:具体|几点|相关|有关|工作|对策|意见)?(?:和|与|及|的)?(?:建议|对策|措施|诉求|意见"
    r"|办法)(?:如下)?\s*[:]?\s*$|建议$|^建议|对策|诉求"
)
_MARKER = re.compile(
    r"(?:为此|对此|因此|鉴于此|综上|鉴于以上|有鉴于此)[^。\n]{0,30}?(?:建议|希望"
    r"|请求)(?:如下)?\s*(?::|(?=\d|\n|一是|\())|提出(?:如下|以下|几点)[^。\n]{0,8}建议"
    r"|建议如下|(?:^"
    r"|\n)[ \t]*(?:具体|几点|工作)?(?:意见)?(?:和|与)?建议\s*[:]"
)
_ASK = r"(?:建议|希望|请求|呼吁|恳请|提议|请(?=[\u4e00-\u9fff]))"
_OPENS = re.compile(
    r"(?:(?:为此|对此|因此|鉴于此|综上(?:所述)?|有鉴于此|同时|另外|此外|再次|最后)[,]?)?"
    rf"(?:我们?|本人|特|特此|现|也|还|并)?{_ASK}"
)
_THEREFORE = re.compile(
    r"(?:为此|对此|因此|鉴于此|综上(?:所述)?|有鉴于此)[,]?(?:我们?|本人|特|特此)?(?:建议|希望|请求)"
)
_MENTIONS = re.compile(r"建议|请求|希望|呼吁|恳请|提议")
_OUGHT = re.compile(r"应当|应该|亟需|有必要")
_EARLIER = re.compile(r"(?:去年|曾|多次|此前|已经?|早在)[^,。]{0,20}$")
_SHORTEST = 4
_ONE_LINE = 60
_LONGEST_HEADING = 24
_BULLETS = "-•·●◆■*> \t"
_LEAD = " \t\n\r\u3000*:、.,"


def summary_demands(source: Source, start: int, end: int) -> tuple[Field[str], ...]:
    """Asks of a form's 提案主要内容: numbered items, else what its sentences ask for."""
    numbered = _numbered(source, start, end)
    if numbered:
        return numbered
    text = source.folded[start:end]
    if text.startswith("关于") and "。" not in text:
        return ()  # a title asks for nothing by itself
    asking = _MENTIONS.search(text) is not None
    if not asking or (len(text) <= _ONE_LINE and "。" not in text[:-1]):
        clauses = list(_clauses(source, start, end))
        opens = [bool(_OPENS.match(source.folded, *bounds)) for bounds in clauses]
        return _literals(source, iter(clauses[opens.index(True) :] if any(opens) else clauses))
    whole = Paragraph(start, end, text)
    asks = [bounds for bounds in sentences(source, whole) if _asks(source, *bounds)]
    return tuple(
        field
        for left, right in asks
        for field in _literals(source, _behind_reason(source, left, right))
    )


def _behind_reason(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence from the one that asks on: 排水不畅，建议更换管网；增设泵站."""
    for left, right in _clauses(source, start, end):
        ask = _OPENS.search(source.folded, left, right)
        begins = left if ask is None else _clause_start(source, ask.start(), left)
        if ask is not None or left > start:
            yield begins, right


def _clause_start(source: Source, at: int, floor: int) -> int:
    return max(floor, source.folded.rfind(",", floor, at) + 1)


def _asks(source: Source, start: int, end: int) -> bool:
    match = _MENTIONS.search(source.folded, start, end)
    if match is None:
        return False
    return _EARLIER.search(source.folded[start : match.start()]) is None


def _numbered(source: Source, start: int, end: int) -> tuple[Field[str], ...]:
    found = list(_NUMBERED.finditer(source.folded, start, end))
    if len(found) < 2:  # noqa: PLR2004 - a list has at least two items
        return ()
    edges = [*(match.start() for match in found[1:]), end]
    return _literals(
        source, ((match.end(), edge) for match, edge in zip(found, edges, strict=True))
    )


def _clauses(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for mark in _SPLIT.finditer(source.folded, start, end):
        yield left, mark.start()
        left = mark.end()
    yield left, end


def _literals(
    source: Source, bounds: Iterator[tuple[int, int]], ends: str = ";。,、 "
) -> tuple[Field[str], ...]:
    found: list[Field[str]] = []
    for start, end in bounds:
        left, right = source.trimmed(start, end)
        while left < right and source.folded[left] in _BULLETS:
            left += 1
        while right > left and source.folded[right - 1] in ends:
            right -= 1
        if right - left >= _SHORTEST:
            found.append(source.literal(left, right))
    return tuple(found)


def proposal_demands(
    source: Source, start: int, end: int
) -> tuple[tuple[Field[str], ...], int | None]:
    """Asks of a proposal's body and the clean offset where the asking part begins."""
    tree = section_tree(source, start, end)
    for section in tree:
        if section.label and _ASKING.search(section.heading):
            left, right = _bounds(source, section)
            line = _heading_end(source, section, left, right)
            return asks_behind(source, line, right) or _items(source, [section]), left
        inner = _inner(section)
        if inner:
            return _items(source, inner), source.clean_at(section.span.start)
    asks = [
        section for section in tree if section.label and _asks(source, *_bounds(source, section))
    ]
    if len(asks) > 1:
        return _items(source, asks), source.clean_at(asks[0].span.start)
    marker = _MARKER.search(source.folded, start, end)
    if marker is not None:
        return asks_behind(source, marker.end(), end), marker.start()
    return _unmarked(source, start, end)


def _bounds(source: Source, section: Section) -> tuple[int, int]:
    return source.clean_at(section.span.start), source.clean_at(section.span.end)


def _heading_end(source: Source, section: Section, start: int, end: int) -> int:
    """Behind the heading: its colon, its line, or its words where the text runs on."""
    line = source.folded.find("\n", start, end)
    stop = line if line >= 0 else end
    colon = source.folded.find(":", start, stop)
    if 0 <= colon - start <= _LONGEST_HEADING:
        return colon + 1
    return line if line >= 0 else min(end, start + len(section.label) + len(section.heading) + 1)


def _inner(section: Section) -> tuple[Section, ...]:
    """All items of a list of which each begins with 建议."""
    children = section.children
    asks = [child for child in children if child.heading.startswith("建议")]
    return children if len(asks) > 1 and len(asks) == len(children) else ()


def _unmarked(source: Source, start: int, end: int) -> tuple[tuple[Field[str], ...], int | None]:
    """Paragraphs that begin with an ask, else sentences that hold one."""
    parts = paragraphs(source, start, end)
    asking = [part for part in parts if _OPENS.match(part.first)]
    if len(asking) == 1:
        therefore = _THEREFORE.match(source.folded, asking[0].start, asking[0].end)
        if therefore is not None and len(sentences(source, asking[0])) == 1:
            found = _of_paragraph(source, therefore.end(), asking[0].end)
            return found, asking[0].start
    bounds = [found for part in asking for found in _asks_of(source, part)]
    for pattern in (_MENTIONS, _OUGHT):
        if not bounds:
            bounds = [
                found
                for part in parts
                for found in sentences(source, part)
                if pattern.search(source.folded, *found)
                and _EARLIER.search(source.folded[found[0] : found[0] + _SHORTEST]) is None
            ]
    return _literals(source, iter(bounds), ";,"), bounds[0][0] if bounds else None


def asks_behind(source: Source, start: int, end: int) -> tuple[Field[str], ...]:
    """Asks of the stretch behind a marker or label: items, paragraphs, or sentences."""
    while start < end and source.folded[start] in ":,。 \t\n|":
        start += 1
    labelled = _listed(source, start, end)
    if len(labelled) > 1:
        return _items(source, labelled)
    numbered = _numbered(source, start, end)
    if numbered:
        return numbered
    if labelled:
        return _items(source, labelled)
    parts = paragraphs(source, start, end)
    if len(parts) > 1:
        return _literals(source, ((part.start, part.end) for part in parts), ";,")
    return _of_paragraph(source, start, end)


def _listed(source: Source, start: int, end: int) -> Sequence[Section]:
    return [section for section in section_tree(source, start, end) if section.label]


def _of_paragraph(source: Source, start: int, end: int) -> tuple[Field[str], ...]:
    """Sentences of one paragraph; one without an ask explains the one before it."""
    text = source.folded[start:end].strip()
    if len(text) <= _ONE_LINE and "。" not in text[:-1]:
        return _literals(source, _clauses(source, start, end))
    return _literals(source, _asks_of(source, Paragraph(start, end, text), whole=False), ";,")


def _asks_of(
    source: Source, paragraph: Paragraph, *, whole: bool = True
) -> Iterator[tuple[int, int]]:
    """A paragraph cut where sentences begin with an ask; what explains one stays with it.

    With fewer than two asks: the whole paragraph, or each of its sentences.
    """
    found = sentences(source, paragraph)
    opens = [index for index, (left, _) in enumerate(found) if _OPENS.match(source.folded, left)]
    if len(opens) < 2:  # noqa: PLR2004 - one ask does not part the others
        yield from [(paragraph.start, paragraph.end)] if whole else found
        return
    edges = [*opens[1:], len(found)]
    for first, stop in zip(opens, edges, strict=True):
        yield found[first][0], found[stop - 1][1]


def _items(source: Source, sections: Sequence[Section]) -> tuple[Field[str], ...]:
    """Items without their labels; those of one running sentence without its marks."""
    # The first may stand behind its label: 建议：1.…
    running = not all(_opens_line(source, section) for section in sections[1:] or sections)
    return tuple(field for item in sections for field in _item(source, item, running=running))


def _opens_line(source: Source, section: Section) -> bool:
    start = source.clean_at(section.span.start)
    line = source.folded.rfind("\n", 0, start) + 1
    return not source.folded[line:start].strip(_LEAD)


def _item(source: Source, section: Section, *, running: bool) -> tuple[Field[str], ...]:
    start, end = _bounds(source, section)
    at = source.clean.find(section.label, start, end)
    left = start if at < 0 else at + len(section.label)
    while left < end and source.folded[left] in _LEAD:
        left += 1
    return _literals(source, iter([(left, end)]), ";,。" if running else ";,")
