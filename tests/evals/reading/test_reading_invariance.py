"""What must not change a reading: newlines, hidden characters, blanks; and where values stand."""

from __future__ import annotations

import dataclasses
import re
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.domain.facts import CaseNumber, CopyTo
from knowledge.domain.text import Field
from knowledge.reading.document_numbers import normalised
from knowledge.reading.folding import INVISIBLE, PINYIN, fold
from knowledge.reading.parsing import parse_text
from tests.evals.reading.exam import read
from tests.evals.reading.exam_cases import BLIND, BLIND_SECOND, FIRST_RUN, LATER, Case, load

PAPERS = [case for folder in (FIRST_RUN, BLIND, BLIND_SECOND, LATER) for case in load(folder)]
CASES = [case for case in PAPERS if case.format == "txt"]
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
_DERIVED = frozenset(
    {"body", "case_kind", "role", "openness", "satisfaction", "addressee_kind", "status", "genre"}
)
"""Values in the contract's own words; their spans show the words that say so."""
_PAGE = re.compile(r"\n\s*(?:— \d+ —|第 \d+ 页 共 \d+ 页)\s*\n")
_YEARS = st.integers(1990, 2040)
_SERIES = st.text("云溪府办函发水教提复字", min_size=2, max_size=8)
_BRACKETS = st.sampled_from(["〔〕", "[]", "【】", "（）", "()", "﹝﹞"])


def _readings(text: str) -> list[dict[str, list[str]]]:
    """Fields without warnings; sections and summaries keep their own line breaks."""
    kept = [read(document) for document in parse_text(text)]
    return [
        {name: values for name, values in fields.items() if name not in ("warnings", "background")}
        for fields in kept
    ]


@EACH
def test_windows_newlines_change_nothing(case: Case) -> None:
    assert _readings(case.text.replace("\n", "\r\n")) == _readings(case.text)


@pytest.mark.parametrize(
    "case", [case for case in CASES if not PINYIN.search(case.text)], ids=lambda case: case.name
)
def test_hidden_characters_change_nothing(case: Case) -> None:
    marked = "".join(
        f"{mark}\u200b" if index % 7 == 0 else mark for index, mark in enumerate(case.text)
    )

    assert _readings(marked) == _readings(case.text)


@EACH
def test_blank_lines_around_the_text_change_nothing(case: Case) -> None:
    assert _readings(f"\n\n　\n{case.text}\n\n") == _readings(case.text)


@EACH
def test_every_value_stands_at_its_span(case: Case) -> None:
    for document in parse_text(case.text):
        for slot in dataclasses.fields(document.fields):
            value = cast("object", getattr(document.fields, slot.name))
            items = cast("tuple[object, ...]", value if isinstance(value, tuple) else (value,))
            for item in items:
                if isinstance(item, Field) and slot.name not in _DERIVED:
                    _stands(case.text, cast("Field[object]", item))


def _stands(text: str, item: Field[object]) -> None:
    if item.span is None or item.confidence < 1:
        return
    value = item.value
    literal = value.literal if isinstance(value, CaseNumber) else value
    literal = literal.name if isinstance(literal, CopyTo) else literal
    if isinstance(literal, str) and not literal[:1].isdigit():
        assert _compact(literal) in _compact(item.span.of(text))


def _compact(text: str) -> str:
    shown = _PAGE.sub("", INVISIBLE.sub("", PINYIN.sub("", text)))
    return "".join(fold(shown).split())


@given(st.text(max_size=80))
def test_folding_is_idempotent_and_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_normalising_any_text_is_idempotent(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@settings(max_examples=200, deadline=None)
@given(_SERIES, _BRACKETS, _YEARS, st.integers(1, 9999), st.integers(0, 1))
def test_a_number_has_one_spelling_whatever_its_brackets_blanks_and_zeros(
    series: str, brackets: str, year: int, serial: int, zeros: int
) -> None:
    printed = f"{series} {brackets[0]} {year} {brackets[1]} {'0' * zeros}{serial} 号"

    once = normalised(fold(printed))

    assert once == f"{series}〔{year}〕{serial}号"
    assert normalised(once) == once


@pytest.mark.parametrize(
    "flood", ["A类 V ", "☑满意 ", "《关于》", "自2023年6月1日起", "委员姓名\t"]
)
@pytest.mark.parametrize("head", ["云溪市政协提案面商记录表\n承办单位：甲\n办理情况：□A类\n", ""])
def test_a_flood_of_marks_is_read_to_its_end(head: str, flood: str) -> None:
    text = head + flood * 8000

    assert parse_text(text)[-1].span.end >= len(text.rstrip())
