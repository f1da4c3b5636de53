"""Tables of pages: records as label and value, lists with a grid, layout as it reads."""

from __future__ import annotations

import pytest

from tests.unit.reading.html_builder import LETTER, lines, read


def _table(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _cells(*texts: str, tag: str = "td") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def test_metadata_is_read_as_label_and_value() -> None:
    table = _table(
        _cells("索引号", "K1002-2024-00118", "发布机构", "云溪市水务局"),
        _cells("文　号", "云水提〔2024〕9号", "公开方式", "主动公开"),
        _cells("发布日期", "2024-06-20", "有效性", ""),
    )

    assert lines(table + LETTER)[:6] == [
        "索引号：K1002-2024-00118",
        "发布机构：云溪市水务局",
        "文　号：云水提〔2024〕9号",
        "公开方式：主动公开",
        "发布日期：2024-06-20",
        "林知秋委员：",
    ]


def test_metadata_left_blank_says_nothing() -> None:
    table = _table(_cells("索引号", "", "文号", ""), _cells("公开方式", "主动公开", "", ""))

    assert lines(table + LETTER)[:2] == ["公开方式：主动公开", "林知秋委员："]


def test_blanks_of_a_form_stay() -> None:
    table = _table(_cells("委员姓名", "林知秋"), _cells("委员意见", ""), _cells("面商人", "周一帆"))

    assert lines(table) == ["委员姓名：林知秋", "委员意见：", "面商人：周一帆"]


@pytest.mark.parametrize("tag", ["td", "th"])
def test_a_case_in_a_table_is_a_record(tag: str) -> None:
    table = _table(
        _cells("标题", tag=tag) + "<td colspan=3>关于增设路灯的提案</td>",
        _cells("编号", tag=tag) + _cells("118") + _cells("办理部门", tag=tag) + _cells("市水务局"),
        _cells("签发人", tag=tag) + _cells("周一帆") + _cells("类别", tag=tag) + _cells("B"),
        _cells("回复", tag=tag) + f"<td colspan=3>{LETTER}</td>",
    )

    assert lines(table) == [
        "标题：关于增设路灯的提案",
        "编号：118",
        "办理部门：市水务局",
        "签发人：周一帆",
        "类别：B",
        "回复：",
        *lines(LETTER),
    ]


def test_a_case_below_its_headings_is_a_record() -> None:
    table = _table(
        _cells("标题", "编号", "办理部门", "类别", "回复", tag="th"),
        _cells("关于增设路灯的提案", "118", "市水务局", "B", LETTER),
    )

    assert lines(table)[:6] == [
        "标题：关于增设路灯的提案",
        "编号：118",
        "办理部门：市水务局",
        "类别：B",
        "回复：",
        "林知秋委员：",
    ]


def test_paragraphs_inside_cells_do_not_part_a_label_from_its_value() -> None:
    table = _table(_cells("<p>承办单位</p>", "<p>云溪市<b>水务局</b></p>"))

    assert lines(table + LETTER)[0] == "承办单位：云溪市水务局"


def test_definitions_are_labels_and_values() -> None:
    assert (
        lines(f"<dl><dt>文号</dt><dd>云水提〔2024〕9号</dd></dl>{LETTER}")[0]
        == "文号：云水提〔2024〕9号"
    )


@pytest.mark.parametrize("tag", ["td", "th"])
def test_a_list_of_cases_has_rows_and_a_grid(tag: str) -> None:
    table = _table(
        "<td colspan=4>云溪市政协六届二次会议提案办理情况一览表</td>",
        _cells("序号", "案号", "案由", "承办单位", tag=tag),
        _cells("1", "118", '<a href="1">关于增设路灯的提案</a>', "市水务局"),
        _cells("2", "119", '<a href="2">关于修缮步道的提案</a>', ""),
        _cells("3", "120", '<a href="3">关于增设车位的提案</a>', "市城管局"),
    )

    loaded = read(table)
    (grid,) = loaded.grids

    assert loaded.text.split("\n\n")[:2] == [
        "云溪市政协六届二次会议提案办理情况一览表",
        "序号\t案号\t案由\t承办单位",
    ]
    assert [[cell.address for cell in row] for row in grid.rows] == [
        ["A2", "B2", "C2", "D2"],
        ["A3", "B3", "C3", "D3"],
        ["A4", "B4", "C4"],
        ["A5", "B5", "C5", "D5"],
    ]
    assert all(cell.span.of(loaded.text) == cell.text for row in grid.rows for cell in row)
    assert grid.rows[1][2].text == "关于增设路灯的提案"


def test_a_merged_cell_of_a_list_bears_its_words_in_every_row() -> None:
    table = _table(
        _cells("承办单位", "案号", "案由", "类别", tag="th"),
        "<td rowspan=2>市水务局</td>" + _cells("118", "关于增设路灯的提案", "A"),
        _cells("119", "关于修缮步道的提案", "B"),
    )

    loaded = read(table)
    (grid,) = loaded.grids
    merged = [row[0] for row in grid.rows[1:]]

    assert [cell.address for cell in merged] == ["A2", "A3"]
    assert {cell.text for cell in merged} == {"市水务局"}
    assert len({cell.span for cell in merged}) == 1
    assert loaded.text.count("市水务局") == 1


def test_a_page_laid_out_by_a_table_reads_in_order() -> None:
    menu = "".join(f'<p><a href="/{n}">栏目{n}</a></p>' for n in range(6))

    assert lines(f"<table><tr><td>{menu}</td><td>{LETTER}</td></tr></table>") == lines(LETTER)


def test_choices_beside_boxes_are_no_labels() -> None:
    assert lines(_table(_cells("A类□", "B类☑")) + LETTER)[0] == "A类□\tB类☑"
    assert lines(_table(_cells("A类", "同意公开")) + LETTER)[0] == "A类\t同意公开"
