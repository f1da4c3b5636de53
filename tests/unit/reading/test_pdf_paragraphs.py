"""Whatever lines a page has, none is lost and every stretch told of stands where it is said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.text import Span
from knowledge.reading.loaders.paragraphs import flowing_text
from knowledge.reading.page_lines import PageLine

_TEXTS = st.sampled_from(
    [
        "关于路灯的答复",
        "一、巡查",
        "林知秋委员：",
        "我局已登记。",
        "2024年",
        "Yunxi",
        "www.a",
        "118",
        "\t值",
    ]
)
_PLACES = st.floats(0, 500)


@st.composite
def _line(draw: st.DrawFn) -> PageLine:
    text = draw(_TEXTS).strip()
    left, top = draw(_PLACES), draw(_PLACES)
    hidden = (Span(0, len(text)),) if draw(st.integers(0, 4)) == 0 else ()
    return PageLine(
        text,
        draw(st.integers(0, 2)),
        left,
        left + draw(st.floats(0, 500)),
        top,
        top + draw(st.floats(0, 40)),
        draw(st.integers(0, 2)),
        alone=draw(st.booleans()),
        aside=draw(st.booleans()),
        hidden=hidden,
        confidence=draw(st.sampled_from([1.0, 0.5])),
    )


@given(st.lists(_line(), max_size=12))
def test_no_line_is_lost_and_every_stretch_is_where_it_is_told(lines: list[PageLine]) -> None:
    loaded = flowing_text(lines)

    assert sorted("".join(loaded.text.split())) == sorted(
        "".join("".join(line.text.split()) for line in lines)
    )
    assert sorted(span.of(loaded.text) for span in loaded.hidden) == sorted(
        line.text for line in lines if line.hidden
    )
    assert sorted(span.of(loaded.text) for span, _ in loaded.doubtful) == sorted(
        line.text for line in lines if line.confidence < 1
    )
