"""Numbers Word keeps apart from the text are written out as Word prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.loaders.word_numerals import chinese, written
from knowledge.reading.numerals import number
from tests.unit.reading.word_parts import lines, p


def _level(depth: int, text: str, style: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def _numbering(*levels: str, more: str = "", overrides: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{more}{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="4"><w:abstractNumId w:val="7"/>{overrides}</w:num>'
    )


def _item(text: str, depth: int = 0, number: int = 3) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


@pytest.mark.parametrize(
    ("style", "count", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1020, "一千零二十"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 3, "寅"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("decimalFullWidth", 12, "１２"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("upperRoman", 4, "IV"),
        ("lowerRoman", 9, "ix"),
        ("unheardOf", 5, "5"),
        ("chineseCounting", 0, "0"),
    ],
)
def test_a_count_is_written_in_its_style(style: str, count: int, text: str) -> None:
    assert written(count, style) == text


@given(st.integers(min_value=1, max_value=999))
def test_chinese_numerals_read_back_as_what_they_were(count: int) -> None:
    assert number(chinese(count)) == count


def test_levels_restart_below_a_new_heading() -> None:
    numbering = _numbering(
        _level(0, "%1、", "chineseCounting"),
        _level(1, "（%2）", "chineseCountingThousand"),
        _level(2, "%3."),
    )
    body = (
        _item("甲")
        + _item("乙", 1)
        + _item("丙", 2)
        + _item("丁", 2)
        + _item("戊")
        + _item("己", 1)
    )

    assert lines(body, numbering=numbering) == [
        "一、甲",
        "（一）乙",
        "1.丙",
        "2.丁",
        "二、戊",
        "（一）己",
    ]


def test_a_level_shows_those_above_it_and_stands_apart_from_the_text() -> None:
    numbering = _numbering(_level(0, "%1"), _level(1, "%1.%2"))
    body = _item("甲") + _item("乙", 1) + _item("丙", 1)

    assert lines(body, numbering=numbering) == ["1 甲", "1.1 乙", "1.2 丙"]


def test_a_chinese_level_can_be_shown_in_figures_below() -> None:
    numbering = _numbering(
        _level(0, "第%1章", "chineseCounting"), _level(1, "%1.%2", more="<w:isLgl/>")
    )

    assert lines(_item("总则") + _item("目的", 1), numbering=numbering) == [
        "第一章 总则",
        "1.1 目的",
    ]


def test_a_level_told_never_to_restart_goes_on() -> None:
    numbering = _numbering(
        _level(0, "第%1章", "chineseCounting"),
        _level(1, "第%2条", "chineseCounting", '<w:lvlRestart w:val="0"/>'),
    )
    body = _item("甲") + _item("乙", 1) + _item("丙") + _item("丁", 1)

    assert lines(body, numbering=numbering)[-1] == "第二条 丁"


def test_a_second_list_goes_on_or_restarts_as_it_says() -> None:
    same = _numbering(_level(0, "%1."))
    anew = _numbering(
        _level(0, "%1."),
        overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
    )
    body = _item("甲") + _item("乙") + _item("丙", number=4) + _item("丁", number=4)

    assert lines(body, numbering=same) == ["1.甲", "2.乙", "3.丙", "4.丁"]
    assert lines(body, numbering=anew) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_a_heading_takes_its_number_from_its_style_and_those_above() -> None:
    numbering = _numbering(
        _level(0, "%1、", "chineseCounting", '<w:pStyle w:val="h1"/>'),
        _level(1, "（%2）", "chineseCounting", '<w:pStyle w:val="h2"/>'),
    )
    styles = (
        '<w:style w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="h2"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="own"><w:basedOn w:val="h1"/></w:style>'
    )
    body = (
        p("甲", '<w:pStyle w:val="h1"/>')
        + p("乙", '<w:pStyle w:val="h2"/>')
        + p("丙", '<w:pStyle w:val="own"/>')
        + p("丁", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )

    found = lines(body, numbering=numbering, styles=styles)

    assert found == ["一、甲", "（一）乙", "二、丙", "丁"]


def test_a_list_style_lends_its_definition() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="outline"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{_level(0, "%1、", "chineseCounting")}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="2"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="outline">'
        '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
    )

    assert lines(_item("甲"), numbering=numbering, styles=styles) == ["一、甲"]


def test_bullets_and_unknown_lists_write_nothing() -> None:
    numbering = _numbering(_level(0, "\uf0b7", "bullet"))

    assert lines(_item("甲") + _item("乙", number=99), numbering=numbering) == ["甲", "乙"]


def test_a_deleted_paragraph_takes_no_number() -> None:
    numbering = _numbering(_level(0, "%1."))
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
        "<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    )

    assert lines(gone + _item("甲") + _item("乙"), numbering=numbering) == ["1.甲", "2.乙"]
