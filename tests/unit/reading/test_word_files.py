"""Word files read as Word shows them."""

from __future__ import annotations

import pytest

from knowledge.errors import InputRefused
from knowledge.reading.loaded import silent
from knowledge.reading.loaders.word_files import load_docx
from tests.unit.reading.word_parts import RELATED, W, cell, lines, p, package, part, r, row


def test_moved_text_stands_where_it_was_moved_to() -> None:
    body = (
        f"<w:p><w:moveFrom>{r('先办')}</w:moveFrom>{r('其余')}</w:p>"
        f"<w:p><w:moveTo>{r('先办')}</w:moveTo></w:p>"
    )

    assert lines(body) == ["其余", "先办"]


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_a_deleted_paragraph_mark_joins_two_paragraphs(mark: str) -> None:
    body = p("我局已对沿线", f"<w:rPr><w:{mark}/></w:rPr>") + p("设施登记造册。")

    assert lines(body) == ["我局已对沿线设施登记造册。"]


def test_a_deleted_paragraph_mark_before_a_table_keeps_its_text() -> None:
    table = f"<w:tbl>{row(cell(p('甲')), cell(p('乙')))}</w:tbl>"

    assert lines(p("表前", "<w:rPr><w:del/></w:rPr>") + table) == ["表前", "甲\t乙"]


def test_a_deleted_row_is_out() -> None:
    table = (
        f"<w:tbl>{row(cell(p('甲')), cell(p('乙')))}"
        f"{row(cell(p('丙')), cell(p('丁')), properties='<w:del/>')}</w:tbl>"
    )

    assert lines(table) == ["甲\t乙"]


def test_comments_and_foreign_chunks_are_left_out() -> None:
    comment = p("请核对")
    body = (
        f'<w:p><w:commentRangeStart w:id="1"/>{r("正文")}<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p><w:altChunk r:id="x"/>'
    )

    assert lines(body, comments=f'<w:comment w:id="1">{comment}</w:comment>') == ["正文"]


# Text boxes


def _drawn(inner: str) -> str:
    box = f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
    return f"<w:pict><v:shape>{box}</v:shape></w:pict>"


def test_a_box_of_old_drawings_is_read_once() -> None:
    box = _drawn(p("A类"))

    assert lines(f"<w:p><w:r>{box}</w:r>{r('标题')}</w:p>") == ["标题", "A类"]


def test_a_box_only_the_fallback_holds_is_read() -> None:
    box = _drawn(p("A类"))
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{r('标题')}</w:p>"
    )

    assert lines(body) == ["标题", "A类"]


def test_a_box_inside_a_box_is_read_once() -> None:
    inner = f"<w:txbxContent>{p('里')}</w:txbxContent>"
    anchor = f"<w:r><w:drawing>{inner}</w:drawing></w:r>"
    outer = f"<w:txbxContent><w:p>{anchor}{r('外')}</w:p></w:txbxContent>"

    assert lines(f"<w:p><w:r><w:drawing>{outer}</w:drawing></w:r></w:p>") == ["", "外", "里"]


def test_lettering_drawn_as_a_shape_is_text() -> None:
    art = '<w:pict><v:shape><v:textpath string="云溪市教育局文件"/></v:shape></w:pict>'

    assert lines(f"<w:p><w:r>{art}</w:r></w:p>") == ["云溪市教育局文件"]


# Headers, notes


def _with_header(header: str, section: str, kind: str = "default") -> list[str]:
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="h1" Type="{RELATED}/header" Target="header1.xml"/>'
        "</Relationships>"
    )
    body = (
        p("关于市政协六届二次会议第118号提案的答复")
        + f'<w:sectPr><w:headerReference w:type="{kind}" r:id="h1"/>{section}</w:sectPr>'
    )
    parts = {
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations,
        "word/header1.xml": part("hdr", header),
    }
    return load_docx(package(parts), "复文.docx", silent).text.splitlines()


def test_number_class_and_openness_of_the_first_header_are_read() -> None:
    header = p("云城函〔2024〕16号") + p("A类") + p("云溪市城市管理局公文处理笺") + p("- 1 -")

    assert _with_header(header, "")[:2] == ["云城函〔2024〕16号", "A类"]
    assert len(_with_header(header, "")) == 3


def test_only_the_first_pages_header_counts() -> None:
    assert _with_header(p("A类"), "<w:titlePg/>") == ["关于市政协六届二次会议第118号提案的答复"]
    assert _with_header(p("A类"), "<w:titlePg/>", "first")[0] == "A类"


def test_notes_of_deleted_text_are_out() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
        f'<w:footnote w:id="1">{p("留")}</w:footnote><w:footnote w:id="2">{p("删")}</w:footnote>'
    )
    body = (
        f'<w:p>{r("正文")}<w:r><w:footnoteReference w:id="1"/></w:r>'
        '<w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del></w:p>'
    )

    assert lines(body, footnotes=notes) == ["正文", "注：留"]


# Fields, controls, signs


def _mark(kind: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def _instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_a_field_shows_its_result_and_not_its_instruction() -> None:
    body = (
        f"<w:p>{r('共')}{_mark('begin')}{_instruction(' NUMPAGES ')}{r('旧令')}{_mark('separate')}"
        f"{r('12')}{_mark('end')}{r('页')}</w:p>"
    )

    assert lines(body) == ["共12页"]


def test_a_field_left_open_does_not_swallow_the_rest() -> None:
    body = f"<w:p>{r('前')}{_mark('begin')}{_instruction('PAGE')}</w:p>" + p("后文")

    assert lines(body) == ["前", "后文"]


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        (r"eq \o\ac(□,√)", "☑"),
        (r"EQ \o\ac(○,3)", "③"),
        (r" eq \o(□,√) ", "☑"),
        ("PAGE", ""),
    ],
)
def test_characters_written_over_each_other_are_what_they_show(
    instruction: str, shown: str
) -> None:
    body = (
        f"<w:p>{r('始')}{_mark('begin')}{_instruction(instruction)}{_mark('end')}{r('A类')}</w:p>"
    )

    assert lines(body) == [f"始{shown}A类"]


@pytest.mark.parametrize(("state", "shown"), [("1", "☑"), ("0", "□")])
def test_a_check_box_control_is_its_state(state: str, shown: str) -> None:
    control = (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{r('?')}</w:sdtContent></w:sdt>"
    )

    assert lines(f"<w:p>{control}{r('A类')}</w:p>") == [f"{shown}A类"]


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<w:checked/>", "☑"),
        ('<w:checked w:val="0"/><w:default w:val="1"/>', "□"),
        ('<w:default w:val="1"/>', "☑"),
        ("", "□"),
    ],
)
def test_a_check_box_of_an_old_form_is_its_state(inner: str, shown: str) -> None:
    order = f"<w:ffData><w:checkBox>{inner}</w:checkBox></w:ffData>"
    body = (
        f"<w:p>{_mark('begin', order)}{_instruction('FORMCHECKBOX')}{_mark('end')}{r('B类')}</w:p>"
    )

    assert lines(body) == [f"{shown}B类"]


def test_a_placeholder_is_no_text_and_a_filled_control_is() -> None:
    held = f"<w:sdtContent>{r('单击输入')}</w:sdtContent>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{held}</w:sdt>"
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('水务局')}</w:sdtContent></w:sdt>"

    assert lines(f"<w:p>{r('单位：')}{empty}{filled}</w:p>") == ["单位：水务局"]


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        ("Wingdings", "þ", "☑"),
        ("Wingdings", "\uf0a8", "□"),
        ("Wingdings 2", "R", "☑"),
        ("Wingdings 2", "£", "□"),
        ("Wingdings 2", "P", "√"),
        ("宋体", "R", "R"),
        ("宋体", "\uf052", "☑"),
    ],
)
def test_ticks_of_symbol_fonts_are_ticks(font: str, text: str, shown: str) -> None:
    marked = r(text, f'<w:rFonts w:ascii="{font}"/>')

    assert lines(f"<w:p>{marked}{r('A类')}</w:p>") == [f"{shown}A类"]


def test_a_sign_of_a_symbol_font_is_what_it_shows() -> None:
    signs = "".join(
        f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
        for font, code in (("Wingdings 2", "F052"), ("Wingdings", "F0FE"), ("Unknown", "0041"))
    )

    assert lines(f"<w:p>{signs}{r('A类')}</w:p>") == ["☑☑A类"]


def test_tabs_hyphens_and_breaks_are_what_they_show() -> None:
    body = (
        f"<w:p>{r('甲')}<w:r><w:tab/></w:r>{r('乙')}<w:r><w:softHyphen/><w:noBreakHyphen/></w:r>"
        f"{r('丙')}<w:r><w:br/></w:r>{r('丁')}</w:p>"
    )

    assert lines(body) == ["甲\t乙-丙", "丁"]


def test_words_keep_their_base_without_the_reading_above() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('xi')}</w:rt><w:rubyBase>{r('溪')}</w:rubyBase></w:ruby></w:r>"

    assert lines(f"<w:p>{r('云')}{ruby}{r('市')}</w:p>") == ["云溪市"]


def test_a_fraction_keeps_its_stroke() -> None:
    formula = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )

    assert lines(f"<w:p>{r('占')}{formula}</w:p>") == ["占1/2"]


# Tables


def test_a_cell_that_continues_the_one_above_is_empty() -> None:
    top, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        f"<w:tbl>{row(cell(p('水务局'), top), cell(p('甲')))}"
        f"{row(cell(p(''), below), cell(p('乙')))}</w:tbl>"
    )

    assert lines(table) == ["水务局\t甲", "\t乙"]


def test_a_table_inside_a_cell_stays_in_its_row() -> None:
    inner = f"<w:tbl>{row(cell(p('丙')), cell(p('丁')))}</w:tbl>{p('')}"
    table = f"<w:tbl>{row(cell(p('甲')), cell(p('乙') + inner))}</w:tbl>"

    assert lines(table) == ["甲\t乙 丙 丁"]


def test_a_frame_around_a_letter_keeps_its_paragraphs() -> None:
    table = f"<w:tbl>{row(cell(p('林知秋委员：') + p('现答复如下。')))}</w:tbl>"

    assert lines(table) == ["林知秋委员：", "现答复如下。"]


# Kinds of packages


def test_macros_are_told() -> None:
    parts = {
        "word/document.xml": part("document", f"<w:body>{p('正文')}</w:body>"),
        "word/vbaProject.bin": "x",
    }

    loaded = load_docx(package(parts), "复文.docm", silent)

    assert [warning.code for warning in loaded.warnings] == ["file.macro"]


def test_the_strict_vocabulary_is_read_too() -> None:
    document = part("document", f"<w:body>{p('正文')}</w:body>").replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )

    assert load_docx(package({"word/document.xml": document}), "复文.docx", silent).text == "正文\n"


def test_the_document_is_found_where_the_package_says() -> None:
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{RELATED}/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>'
    )
    parts = {
        "_rels/.rels": relations,
        "word/document2.xml": part("document", f"<w:body>{p('正文')}</w:body>"),
    }

    assert load_docx(package(parts), "复文.docx", silent).text == "正文\n"


def test_a_package_without_a_document_is_damaged() -> None:
    with pytest.raises(InputRefused) as caught:
        load_docx(package({"word/styles.xml": "<x/>"}), "复文.docx", silent)

    assert caught.value.code == "file.damaged"
