"""Ruled tables and filled-in fields of PDF forms read as label and value."""

from __future__ import annotations

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from knowledge.domain.documents import DocumentKind, RecordFields
from knowledge.reading.loaded import Loaded, silent
from knowledge.reading.loaders import pdf_glyphs
from knowledge.reading.loaders.pdf_files import load_pdf
from knowledge.reading.parsing import parse_loaded
from tests.unit.reading.pdf_builder import HEIGHT, Pages

_FORM = [
    [("承办单位", 100), ("云溪市水务局", 130), ("提案编号", 90), ("118", 120)],
    [("委员姓名", 100), ("林知秋", 130), ("联系电话", 90), ("13800000001", 120)],
    [
        ("提案主要内容", 100),
        ("建议在临河步道沿线增设路灯，并逐段登记造册，方便群众夜间出行。", 340),
    ],
    [("办理情况（划勾）", 100), ("A类☑ B类□ C类□", 340)],
    [("面商时间", 100), ("2024年6月3日", 130), ("面商地点", 90), ("局会议室", 120)],
    [("面商人", 100), ("周一帆", 130), ("联系电话", 90), ("0350-1234567", 120)],
]


def _record(loaded: Loaded) -> RecordFields:
    document = parse_loaded(loaded)[0]
    assert document.kind is DocumentKind.RECORD
    assert isinstance(document.fields, RecordFields)
    return document.fields


def test_cells_of_a_row_are_parted_by_tabs_and_long_cells_stay_whole() -> None:
    loaded = Pages().centred(80, "政协提案面商记录表").cells(120, _FORM).read()

    assert loaded.text.splitlines()[:4] == [
        "政协提案面商记录表",
        "承办单位\t云溪市水务局\t提案编号\t118",
        "委员姓名\t林知秋\t联系电话\t13800000001",
        "提案主要内容\t建议在临河步道沿线增设路灯，并逐段登记造册，方便群众夜间出行。",
    ]


def test_a_form_is_read_field_for_field() -> None:
    fields = _record(Pages().centred(80, "政协提案面商记录表").cells(120, _FORM).read())

    assert fields.unit is not None
    assert fields.unit.value == "云溪市水务局"
    assert fields.member is not None
    assert fields.member.value == "林知秋"
    assert fields.proposal_summary is not None
    assert fields.proposal_summary.value.endswith("方便群众夜间出行。")
    assert fields.phone is not None
    assert fields.phone.value == "13800000001"
    assert fields.unit_phone is not None
    assert fields.unit_phone.value == "0350-1234567"


def test_a_label_spread_over_its_cell_is_one_word() -> None:
    pages = Pages().cells(120, [[("", 100), ("林知秋", 200)], [("备注", 100), ("无", 200)]])
    for at, char in enumerate("委员姓名"):
        pages.text(140, char, x=88 + 22 * at, size=14)

    assert pages.read().text.splitlines()[0] == "委员姓名\t林知秋"


def test_a_cell_over_several_rows_stands_in_the_first() -> None:
    pages = Pages()
    pages.box(80, 120, 60, 90).text(170, "面商", x=85, size=14)
    for row, (label, value) in enumerate(
        (("时间", "6月3日"), ("地点", "会议室"), ("方式", "当面"))
    ):
        pages.box(140, 120 + 30 * row, 60, 30).box(200, 120 + 30 * row, 200, 30)
        pages.text(140 + 30 * row, label, x=145, size=14).text(
            140 + 30 * row, value, x=205, size=14
        )

    assert pages.read().text.splitlines() == ["面商\t时间\t6月3日", "地点\t会议室", "方式\t当面"]


def test_a_long_cell_keeps_its_paragraphs() -> None:
    points = "一、已更换路灯四十盏。\n二、已建立巡查制度，每月巡查两次，并对发现的问题登记销号。"

    loaded = (
        Pages().cells(120, [[("答复要点", 80), (points, 370)], [("备注", 80), ("无", 370)]]).read()
    )

    assert loaded.text.splitlines()[0] == "答复要点\t一、已更换路灯四十盏。"
    assert loaded.text.splitlines()[1].startswith("二、已建立巡查制度")
    assert loaded.text.splitlines()[1].endswith("登记销号。")


def test_a_row_broken_by_the_end_of_a_page_stands_whole() -> None:
    pages = Pages().cells(
        700, [[("备注", 80), ("无", 370)], [("主要内容", 80), ("建议在沿线增设路灯，", 370)]]
    )

    loaded = (
        pages.turn()
        .cells(80, [[("", 80), ("方便出行。", 370)], [("签字", 80), ("林", 370)]])
        .read()
    )

    assert loaded.text.splitlines() == [
        "备注\t无",
        "主要内容\t建议在沿线增设路灯，方便出行。",
        "签字\t林",
    ]


def test_a_row_that_goes_on_over_several_pages_stands_whole() -> None:
    pages = Pages().cells(
        700, [[("备注", 80), ("无", 370)], [("主要内容", 80), ("建议增设路灯，", 370)]]
    )
    pages.turn().cells(80, [[("", 80), ("更换灯具，", 370)]])

    loaded = pages.turn().cells(80, [[("", 80), ("方便出行。", 370)]]).read()

    assert loaded.text.splitlines()[-1] == "主要内容\t建议增设路灯，更换灯具，方便出行。"


def test_a_row_of_a_list_without_its_first_cell_stays_a_row() -> None:
    row = [("市水务局", 100), ("118", 60), ("关于增设路灯", 200), ("A", 60)]
    rest = [("", 100), ("119", 60), ("关于修缮步道", 200), ("B", 60)]

    loaded = Pages().cells(700, [row, row]).turn().cells(80, [rest, rest]).read()

    assert loaded.text.splitlines()[2] == "\t119\t关于修缮步道\tB"


def test_a_frame_around_a_page_is_no_table() -> None:
    pages = Pages().box(40, 40, 515, 760).lines(["林知秋委员：", "您好。"])

    assert pages.read().text.splitlines() == ["林知秋委员：", "您好。"]


def test_text_above_and_below_a_table_keeps_its_place() -> None:
    pages = Pages().text(100, "表上的话。").cells(120, _FORM[:2]).text(220, "表下的话。")

    lines = pages.read().text.splitlines()

    assert (lines[0], lines[-1], len(lines)) == ("表上的话。", "表下的话。", 4)


def test_rules_drawn_as_thin_areas_are_rules() -> None:
    pages = Pages()
    for y in (120, 150, 180):
        pages.box(80, y, 300, 0.5, grey=0)
    for x in (80, 180, 380):
        pages.box(x, 120, 0.5, 60, grey=0)
    for row, words in enumerate((("委员姓名", "林知秋"), ("工作单位", "第三中学"))):
        for at, word in enumerate(words):
            pages.text(140 + 30 * row, word, x=85 + 100 * at, size=14)

    assert pages.read().text.splitlines() == ["委员姓名\t林知秋", "工作单位\t第三中学"]


def test_fields_of_a_form_are_read_with_their_values() -> None:
    pages = Pages().lines(["面商单位：", "办理结果：\u3000\u3000A类\u3000\u3000B类"])
    form = pages.canvas.acroForm
    form.textfield(name="unit", value="Yunxi 2024", x=170, y=HEIGHT - 125, width=200, height=18)
    form.checkbox(name="a", checked=True, x=172, y=HEIGHT - 150, size=14)
    form.checkbox(name="b", checked=False, x=232, y=HEIGHT - 150, size=14)

    first, second = pages.read().text.splitlines()

    assert first == "面商单位：Yunxi 2024"
    assert "".join(second.split()) == "办理结果：☑A类□B类"


def _by_hand(font: str, codes: bytes) -> bytes:
    """A file of one text in a font that is not embedded; the reader rebuilds what is missing."""
    stream = b"BT /F1 20 Tf 100 700 Td (" + codes + b") Tj ET"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length "
        + str(len(stream)).encode()
        + b">>stream\n"
        + stream
        + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/TrueType/BaseFont/"
        + font.encode()
        + b"/FirstChar 0/LastChar 255"
        b"/Widths[" + b"600 " * 256 + b"]/Encoding/WinAnsiEncoding>>endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )


def test_ticks_of_a_symbol_font_are_told() -> None:
    loaded = load_pdf(_by_hand("Wingdings-Regular", rb"\376\250\376\250\374\250"), "钩.pdf", silent)

    assert loaded.text == "☑□☑□√□\n"


def test_the_same_codes_of_another_font_are_letters() -> None:
    assert (
        "☑" not in load_pdf(_by_hand("Arial", rb"\376\250\376\250\374\250"), "字.pdf", silent).text
    )


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("林知秋委员：您提出的提案收悉。", 0.0),
        ("\ue000\ue001\ue002\ue003林知秋委", 0.5),
        ("ÁÖÖªÇïÎ¯Ô±£ºÄúÌá³öµÄÌá°¸ÊÕÏ¤", 1.0),
        ("龘靐齉爩" * 60, 1.0),
        ("", 0.0),
    ],
)
def test_characters_that_mean_nothing_are_counted(text: str, share: float) -> None:
    assert pdf_glyphs.garbage_share(text) == share


def test_characters_named_by_their_radicals_are_the_characters() -> None:
    assert [pdf_glyphs.readable(ord(char)) for char in "⼀⽅⻓⻔工"] == list("一方长门工")


def test_a_file_that_only_forbids_changes_is_read() -> None:
    locked = StandardEncryption("", ownerPassword="secret", canModify=0, strength=128)

    assert (
        Pages(encrypt=locked).lines(["林知秋委员：", "您好。"]).read().text.startswith("林知秋委员")
    )


def test_a_page_with_more_drawings_than_a_table_needs_is_still_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("knowledge.reading.loaders.pdf_drawing._MOST_OBJECTS", 40)
    pages = Pages().lines(["林知秋委员：", "您好。"])
    for at in range(60):
        pages.box(80 + at, 400, 1, 100)

    assert pages.read().text.startswith("林知秋委员：")
