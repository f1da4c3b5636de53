"""What ``dafu parse`` shows of a file: the JSON of the contract, or a summary for a person."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

from bot.catalogues import Catalogue
from knowledge.domain.documents import ParsedDocument, ParsedFile, ReadingWarning
from knowledge.domain.serialize import fields_to_json, section_to_json, to_json


def parsed_object(parsed: ParsedFile) -> dict[str, object]:
    """The JSON document of ``dafu parse``; offsets refer to ``text``."""
    return {
        "documents": [_document_object(document) for document in parsed.documents],
        "text": parsed.text,
        "sha256": parsed.sha256,
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


def parsed_summary(parsed: ParsedFile, texts: Catalogue) -> str:
    """Each document's kind, fields and doubts, one a line."""
    return "\n\n".join(_summary(document, texts) for document in parsed.documents)


def _summary(document: ParsedDocument, texts: Catalogue) -> str:
    lines = [texts.text(f"cli.kind_{document.kind.value}")]
    fields = fields_to_json(document.fields)
    for name, value in fields.items():
        lines += [f"  {name}: {shown}" for shown in _values(value)]
    for section in document.sections:
        lines.append(f"  § {section.label}{section.heading}")
    lines += [_warning(warning, texts) for warning in document.warnings]
    return "\n".join(lines)


def _values(value: object) -> Iterable[str]:
    """The value of a field, or of each of a list; nothing for an absent one."""
    match value:
        case None:
            return
        case list():
            for one in cast("list[object]", value):
                yield from _values(one)
        case {"value": str(text)}:
            yield text
        case dict():
            yield json.dumps(cast("dict[str, object]", value)["value"], ensure_ascii=False)
        case _:
            yield str(value)


def _warning(warning: ReadingWarning, texts: Catalogue) -> str:
    key = f"warning.{warning.code}"
    sentence = texts.text(key, **warning.details) if texts.has(key) else warning.code
    return f"  ! {sentence}"
