"""The values behind a form's labels: where each begins and ends, whatever the layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.domain.facts import Labelled
from knowledge.domain.text import Field
from knowledge.reading.dates import first_date
from knowledge.reading.folding import fold
from knowledge.reading.form_places import FormLabel
from knowledge.reading.form_titles import is_continued
from knowledge.reading.forms import form_labels
from knowledge.reading.source import PAGE, Source

_CELL_END = re.compile(r"[\t\n|]|<div|<br")
_TAG = re.compile(r"<(?!input)[^<>]{0,200}>")
_STAMP = re.compile(r"\s*\((?:盖章|公章|章|签章|印章|签字|签名)\)\s*$")
_EMPTY = re.compile(r"[\s_/|—–\-.…]*|\(?\s*年\s*月\s*日\s*\)?|无|/")
_NAMES = re.compile(
    r"[\u4e00-\u9fff][ \u3000]{1,3}[\u4e00-\u9fff](?![\u4e00-\u9fff])|[^\s、,;。|()]{2,30}"
)
_ASIDE = re.compile(r"\([^()]*\)")
_COUNTED = re.compile(r"等(?:[\d一二三四五六七八九十]{0,3}[名位]?(?:委员|代表|人|同志)?)$")
_EDGES = " \t\r\n|*_\u3000"
_CONTINUES = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()]{1,24}")
_TITLE_END = re.compile(r"(?:提案|建议|议案|建议案|案|》)[\s*》]*$")
_LONGEST_TITLE = 80
_PLACES = frozenset(("unit", "employer", "place", "title"))


class Form:
    """A form's labels in order, and the stretch behind each."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        """Find the labels of a form.

        Args:
            source: the text.
            start: clean offset where the form begins.
            end: clean offset behind it.
        """
        self.source = source
        self.start = start
        self.labels = form_labels(source, start, end)
        edges = [label.start for label in self.labels[1:]]
        self._ends = dict(zip(self.labels, [*edges, end], strict=True)) if self.labels else {}

    def bounds(self, label: FormLabel) -> tuple[int, int] | None:
        """Clean bounds of a value without blanks, rules and tags around it; None when blank."""
        text = self.source.folded
        start = label.end if label.value is None else label.value
        end = self._ends[label] if label.stop is None else label.stop
        while start < end and (text[start] in _EDGES or _TAG.match(text, start, end)):
            tag = _TAG.match(text, start, end)
            start = tag.end() if tag else start + 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if end <= start or _EMPTY.fullmatch(text, start, end):
            return None
        return start, end

    def all(self, *names: str) -> list[FormLabel]:
        """Labels of these fields, in order."""
        return [label for label in self.labels if label.name in names]

    def stretches(self, *names: str) -> list[tuple[int, int]]:
        """Bounds of the values of these fields that are not blank."""
        return [bounds for label in self.all(*names) if (bounds := self.bounds(label))]

    def cell(self, *names: str) -> Field[str] | None:
        """The first value of these fields up to the end of its cell: names, places, units."""
        for label in self.all(*names):
            found = self.cell_of(label)
            if found is not None:
                return found
        return None

    def cell_of(self, label: FormLabel) -> Field[str] | None:
        """A label's value up to the end of its cell; a wrapped name of a unit or place whole."""
        bounds = self.bounds(label)
        if bounds is None:
            return None
        stop = _CELL_END.search(self.source.folded, *bounds)
        end = stop.start() if stop else bounds[1]
        if stop is not None and label.name in _PLACES:
            end = self._wrapped(end, bounds[1])
        start, end = self.source.trimmed(bounds[0], end)
        stamp = _STAMP.search(self.source.folded, start, end)
        end = stamp.start() if stamp and stamp.start() > start else end
        value = self.tidy(start, end)
        return self.source.field(value, start, end) if value else None

    def _wrapped(self, end: int, stop: int) -> int:
        """End of a value that reads on in the next line and ends there."""
        end += self.source.folded[end : end + 2] == "\r\n"
        rest = self.source.folded[end:stop]
        if not rest.startswith("\n"):
            return end
        line = rest[1:].split("\n", 1)[0]
        whole = len(line) + 1 == len(rest) and _CONTINUES.fullmatch(line.strip())
        if not whole and not self._title_goes_on(end, line):
            return end
        return end + 1 + len(line.rstrip())

    def _title_goes_on(self, end: int, line: str) -> bool:
        """Whether 关于… without its last word finds it at the end of the next line."""
        begin = self.source.folded.rfind("关于", max(0, end - _LONGEST_TITLE), end)
        head = self.source.folded[begin:end] if begin >= 0 else ""
        return bool(head) and not _TITLE_END.search(head) and bool(_TITLE_END.search(line))

    def text(self, *names: str) -> Field[str] | None:
        """The first value of these fields, on one line, without tags."""
        for bounds in self.stretches(*names):
            value = self.tidy(*bounds)
            if value:
                return self.source.field(value, *bounds)
        return None

    def names(self, *names: str) -> tuple[Field[str], ...]:
        """All names in the cells of these fields."""
        found: dict[str, Field[str]] = {}
        for label in self.all(*names):
            cell = self.cell_of(label)
            if cell is None or cell.span is None:
                continue
            start, end = (self.source.clean_at(at) for at in (cell.span.start, cell.span.end))
            for field in self._people(start, end):
                found.setdefault(field.value, field)
        return tuple(found.values())

    def _people(self, start: int, end: int) -> Iterator[Field[str]]:
        """Names between commas and blanks; posts in brackets and 等三人 are no part of them."""
        asides = [match.span() for match in _ASIDE.finditer(self.source.folded, start, end)]
        for match in _NAMES.finditer(self.source.folded, start, end):
            if any(left <= match.start() < right for left, right in asides):
                continue
            text = match.group()
            counted = _COUNTED.search(text)
            stop = match.start() + (counted.start() if counted and counted.start() else len(text))
            value = "".join(self.source.clean[match.start() : stop].split())
            yield self.source.field(value, match.start(), stop)

    def day(self, *names: str) -> Field[date] | None:
        """The first date in the values of these fields."""
        for bounds in self.stretches(*names):
            found = first_date(self.source.folded, *bounds)
            if found is not None:
                return self.source.field(found.value, found.start, found.end)
        return None

    def extra(self, *names: str) -> Iterator[Field[Labelled]]:
        """Labels that have no field of their own, with what stands behind them."""
        for label in self.all(*names):
            bounds = self.bounds(label)
            if bounds is not None:
                text = self.tidy(*self._first_paragraph(*bounds))
                yield self.source.field(Labelled(label.printed, text), *bounds)

    def _first_paragraph(self, start: int, end: int) -> tuple[int, int]:
        blank = re.compile(r"\n[ \t]*\n").search(self.source.folded, start, end)
        return start, blank.start() if blank else end

    def tidy(self, start: int, end: int) -> str:
        """A stretch on one line: without tags, page numbers and repeated heads."""
        bare = _TAG.sub("", self.source.clean[start:end])
        parts = (part.strip(_EDGES) for part in bare.splitlines())
        kept = (part for part in parts if not PAGE.fullmatch(part) and not is_continued(fold(part)))
        return "".join(kept).strip(_EDGES)
