"""What ``dafu parse --json`` prints of a file: the shapes of the contract."""

from __future__ import annotations

from knowledge.domain.documents import ParsedDocument, ParsedFile
from knowledge.domain.serialize import fields_to_json, section_to_json, to_json


def parsed_object(parsed: ParsedFile) -> dict[str, object]:
    """The JSON document of ``dafu parse``; offsets refer to ``text``."""
    return {
        "documents": [_document_object(document) for document in parsed.documents],
        "text": parsed.text,
        "sha256": parsed.sha256,
        **({"registers": to_json(parsed.registers)} if parsed.registers else {}),
    }


def _document_object(document: ParsedDocument) -> dict[str, object]:
    fields = fields_to_json(document.fields)
    return {
        "kind": document.kind.value,
        "start": document.span.start,
        "end": document.span.end,
        "fields": fields,
        "sections": [section_to_json(section) for section in document.sections],
        "references": to_json(document.references),
        "warnings": to_json(document.warnings),
    }
