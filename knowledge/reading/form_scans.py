"""Labels with nothing behind them to tell them by: on lines of their own, and in scans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.reading.form_labels import bare_label, field_of, glued_label, is_full, is_nameless
from knowledge.reading.form_places import FormLabel, whole_label
from knowledge.reading.source import Line

_TOKEN = re.compile(r"\S+")
_NOTED = re.compile(r"(?P<name>[^()\s]{2,16})\s*(?P<note>\([^()]{0,30}\))")
_FEW = 3
_LONGEST = 20


def unmarked_labels(lines: Sequence[Line], *, scanned: bool) -> Iterator[FormLabel]:
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
        label = whole_label(line.text, line.start, line.end, nameless=not waiting)
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
