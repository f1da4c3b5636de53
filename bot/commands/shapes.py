"""The JSON objects of the command line, in one place: the machine contract of design.md 10."""

from __future__ import annotations

from knowledge.domain.answers import Answer, Citation
from knowledge.domain.library import DocumentCard, DocumentView
from knowledge.domain.search import Hit


def card_object(card: DocumentCard) -> dict[str, object]:
    """A document's card."""
    return {
        "document": card.id,
        "version": card.version,
        "kind": card.kind.value,
        "title": card.title,
        "number": card.number,
        "document_number": card.document_number,
        "case_number": card.case_number,
        "session": card.session,
        "unit": card.unit,
        "place": card.place,
        "date": card.date.isoformat() if card.date else None,
        "class": card.result_class,
        "openness": card.openness.value if card.openness else None,
        "status": card.status.value,
        "policy_status": card.policy_status,
        "provenance": card.provenance.value,
    }


def view_object(view: DocumentView) -> dict[str, object]:
    """A document whole; ``text`` is the raw text of its file, spans refer to it."""
    import json

    return {
        **card_object(view.card),
        "text": view.text,
        "start": view.span.start,
        "end": view.span.end,
        "sources": list(view.sources),
        "linked": list(view.linked),
        "copies": list(view.copies),
        "fields": json.loads(view.fields_json),
        "warnings": json.loads(view.warnings_json),
        "stored_at": view.stored_at.isoformat(),
    }


def hit_object(hit: Hit) -> dict[str, object]:
    """A hit of ``dafu search``."""
    passage, card = hit.passage, hit.passage.document
    return {
        "document": card.id,
        "passage": passage.id,
        "title": card.title,
        "number": card.number,
        "document_number": card.document_number,
        "case_number": card.case_number,
        "unit": card.unit,
        "date": card.date.isoformat() if card.date else None,
        "kind": card.kind.value,
        "class": card.result_class,
        "openness": card.openness.value if card.openness else None,
        "provenance": card.provenance.value,
        "score": hit.score,
        "lexical": hit.lexical,
        "dense": hit.dense,
        "quote": passage.text,
        "start": passage.span.start,
        "end": passage.span.end,
        "also": list(hit.also),
    }


def citation_object(citation: Citation) -> dict[str, object]:
    """A citation of ``dafu ask``."""
    card = citation.document
    return {
        "marker": citation.marker,
        "document": card.id,
        "version": card.version,
        "passage": citation.passage,
        "title": card.title,
        "number": card.number,
        "document_number": card.document_number,
        "case_number": card.case_number,
        "unit": card.unit,
        "date": card.date.isoformat() if card.date else None,
        "class": card.result_class,
        "kind": card.kind.value,
        "provenance": card.provenance.value,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def answer_object(answer: Answer, text: str) -> dict[str, object]:
    """An answer of ``dafu ask``."""
    return {
        "outcome": answer.outcome.value,
        "route": answer.route.value,
        "text": text,
        "citations": [
            {**citation_object(citation), "also": [card.id for card in item.also]}
            for item in answer.items
            for citation in item.citations
        ],
        "nearest": [card_object(card) for card in answer.nearest],
        "timings_ms": answer.timings_ms,
    }
