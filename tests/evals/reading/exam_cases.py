"""The exam's paper: invented documents, each with the fields a careful reader would write down.

A case file holds cases that begin with ``===== name``. The lines up to ``---`` tell what is
expected, one ``field = value`` a line, lists with ``|`` and several documents with ``+++``;
behind it stands the text itself. A field that is not told must not be found, save those in
``OPEN``; ``-`` says that a field is absent. A first line ``format = html`` or ``csv`` tells
that the text is such a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FIRST_RUN = HERE / "first_run"
BLIND = HERE / "blind"
"""Written from the field's rules alone by someone who had not seen the code."""
BLIND_SECOND = HERE / "blind_second"
"""Likewise, by another person, after the readers had been mended for the first such paper."""
LATER = HERE / "later"

OPEN = frozenset(
    {"genre", "body", "case_kind", "title", "policies", "sections", "due", "figures", "demands"}
    | {"addressee_kind", "background", "articles", "warnings", "commitments", "session", "status"}
    | {"addressee_count", "supervisor", "supporters", "co_handlers", "assigned_on", "replied_on"}
    | {"due_on", "handler", "method", "extra"}
)
"""Fields that a case may leave untold."""
OPEN_IN_RECORDS = OPEN | {"responsible_leader"}


@dataclass(frozen=True, slots=True)
class Case:
    """One file's text and, for each document in it, field -> expected values."""

    name: str
    text: str
    format: str
    expected: tuple[dict[str, list[str]], ...]


def load(folder: Path) -> list[Case]:
    """All cases of a folder, in the order of their files."""
    return [case for path in sorted(folder.glob("*.txt")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[Case]:
    for part in path.read_text(encoding="utf-8").split("===== ")[1:]:
        name, _, rest = part.partition("\n")
        front, _, text = rest.partition("\n---\n")
        expected = tuple(_fields(block) for block in front.split("\n+++\n"))
        (kept,) = expected[0].pop("format", ["txt"])
        yield Case(f"{path.stem}: {name}", text, kept, expected)


def _fields(block: str) -> dict[str, list[str]]:
    pairs = (line.partition(" =")[::2] for line in block.splitlines() if line.strip())
    return {name.strip(): _values(value) for name, value in pairs}


def _values(value: str) -> list[str]:
    bare = value.strip()
    return [] if bare in ("", "-") else [item.strip().rstrip("#:") for item in bare.split("|")]
