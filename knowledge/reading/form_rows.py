"""Labels of tables: over their columns, in rows of classes, broken by a narrow cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.reading.form_labels import bare_label, field_of, is_full
from knowledge.reading.form_places import FormLabel, whole_label
from knowledge.reading.source import Line, Source

_CLASSES = re.compile(r"(?:[^\u4e00-\u9fffA-Za-z]*[A-D甲乙丙丁]\s?类[^\u4e00-\u9fffA-Za-z]*){2,4}")
_DASHES = re.compile(r"[\s|:-]*-{2,}[\s|:-]*")
_FEW = 3
_NARROW = 10


def row_labels(source: Source, lines: Sequence[Line]) -> Iterator[FormLabel]:
    """All labels that only the layout of a table tells."""
    yield from _columns(source, lines)
    yield from _class_rows(lines)
    yield from _broken(lines)


def _columns(source: Source, lines: Sequence[Line]) -> Iterator[FormLabel]:
    """A row of labels over a row of values: each value stands under its label."""
    for index, (head, row) in enumerate(pairwise(lines)):
        labels = _all_labels(source, head)
        if len(labels) < _FEW:
            continue
        if _DASHES.fullmatch(row.text) and index + 2 < len(lines):
            row = lines[index + 2]  # noqa: PLW2901 - the rule of a Markdown table
        cells = _cells(source, row)
        named = [whole_label(*cell) for cell in cells if cell[0].strip()]
        if len(cells) != len(_cells(source, head)) or any(named):
            continue
        for label, (_, start, stop) in zip(labels, cells, strict=True):
            yield replace(label, value=start, stop=stop)


def _all_labels(source: Source, line: Line) -> list[FormLabel]:
    """The labels of a row that has nothing but labels in its cells."""
    cells = _cells(source, line)
    found = [whole_label(*cell) for cell in cells]
    labels = [label for label in found if label is not None]
    return labels if len(labels) == len(cells) else []


def _cells(source: Source, line: Line) -> list[tuple[str, int, int]]:
    """The cells of a row, empty ones at its edges too."""
    mark = "\t" if "\t" in line.text else "|"
    if mark not in line.text:
        return []
    if mark == "|":
        text = line.text.strip("|")
        at = line.start + line.text.index(text)
    else:
        at = source.folded.rfind("\n", 0, line.start) + 1
        stop = source.folded.find("\n", line.end)
        text = source.folded[at : stop if stop >= 0 else len(source.folded)].rstrip("\r")
    cells: list[tuple[str, int, int]] = []
    for part in text.split(mark):
        cells.append((part, at, at + len(part)))
        at += len(part) + 1
    return cells


def _class_rows(lines: Sequence[Line]) -> Iterator[FormLabel]:
    """A row of classes to tick that has no label of its own."""
    for line in lines:
        if _CLASSES.fullmatch(line.text):
            yield FormLabel("result_class", line.text, line.start, line.start)


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
