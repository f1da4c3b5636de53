"""Cutting and markup: nothing lost, nothing over Telegram's limits, every part valid."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.cutting import split
from bot.channels.telegram.markup import Rich, Run, Style, sendable, to_html, utf16_units, visible
from tests.telegram_server.html import parse_html

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

DRESSES = [
    (),
    (Style.BOLD,),
    (Style.QUOTE,),
    (Style.FOLDED,),
    (Style.QUOTE, Style.BOLD),
    (Style.FOLDED, Style.BOLD),
]
CHARACTERS = st.one_of(
    st.sampled_from(list("答复𠮷𰻝😀<>&\"'。！？；\n \t.a/b")),
    st.characters(exclude_categories=["Cs"]),
)
RUNS = st.builds(Run, st.text(CHARACTERS, max_size=40), st.sampled_from(DRESSES))
TEXTS = st.lists(RUNS, max_size=20).map(tuple)


@UNHURRIED
@given(TEXTS, st.integers(2, 60), st.integers(2, 8))
def test_nothing_is_lost_and_no_part_is_over_the_limits(
    rich: Rich, units: int, entities: int
) -> None:
    parts = split(rich, units=units, entities=entities)
    assert "".join(visible(part) for part in parts) == visible(rich)
    for part in parts:
        text, found = parse_html(to_html(part))
        assert text == visible(part)
        assert utf16_units(text) <= units
        assert len(found) <= entities


@UNHURRIED
@given(TEXTS, st.integers(2, 60))
def test_every_character_keeps_its_dress_across_a_cut(rich: Rich, units: int) -> None:
    def dressed(parts: list[Rich]) -> list[tuple[str, tuple[Style, ...]]]:
        return [(char, run.styles) for part in parts for run in part for char in run.text]

    assert dressed(split(rich, units=units)) == dressed([rich])


@UNHURRIED
@given(st.text(CHARACTERS))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert parse_html(to_html((Run(text),))) == (text, ())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲乙。\n\n丙丁。\n戊己庚辛", ["甲乙。\n\n", "丙丁。\n", "戊己庚辛"]),
        ("甲乙。丙丁。戊己庚辛", ["甲乙。丙丁。", "戊己庚辛"]),
        ("甲“乙。”丙丁戊己庚", ["甲“乙。”", "丙丁戊己庚"]),
        ("甲乙丙丁戊己庚辛", ["甲乙丙丁戊己", "庚辛"]),
        ("甲乙丙3.5万庚辛", ["甲乙丙3.5", "万庚辛"]),
        ("𠮷𠮷𠮷𠮷", ["𠮷𠮷𠮷", "𠮷"]),
    ],
)
def test_cuts_fall_on_paragraphs_then_sentences_then_characters(
    text: str, parts: list[str]
) -> None:
    assert [visible(part) for part in split((Run(text),), units=6)] == parts


def test_a_text_that_just_fits_stays_whole() -> None:
    text = "字" * 4096
    assert [visible(part) for part in split((Run(text),))] == [text]
    assert len(split((Run("😀" * 2049),))) == 2


def test_a_hundred_and_one_styled_words_take_two_messages() -> None:
    rich = tuple(run for _ in range(101) for run in (Run("字", (Style.BOLD,)), Run(" ")))
    assert len(split(rich)) == 2


def test_nothing_to_say_makes_no_parts() -> None:
    assert split(()) == []


def test_lone_surrogates_never_reach_a_request() -> None:
    assert sendable("甲\ud800乙").encode() == "甲?乙".encode()
