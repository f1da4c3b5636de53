"""Lines of a page become the paragraphs a person reads: indents, columns, heads, notes."""

from __future__ import annotations

import pytest

from knowledge.reading.loaded import Loaded
from knowledge.reading.loaders import pdf_files
from knowledge.reading.loaders.pdf_files import load_pdf
from tests.unit.reading.pdf_builder import HEIGHT, LEFT, WIDTH, Pages

# 28 characters of 16 points fill a line of these pages.
_FIRST = "\u3000\u3000我局对临河步道沿线照明设施逐段进行登记造册，并核对杆"
_FULL = "位和灯具的型号，同时与各个养护单位逐一签订了管护责任书"


def _paragraphs(loaded: Loaded) -> list[str]:
    return loaded.text.splitlines()


def test_a_paragraph_that_ends_with_a_full_line_is_not_glued_to_the_next() -> None:
    ends = _FULL[:-1] + "。"
    next_one = "\u3000\u3000下一步我局将继续推进。"

    loaded = Pages().lines([_FIRST, ends, next_one, _FIRST, "位。"]).read()

    assert _paragraphs(loaded) == [
        (_FIRST + ends).strip(),
        next_one.strip(),
        (_FIRST + "位。").strip(),
    ]


def test_a_paragraph_without_a_stop_ends_before_an_indent() -> None:
    head = "\u3000\u3000一、加强临河步道照明设施的巡查养护和更新改造工作情况"

    loaded = Pages().lines([head, _FIRST, _FULL, "。", head, _FIRST, "位。"]).read()

    assert _paragraphs(loaded)[0] == head.strip()


def test_a_sentence_that_stops_at_the_margin_reads_on_in_its_paragraph() -> None:
    stops = _FULL[:-1] + "。"

    loaded = Pages().lines([_FIRST, stops, "已经全部完成。", "\u3000\u3000另起一段。"]).read()

    assert _paragraphs(loaded)[0].endswith("责任。已经全部完成。")


def test_a_title_in_the_middle_stays_together() -> None:
    pages = Pages().centred(100, "关于市政协六届二次会议第118号提案", size=20)
    pages.centred(135, "的答复", size=20).lines(["林知秋委员：", _FIRST, "位。"], y=200)

    assert _paragraphs(pages.read())[0] == "关于市政协六届二次会议第118号提案的答复"


def test_a_title_as_wide_as_the_page_stays_together() -> None:
    title = "关于在临河步道沿线增设路灯并且更换老旧的灯具"
    pages = Pages().text(100, title, size=19).centred(133, "的提案的答复", size=19)

    loaded = pages.lines(["林知秋委员：", _FIRST, _FULL, "。"], y=200).read()

    assert _paragraphs(loaded)[0] == title + "的提案的答复"


def test_the_office_and_its_number_are_no_part_of_the_title() -> None:
    pages = Pages().centred(80, "云溪市城市管理局文件").centred(108, "云城提〔2024〕9号")
    pages.centred(136, "关于市政协六届二次会议第118号提案的答复")

    loaded = pages.lines(["林知秋委员：", _FIRST, _FULL, "。"], y=200).read()

    assert "云城提〔2024〕9号" in _paragraphs(loaded)
    assert "关于市政协六届二次会议第118号提案的答复" in _paragraphs(loaded)


def test_office_and_date_at_the_right_are_lines_of_their_own() -> None:
    pages = Pages().lines([_FIRST, _FULL, "。"]).text(300, "云溪市城市管理局", x=360)

    assert _paragraphs(pages.text(328, "2024年6月18日", x=370).read())[-2:] == [
        "云溪市城市管理局",
        "2024年6月18日",
    ]


@pytest.mark.parametrize("number", ["— 1 —", "-1-", "第1页 共3页", "1", "1/3", "－ 1 －"])
def test_page_numbers_are_left_out(number: str) -> None:
    pages = Pages().lines([_FIRST, _FULL]).centred(800, number).turn()

    loaded = pages.lines(["养护办法。"]).centred(800, number.replace("1", "2", 1)).read()

    assert _paragraphs(loaded) == [(_FIRST + _FULL + "养护办法。").strip()]


def test_heads_that_run_through_the_pages_are_left_out_and_titles_stay() -> None:
    pages = Pages()
    for number in (118, 119, 120):
        pages.text(50, f"云溪市城市管理局答复汇编    {number - 117}", size=10)
        pages.centred(120, f"关于市政协六届二次会议第{number}号提案的答复")
        pages.lines(["林知秋委员：", _FIRST, "位。"], y=180).turn()

    text = pages.read().text

    assert "汇编" not in text
    assert text.count("提案的答复\n") == 3


def test_a_value_alone_at_the_foot_of_a_page_is_no_page_number() -> None:
    loaded = Pages().lines(["提案编号", "118"], y=300).read()

    assert _paragraphs(loaded) == ["提案编号", "118"]


def test_notes_at_the_foot_follow_the_paragraph_they_interrupt() -> None:
    pages = Pages().lines([_FIRST, _FULL], y=600).text(740, "①数据截至2024年5月。", size=10)

    loaded = pages.turn().lines(["并按月检查。", "\u3000\u3000另起一段。"]).read()

    assert _paragraphs(loaded) == [
        (_FIRST + _FULL + "并按月检查。").strip(),
        "①数据截至2024年5月。",
        "另起一段。",
    ]


_COLUMN = "我局对沿线设施逐段登记造册"


def test_two_columns_are_read_one_after_the_other() -> None:
    pages = Pages().centred(80, "云溪市政协提案办理情况通报")
    pages.lines([*[f"左{_COLUMN}"] * 8, "左栏到此结束。"], size=14, x=60)
    pages.lines([*[f"右{_COLUMN}"] * 8, "右栏到此结束。"], size=14, x=320)

    text = pages.read().text

    assert text.index("左栏到此结束") < text.index("右我局")
    assert f"左{_COLUMN}右" not in text
    assert text.startswith("云溪市政协提案办理情况通报\n")


def test_labels_and_values_side_by_side_are_no_columns() -> None:
    pages = Pages()
    for number in range(8):
        pages.text(120 + 28 * number, f"栏目{number}：").text(
            120 + 28 * number, f"值{number}", x=320
        )

    assert _paragraphs(pages.read())[0].split() == ["栏目0：", "值0"]


def test_a_page_turned_on_its_side_is_read_upright() -> None:
    pages = Pages()
    pages.canvas.translate(WIDTH, 0)
    pages.canvas.rotate(90)
    pages.lines(
        ["林知秋委员：", "\u3000\u3000您提出的提案收悉。", "\u3000\u3000现答复如下。"],
        y=HEIGHT - 500,
    )

    assert _paragraphs(pages.read()) == ["林知秋委员：", "您提出的提案收悉。", "现答复如下。"]


def test_a_page_marked_as_turned_is_read_upright() -> None:
    pages = Pages()
    pages.canvas.setPageRotation(90)

    assert _paragraphs(pages.lines(["林知秋委员：", "您好。"]).read()) == ["林知秋委员：", "您好。"]


def test_vertical_writing_is_read_from_the_right() -> None:
    pages = Pages()
    for column, words in enumerate(("林知秋委员收", "您的提案收悉", "现予以答复。")):
        for row, char in enumerate(words):
            pages.text(120 + 18 * row, char, x=400 - 32 * column)

    assert pages.read().text.replace("\n", "") == "林知秋委员收您的提案收悉现予以答复。"


def test_a_watermark_across_the_pages_is_left_out() -> None:
    pages = Pages()
    for number in range(2):
        pages.lines([_FIRST, f"位{number}。"], y=300)
        pages.canvas.translate(200, 300)
        pages.canvas.rotate(45)
        pages.text(HEIGHT, "内部资料注意保存", x=0, grey=0.8).turn()

    loaded = pages.read()

    assert _paragraphs(loaded) == [f"{_FIRST}位{number}。".strip() for number in range(2)]


def test_bold_by_double_print_is_read_once() -> None:
    loaded = Pages().text(120, "关于路灯的答复").text(120, "关于路灯的答复", x=LEFT + 0.4).read()

    assert loaded.text == "关于路灯的答复\n"


def test_wide_room_between_words_is_told_as_a_tab() -> None:
    pages = Pages().text(120, "责任领导：周一帆").text(120, "承办人：吴越", x=330)

    assert pages.read().text == "责任领导：周一帆\t承办人：吴越\n"


def test_pages_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_files, "_MAXIMUM_PAGES", 2)
    pages = Pages()
    for number in "一二三":
        pages.lines([f"第{number}页的文字。"]).turn()

    loaded = pages.read()

    assert "第三页" not in loaded.text
    (warning,) = loaded.warnings
    assert (warning.code, dict(warning.details)) == (
        "pdf.pages_left_out",
        {"pages": "4", "read": "2"},
    )


def test_a_long_file_tells_each_page_it_has_read() -> None:
    pages = Pages()
    for number in range(24):
        pages.lines([f"{number}号答复的文字。"]).turn()
    told: list[tuple[int, int]] = []

    load_pdf(pages.data(), "长.pdf", lambda done, count: told.append((done, count)))

    assert told[:25] == [(done, 25) for done in range(1, 26)]
