"""Decides, without touching the database, which kept document each document of a file is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from knowledge.domain.documents import Openness
from knowledge.domain.library import DocumentCard, DocumentId, DocumentStatus
from storage.copies import Prose, Side, differs_around_only
from storage.wordings import Wording, alike, same_number


class Fate(Enum):
    """What becomes of a document of a file."""

    NEW = auto()
    VERSION = auto()
    SAME = auto()
    REVIVED = auto()


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept wording of a document that may be what a file brings.

    Attributes:
        card: the document's card, of its current version.
        version: the wording's version; older than the card's when it was superseded.
        sha256, identity: of this wording.
        elsewhere: whether other paths hold the document, too.
        operator_openness, operator_unit: what a person set on this very document.
        recognised: whether the wording comes from a picture.
    """

    card: DocumentCard
    version: int
    sha256: str
    identity: str | None
    elsewhere: bool = False
    operator_openness: Openness | None = None
    operator_unit: str | None = None
    recognised: bool = False

    @property
    def current(self) -> bool:
        """Whether this is the document's newest wording."""
        return self.version == self.card.version


@dataclass(frozen=True, slots=True)
class Decision:
    """A wording's fate; ``kept`` is the wording it repeats or follows."""

    wording: Wording
    fate: Fate
    kept: Kept | None = None


@dataclass(slots=True)
class Matcher:
    """Matches the documents of one file; each kept document is taken once.

    Args:
        here: wordings the path held so far.
        same: kept wordings of equal text, anywhere.
        copies: current wordings of active documents, by identity.
        text_of: reads what is seen of a document's current text; asked for copies only,
            which are rare.
    """

    here: Sequence[Kept]
    same: Mapping[str, Sequence[Kept]]
    copies: Mapping[str, Sequence[Kept]]
    text_of: Callable[[DocumentId], str]
    decisions: dict[str, Decision] = field(default_factory=dict[str, Decision])
    taken: set[str] = field(default_factory=set[str])

    def decide(self, wordings: Sequence[Wording]) -> Sequence[Decision]:
        """One decision per wording, in order."""
        # What is certain goes first, so that a guess never takes its document away.
        rules = (
            self._unchanged_here,
            self._equal_elsewhere,
            self._same_number_here,
            self._in_order_here,
            self._changed_copy,
        )
        for rule in rules:
            for wording in wordings:
                if wording.sha256 not in self.decisions:
                    self._take(wording, rule(wording))
        for wording in wordings:
            self.decisions.setdefault(wording.sha256, Decision(wording, Fate.NEW))
        return [self.decisions[wording.sha256] for wording in wordings]

    def left_out(self) -> Sequence[Kept]:
        """Wordings the path held and no longer holds."""
        return [kept for kept in self.here if kept.card.id not in self.taken]

    def _take(self, wording: Wording, decision: Decision | None) -> None:
        if decision and decision.kept:
            self.decisions[wording.sha256] = decision
            self.taken.add(decision.kept.card.id)

    def _free(self, kept: Iterable[Kept]) -> list[Kept]:
        return [one for one in kept if one.card.id not in self.taken]

    def _unchanged_here(self, wording: Wording) -> Decision | None:
        for kept in self._free(self.here):
            if kept.sha256 == wording.sha256:
                return Decision(wording, Fate.SAME, kept)
        return None

    def _equal_elsewhere(self, wording: Wording) -> Decision | None:
        for kept in self._free(self.same.get(wording.sha256, ())):
            if kept.current:
                # Superseded by a person it still has sources, and stays as it was put.
                gone = kept.card.status is DocumentStatus.SUPERSEDED and not kept.elsewhere
                return Decision(wording, Fate.REVIVED if gone else Fate.SAME, kept)
        return None

    def _same_number_here(self, wording: Wording) -> Decision | None:
        return self._follows_here(wording, lambda kept: same_number(kept.card, wording.card))

    def _in_order_here(self, wording: Wording) -> Decision | None:
        # Different numbers are different cases: rights to one must not reach the other. And
        # what another path still holds must stay found unless it is certainly this document.
        return self._follows_here(
            wording,
            lambda kept: same_number(kept.card, wording.card) is None and not kept.elsewhere,
        )

    def _follows_here(
        self, wording: Wording, fits: Callable[[Kept], bool | None]
    ) -> Decision | None:
        for kept in self._free(self.here):
            if kept.card.kind is wording.card.kind and fits(kept):
                return Decision(wording, Fate.VERSION, kept)
        return None

    def _changed_copy(self, wording: Wording) -> Decision | None:
        for kept in self._free(self.copies.get(wording.identity or "", ())):
            text = self.text_of(kept.card.id)
            if alike(text, wording.seen) and (found := self._copy_of(wording, kept, text)):
                return found
        return None

    def _copy_of(self, wording: Wording, kept: Kept, text: str) -> Decision | None:
        """An old wording that turns up again stays old, a new one becomes the newest.

        What differs in its surroundings only, was recognised from a picture or is dated
        earlier is no newer wording: it stands beside the kept one.
        """
        for older in self.same.get(wording.sha256, ()):
            if older.card.id == kept.card.id:
                return Decision(wording, Fate.SAME, older)
        mine = Side(wording.card, Prose.of(wording.seen), wording.recognised)
        theirs = Side(kept.card, Prose.of(text), kept.recognised)
        guessed = wording.recognised != kept.recognised
        if guessed or _earlier(wording.card, kept.card) or differs_around_only(mine, theirs):
            return None
        return Decision(wording, Fate.VERSION, kept)


def _earlier(one: DocumentCard, other: DocumentCard) -> bool:
    return bool(one.date and other.date and one.date < other.date)
