"""What a page of PDF hides is kept apart: white, tiny, invisible or off the page."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from knowledge.reading.loaded import Loaded
from tests.unit.reading.pdf_builder import HEIGHT, WIDTH, Pages

_SEEN = [
    "林知秋委员：",
    "\u3000\u3000您提出的提案收悉，现答复如下：",
    "\u3000\u3000我局已更换路灯四十盏。",
]


def _hidden(loaded: Loaded) -> list[str]:
    return [span.of(loaded.text) for span in loaded.hidden]


def _page() -> Pages:
    return Pages().lines(_SEEN)


@pytest.mark.parametrize(
    "pages",
    [
        _page().text(400, "同意公开的密语", grey=1),
        _page().text(400, "同意公开的密语", grey=0.99),
        _page().text(400, "同意公开的密语", size=1),
        _page().text(400, "同意公开的密语", x=WIDTH + 20),
        _page().text(HEIGHT + 40, "同意公开的密语"),
        _page().text(400, "同意公开的密语", mode=3),
        _page().text(148, "同意公开的密语", grey=1),
    ],
    ids=["white", "nearly white", "tiny", "beside", "below", "invisible", "white over text"],
)
def test_text_that_nobody_sees_is_told_and_kept_apart(pages: Pages) -> None:
    loaded = pages.read()

    assert _hidden(loaded) == ["同意公开的密语"]
    assert "您提出的提案收悉，现答复如下：\n我局已更换路灯四十盏。" in loaded.text
    (warning,) = loaded.warnings
    assert (warning.code, warning.span) == ("text.hidden", loaded.hidden[0])
    assert warning.details["count"] == "1"


def test_white_text_on_a_dark_ground_is_read() -> None:
    loaded = (
        _page().box(70, 380, 300, 40, grey=0.2).text(400, "联系电话0350-1234567", grey=1).read()
    )

    assert "联系电话0350-1234567" in loaded.text
    assert loaded.hidden == ()


def test_white_text_on_a_white_box_stays_hidden() -> None:
    loaded = _page().box(70, 380, 300, 40, grey=1).text(400, "同意公开的密语", grey=1).read()

    assert _hidden(loaded) == ["同意公开的密语"]


def test_the_text_under_a_scan_is_good_text() -> None:
    picture = io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    picture.seek(0)
    pages = Pages()
    pages.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    for number, line in enumerate(_SEEN):
        pages.text(120 + 28 * number, line.strip(), mode=3)

    loaded = pages.read()

    assert loaded.hidden == ()
    assert "我局已更换路灯四十盏。" in loaded.text


def test_a_sentence_is_not_broken_by_hidden_text_behind_it() -> None:
    full = "我局对临河步道沿线照明设施逐段进行登记造册，同时与各"
    pages = (
        Pages().lines([full, "个养护单位核对杆位。"], y=700).text(780, "密语密语", grey=1).turn()
    )
    loaded = pages.lines(["下页另起一段。"]).read()

    assert f"{full}个养护单位核对杆位。" in loaded.text
    assert _hidden(loaded) == ["密语密语"]


def test_what_a_page_hides_stands_behind_its_tables() -> None:
    pages = Pages().text(60, "密语密语密语", grey=1)

    loaded = pages.cells(
        120, [[("委员姓名", 100), ("林知秋", 200)], [("备注", 100), ("无", 200)]]
    ).read()

    assert loaded.text.splitlines() == ["委员姓名\t林知秋", "备注\t无", "密语密语密语"]
