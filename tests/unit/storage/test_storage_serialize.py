"""Domain values as JSON data, in the shapes of the command line's contract."""

from __future__ import annotations

import json
from datetime import date

import pytest

from knowledge.domain.documents import (
    DocumentKind,
    PolicyFields,
    ReadingWarning,
    RecordFields,
    ReplyFields,
    Section,
)
from knowledge.domain.facts import Article, CaseNumber, Consultation
from knowledge.domain.serialize import fields_to_json, section_to_json, to_json
from knowledge.domain.text import Field, Span


def test_fields_have_value_place_and_confidence() -> None:
    fields = ReplyFields(
        title=Field("答复", Span(3, 5), 0.5),
        case_numbers=(Field(CaseNumber("12", 12), Span(7, 9)),),
        consultation=Field(Consultation(date(2024, 5, 1), None, "王某")),
    )
    shape = fields_to_json(fields)

    assert shape["title"] == {"value": "答复", "start": 3, "end": 5, "confidence": 0.5}
    assert shape["case_numbers"] == [
        {
            "value": {
                "literal": "12",
                "number": 12,
                "prefix": None,
                "year": None,
                "subject_class": None,
            },
            "start": 7,
            "end": 9,
            "confidence": 1.0,
        }
    ]
    assert shape["consultation"] == {
        "value": {"date": "2024-05-01", "method": None, "person": "王某"},
        "start": None,
        "end": None,
        "confidence": 1.0,
    }
    assert shape["document_number"] is None
    assert shape["handlers"] == []
    assert json.loads(json.dumps(shape)) == shape


def test_nested_spans_become_start_and_end() -> None:
    articles = (Field(Article("第一条", Span(2, 8)), Span(2, 5)),)
    shape = fields_to_json(PolicyFields(articles=articles))

    assert shape["articles"] == [
        {
            "value": {"label": "第一条", "start": 2, "end": 8},
            "start": 2,
            "end": 5,
            "confidence": 1.0,
        }
    ]
    assert fields_to_json(RecordFields())["place"] is None


def test_sections_are_a_tree() -> None:
    tree = Section("一、", "总体", Span(0, 9), (Section("（一）", "", Span(4, 9)),))

    assert section_to_json(tree) == {
        "label": "一、",
        "heading": "总体",
        "start": 0,
        "end": 9,
        "children": [{"label": "（一）", "heading": "", "start": 4, "end": 9, "children": []}],
    }


def test_warnings_and_enums_are_plain() -> None:
    warning = ReadingWarning("case.differs", None, {"form": "12"})

    assert to_json(warning) == {
        "code": "case.differs",
        "start": None,
        "end": None,
        "details": {"form": "12"},
    }
    assert to_json([DocumentKind.REPLY, True, 1.5]) == ["reply", True, 1.5]


def test_what_has_no_shape_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json(object())
    with pytest.raises(TypeError):
        to_json(ReplyFields)
