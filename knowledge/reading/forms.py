"""Forms of the field and where their labels stand, in any layout (domain.md 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.reading.form_labels import (
    bare_label,
    decoration_end,
    field_of,
    is_nameless,
    is_numbered,
)
from knowledge.reading.form_places import FormLabel, whole_label
from knowledge.reading.form_rows import row_labels
from knowledge.reading.form_scans import unmarked_labels
from knowledge.reading.source import Line, Source

_CELL = re.compile(r"[^\t|]+")
_REACH_BACK = 26
_BOUNDARY = re.compile(r"[\t|]|\s")
_BRACKETED = re.compile(r"(?:^|(?<=[\s|]))(?P<label>〔(?P<words>[^〔〕]{2,20})〕)\s*:?")
# 时间, 地点, 参加人员 head any meeting's notice; a record names cases or their handling.
_OF_CASES = re.compile(
    r"提案|建议|议案|委员|代表|承办|主办|面商|面复|案由|案号|办理|答复|办结|办复|交办"
)
_FEW = 3
_SCANNED = 2
"""Fewer colons and rules than this: the labels of a scan have lost theirs."""
_HEAD = 4000


def form_labels(source: Source, start: int, end: int) -> list[FormLabel]:
    """Labels of a form in order: behind colons, in cells, on lines of their own, in scans."""
    lines = source.lines_in(start, end)
    sure = _likely(source, [label for line in lines for label in _marked(source, line)])
    scanned = sum(label.name != "extra" for label in sure) < _SCANNED
    found = {label.start: label for label in row_labels(source, lines)}
    for label in (*sure, *unmarked_labels(lines, scanned=scanned)):
        found.setdefault(label.start, label)
    ordered = [found[at] for at in sorted(found) if start <= at < end]
    return list(_apart(ordered))


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
        label = whole_label(cell.group(), line.start + cell.start(), line.start + cell.end())
        if label is not None:
            yield label


def _row_end(source: Source, line: Line) -> int:
    """End of a line with the empty cells behind its text."""
    at = line.end
    while at < len(source.folded) and source.folded[at] in "\t ":
        at += 1
    return at


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
