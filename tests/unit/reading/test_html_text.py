"""Words that tags split are whole again; what styles hide is told."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import InputRefused
from knowledge.reading.loaded import silent
from knowledge.reading.loaders.html_pages import load_html
from tests.unit.reading.html_builder import LETTER, lines, read


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>第<span>309</span>号</p>", "第309号"),
        ("<p>2024<b>年</b>6<font>月</font>18日</p>", "2024年6月18日"),
        ("<p>现答\n   复如下</p>", "现答复如下"),
        ("<p>现答<span>\n</span>复如下</p>", "现答复如下"),
        ("<p>Yunxi\nWater</p>", "Yunxi Water"),
        ("<p>&nbsp;&nbsp;&nbsp;&nbsp;现答复如下</p>", "现答复如下"),
        ("<p>\u3000\u3000现答复如下</p>", "现答复如下"),
        ("<p>甲&nbsp;&nbsp;乙</p>", "甲 乙"),
        ("<p><ruby>巡<rp>(</rp><rt>xun</rt><rp>)</rp></ruby>查</p>", "巡查"),
        (
            "<div>文号：<div style='display:inline'>云城〔2024〕9号</div></div>",
            "文号：云城〔2024〕9号",
        ),
        (
            "<p>办理结果：<input type=checkbox checked>A类<input type=radio>B类</p>",
            "办理结果：☑A类□B类",
        ),
        ("<p>承办人：<input type=text value=周一帆></p>", "承办人：周一帆"),
        ("<p>甲<!-- 乙 --><script>丙</script><style>丁{}</style>戊</p>", "甲戊"),
        ("<li><div>文号：</div><div>云城〔2024〕9号</div></li>", "文号：云城〔2024〕9号"),
    ],
)
def test_a_line_is_read_as_it_is_seen(html: str, text: str) -> None:
    assert lines(html) == [text]


def test_breaks_and_blocks_end_lines() -> None:
    assert lines("甲<br>乙<p>丙</p>丁<div>戊</div><pre>己\n庚</pre>") == list("甲乙丙丁戊己庚")


_HIDDEN = "不公开的密语"


@pytest.mark.parametrize(
    "html",
    [
        f'<p style="color:#fff">{_HIDDEN}</p>',
        f'<p style="color: rgb(255, 255, 255)">{_HIDDEN}</p>',
        f'<font color="white">{_HIDDEN}</font>',
        f'<span style="font-size:0">{_HIDDEN}</span>',
        f'<span style="font-size:1px">{_HIDDEN}</span>',
        f'<div style="position:absolute;left:-9999px">{_HIDDEN}</div>',
        f'<div style="opacity:0"><b>{_HIDDEN}</b></div>',
        f'<div style="color:transparent">{_HIDDEN}</div>',
        f'<div style="height:0;overflow:hidden">{_HIDDEN}</div>',
        f'<div style="text-indent:-9999px">{_HIDDEN}</div>',
        f'<p class="pale">{_HIDDEN}</p>',
        f'<div bgcolor="#ffffff"><p><font color="#FEFEFE">{_HIDDEN}</font></p></div>',
    ],
)
def test_text_that_styles_hide_is_kept_apart_and_told(html: str) -> None:
    loaded = read(LETTER + html, "<style>.pale{color:#ffffff}</style>")

    assert [span.of(loaded.text) for span in loaded.hidden] == [_HIDDEN]
    (warning,) = loaded.warnings
    assert (warning.code, warning.span) == ("text.hidden", loaded.hidden[0])


@pytest.mark.parametrize(
    "html",
    [
        '<div style="background:#c00"><span style="color:#fff">云溪市水务局公文</span></div>',
        '<table bgcolor="navy"><tr><td style="color:white">云溪市水务局公文</td></tr></table>',
        '<div style="font-size:0"><span style="font-size:16px">云溪市水务局公文</span></div>',
        '<p style="color:#fffff">云溪市水务局公文</p>',
        '<p style="color:#333;opacity:1">云溪市水务局公文</p>',
        '<p class="print">云溪市水务局公文</p>',
    ],
)
def test_text_that_can_be_seen_is_not_hidden(html: str) -> None:
    loaded = read(LETTER + html, "<style>@media print{.print{color:#fff}}</style>")

    assert loaded.hidden == ()
    assert "云溪市水务局公文" in loaded.text


@pytest.mark.parametrize(
    "html",
    [
        f'<p style="display:none">{_HIDDEN}</p>',
        f'<p style="visibility: hidden">{_HIDDEN}</p>',
        f"<p hidden>{_HIDDEN}</p>",
        f'<p class="off">{_HIDDEN}</p>',
    ],
)
def test_what_a_browser_does_not_lay_out_is_no_text(html: str) -> None:
    loaded = read(LETTER + html, "<style>.off, .none{display:none}</style>")

    assert _HIDDEN not in loaded.text
    assert loaded.hidden == ()


def test_a_page_of_hidden_words_alone_has_no_text() -> None:
    with pytest.raises(InputRefused) as caught:
        read(f'<p style="color:#fff">{_HIDDEN}</p>')

    assert caught.value.code == "file.no_text"


@pytest.mark.parametrize(
    "html",
    [
        f'<div style="display:none">{LETTER}</div><p>加载中</p>',
        f'<div style="font-size:0">{LETTER}</div>',
        f'<div class="white">{LETTER}</div>',
    ],
)
def test_a_letter_that_only_a_script_shows_is_read(html: str) -> None:
    loaded = read(html, "<style>.white{color:#fff}</style>")

    assert "您提出的《关于增设路灯的提案》收悉，现答复如下：" in loaded.text
    assert loaded.hidden == ()


def test_a_page_all_in_white_stands_on_a_dark_ground() -> None:
    loaded = read(LETTER + "<p>一句话。</p>", "<style>body{color:#fff}</style>")

    assert loaded.hidden == ()


def test_a_saved_archive_of_a_page_is_read() -> None:
    archive = (
        "From: <Saved by Browser>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    page = base64.b64encode(f"<html><body>{LETTER}</body></html>".encode("gb18030")).decode()
    data = f"{archive}{page}\r\n--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n".encode()

    assert load_html(data, "复文.mht", silent).text.startswith("林知秋委员：")


_TAGS = [
    "p",
    "div",
    "span",
    "b",
    "table",
    "tr",
    "td",
    "th",
    "li",
    "ul",
    "a",
    "font",
    "br",
    "pre",
    "dl",
    "dt",
    "dd",
    "input",
    "h1",
    "nav",
    "footer",
    "form",
]
_STYLES = ["", "color:#fff", "display:none", "font-size:0", "background:#000", "left:-9e9px"]
_WORDS = st.text("委员提案答复。：第118号\u3000\xa0 \n<>&;\x00\ufffe\U0001f600ab", max_size=8)


def _tag(name: str, style: str, inside: list[str], closed: bool) -> str:  # noqa: FBT001 - drawn
    return f'<{name} style="{style}" href=x>{"".join(inside)}{f"</{name}>" if closed else ""}'


_HTML = st.recursive(
    _WORDS,
    lambda inner: st.builds(
        _tag,
        st.sampled_from(_TAGS),
        st.sampled_from(_STYLES),
        st.lists(inner, max_size=4),
        st.booleans(),
    ),
    max_leaves=30,
)


@given(_HTML)
def test_any_page_is_read_and_what_is_hidden_lies_inside_its_text(html: str) -> None:
    try:
        loaded = read(f"{html}<p>收悉</p>")
    except InputRefused as refusal:
        assert refusal.code == "file.no_text"  # noqa: PT017 - either outcome is right
        return
    for span in loaded.hidden:
        assert 0 <= span.start < span.end <= len(loaded.text)
        assert "\n" not in span.of(loaded.text)
    for grid in loaded.grids:
        for row in grid.rows:
            assert all(cell.span.of(loaded.text) == cell.text for cell in row)


def test_a_page_whose_tags_stay_open_is_read() -> None:
    assert "收悉" in read("<div><b>" * 900 + "收悉").text
