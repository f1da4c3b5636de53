"""诉求: what a proposal or its summary asks for, ask by ask, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.domain.documents import Section
from knowledge.domain.text import Field
from knowledge.reading.sentences import Paragraph, paragraphs, sentences
from knowledge.reading.source import Source
from knowledge.reading.structure import section_tree

_VERB = (
    r"(?:建议|请求|希望|呼吁|加大|加强|加快|提高|提升|增加|完善|建立|推动|推进|优化|规范|强化|健全|出台|设立|建设|开展|落实|制定|鼓励"
    r"|支持|引导|扩大|改造|修建|修复|设置|增设|严格|统筹|探索|培育|打造|明确|整合|拓宽|改善|解决|尽快|通过|取消|开通|调整|延长|成立|组织|深化|创新|发展|促进|保障|实施|落细|做好|抓好|更换|安装|配备|配套|清理|治理|整治|划定|制订|搭建|构建|丰富|保护|补齐|加装|延伸|减少|降低|禁止|限制|修订)"
)
_NUMBERED = re.compile(
    r"(?:(?<=[\n:;。])|^)[ \t]*(?:\d{1,2}[.、]|\(?[一二三四五六七八九十\d]{1,3}[)、]"
    r"|[①-⑳]|[一二三四五六七八九]是)\s*"
)
_SPLIT = re.compile(rf"[;。]|,(?={_VERB})")
_ASKING = re.compile(
    r"(?:具体|几点|相关|有关|工作|对策|意见)?(?:和|与|及|的)?(?:建议|对策|措施|诉求|意见|办法)(?:如下)?\s*[:]?\s*$|建议$|^建议|对策|诉求"
)
_MARKER = re.compile(
    r"(?:为此|对此|因此|鉴于此|综上|鉴于以上|有鉴于此)[^。\n]{0,30}?(?:建议|希望"
    r"|请求)(?:如下)?|提出(?:如下|以下|几点)[^。\n]{0,8}建议|建议如下|(?:^"
    r"|\n)[ \t]*(?:具体|几点|工作)?(?:意见)?(?:和|与)?建议\s*[:]"
)
_SHORTEST = 4


def summary_demands(source: Source, start: int, end: int) -> tuple[Field[str], ...]:
    """Asks of a form's 提案主要内容: numbered items, else its clauses."""
    numbered = list(_NUMBERED.finditer(source.folded, start, end))
    if len(numbered) > 1:
        edges = [*(match.start() for match in numbered[1:]), end]
        bounds = [(match.end(), edge) for match, edge in zip(numbered, edges, strict=True)]
    else:
        bounds = list(_clauses(source, start, end))
    return tuple(field for left, right in bounds for field in _literal(source, left, right))


def _clauses(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for mark in _SPLIT.finditer(source.folded, start, end):
        yield left, mark.start()
        left = mark.end()
    yield left, end


def _literal(source: Source, start: int, end: int) -> Iterator[Field[str]]:
    left, right = source.trimmed(start, end)
    while right > left and source.folded[right - 1] in ";。,、 ":
        right -= 1
    if right - left >= _SHORTEST:
        yield source.literal(left, right)


def proposal_demands(
    source: Source, start: int, end: int
) -> tuple[tuple[Field[str], ...], int | None]:
    """Asks of a proposal's body and the clean offset where the asking part begins."""
    tree = section_tree(source, start, end)
    for section in tree:
        if section.label and _ASKING.search(section.heading):
            left = source.clean_at(section.span.start)
            return _of_section(source, section), left
        inner = _inner(section)
        if inner:
            return tuple(_of_span(source, child) for child in inner), _at(source, section)
    marker = _MARKER.search(source.folded, start, end)
    if marker is None:
        return (), None
    return asks_behind(source, marker.end(), end), marker.start()


def _at(source: Source, section: Section) -> int:
    return source.clean_at(section.span.start)


def _inner(section: Section) -> tuple[Section, ...]:
    """All items of a list of which each begins with 建议."""
    children = section.children
    asks = [child for child in children if child.heading.startswith("建议")]
    return children if len(asks) > 1 and len(asks) == len(children) else ()


def _of_section(source: Source, section: Section) -> tuple[Field[str], ...]:
    if section.children:
        return tuple(_of_span(source, child) for child in section.children)
    start = source.clean_at(section.span.start)
    end = source.clean_at(section.span.end)
    body = paragraphs(source, start, end)[1:]
    if not body:
        return (_of_span(source, section),)
    return tuple(field for part in body for field in _sentences(source, part))


def _sentences(source: Source, paragraph: Paragraph) -> Iterator[Field[str]]:
    for left, right in sentences(source, paragraph):
        yield from _literal(source, left, right)


def _of_span(source: Source, section: Section) -> Field[str]:
    left, right = source.clean_at(section.span.start), source.clean_at(section.span.end)
    return source.literal(left, right)


def asks_behind(source: Source, start: int, end: int) -> tuple[Field[str], ...]:
    """Asks of the stretch behind a marker or label: its numbered items, else its clauses."""
    labelled: Sequence[Section] = [
        section for section in section_tree(source, start, end) if section.label
    ]
    if len(labelled) > 1:
        return tuple(_of_span(source, section) for section in labelled)
    while start < end and source.folded[start] in ":,。 \n":
        start += 1
    return summary_demands(source, start, end)
