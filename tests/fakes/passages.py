"""Passages, cards and hits built by hand, for tests that need no files and no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import (
    Copy,
    DocumentCard,
    DocumentId,
    DocumentView,
    Passage,
    PassageId,
    Reference,
)
from knowledge.domain.search import Access, Hit, SearchQuery, SearchResult
from knowledge.domain.text import Span

EVERYTHING = Access(restricted=True)


def make_card(
    name: str = "d1",
    *,
    title: str = "关于县政协九届二次会议第031号提案的答复",
    kind: DocumentKind = DocumentKind.REPLY,
    openness: Openness | None = Openness.OPEN,
    document_number: str | None = None,
    case_number: str | None = "031",
) -> DocumentCard:
    """A card with plausible defaults; places and units are invented."""
    return DocumentCard(
        id=DocumentId(name),
        version=1,
        kind=kind,
        title=title,
        document_number=document_number,
        case_number=case_number,
        unit="青禾县交通运输局",
        place="青禾",
        date=date(2023, 6, 1),
        result_class="B",
        openness=openness,
    )


def make_passage(
    text: str,
    card: DocumentCard | None = None,
    *,
    start: int = 0,
    ordinal: int = 0,
    heading_path: tuple[str, ...] = (),
) -> Passage:
    """A passage standing at ``start`` of its document's raw text."""
    card = card or make_card()
    return Passage(
        id=PassageId(f"{card.id}.1.{ordinal}"),
        document=card,
        ordinal=ordinal,
        text=text,
        span=Span(start, start + len(text)),
        heading_path=heading_path,
    )


class ListedLibrary:
    """The part of a library that answering needs, over passages given by hand."""

    def __init__(
        self,
        passages: Sequence[Passage],
        *,
        edges: Sequence[tuple[DocumentCard, Reference]] = (),
        texts: Mapping[str, str] | None = None,
        links: Mapping[str, Sequence[DocumentCard]] | None = None,
        copies: Mapping[str, Sequence[Copy]] | None = None,
    ) -> None:
        self._passages = passages
        self._edges = edges
        self._texts = texts or {}
        self._links = links or {}
        self._copies = copies or {}

    def document(self, document: DocumentId, *, access: Access) -> DocumentView | None:
        own = [p for p in self._passages if p.document.id == document]
        if not own or not _visible(own[0].document, access):
            return None
        text = self._texts.get(document) or _text_of(own)
        return DocumentView(
            card=own[0].document,
            text=text,
            span=Span(0, len(text)),
            sources=(),
            fields_json="{}",
            warnings_json="[]",
            stored_at=datetime(2024, 1, 1, tzinfo=UTC),
        )

    def passages_of(
        self, documents: Sequence[DocumentId]
    ) -> Mapping[DocumentId, Sequence[Passage]]:
        return {d: [p for p in self._passages if p.document.id == d] for d in documents}

    def linked(
        self, documents: Sequence[DocumentId], *, access: Access
    ) -> Mapping[DocumentId, Sequence[DocumentCard]]:
        return {d: [c for c in self._links.get(d, ()) if _visible(c, access)] for d in documents}

    def copies(
        self, documents: Sequence[DocumentId], *, access: Access
    ) -> Mapping[DocumentId, Sequence[Copy]]:
        return {
            d: [c for c in self._copies.get(d, ()) if _visible(c.document, access)]
            for d in documents
        }

    def by_number(self, number: str, *, access: Access) -> Sequence[DocumentCard]:
        cards = {p.document.id: p.document for p in self._passages}
        return [
            card
            for card in cards.values()
            if number in {card.document_number, card.case_number} and _visible(card, access)
        ]

    def citing(
        self,
        *,
        number: str | None,
        title: str | None,
        access: Access,
        relation: str | None = None,
    ) -> Sequence[tuple[DocumentCard, Reference]]:
        return [
            (card, edge)
            for card, edge in self._edges
            if (edge.number == number or (title and edge.title == title))
            and relation in {None, edge.relation}
            and _visible(card, access)
        ]


class ListedSearch:
    """A search that returns given hits, whatever is asked; remembers what it was asked."""

    def __init__(self, hits: Sequence[Hit] = ()) -> None:
        self.hits = hits
        self.asked: list[SearchQuery] = []

    def search(self, query: SearchQuery) -> SearchResult:
        self.asked.append(query)
        kinds = query.filters.kinds
        hits = tuple(
            hit
            for hit in self.hits
            if _visible(hit.passage.document, query.access)
            and (not kinds or hit.passage.document.kind in kinds)
        )
        return SearchResult(hits, ("lexical",))


def _visible(card: DocumentCard, access: Access) -> bool:
    return access.restricted or card.openness is Openness.OPEN or card.id in access.documents


def _text_of(passages: Sequence[Passage]) -> str:
    """Raw text in which every passage stands at its offsets."""
    text = [" "] * max(p.span.end for p in passages)
    for passage in passages:
        text[passage.span.start : passage.span.end] = list(passage.text)
    return "".join(text)
