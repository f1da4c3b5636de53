"""Questions put to the index and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import DocumentId, Passage, PassageId


class SearchMode(StrEnum):
    """Which arms answer a search."""

    HYBRID = "hybrid"
    LEXICAL = "lexical"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Access:
    """What a person may find; a part of every query, never a filter on results afterwards.

    Attributes:
        restricted: True for handler and above: every active document.
            False: only documents marked open, and those in ``documents``.
        documents: further documents this person may see (the replies to a member's own cases).
    """

    restricted: bool
    documents: frozenset[DocumentId] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Exact filters; an empty one lets everything pass.

    ``unit`` and ``place`` match as substrings of the document's unit and place.
    """

    kinds: frozenset[DocumentKind] = frozenset()
    unit: str | None = None
    place: str | None = None
    year: int | None = None
    result_class: str | None = None
    openness: Openness | None = None

    @property
    def empty(self) -> bool:
        """True when nothing is filtered."""
        return self == SearchFilters()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search.

    Attributes:
        text: the question's words as typed.
        expansions: further words with the same meaning (synonyms, translations), lower weight.
        limit: number of passages wanted.
        per_document: at most this many passages of one document; None for no bound.
    """

    text: str
    access: Access
    filters: SearchFilters = field(default_factory=SearchFilters)
    mode: SearchMode = SearchMode.HYBRID
    limit: int = 10
    expansions: tuple[str, ...] = ()
    per_document: int | None = None


@dataclass(frozen=True, slots=True)
class ArmHit:
    """A passage named by one arm with that arm's raw score (higher is better).

    Attributes:
        document: the passage's document, where the arm knows it.
    """

    passage: PassageId
    score: float
    document: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score in 0..1 and the raw scores of the arms that named it.

    ``also`` names copies of its document that the person may see; they give no hits of their own.
    """

    passage: Passage
    score: float
    lexical: float | None = None
    dense: float | None = None
    also: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits best first, ties broken by passage id; ``arms`` names the arms that took part."""

    hits: tuple[Hit, ...]
    arms: tuple[str, ...]
    timings_ms: dict[str, float] = field(default_factory=dict[str, float])
