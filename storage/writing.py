"""The rows one file adds, gathered first and written with one statement per table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from knowledge.domain.documents import ParsedDocument, PolicyFields
from knowledge.domain.facts import PolicyReference
from knowledge.domain.library import DocumentCard, Passage, SourceFile, indexed_sha256
from knowledge.domain.serialize import fields_to_json, to_json
from knowledge.domain.text import Field
from storage import tables
from storage.cards import number_keys
from storage.duplicates import Added, link_copies
from storage.folding import folded_number, folded_title
from storage.rows import passage_id
from storage.statements import insert, insert_new
from storage.wordings import Wording

Rows = list[dict[str, Any]]


@dataclass(slots=True)
class NewRows:
    """Rows of the wordings that a file adds.

    Args:
        source: the file.
        at: moment of storing.
    """

    source: SourceFile
    at: datetime
    versions: Rows = field(default_factory=Rows)
    keys: Rows = field(default_factory=Rows)
    passages: Rows = field(default_factory=Rows)
    references: Rows = field(default_factory=Rows)
    added: list[Added] = field(default_factory=list[Added])

    def add(self, wording: Wording, card: DocumentCard) -> None:
        """Add a wording under the id and version of its card."""
        parsed = wording.parsed
        self.versions.append(
            {
                "document_id": card.id,
                "version": card.version,
                "text_sha256": wording.sha256,
                "identity": wording.identity,
                "raw_sha256": "",
                "span_start": parsed.span.start,
                "span_end": parsed.span.end,
                "fields_json": _json(fields_to_json(parsed.fields)),
                "warnings_json": _json(to_json(parsed.warnings)),
                "stored_at": self.at,
            }
        )
        keys = number_keys(parsed, wording.card)
        self.keys += [{"document_id": card.id, "key": key} for key in keys]
        self.added.append((wording, card, keys))
        self.passages += passage_rows(parsed, card, self.source.text)
        self.references += reference_rows(parsed, card)

    def write(self, connection: Connection) -> None:
        """Write all rows; the documents they belong to must be there."""
        if not self.versions:
            return
        raw = sha256(self.source.text.encode()).hexdigest()
        for version in self.versions:
            version["raw_sha256"] = raw
        text = {"sha256": raw, "text": self.source.text}
        insert_new(connection, tables.raw_text, [text])
        insert(connection, tables.document_version, self.versions)
        insert(connection, tables.number_key, self.keys)
        insert(connection, tables.passage, self.passages)
        insert(connection, tables.reference, self.references)
        link_copies(connection, self.added)


def passage_rows(parsed: ParsedDocument, card: DocumentCard, text: str) -> Rows:
    """Rows of table ``passage``; ``text`` is the raw text of the whole file."""
    passages = (
        Passage(
            id=passage_id(card.id, card.version, ordinal),
            document=card,
            ordinal=ordinal,
            text=draft.span.of(text),
            span=draft.span,
            heading_path=draft.heading_path,
        )
        for ordinal, draft in enumerate(parsed.passages)
    )
    return [
        {
            "id": passage.id,
            "document_id": card.id,
            "version": card.version,
            "ordinal": passage.ordinal,
            "span_start": passage.span.start,
            "span_end": passage.span.end,
            "text": passage.text,
            "heading_path": _json(passage.heading_path),
            "text_sha256": indexed_sha256(passage),
        }
        for passage in passages
    ]


def reference_rows(parsed: ParsedDocument, card: DocumentCard) -> Rows:
    """Rows of table ``reference``: what a policy replaces, and what a document cites."""
    return [
        {
            "document_id": card.id,
            "version": card.version,
            "title": cited.value.title,
            "number": cited.value.number,
            "title_norm": folded_title(cited.value.title),
            "number_norm": folded_number(cited.value.number),
            "article": cited.value.article,
            "relation": relation,
            "span_start": cited.span.start if cited.span else None,
            "span_end": cited.span.end if cited.span else None,
        }
        for relation, cited in _edges(parsed)
    ]


def _edges(parsed: ParsedDocument) -> Iterator[tuple[str, Field[PolicyReference]]]:
    """Every reference once; what is replaced is not cited a second time by the same words."""
    replaced = parsed.fields.replaces if isinstance(parsed.fields, PolicyFields) else ()
    places = {old.span for old in replaced if old.span}
    yield from (("replaces", old) for old in replaced)
    yield from (("cites", cited) for cited in parsed.references if cited.span not in places)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
