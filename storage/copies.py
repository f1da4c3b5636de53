"""Judges, without the database, whether two documents are copies of one text.

The same letter stands on two sites under different menus, as a scan and as a file, as an
excerpt in a notice, in the other script. Only whole sentences are compared: what surrounds
them is the site's, not the letter's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Final

from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard
from knowledge.script import spelled
from knowledge.sentences import sentences
from storage.folding import folded_number

CONTAINED: Final = 0.8
"""Share of the shorter text's shingles found in the longer one from which they are copies."""
_SHINGLE: Final = 4
_LEAST: Final = 60
"""Shorter prose (characters) is too little to tell a copy by."""
_LEAST_SHARE: Final = 0.2
"""An excerpt is at least this long beside the whole; what is longer yet is a collection."""
_FULLER: Final = 1.1
MARKS: Final = 8
"""A document is found again by so many of its longest clauses."""
_MARK_LENGTHS: Final = range(12, 61)
_LONGEST: Final = 300_000
"""No letter is longer; of a collection the beginning tells enough."""
_EDITED: Final = 0.4
_PAGE: Final = re.compile(r"[-—–－]\s*\d{1,3}\s*[-—–－]")
_ENDED: Final = re.compile(r"[。！？!?；;][”’」』）)】]*$")
_CLAUSE_END: Final = re.compile(r"[，。；：！？,;:!?、]+")
_SIGN: Final = re.compile(r"[\W_]+")
_FIGURE: Final = re.compile(r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]{2,}")


@dataclass(frozen=True, slots=True)
class Prose:
    """The whole sentences of a text, cut into folded clauses of letters and digits."""

    clauses: tuple[str, ...]
    text: str
    figures: frozenset[str]

    @staticmethod
    def of(text: str) -> Prose:
        """The prose of a document's own text; menus, heads and tables have no full stop."""
        plain = _PAGE.sub("", spelled(text[:_LONGEST]))
        # A line may break anywhere, even in a figure; only signs part one clause from another.
        found = ("".join(span.of(plain).split()) for span in sentences(plain))
        whole = [one for one in found if _ENDED.search(one)]
        parts = (_SIGN.sub("", part) for one in whole for part in _CLAUSE_END.split(one))
        clauses = tuple(part for part in parts if part)
        figures = frozenset(figure for one in whole for figure in _FIGURE.findall(one))
        return Prose(clauses, "".join(clauses), figures)

    def marks(self) -> Sequence[int]:
        """63-bit digests of the longest clauses: equal texts share all, an excerpt some."""
        telling = {clause for clause in self.clauses if len(clause) in _MARK_LENGTHS}
        longest = sorted(telling, key=lambda clause: (-len(clause), clause))[:MARKS]
        return sorted({int.from_bytes(sha256(c.encode()).digest()[:8]) >> 1 for c in longest})


@dataclass(frozen=True, slots=True)
class Side:
    """One of two documents under comparison.

    Attributes:
        recognised: its text comes from a picture, so single characters may be wrong.
    """

    card: DocumentCard
    prose: Prose
    recognised: bool


def are_copies(one: Side, other: Side) -> bool:
    """Whether the shorter text stands in the longer one, and nothing they print disagrees.

    In what was recognised names and figures may be misread: only numbers and dates count.
    """
    guessed = one.recognised or other.recognised
    if not agree(one.card, other.card) or not (guessed or _names_agree(one.card, other.card)):
        return False
    shorter, longer = sorted((one.prose, other.prose), key=lambda prose: len(prose.text))
    if len(shorter.text) < max(_LEAST, _LEAST_SHARE * len(longer.text)):
        return False
    if _contained(shorter.text, longer.text) < CONTAINED:
        return False
    return guessed or shorter.figures <= longer.figures


def differs_around_only(one: Side, other: Side) -> bool:
    """Whether two copies differ in their surroundings or extent, not in their wording."""
    if not are_copies(one, other):
        return False
    shorter, longer = sorted((one.prose, other.prose), key=lambda prose: len(prose.text))
    return one.recognised or other.recognised or not _edited(shorter, longer)


def agree(one: DocumentCard, other: DocumentCard) -> bool:
    """Whether no number or date of one contradicts the other's.

    What one of them does not print contradicts nothing; an excerpt may have lost its kind.
    """
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and DocumentKind.OTHER not in kinds:
        return False
    if _unlike(folded_number(one.document_number), folded_number(other.document_number)):
        return False
    exact = ((one.case_value, other.case_value), (one.date, other.date), (one.body, other.body))
    return not any(_unlike(*pair) for pair in exact)


def _names_agree(one: DocumentCard, other: DocumentCard) -> bool:
    """Session, unit and class, of which one copy may print less than the other."""
    pairs = (
        (one.session, other.session),
        (one.unit, other.unit),
        (one.result_class, other.result_class),
    )
    return all(_one_in_other(*pair) for pair in pairs)


def is_main(one: Side, other: Side) -> bool:
    """Whether ``one`` is to be shown rather than ``other``, which was there before.

    What was read stands before what was recognised, a letter before an unknown paper, the
    more complete before the less; of equals the earlier.
    """
    if one.recognised != other.recognised:
        return other.recognised
    if one.card.kind is not other.card.kind:
        return other.card.kind is DocumentKind.OTHER
    return len(one.prose.text) > _FULLER * len(other.prose.text)


def _unlike(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _one_in_other(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    mine, theirs = _bare(one), _bare(other)
    return mine in theirs or theirs in mine


def _bare(text: str) -> str:
    return _SIGN.sub("", spelled(text))


def _contained(shorter: str, longer: str) -> float:
    mine = _pieces(shorter, _SHINGLE)
    return len(mine & _pieces(longer, _SHINGLE)) / len(mine) if mine else 0.0


def _edited(shorter: Prose, longer: Prose) -> bool:
    """Whether something was reworded: other words stand between the same neighbours.

    What an excerpt leaves out is no rewording. At the ends there is a neighbour on one side
    only: there the other words must be much like these.
    """
    mine, theirs = shorter.clauses, longer.clauses
    for tag, start, end, from_, to in SequenceMatcher(
        None, mine, theirs, autojunk=False
    ).get_opcodes():
        one, other = "".join(mine[start:end]), "".join(theirs[from_:to])
        # A menu without any stop runs into the first clause behind it: that is no new wording.
        if tag != "replace" or one in other or other in one:
            continue
        if (start > 0 and end < len(mine)) or _much_alike(one, other):
            return True
    return False


def _much_alike(one: str, other: str) -> bool:
    mine, theirs = _pieces(one, 2), _pieces(other, 2)
    return len(mine & theirs) >= _EDITED * max(1, len(mine | theirs))


def _pieces(text: str, size: int) -> set[str]:
    return {text[at : at + size] for at in range(len(text) - size + 1)}


def recognised(codes: Iterable[str]) -> bool:
    """Whether a reader's warnings tell that a text comes from a picture."""
    return any(code.startswith("recognition.") or code.endswith(".recognised") for code in codes)
