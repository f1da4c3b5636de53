"""In-memory twins of the index ports: what every real index must amount to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.library import (
    Change,
    Copy,
    DocumentCard,
    DocumentId,
    Passage,
    PassageId,
    indexed_text,
)
from knowledge.domain.search import Access, ArmHit, SearchFilters
from knowledge.domain.text import Span
from knowledge.index.tokens import query_tokens, text_tokens
from knowledge.ports import Vector
from tests.fakes.seen import allowed, passes

HANDLER = Access(restricted=True)
GUEST = Access(restricted=False)


def card(
    name: str,
    *,
    title: str = "",
    kind: DocumentKind = DocumentKind.REPLY,
    openness: Openness | None = Openness.OPEN,
    unit: str | None = None,
    place: str | None = None,
    year: int | None = None,
    number: str | None = None,
    case: str | None = None,
    result_class: str | None = None,
) -> DocumentCard:
    """A document's card with the fields that matter here."""
    return DocumentCard(
        id=DocumentId(name),
        version=1,
        kind=kind,
        title=title,
        document_number=number,
        case_number=case,
        unit=unit,
        place=place,
        date=date(year, 6, 1) if year else None,
        result_class=result_class,
        openness=openness,
    )


def passages(document: DocumentCard, *texts: str) -> list[Passage]:
    """Passages of one document in order, with ids that sort like it."""
    return [
        Passage(PassageId(f"{document.id}:{i}"), document, i, text, Span(0, len(text)))
        for i, text in enumerate(texts)
    ]


class FakeLibrary:
    """What the indexes ask of Library and VectorStore, over plain lists."""

    def __init__(self, store: str = "store-1") -> None:
        self.store = store
        self.log: list[Change] = []
        self.kept: dict[DocumentId, list[Passage]] = {}
        self.ever: dict[DocumentId, set[PassageId]] = {}
        self.vector_rows: dict[tuple[str, str], Vector] = {}
        self.twins: dict[DocumentId, list[Copy]] = {}

    def put(self, *found: Passage) -> None:
        """Store the passages as the new state of their documents."""
        by_document: dict[DocumentId, list[Passage]] = {}
        for passage in found:
            by_document.setdefault(passage.document.id, []).append(passage)
        for document, state in by_document.items():
            self.set(document, state)

    def set(self, document: DocumentId, state: Sequence[Passage]) -> None:
        """Give a document these passages; none hides it."""
        self.kept[document] = list(state)
        self.ever.setdefault(document, set()).update(passage.id for passage in state)
        self.log.append(Change(self.revision() + 1, document))

    def reclassify(self, document: DocumentId, openness: Openness | None) -> None:
        """Change who may see a document."""
        self.set(
            document,
            [
                replace(passage, document=replace(passage.document, openness=openness))
                for passage in self.kept[document]
            ],
        )

    def revision(self) -> int:
        return self.log[-1].seq if self.log else 0

    def store_id(self) -> str:
        return self.store

    def changes(self, after: int, *, limit: int) -> Sequence[Change]:
        last = {change.document: change for change in self.log if change.seq > after}
        return sorted(last.values(), key=lambda change: change.seq)[:limit]

    def passages_of(
        self, documents: Sequence[DocumentId]
    ) -> Mapping[DocumentId, Sequence[Passage]]:
        return {name: self.kept.get(name, []) for name in documents}

    def passage_ids_ever(self, documents: Sequence[DocumentId]) -> Sequence[PassageId]:
        return [name for document in documents for name in sorted(self.ever.get(document, ()))]

    def copies(
        self, documents: Sequence[DocumentId], *, access: Access
    ) -> Mapping[DocumentId, Sequence[Copy]]:
        return {
            name: [copy for copy in self.twins.get(name, ()) if allowed(access, copy.document)]
            for name in documents
        }

    def passages(self, ids: Sequence[PassageId], *, access: Access) -> Sequence[Passage]:
        known = {passage.id: passage for passage in self.all()}
        found = (known.get(name) for name in ids)
        return [passage for passage in found if passage and allowed(access, passage.document)]

    def passing(
        self, ids: Sequence[PassageId], *, access: Access, filters: SearchFilters
    ) -> set[PassageId]:
        wanted = set(ids)
        return {p.id for p in self.all() if p.id in wanted and seen(access, filters, p)}

    def matching_passage_ids(
        self, *, access: Access, filters: SearchFilters, limit: int
    ) -> Sequence[PassageId] | None:
        found = [passage.id for passage in self.all() if seen(access, filters, passage)]
        return None if len(found) > limit else found

    def active_passage_ids(self) -> set[PassageId]:
        return {passage.id for passage in self.all()}

    def all(self) -> list[Passage]:
        """Every passage of every document as it is now."""
        return [passage for state in self.kept.values() for passage in state]

    def vectors(self, model: str, passages: Sequence[Passage]) -> Mapping[PassageId, Vector]:
        rows = {p.id: self.vector_rows.get((model, indexed_text(p))) for p in passages}
        return {name: vector for name, vector in rows.items() if vector is not None}

    def keep_vectors(self, model: str, vectors: Sequence[tuple[Passage, Vector]]) -> None:
        self.vector_rows.update({(model, indexed_text(p)): vector for p, vector in vectors})

    def missing(self, model: str) -> int:
        return sum((model, indexed_text(passage)) not in self.vector_rows for passage in self.all())


def seen(access: Access, filters: SearchFilters, passage: Passage) -> bool:
    """True when rights and filters let the passage pass."""
    return allowed(access, passage.document) and passes(filters, passage.document)


class _Twin:
    """What both twins share: a seq, a store, and passages by document."""

    def __init__(self) -> None:
        self.seq = 0
        self.store: str | None = None
        self.entries: dict[PassageId, Passage] = {}

    def applied_seq(self) -> int:
        return self.seq

    def store_id(self) -> str | None:
        return self.store

    def clear(self, *, store_id: str | None = None) -> None:
        self.seq, self.store = 0, store_id
        self.entries.clear()

    def passage_ids(self) -> set[PassageId]:
        return set(self.entries)


class WordTwin(_Twin):
    """LexicalIndex by brute force: a passage scores the number of question words it holds."""

    def apply(self, documents: Mapping[DocumentId, Sequence[Passage]], *, seq: int) -> None:
        self.entries = {
            name: passage
            for name, passage in self.entries.items()
            if passage.document.id not in documents
        }
        for state in documents.values():
            self.entries.update({passage.id: passage for passage in state})
        self.seq = seq

    def search(
        self,
        text: str,
        *,
        access: Access,
        filters: SearchFilters,
        limit: int,
        expansions: Sequence[str] = (),
    ) -> Sequence[ArmHit]:
        words = {token for part in (text, *expansions) for token in query_tokens(part)}
        hits = [
            ArmHit(passage.id, float(len(words & _words(passage))))
            for passage in self.entries.values()
            if seen(access, filters, passage) and words & _words(passage)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit]

    def coverage(self, text: str) -> float:
        tokens = query_tokens(text)
        known = {word for passage in self.entries.values() for word in _words(passage)}
        return sum(token in known for token in tokens) / len(tokens) if tokens else 0.0


class VectorTwin(_Twin):
    """DenseIndex by brute force."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[PassageId, Vector] = {}

    def apply(
        self,
        documents: Mapping[DocumentId, Sequence[tuple[Passage, Vector]]],
        *,
        remove: Iterable[PassageId],
        seq: int,
    ) -> None:
        for name in remove:
            self.entries.pop(name, None)
        for state in documents.values():
            for passage, vector in state:
                self.entries[passage.id], self.rows[passage.id] = passage, vector
        self.seq = seq

    def search(
        self, vector: Vector, *, access: Access, limit: int, only: Sequence[PassageId] | None = None
    ) -> Sequence[ArmHit]:
        hits = [
            ArmHit(name, round(sum(a * b for a, b in zip(vector, self.rows[name], strict=True)), 5))
            for name, passage in self.entries.items()
            if allowed(access, passage.document) and (only is None or name in set(only))
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit]


class BrokenEmbedder:
    """An embedder whose model does not answer."""

    model = "broken"
    dimensions = 64

    def __init__(self, error: Callable[[], Exception]) -> None:
        self._error = error

    def embed_query(self, text: str) -> Vector:
        del text
        raise self._error()

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        del texts
        raise self._error()


def _words(passage: Passage) -> set[str]:
    context = passage.document
    parts = (passage.text, context.title, context.unit or "", *passage.heading_path)
    numbers = [context.document_number or "", f"第{context.case_number or ''}号"]
    return {token for part in (*parts, *numbers) for token in text_tokens(part)}
