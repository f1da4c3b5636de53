"""Forms of the field and where their labels stand, in any layout (domain.md 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.reading.form_labels import (
    bare_label,
    decoration_end,
    field_of,
    glued_label,
    is_full,
    is_nameless,
    is_numbered,
    may_answer,
)
from knowledge.reading.source import Line, Source

_CELL = re.compile(r"[^\t|]+")
_REACH_BACK = 26
_BOUNDARY = re.compile(r"[\t|]|\s")
_TOKEN = re.compile(r"\S+")
_NOTED = re.compile(r"(?P<name>[^()\s]{2,16})\s*(?P<note>\([^()]{0,30}\))")
_BRACKETED = re.compile(r"(?:^|(?<=[\s|]))(?P<label>〔(?P<words>[^〔〕]{2,20})〕)\s*:?")
_CLASSES = re.compile(r"(?:[^\u4e00-\u9fffA-Za-z]*[A-D甲乙丙丁]\s?类[^\u4e00-\u9fffA-Za-z]*){2,4}")
# 时间, 地点, 参加人员 head any meeting's notice; a record names cases or their handling.
_OF_CASES = re.compile(
    r"提案|建议|议案|委员|代表|承办|主办|面商|面复|案由|案号|办理|答复|办结|办复|交办"
)
_DASHES = re.compile(r"[\s|:-]*-{2,}[\s|:-]*")
_FEW = 3
_SCANNED = 2
"""Fewer colons and rules than this: the labels of a scan have lost theirs."""
_LONGEST = 20
_NARROW = 10
_HEAD = 4000


@dataclass(frozen=True, slots=True)
class FormLabel:
    """A label of a form: its field, where it stands, where its value begins.

    Attributes:
        name: the field, or ``extra`` for a label that has none.
        printed: the label as one reads it aloud.
        stop: where its value ends; None when the next label ends it.
        value: where its value begins when that is not right behind it.
    """

    name: str
    printed: str
    start: int
    end: int
    stop: int | None = None
    value: int | None = None


def form_labels(source: Source, start: int, end: int) -> list[FormLabel]:
    """Labels of a form in order: behind colons, in cells, on lines of their own, in scans."""
    lines = source.lines_in(start, end)
    sure = _likely(source, [label for line in lines for label in _marked(source, line)])
    scanned = sum(label.name != "extra" for label in sure) < _SCANNED
    first = (*_columns(source, lines), *_class_rows(lines), *_broken(lines))
    found = {label.start: label for label in first}
    for label in (*sure, *_unmarked(lines, scanned=scanned)):
        found.setdefault(label.start, label)
    ordered = [found[at] for at in sorted(found) if start <= at < end]
    return list(_apart(ordered))


def _broken(lines: Sequence[Line]) -> Iterator[FormLabel]:
    """Labels that a narrow cell breaks: ``提案主要`` over ``内容`` and the rule behind it."""
    for upper, lower in pairwise(lines):
        cell = re.match(r"[^\t|]{1,20}(?=[\t|])", lower.text)
        if cell is None or len(upper.text) > _NARROW or ":" in upper.text or "\t" in upper.text:
            continue
        words = upper.text + cell.group()
        name = field_of(words)
        if name is not None and (field_of(cell.group()) is None or is_full(words)):
            yield FormLabel(name, bare_label(words), upper.start, lower.start + cell.end())


def _class_rows(lines: Sequence[Line]) -> Iterator[FormLabel]:
    """A row of classes to tick that has no label of its own."""
    for line in lines:
        if _CLASSES.fullmatch(line.text):
            yield FormLabel("result_class", line.text, line.start, line.start)


def _likely(source: Source, labels: Sequence[FormLabel]) -> Sequence[FormLabel]:
    """Without numbered words where labels bear no numbers: 1.时间：… is an item of a value."""
    numbered = {
        label.start for label in labels if is_numbered(source.folded[label.start : label.end])
    }
    if len(numbered) >= max(_FEW, len(labels) - len(numbered)):
        return labels
    return [label for label in labels if label.start not in numbered]


def _apart(labels: Sequence[FormLabel]) -> Iterator[FormLabel]:
    """Labels that do not overlap; under 沟通方式 the word 电话 is a value."""
    before: FormLabel | None = None
    for label in labels:
        inside = before is not None and label.start < before.end
        answer = before is not None and before.name == "method" and label.printed == "电话"
        if not inside and not (answer and label.stop is None):
            yield label
            before = label


def _marked(source: Source, line: Line) -> Iterator[FormLabel]:
    """Labels with a colon behind them, and labels that fill a cell of a row."""
    yield from _with_colon(line)
    yield from _bracketed(line)
    stop = _row_end(source, line)
    row = source.folded[line.start : stop]
    if "\t" not in row and "|" not in row:
        return
    for cell in _CELL.finditer(row):
        label = _whole(cell.group(), line.start + cell.start(), line.start + cell.end())
        if label is not None:
            yield label


def _row_end(source: Source, line: Line) -> int:
    """End of a line with the empty cells behind its text."""
    at = line.end
    while at < len(source.folded) and source.folded[at] in "\t ":
        at += 1
    return at


def _whole(text: str, start: int, end: int, *, nameless: bool = True) -> FormLabel | None:
    """The label that a cell or a line is, when it is nothing else."""
    inner = start + decoration_end(text)
    bare = text[inner - start :].strip(" *:")
    if not bare or len(bare) > 2 * _LONGEST or may_answer(bare):
        return None
    name = field_of(bare) or ("extra" if nameless and is_nameless(bare) else None)
    return FormLabel(name, bare_label(bare), start, end) if name else None


def _with_colon(line: Line) -> Iterator[FormLabel]:
    text = line.text
    at = text.find(":")
    while at >= 0:
        label = _before_colon(text, at)
        if label is not None:
            yield replace(label, start=line.start + label.start, end=line.start + label.end)
        at = text.find(":", at + 1)


def _before_colon(text: str, at: int) -> FormLabel | None:
    """The longest label that ends at a colon and begins a line, a cell or follows a blank."""
    floor = max(0, at - _REACH_BACK)
    cut = max(text.rfind(mark, floor, at) for mark in "\t|:。;!?,")
    clean = cut < 0 or text[cut] in "\t|"
    left = cut + 1
    starts = [left] if clean and (cut >= 0 or floor == 0) else []
    starts += [match.end() for match in _BOUNDARY.finditer(text, left, at)]
    for index, begin in enumerate(starts):
        inner = begin + decoration_end(text[begin:at]) if begin == left else begin
        words = text[inner:at]
        name = field_of(words)
        if name is None and index == 0 and begin == left and is_nameless(words):
            name = "extra"
        if name is None and text[max(0, begin - 2) : begin].isspace() and is_nameless(words):
            name = "extra"
        if name is not None and inner < at:
            return FormLabel(name, bare_label(words), begin, at + 1)
    return None


def _bracketed(line: Line) -> Iterator[FormLabel]:
    """Labels in black brackets: ``【承办单位】…``."""
    for match in _BRACKETED.finditer(line.text):
        words = match["words"]
        name = field_of(words) or ("extra" if is_nameless(words) else None)
        if name is not None:
            start, end = line.start + match.start("label"), line.start + match.end()
            yield FormLabel(name, bare_label(words), start, end)


def _unmarked(lines: Sequence[Line], *, scanned: bool) -> Iterator[FormLabel]:
    """Labels alone on a line, and labels of scans that a blank parts from their value."""
    alone = list(_alone(lines))
    many = len(alone) >= _FEW
    yield from (
        label for label in alone if many or (label.name != "extra" and is_full(label.printed))
    )
    for line in lines:
        if ":" not in line.text or scanned:
            yield from _spaced(line, scanned=scanned)


def _alone(lines: Sequence[Line]) -> Iterator[FormLabel]:
    """Lines that are a label; one without a field only where no label waits for its value."""
    waiting = False
    for line in lines:
        label = _whole(line.text, line.start, line.end, nameless=not waiting)
        waiting = label is not None
        if label is not None and "\t" not in line.text:
            yield label


def _spaced(line: Line, *, scanned: bool) -> Iterator[FormLabel]:
    for match in _NOTED.finditer(line.text):
        opens = match.start() == 0 or line.text[match.start() - 1].isspace()
        name = field_of(match["name"]) if opens else None
        if name is not None and is_full(match["name"]):
            start = line.start + match.start()
            yield FormLabel(name, bare_label(match["name"]), start, line.start + match.end())
    waiting = False
    for token in _TOKEN.finditer(line.text):
        label = _token(line, token, scanned=scanned, waiting=waiting)
        waiting = label is not None
        if label is not None:
            yield label
    glued = glued_label(line.text) if scanned else None
    name = field_of(glued) if glued else None
    if glued is not None:
        yield FormLabel(name or "extra", glued, line.start, line.start + len(glued))


def _token(line: Line, token: re.Match[str], *, scanned: bool, waiting: bool) -> FormLabel | None:
    """A word of a line that is a label; short ones only in a scan and before a value."""
    words = token.group()
    if len(words) > _LONGEST:
        return None
    last = token.end() == len(line.text)
    name = field_of(words)
    if name is None and scanned and not waiting and not last and is_nameless(words):
        name = "extra"
    if name is None or (not is_full(words) and (not scanned or last or waiting)):
        return None
    start, end = line.start + token.start(), line.start + token.end()
    return FormLabel(name, bare_label(words), start, end)


def _columns(source: Source, lines: Sequence[Line]) -> Iterator[FormLabel]:
    """A row of labels over a row of values: each value stands under its label."""
    for index, (head, row) in enumerate(pairwise(lines)):
        labels = _all_labels(source, head)
        if len(labels) < _FEW:
            continue
        if _DASHES.fullmatch(row.text) and index + 2 < len(lines):
            row = lines[index + 2]  # noqa: PLW2901 - the rule of a Markdown table
        cells = _cells(source, row)
        named = [_whole(*cell) for cell in cells if cell[0].strip()]
        if len(cells) != len(_cells(source, head)) or any(named):
            continue
        for label, (_, start, stop) in zip(labels, cells, strict=True):
            yield replace(label, value=start, stop=stop)


def _all_labels(source: Source, line: Line) -> list[FormLabel]:
    """The labels of a row that has nothing but labels in its cells."""
    cells = _cells(source, line)
    found = [_whole(*cell) for cell in cells]
    labels = [label for label in found if label is not None]
    return labels if len(labels) == len(cells) else []


def _cells(source: Source, line: Line) -> list[tuple[str, int, int]]:
    mark = "\t" if "\t" in line.text else "|"
    if mark not in line.text:
        return []
    text = line.text.strip("|") if mark == "|" else source.folded[line.start : line.end]
    at = line.start + (line.text.index(text) if mark == "|" else 0)
    cells: list[tuple[str, int, int]] = []
    for part in text.split(mark):
        cells.append((part, at, at + len(part)))
        at += len(part) + 1
    return cells


def looks_like_form(source: Source) -> bool:
    """Whether enough different labels of a record stand in a text without a title."""
    labels = form_labels(source, 0, min(len(source.clean), _HEAD))
    names = {label.name for label in labels}
    talked = names & {"consulted_on", "consulted_by", "place", "member_opinion", "reply_points"}
    handled = names & {"assigned_on", "due_on", "replied_on", "document_number", "result_class"}
    if {"proposal_summary", "title"} & names and not talked and len(handled) < _FEW:
        return False
    if talked == {"member_opinion"} and not {"unit", "satisfaction"} & names:
        return False  # 意见建议 of a suggestion's own sheet
    of_cases = {label.printed for label in labels if _OF_CASES.search(label.printed)}
    enough = len(names) > _FEW and len(of_cases) > 1
    return enough and (bool(talked) or len(handled) > 1)
