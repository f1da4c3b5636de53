"""Rights and filters spelled out on a card: what every index and statement must amount to."""

from __future__ import annotations

from knowledge.domain.documents import Openness
from knowledge.domain.library import DocumentCard
from knowledge.domain.search import Access, SearchFilters


def allowed(access: Access, card: DocumentCard) -> bool:
    """True when this person may find the document."""
    return access.restricted or card.openness is Openness.OPEN or card.id in access.documents


def passes(filters: SearchFilters, card: DocumentCard) -> bool:
    """True when the document satisfies every filter that is set."""
    exact = (
        (filters.year, card.year),
        (filters.result_class, card.result_class),
        (filters.openness, card.openness),
    )
    parts = ((filters.unit, card.unit), (filters.place, card.place))
    return (
        (not filters.kinds or card.kind in filters.kinds)
        and all(wanted is None or wanted == value for wanted, value in exact)
        and all(not part or part in (value or "") for part, value in parts)
    )
