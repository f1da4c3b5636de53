"""The emulator's markup rules are Telegram's."""

from __future__ import annotations

import html
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.telegram_server.html import Entity, parse_html, utf16_length
from tests.telegram_server.refusals import Refused
from tests.telegram_server.texts import detected_entities, message_text

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>粗</b>平", "粗平", [Entity("bold", 0, 1)]),
        ("<STRONG>粗</strong>", "粗", [Entity("bold", 0, 1)]),
        ("😀<i>斜</i>", "😀斜", [Entity("italic", 2, 1)]),
        ("<b>一<i>二</i></b>", "一二", [Entity("bold", 0, 2), Entity("italic", 1, 1)]),
        (
            '<a href="https://a.b/?x&amp;y">链</a>',
            "链",
            [Entity("text_link", 0, 1, "https://a.b/?x&y")],
        ),
        ('<span class="tg-spoiler">密</span>', "密", [Entity("spoiler", 0, 1)]),
        ("<blockquote expandable>引</blockquote>", "引", [Entity("expandable_blockquote", 0, 1)]),
        ("<b></b>空", "空", []),
        ("<b>无名</>", "无名", [Entity("bold", 0, 2)]),
        ("&lt;&amp;&gt;&quot;&#39;&#x4e00;", "<&>\"'一", []),
        ("A & B &copy; &ltd &#0;", "A & B &copy; &ltd &#0;", []),
        ("1 > 0", "1 > 0", []),
    ],
)
def test_valid_markup_gives_text_and_entities(
    source: str, text: str, entities: list[Entity]
) -> None:
    assert parse_html(source) == (text, tuple(entities))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("见<表一>", 'Unsupported start tag "表一" at byte offset 3'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>粗", 'Can\'t find end tag corresponding to start tag "b"'),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", 'Unclosed start tag "b" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_html(source)
    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@UNHURRIED
@given(st.text(st.sampled_from(list("<>/&; b=\"'字😀")) | st.characters(), max_size=30))
def test_any_text_either_parses_or_is_refused(source: str) -> None:
    with suppress(Refused):
        text, entities = parse_html(source)
        assert all(entity.offset + entity.length <= utf16_length(text) for entity in entities)


@UNHURRIED
@given(st.text())
def test_escaped_text_always_reads_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, ())


@pytest.mark.parametrize("text", ["", "  \n ", "<b> </b>", "\x00\x1f"])
def test_nothing_visible_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="message text is empty"):
        message_text(text, "HTML")


def test_the_limit_counts_what_is_seen_in_utf16() -> None:
    assert message_text(f"<b>{'&amp;' * 4096}</b>", "HTML")[0] == "&" * 4096
    with pytest.raises(Refused, match="message is too long"):
        message_text("字" * 4095 + "𠮷", None)


def test_markup_without_a_mode_is_text() -> None:
    assert message_text("<b>x", None) == ("<b>x", ())


def test_entities_beyond_a_hundred_are_dropped() -> None:
    _, entities = message_text("<b>x</b> " * 120, "HTML")
    assert len(entities) == 100


def test_blank_ends_are_cut_and_entities_move_along() -> None:
    text, entities = message_text("\n <b>粗 </b>\n", "HTML")
    assert (text, entities) == ("粗", (Entity("bold", 0, 1),))


def test_commands_and_mentions_are_found_in_what_people_type() -> None:
    found = detected_entities("/help@some_bot 𠮷 @some_bot a@b /x1")
    assert [(entity.type, entity.offset, entity.length) for entity in found] == [
        ("bot_command", 0, 14),
        ("mention", 18, 9),
        ("bot_command", 32, 3),
    ]
