"""The exam's marking: every expected field is right, missing or wrong, and told by a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.domain.documents import DocumentKind, ParsedDocument, fields_of
from knowledge.domain.facts import (
    Article,
    CaseNumber,
    Commitment,
    Consultation,
    CopyTo,
    Figure,
    Labelled,
    PolicyReference,
    Session,
)
from knowledge.reading.loaded import silent
from knowledge.reading.loaders.registry import LOADERS
from knowledge.reading.parsing import parse_loaded, parse_text
from knowledge.reading.sniffing import Format
from tests.evals.reading.exam_cases import HERE, OPEN, OPEN_IN_RECORDS, Case

_JOIN = re.compile(r"\s*\n\s*")
STRICT = ("case_number", "case_numbers", "document_number", "result_class")


@dataclass(frozen=True, slots=True)
class Mark:
    """One field of one document as expected and as read."""

    case: str
    field: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    warned: bool

    @property
    def right(self) -> bool:
        """Whether the reading is exactly what was expected."""
        return _alike(self.expected) == _alike(self.found)

    @property
    def silent(self) -> bool:
        """Whether a wrong value was given and no warning tells of any doubt."""
        return not self.right and bool(self.found) and not self.warned


def mark(case: Case) -> list[Mark]:
    """All marks of a case; documents too many or too few count as a wrong ``kind``."""
    documents = documents_of(case)
    marks: list[Mark] = []
    for index, expected in enumerate(case.expected):
        if index < len(documents):
            marks.extend(_marks(case.name, expected, documents[index]))
        else:
            marks.append(Mark(case.name, "kind", tuple(expected["kind"]), (), warned=False))
    extra = documents[len(case.expected) :]
    marks.extend(Mark(case.name, "kind", (), (item.kind.value,), warned=False) for item in extra)
    return marks


def documents_of(case: Case) -> tuple[ParsedDocument, ...]:
    """The case's file as read."""
    if case.format == "txt":
        return parse_text(case.text)
    load = LOADERS[Format(case.format)]
    return parse_loaded(load(case.text.encode(), f"卷.{case.format}", silent))


def _marks(name: str, expected: dict[str, list[str]], document: ParsedDocument) -> Iterator[Mark]:
    found = read(document)
    warned = bool(document.warnings)
    if expected["kind"] != found["kind"]:
        yield Mark(name, "kind", tuple(expected["kind"]), tuple(found["kind"]), warned)
        return
    may_be_untold = OPEN_IN_RECORDS if document.kind is DocumentKind.RECORD else OPEN
    for field in found:
        if field in expected or field not in may_be_untold:
            values = expected.get(field, [])
            yield Mark(name, field, tuple(values), tuple(found[field]), warned)


def read(document: ParsedDocument) -> dict[str, list[str]]:
    """A document's fields in the exam's notation."""
    found: dict[str, list[str]] = {"kind": [document.kind.value]}
    for name, items in fields_of(document.fields):
        found[name] = [shown(item.value) for item in items]
        if name == "commitments":
            promised = (item.value for item in items)
            found["due"] = [
                item.due for item in promised if isinstance(item, Commitment) and item.due
            ]
    found.setdefault("due", [])
    named = (f"{item.label}{item.heading}" for item in document.sections)
    found["sections"] = [name for name in named if name]
    found["warnings"] = sorted({warning.code for warning in document.warnings})
    return found


def shown(value: object) -> str:
    """One value in the exam's notation; parts that are absent are empty or ``-``."""
    match value:
        case Session(level, place, term, meeting):
            text = _row("/", level, place, term, meeting, absent="-")
        case CaseNumber(literal, number, prefix, year, subject):
            text = _row(":", literal, number, prefix, year, subject).rstrip(":")
        case CopyTo(name, copies):
            text = _row(":", name, copies).rstrip(":")
        case Consultation(day, method, person):
            text = _row("/", day, method, person, absent="-")
        case PolicyReference(title, number, issuer, article, force):
            told = "no" if force is False else None
            text = _row("#", title, number, issuer, article, told).rstrip("#")
        case Labelled(label, text):
            text = f"{label}={text}"
        case Figure(text=text) | Commitment(text=text) | Article(label=text):
            pass
        case _:
            text = str(value)
    return _JOIN.sub("", text)


def _alike(values: Iterable[str]) -> list[str]:
    """Values as compared: blanks inside a title or name are the page's, not the field's."""
    return ["".join(value.split()) for value in values]


def _row(mark: str, *parts: object, absent: str = "") -> str:
    return mark.join(str(part or absent) for part in parts)


@dataclass(slots=True)
class Score:
    """How the marks of one field fell out.

    Attributes:
        right: readings that were exactly right, absent values included.
        total: all marks.
        stated: marks whose document states the field.
        stated_right: those of them that were right.
        silent: wrong values given without any warning.
    """

    right: int = 0
    total: int = 0
    stated: int = 0
    stated_right: int = 0
    silent: int = 0

    def add(self, item: Mark) -> None:
        """Count one mark."""
        self.right += item.right
        self.total += 1
        self.stated += bool(item.expected)
        self.stated_right += item.right and bool(item.expected)
        self.silent += item.silent


def by_field(marks: Iterable[Mark]) -> dict[str, Score]:
    """Scores by field; ``all`` sums them up."""
    scores: defaultdict[str, Score] = defaultdict(Score)
    for item in marks:
        scores[item.field].add(item)
        scores["all"].add(item)
    return dict(sorted(scores.items()))


def table(scores: dict[str, Score]) -> str:
    """The scores as lines of text; ``stated`` leaves out what a document rightly lacks."""
    lines = [f"{'field':<20}{'stated':>12}{'share':>9}{'with absent':>14}{'silent':>8}"]
    for name, score in scores.items():
        share = f"{100 * score.stated_right / score.stated:.1f}%" if score.stated else "-"
        stated = f"{score.stated_right}/{score.stated}"
        every = f"{score.right}/{score.total}"
        lines.append(f"{name:<20}{stated:>12}{share:>9}{every:>14}{score.silent:>8}")
    return "\n".join(lines) + "\n"


def first_runs() -> str:
    """The totals of the papers written before the code they test, as they first came out."""
    lines = ["first run, before any reader was changed for it:"]
    names = ("first_run_figures.txt", "blind_first_run.txt", "blind_second_first_run.txt")
    for name in names:
        part = name.removesuffix("_first_run.txt").removesuffix("_figures.txt")
        for line in (HERE / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                part = f"blind, {line[3:]}"
            elif line.startswith("all "):
                lines.append(f"  {part:<18}{'  '.join(line.split()[1:3])}")
    return "\n".join(lines)
