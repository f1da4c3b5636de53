"""The exam is sat here: what is read must be what the documents say, and doubts must show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import TABLE
from tests.evals.reading.exam import STRICT, Mark, by_field, first_runs, mark, table
from tests.evals.reading.exam_cases import BLIND, BLIND_SECOND, FIRST_RUN, LATER, load

ENOUGH = 0.97
EARLY = [*load(FIRST_RUN), *load(BLIND), *load(BLIND_SECOND)]
CASES = [*EARLY, *load(LATER)]


@pytest.fixture(scope="module")
def marks() -> list[Mark]:
    return [item for case in CASES for item in mark(case)]


def test_the_exam_is_large_enough_and_a_third_of_it_was_written_before_the_code() -> None:
    assert len(CASES) >= 350
    assert 3 * len(EARLY) >= len(CASES)
    assert len({case.name for case in CASES}) == len(CASES)


def test_fields_are_read_exactly(
    marks: list[Mark], record_property: Callable[[str, object], None]
) -> None:
    scores = by_field(marks)
    score = scores["all"]
    wrong = [item for item in marks if not item.right]

    record_property(TABLE, f"{table(scores)}\n{first_runs()}")
    assert score.stated_right >= ENOUGH * score.stated, wrong


@pytest.mark.parametrize("field", STRICT)
def test_numbers_and_classes_are_never_wrong(marks: list[Mark], field: str) -> None:
    assert [item for item in marks if item.field == field and not item.right] == []


def test_documents_are_split_and_told_apart(marks: list[Mark]) -> None:
    assert [item for item in marks if item.field == "kind" and not item.right] == []


def test_no_wrong_value_stands_without_a_warning(marks: list[Mark]) -> None:
    assert [item for item in marks if item.silent] == []
