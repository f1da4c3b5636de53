"""Passages: whole sentences cut along the document's own structure (design.md 5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from knowledge.domain.documents import PassageDraft, Section
from knowledge.domain.text import Span
from knowledge.reading.headings import starts_heading
from knowledge.reading.sentences import paragraphs, sentences
from knowledge.reading.source import Source

LEAST = 200
MOST = 500
LONGEST_SENTENCE = 800
REMARK = 60
_SMALL = 120
_AIM = 420
_PARTS = 10
_CUT = re.compile(r"[,;、:\s]")
_ENDED = re.compile(r"[。!?;…][”’」』)》]*$")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence (raw offsets) with the headings above it and the part it stands in."""

    start: int
    end: int
    path: tuple[str, ...]
    part: int
    opens: bool
    alone: bool

    @property
    def size(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Node:
    """A section in reading order with its headings from the top."""

    start: int
    end: int
    path: tuple[str, ...]
    part: int
    alone: bool


def cut(
    source: Source, start: int, end: int, sections: Sequence[Section], breaks: Sequence[int] = ()
) -> tuple[PassageDraft, ...]:
    """Passages of a document, in order; every character that is not blank is in exactly one.

    Args:
        source: the text.
        start: clean offset of the document.
        end: clean offset behind it.
        sections: the document's section tree.
        breaks: clean offsets where a new part begins whatever the sections say.
    """
    units = list(_units(source, start, end, sections, breaks))
    groups = _merged(_grouped(_glued(source, units)))
    drafts = (draft for group in groups for draft in _packed(group))
    return tuple(drafts if not source.unseen else _seen(source, drafts))


def _seen(source: Source, drafts: Iterable[PassageDraft]) -> Iterator[PassageDraft]:
    """Passages without what a reader of the page does not see: each part stands alone."""
    for draft in drafts:
        for part in source.seen(draft.span):
            for left, right in _stripped(source.raw, part.start, part.end):
                yield PassageDraft(Span(left, right), draft.heading_path)


def _units(
    source: Source, start: int, end: int, sections: Sequence[Section], breaks: Sequence[int]
) -> Iterator[_Unit]:
    nodes = list(_nodes(sections, (), None))
    edges = sorted({source.span(at, at).start for at in breaks})
    current = -1
    opens_at = {node.start for node in nodes}
    stack: list[_Node] = []
    for left, right in _sentence_bounds(source, start, end, opens_at):
        while current + 1 < len(nodes) and nodes[current + 1].start <= left:
            current += 1
            stack.append(nodes[current])
        while stack and stack[-1].end <= left:
            stack.pop()
        inside = _innermost(stack, left)
        passed = sum(1 for edge in edges if edge <= left)
        part = (inside.part + 1) if inside else 0
        yield _Unit(
            left,
            right,
            inside.path if inside else (),
            part * _PARTS + passed,
            left in opens_at,
            bool(inside and inside.alone),
        )


def _innermost(stack: Sequence[_Node], at: int) -> _Node | None:
    return next((node for node in reversed(stack) if node.start <= at < node.end), None)


def _nodes(sections: Sequence[Section], path: tuple[str, ...], part: int | None) -> Iterator[_Node]:
    for index, section in enumerate(sections):
        here = index if part is None else part
        name = f"{section.label}{section.heading}"
        below = (*path, name) if name else path
        size = section.span.end - section.span.start
        alone = not section.label and bool(section.heading) and size >= REMARK
        yield _Node(section.span.start, section.span.end, below, here, alone)
        yield from _nodes(section.children, below, here)


def _sentence_bounds(
    source: Source, start: int, end: int, opens_at: set[int]
) -> Iterator[tuple[int, int]]:
    """Raw bounds of sentences, cut again where a section begins inside one."""
    edges = sorted(opens_at)
    position = 0
    for paragraph in paragraphs(source, start, end):
        for left, right in sentences(source, paragraph):
            span = source.span(left, right)
            at = span.start
            while position < len(edges) and edges[position] <= at:
                position += 1
            while position < len(edges) and edges[position] < span.end:
                yield from _shortened(source, at, edges[position])
                at = edges[position]
                position += 1
            yield from _shortened(source, at, span.end)


def _shortened(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch itself, or pieces of it when it is longer than any sentence should be."""
    raw = source.raw
    while end - start > LONGEST_SENTENCE:
        cuts = [match.end() for match in _CUT.finditer(raw, start + LEAST, start + MOST)]
        at = cuts[-1] if cuts else start + MOST
        yield from _stripped(raw, start, at)
        start = at
    yield from _stripped(raw, start, end)


def _stripped(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = raw[start:end]
    if text.strip():
        left = start + len(text) - len(text.lstrip())
        yield left, left + len(text.strip())


def _glued(source: Source, units: Sequence[_Unit]) -> Iterator[_Unit]:
    """A heading on a line of its own goes with the sentence below it."""
    held: _Unit | None = None
    for single in units:
        unit = single
        if held is not None and single.part == held.part:
            unit = replace(held, end=single.end, alone=single.alone)
        elif held is not None:
            yield held
        held = None
        if _is_bare_heading(source, single):
            held = unit
        else:
            yield unit
    if held is not None:
        yield held


def _is_bare_heading(source: Source, unit: _Unit) -> bool:
    if not unit.opens or unit.size >= _SMALL:
        return False
    text = source.raw[unit.start : unit.end]
    return starts_heading(text) and _ENDED.search(text) is None


def _grouped(units: Iterator[_Unit]) -> list[list[_Unit]]:
    groups: list[list[_Unit]] = []
    for unit in units:
        if groups and groups[-1][-1].part == unit.part:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def _merged(groups: Sequence[list[_Unit]]) -> list[list[_Unit]]:
    """Small neighbouring parts share a passage; a remark to one ask stays alone."""
    merged: list[list[_Unit]] = []
    for group in groups:
        before = merged[-1] if merged else None
        if before and not before[0].alone and not group[0].alone:
            size = group[-1].end - before[0].start
            small = min(group[-1].end - group[0].start, before[-1].end - before[0].start)
            if size <= MOST and small < _SMALL and not _head_meets_section(before, group):
                before.extend(group)
                continue
        merged.append(list(group))
    return merged


def _head_meets_section(before: Sequence[_Unit], group: Sequence[_Unit]) -> bool:
    """The head names the whole letter; it is not the first section's."""
    return before[0].part < _PARTS <= group[0].part


def _packed(units: Sequence[_Unit]) -> Iterator[PassageDraft]:
    total = units[-1].end - units[0].start
    if total <= MOST:
        yield _draft(units)
        return
    aim = total / -(-total // _AIM)
    batches: list[list[_Unit]] = [[]]
    for unit in units:
        batch = batches[-1]
        size = batch[-1].end - batch[0].start if batch else 0
        grown = unit.end - batch[0].start if batch else 0
        full = grown > MOST or size >= aim or (unit.opens and size >= LEAST)
        if batch and full:
            batches.append([unit])
        else:
            batch.append(unit)
    yield from (_draft(batch) for batch in _without_scrap(batches))


def _without_scrap(batches: list[list[_Unit]]) -> list[list[_Unit]]:
    if len(batches) > 1:
        last, before = batches[-1], batches[-2]
        if last[-1].end - last[0].start < _SMALL and last[-1].end - before[0].start <= MOST:
            return [*batches[:-2], before + last]
    return batches


def _draft(units: Sequence[_Unit]) -> PassageDraft:
    paths = [unit.path for unit in units]
    shared = takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False))
    return PassageDraft(Span(units[0].start, units[-1].end), tuple(names[0] for names in shared))
