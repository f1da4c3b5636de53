"""The section tree of a body: numbered, run-in and closing parts (domain.md 1.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.domain.documents import Section
from knowledge.reading.headings import (
    ARTICLE,
    INLINE,
    UNNUMBERED,
    Inner,
    Label,
    inner_labels,
    read_label,
)
from knowledge.reading.numerals import number
from knowledge.reading.sentences import Paragraph, paragraphs
from knowledge.reading.source import Source

_RUN = re.compile(
    r"(?P<is>[一二三四五六七八九十第其])(?<![^:;。,)”\s].)(?:(?<![第其])\s*是(?!否)"
    r"|(?<=第)(?P<th>[一二三四五六七八九十])[,:、](?!第)|(?<=其)(?P<its>[一二三四五六])[,:])"
)
_REMARK = re.compile(
    r"(?:另外|此外|同时|至于|对于|针对|关于|对)[,]?(?:关于|对|对于)?(?:您|你们?|贵|代表|委员|建议中|提案中)[^。]{0,12}提"
)
_CLOSING = re.compile(
    r"(?:最后,|在此,)?(?:再次|衷心|非常)?(?:感谢|谢谢)|特此|专此|此致|敬礼|以上(?:答复|意见|情况|回复)"
    r"|对以上答复|如(?:您|你们?)?对|此复|祝[您你]|专此函复|欢迎(?:您|你)|此(?:复函|答复)已经"
)
# 关于建议…, 关于“…”的问题: heads of one ask each, without a number (domain.md 1.12).
_ASK_HEAD = re.compile(
    r"(?:针对)?关于(?:建议[^。;:\n]{2,40}|[^。;:\n]{2,40}?(?:问题|建议|方面|意见|诉求|事项))(?=[。:]|\s*$|\n)"
)
_LINE_HEAD = 60
_RUN_IN_HEAD = 45


@dataclass(frozen=True, slots=True)
class _Item:
    """A stretch of the body; level None continues what stands before it."""

    level: float | None
    start: int
    label: tuple[int, int]
    end: int


def section_tree(
    source: Source, start: int, end: int, *, run_in: bool = False
) -> tuple[Section, ...]:
    """Sections from the first label to the end of the body; empty without labels.

    Args:
        source: the text.
        start: clean offset of the body.
        end: clean offset behind it.
        run_in: whether labels inside paragraphs and heads without a number count, as in letters.

    Top-level sections follow each other without overlap and leave out blanks only.
    A closing remark is a section with an empty label.
    """
    found = paragraphs(source, start, end)
    heads: frozenset[int] = _ask_heads(source, found) if run_in else frozenset()
    items = [
        item for paragraph in found for item in _items(source, paragraph, heads, run_in=run_in)
    ]
    first = next((index for index, item in enumerate(items) if item.level is not None), None)
    if first is None:
        return ()
    items = items[first:]
    body = _closing_start(source, items)
    return (*_level(source, items[:body], top=True), *_closings(source, items[body:]))


def _ask_heads(source: Source, found: Sequence[Paragraph]) -> frozenset[int]:
    """Starts of paragraphs that open with a head without a number; one alone is prose."""
    starts = [
        paragraph.start
        for paragraph in found
        if paragraph.first.startswith(("关于", "针对关于"))
        and _ASK_HEAD.match(source.folded, paragraph.start, paragraph.end)
    ]
    return frozenset(starts) if len(starts) > 1 else frozenset()


def _items(
    source: Source, paragraph: Paragraph, heads: frozenset[int], *, run_in: bool
) -> Iterator[_Item]:
    start = paragraph.start
    label = read_label(paragraph.first)
    if label is None and start in heads:
        yield _Item(UNNUMBERED, start, (start, start), paragraph.end)
        return
    runs = [(INLINE, *run.span()) for run in _runs(source, paragraph)]
    if run_in:
        inner = _inner(source, paragraph, label)
        runs = sorted([*runs, *((run.level, run.start, run.end) for run in inner)], key=_begin)
    edges = [*(run[1] for run in runs[1:]), paragraph.end]
    begin = runs[0][1] if runs else paragraph.end
    if begin > start:
        if label is None:
            yield _Item(None, start, (start, start), begin)
        else:
            yield _Item(label.level, start, (start + label.start, start + label.end), begin)
    for (level, left, right), edge in zip(runs, edges, strict=True) if runs else ():
        yield _Item(level, left, (left, right), edge)


def _begin(run: tuple[int, int, int]) -> int:
    return run[1]


def _inner(source: Source, paragraph: Paragraph, label: Label | None) -> list[Inner]:
    """（一）…（二）… of one paragraph: counted from one, or on from the paragraph's own label."""
    found: dict[int, list[Inner]] = {}
    own = paragraph.start + label.start if label else -1
    for item in inner_labels(source.folded, paragraph.start, paragraph.end):
        known = found.setdefault(item.level, [])
        first = item.value == 1 or item.start == own
        if (known and item.value == (known[-1].value or 0) + 1) or (not known and first):
            known.append(item)
    return [
        item for items in found.values() if len(items) > 1 for item in items if item.start > own
    ]


def _runs(source: Source, paragraph: Paragraph) -> list[re.Match[str]]:
    """一是…二是… of one paragraph, counted from one; a lone 一是 is prose."""
    found: list[re.Match[str]] = []
    for match in _RUN.finditer(source.folded, paragraph.start, paragraph.end):
        value = number(match["th"] or match["its"] or match["is"])
        if value == len(found) + 1:
            found.append(match)
    alone = len(found) == 1 and found[0].start() > paragraph.start
    return [] if alone else found


def _level(source: Source, items: Sequence[_Item], *, top: bool) -> list[Section]:
    """Sections of the highest level among these items, each with what stands below it."""
    levels = [item.level for item in items if item.level is not None]
    if not levels:
        return []
    highest = min(levels)
    heads = [index for index, item in enumerate(items) if item.level is not None]
    first = heads[0]
    starts = [index for index in heads if items[index].level == highest]
    sections = _level(source, items[first : starts[0]], top=top) if starts[0] > first else []
    for start, stop in pairwise([*starts, len(items)]):
        own = _own_end(items, starts, start, stop)
        sections.append(_section(source, items[start:own]))
        if top:
            sections.extend(_plain(source, item) for item in items[own:stop])
    return sections


def _own_end(items: Sequence[_Item], starts: Sequence[int], start: int, stop: int) -> int:
    """Where a section ends: paragraphs behind a list of one-paragraph items are not its."""
    if items[start].level == INLINE:
        return start + 1
    if start != starts[-1] or stop - start == 1 or len(starts) == 1:
        return stop
    single = all(after - before == 1 for before, after in pairwise(starts))
    plain = all(item.level is None for item in items[start + 1 : stop])
    return start + 1 if single and plain and _run_in(items, starts) else stop


def _run_in(items: Sequence[_Item], starts: Sequence[int]) -> bool:
    return all(items[index].end - items[index].label[1] > _LINE_HEAD for index in starts)


def _section(source: Source, items: Sequence[_Item]) -> Section:
    head = items[0]
    label = source.clean[head.label[0] : head.label[1]].strip()
    heading = _heading(source, head)
    children = _level(source, items[1:], top=False)
    return Section(label, heading, source.span(head.start, items[-1].end), tuple(children))


def _heading(source: Source, item: _Item) -> str:
    start = item.label[1]
    if item.level == UNNUMBERED:
        match = _ASK_HEAD.match(source.folded, start, item.end)
        return _trimmed(source, start, match.end()) if match else ""
    text = source.folded[start : min(item.end, start + 2 * _LINE_HEAD)]
    if item.level == ARTICLE:
        match = re.match(r"\s*[〔(]([^〔〕()]{1,20})[〕)]", text)
        return source.clean[start + match.start(1) : start + match.end(1)] if match else ""
    line = text.split("\n", 1)[0].rstrip()
    if len(line) <= _LINE_HEAD and (start + len(line) >= item.end or "\n" in text):
        inner = line.rstrip("。:;,*# ")
        if "。" not in inner:
            return _trimmed(source, start, start + len(inner))
    stops = "。;:" if item.level != INLINE else "。;:,"
    match = re.search(f"[{stops}]", text)
    if match is not None and match.start() <= _RUN_IN_HEAD:
        return _trimmed(source, start, start + match.start())
    return ""


def _trimmed(source: Source, start: int, end: int) -> str:
    return "".join(source.clean[start:end].split("\n")).strip(" \t\u3000#*\r")


def _closing_start(source: Source, items: Sequence[_Item]) -> int:
    """Index of the first closing paragraph behind the last label."""
    last = max(index for index, item in enumerate(items) if item.level is not None)
    for index in range(last + 1, len(items)):
        if _is_closing(source, items[index]):
            return index
    return len(items)


def _is_closing(source: Source, item: _Item) -> bool:
    return bool(
        _REMARK.match(source.folded, item.start, item.end)
        or _CLOSING.match(source.folded, item.start, item.end)
    )


def _closings(source: Source, items: Sequence[_Item]) -> list[Section]:
    starts = [index for index, item in enumerate(items) if _is_closing(source, item)]
    sections: list[Section] = []
    for start, stop in pairwise([*starts, len(items)]):
        plain = _plain(source, items[start])
        end = source.span(items[stop - 1].start, items[stop - 1].end).end
        span = type(plain.span)(plain.span.start, end)
        sections.append(Section("", plain.heading, span))
    return sections


def _plain(source: Source, item: _Item) -> Section:
    heading = ""
    if _REMARK.match(source.folded, item.start, item.end):
        text = source.folded[item.start : item.end]
        match = re.search(r"[,。:]", text)
        if match is not None and match.start() <= _RUN_IN_HEAD:
            heading = source.clean[item.start : item.start + match.start()]
    return Section("", heading, source.span(item.start, item.end))
