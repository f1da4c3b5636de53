"""Recognised lines become rows, cells and paragraphs."""

from __future__ import annotations

from knowledge.domain.documents import DocumentKind, RecordFields
from knowledge.domain.text import Span
from knowledge.reading.loaders.paragraphs import flowing_text
from knowledge.reading.parsing import parse_loaded
from knowledge.reading.recognition.frames import Strip
from knowledge.reading.recognition.inks import Mask
from knowledge.reading.recognition.rows import em_of, laid_out
from knowledge.reading.recognition.rulings import Cell, find_cells, table_rows
from tests.unit.reading.sheets import EM, blank, draw_box, draw_table, strip


def _texts(strips: list[Strip], mask: Mask | None = None) -> list[str]:
    page = blank(1600, 1400) if mask is None else mask
    return [line.text for line in laid_out(strips, find_cells(page), page, 0).lines]


def test_cells_are_the_holes_of_the_ruling_lines() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [100, 500, 1500], [200, 300, 400, 600])

    cells = find_cells(mask)

    assert len(cells) == 6
    assert [len(row) for row in table_rows(cells)] == [2, 2, 2]
    assert cells[0].holds(300, 250)


def test_a_broken_ruling_line_still_parts_cells() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [100, 500, 1500], [200, 300, 400])
    mask[298:303, 700:712] = 0

    assert len(find_cells(mask)) == 4


def test_a_frame_around_the_whole_page_is_no_table() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [10, 1590], [10, 1390])

    assert find_cells(mask) == []


def test_a_table_inside_a_frame_is_found() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [10, 1590], [10, 1390])
    draw_table(mask, [100, 500, 1500], [200, 300, 400])

    assert len(find_cells(mask)) == 4


def test_a_merged_cell_stands_in_the_row_it_begins_in() -> None:
    right = [Cell(100, y, 300, y + 95) for y in (0, 100, 200, 300, 400)]
    cells = [Cell(0, 2, 90, 495), *right]

    assert [[cell.x0 for cell in row] for row in table_rows(cells)] == [[0, 100], *[[100]] * 4]


def test_a_row_of_a_table_is_one_line_with_tabs() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [100, 500, 1500], [200, 300, 400])
    strips = [
        strip("提案编号", 200, 320),
        strip("承办单位", 200, 220),
        strip("云岭市水利局", 520, 221),
        strip("第86号", 520, 322),
    ]

    assert _texts(strips, mask) == ["承办单位\t云岭市水利局", "提案编号\t第86号"]


def test_lines_of_a_cell_are_joined() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [100, 500, 1500], [200, 400, 500])
    strips = [
        strip("提案主要", 220, 220),
        strip("内容", 260, 290),
        strip("建议在城东新区建设便民市场并完善各类网点的分布", 520, 220),
        strip("推广检测。", 520, 290),
        strip("地点", 220, 420),
        strip("会议室", 520, 420),
    ]

    assert _texts(strips, mask)[0] == (
        "提案主要内容\t建议在城东新区建设便民市场并完善各类网点的分布推广检测。"
    )


def test_a_line_found_across_two_cells_is_parted_at_the_ruling_line() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [100, 500, 1500], [200, 300, 400])

    assert _texts([strip("承办单位某局", 340, 220)], mask)[0] == "承办单位\t某局"


def test_a_character_on_the_ruling_line_is_not_lost() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [100, 500, 1500], [200, 300, 400])

    (line, *_) = _texts([strip("承办单位某局", 320, 220)], mask)

    assert line.replace("\t", "") == "承办单位某局"


def test_a_cell_with_one_box_that_cannot_be_judged_tells_none() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [100, 500, 1500], [200, 400, 500])
    strips = [strip("办理类别", 120, 220), strip("☑A类", 578, 220), strip("□B类", 578, 290)]
    strips.append(strip("□", 900, 350))
    draw_box(mask, 582, 232, tick="tick")
    draw_box(mask, 582, 302, tick="dot")

    laid = laid_out(strips, find_cells(mask), mask, 0)

    assert laid.lines[0].text == "办理类别\tA类 B类"
    assert laid.unreadable == 1


def test_pieces_of_a_row_stand_side_by_side_from_the_left() -> None:
    strips = [strip("联系电话：5236718", 900, 102), strip("承办人：乔志远", 100, 100)]

    (line,) = laid_out(strips, [], blank(1600, 300), 0).lines

    assert line.text == "承办人：乔志远  联系电话：5236718"
    assert line.alone


def test_an_empty_first_cell_leaves_no_blank_at_the_lines_beginning() -> None:
    mask = blank(1600, 1400)
    draw_table(mask, [100, 500, 1500], [200, 300, 400])

    (line,) = laid_out([strip("某", 620, 220, sure=0.5)], find_cells(mask), mask, 0).lines

    assert line.text == "某"
    assert line.doubts == ((Span(0, 1), 0.5),)


def test_lines_come_from_the_top_whatever_order_they_were_found_in() -> None:
    strips = [strip("第二行", 100, 200), strip("第三行", 100, 300), strip("第一行", 100, 100)]

    assert _texts(strips) == ["第一行", "第二行", "第三行"]


def test_the_width_of_a_character_comes_from_lines_of_chinese_alone() -> None:
    assert em_of([strip("承办单位名称", 0, 0), strip("0735-8260416", 0, 90, em=20)]) == EM


def test_an_unsure_character_is_doubtful_where_it_stands() -> None:
    sure, unsure = strip("承办人：", 100, 100), strip("邱", 260, 100, sure=0.6)
    joined = Strip(100, 300, 100, 152, (*sure.glyphs, *unsure.glyphs))

    loaded = flowing_text(laid_out([joined], [], blank(), 0).lines)

    assert [(loaded.text[span.start : span.end], sure) for span, sure in loaded.doubtful] == [
        ("邱", 0.6)
    ]


def test_a_line_read_badly_is_doubtful_as_a_whole() -> None:
    (line,) = laid_out([strip("满意望继续", 100, 100, sure=0.7)], [], blank(), 0).lines

    assert [(span.start, span.end) for span, _ in line.doubts] == [(0, 5)]


def test_a_form_of_strips_and_pixels_is_read_field_for_field() -> None:
    mask = blank(1600, 1400)
    rows = [("承办单位", "云岭市水利局"), ("提案编号", "086"), ("办理情况（划勾）", "A类")]
    draw_table(mask, [100, 520, 1500], [200, 300, 400, 500, 600])
    strips = [strip("面商情况记录表", 600, 100)]
    for at, (label, value) in enumerate(rows):
        strips += [strip(label, 120, 220 + 100 * at), strip(value, 620, 220 + 100 * at)]
    strips += [strip("B类", 820, 420), strip("面商人", 120, 520), strip("何小满", 620, 520)]
    draw_box(mask, 578, 432)
    draw_box(mask, 778, 432, tick="tick")

    loaded = flowing_text(laid_out(strips, find_cells(mask), mask, 0).lines)
    (document,) = parse_loaded(loaded)

    assert document.kind is DocumentKind.RECORD
    assert isinstance(document.fields, RecordFields)
    assert document.fields.result_class is not None
    assert document.fields.result_class.value == "B"
    assert document.fields.unit is not None
    assert document.fields.unit.value == "云岭市水利局"
