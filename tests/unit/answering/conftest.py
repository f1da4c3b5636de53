"""What answering tests share: a question reader over the shipped words, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.answering.question import QuestionReader, QuestionRules
from knowledge.answering.terms import TermReader, Words
from knowledge.rules import load_rules


@pytest.fixture(scope="session")
def terms(tmp_path_factory: pytest.TempPathFactory) -> TermReader:
    cache: Path = tmp_path_factory.mktemp("jieba")
    return TermReader(Words.of(load_rules("words")), cache=cache)


@pytest.fixture(scope="session")
def reader(terms: TermReader) -> QuestionReader:
    return QuestionReader(terms, QuestionRules.of(load_rules("questions")))
