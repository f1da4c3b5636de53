"""The word index's fields: how a passage becomes a Tantivy document and a search a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.domain.documents import Openness
from knowledge.domain.library import Passage
from knowledge.domain.search import Access, SearchFilters
from knowledge.index.tokens import joined, text_tokens

if TYPE_CHECKING:
    from tantivy import Document, Query, Schema

KnownValues = Callable[[str], Iterable[str]]
"""All values an exact field holds in the index, for resolving substring filters."""

WORD_FIELDS = ("body", "title", "number", "unit", "heading")
STORED_FIELDS = ("id", "document")
EXACT_FIELDS = (
    "access",
    "kind",
    "year",
    "place_value",
    "unit_value",
    "class",
    "openness",
)
_OPEN, _RESTRICTED, _UNKNOWN = "open", "restricted", "unknown"


@dataclass(frozen=True, slots=True)
class LexicalWeights:
    """How much a word counts by the field it stands in, and by where it came from.

    Attributes:
        fields: weight of each word field.
        expansion: factor for words of ``expansions`` against those the person typed.
    """

    fields: Mapping[str, float] = field(
        default_factory=lambda: {
            "body": 1.0,
            "title": 0.6,
            "number": 2.0,
            "unit": 0.3,
            "heading": 0.4,
        }
    )
    expansion: float = 0.4


def build_schema() -> Schema:
    """The fields of the index; words are cut by us, so the engine only splits at spaces."""
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    for name in (*STORED_FIELDS, *EXACT_FIELDS):
        builder = builder.add_text_field(
            name, stored=name in STORED_FIELDS, tokenizer_name="raw", index_option="basic"
        )
    for name in WORD_FIELDS:
        builder = builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def to_document(passage: Passage) -> Document:
    """The passage with its document's fields; only ids are stored."""
    from tantivy import Document

    card = passage.document
    words = {
        "body": passage.text,
        "title": card.title,
        "number": " ".join(filter(None, (card.document_number, _case(card.case_number)))),
        "unit": card.unit or "",
        "heading": " ".join(passage.heading_path),
    }
    exact = {
        "id": passage.id,
        "document": card.id,
        "access": _OPEN if card.openness is Openness.OPEN else _RESTRICTED,
        "kind": card.kind.value,
        "openness": card.openness.value if card.openness else _UNKNOWN,
        "year": str(card.year) if card.year else None,
        "place_value": card.place,
        "unit_value": card.unit,
        "class": card.result_class,
    }
    document = Document()
    for name, value in exact.items():
        if value is not None:
            document.add_text(name, value)
    for name, text in words.items():
        tokens = _body_tokens(text) if name == "body" else _head_tokens(text)
        document.add_text(name, tokens)
    return document


def _body_tokens(text: str) -> str:
    return joined(text_tokens(text))


@lru_cache(maxsize=256)
def _head_tokens(text: str) -> str:
    """Titles, units and headings repeat from passage to passage."""
    return _body_tokens(text)


@dataclass(frozen=True, slots=True)
class QueryBuilder:
    """Builds the one query that ranks by words and is bounded by rights and filters."""

    schema: Schema
    weights: LexicalWeights

    def build(
        self,
        tokens: Sequence[str],
        expansions: Sequence[str],
        *,
        access: Access,
        filters: SearchFilters,
        known: KnownValues,
    ) -> Query:
        """Rights and filters must match and score nothing; one word at least must match."""
        from tantivy import Occur, Query

        bounds = [*self._access(access), *self._filters(filters, known)]
        words = [
            *self._words(tokens, 1.0),
            *self._words([t for t in expansions if t not in tokens], self.weights.expansion),
        ]
        return Query.boolean_query(
            [
                (Occur.Must, Query.boolean_query([(Occur.Should, word) for word in words])),
                *((Occur.Must, Query.const_score_query(bound, 0.0)) for bound in bounds),
            ]
        )

    def _words(self, tokens: Sequence[str], factor: float) -> Iterable[Query]:
        from tantivy import Query

        for token in tokens:
            for name, weight in self.weights.fields.items():
                term = Query.term_query(self.schema, name, token, "freq")
                yield Query.boost_query(term, weight * factor)

    def _access(self, access: Access) -> Iterable[Query]:
        from tantivy import Occur, Query

        if access.restricted:
            return
        allowed = [
            self._one_of("access", [_OPEN]),
            self._one_of("document", sorted(access.documents)),
        ]
        yield Query.boolean_query([(Occur.Should, query) for query in allowed])

    def _filters(self, filters: SearchFilters, known: KnownValues) -> Iterable[Query]:
        if filters.kinds:
            yield self._one_of("kind", sorted(kind.value for kind in filters.kinds))
        for name, part in (("unit_value", filters.unit), ("place_value", filters.place)):
            if part:
                yield self._one_of(name, [value for value in known(name) if part in value])
        if filters.year is not None:
            yield self._one_of("year", [str(filters.year)])
        if filters.result_class is not None:
            yield self._one_of("class", [filters.result_class])
        if filters.openness is not None:
            yield self._one_of("openness", [filters.openness.value])

    def _one_of(self, name: str, values: Sequence[str]) -> Query:
        from tantivy import Query

        return Query.term_set_query(self.schema, name, values) if values else Query.empty_query()


def _case(number: str | None) -> str | None:
    # Printed 案号 come bare; the frame makes the tokeniser see what they are.
    return f"第{number}号" if number else None
