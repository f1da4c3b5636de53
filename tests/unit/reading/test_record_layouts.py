"""A form says the same in every layout offices, pages, scans and converters give it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from knowledge.reading.loaded import silent
from knowledge.reading.loaders.registry import LOADERS
from knowledge.reading.parsing import parse_loaded, parse_text
from knowledge.reading.sniffing import Format
from tests.evals.reading.exam import read

Row = tuple[str, str]
Expected = dict[str, list[str]]

TALK: list[Row] = [
    ("承办单位", "溪口市园林管理局"),
    ("提案编号", "TA0215"),
    ("委员姓名", "陶然"),
    ("工作单位", "溪口市第三中学"),
    ("联系电话", "13800001234"),
    ("提案主要内容", "滨河公园夜间照明不足，老人散步容易摔倒，建议补装路灯并延长亮灯时间。"),
    ("答复意见要点", "已补装路灯四十盏，亮灯时间延长到二十三时，其余路段明年改造。"),
    ("办理情况", "□A类 ☑B类 □C类"),
    ("委员意见和要求", "同意答复意见，请尽快完成其余路段。"),
    ("面商时间", "2024年5月8日"),
    ("面商地点", "滨河公园管理处"),
    ("面商人", "路长风"),
    ("联系电话", "0711-5566123"),
]
OPINION: list[Row] = [
    ("建议编号", "第0057号"),
    ("建议标题", "关于修缮南门渡口的建议"),
    ("代表姓名", "苏晚晴"),
    ("承办单位", "溪口县交通运输局"),
    ("对办理态度的评价", "☑满意 □基本满意 □不满意"),
    ("对办理结果的评价", "□满意 ☑基本满意 □不满意"),
    ("具体意见", "渡口护栏还要加高。"),
]
SLIP: list[Row] = [
    ("建议编号", "0033"),
    ("代表姓名", "管弦"),
    ("承办单位", "溪口县水务局"),
    ("是否满意", "满意□ 基本满意□ 不满意√"),
    ("不满意理由", "没有说明何时通水。"),
]
PUBLIC: list[Row] = [
    ("建议标题", "关于拓宽石板街的建议"),
    ("建议内容（摘要）", "石板街早晚拥堵，请求拓宽两侧人行道。"),
    ("承办单位", "溪口县住房和城乡建设局"),
    ("督办领导", "闻人杰"),
    ("协商方式", "直接见面"),
    ("办理复文（摘要）", "已列入明年计划，上半年完成设计。"),
    ("办结时间", "2023年8月9日"),
    ("办理结果", "B类"),
    ("人大代表对办理情况", "满意"),
]
CARD: list[Row] = [
    ("建议编号", "41"),
    ("领衔代表", "费晓"),
    ("附议代表", "伍月、秦川"),
    ("案由", "关于增设乡村书屋的建议"),
    ("主办单位", "溪口县文化馆"),
    ("协办单位", "溪口县财政局、溪口县教育局"),
    ("交办日期", "2024-03-01"),
    ("答复期限", "2024-06-01"),
    ("办复日期", "2024-05-20"),
    ("责任领导", "冯唐"),
    ("承办人", "石磊"),
    ("承办人电话", "5512345"),
    ("复文文号", "溪文函〔2024〕7号"),
]
FORMS: dict[str, tuple[str, list[Row], Expected]] = {
    "talk": (
        "溪口市政协提案面商记录表",
        TALK,
        {
            "unit": ["溪口市园林管理局"],
            "case_number": ["TA0215:215:TA"],
            "member": ["陶然"],
            "employer": ["溪口市第三中学"],
            "phone": ["13800001234"],
            "proposal_summary": [TALK[5][1]],
            "reply_points": [TALK[6][1]],
            "result_class": ["B"],
            "member_opinion": ["同意答复意见，请尽快完成其余路段。"],
            "consulted_on": ["2024-05-08"],
            "place": ["滨河公园管理处"],
            "consulted_by": ["路长风"],
            "unit_phone": ["0711-5566123"],
        },
    ),
    "opinion": (
        "溪口县人大代表建议、批评和意见办理情况征询意见表",
        OPINION,
        {
            "case_number": ["0057:57"],
            "title": ["关于修缮南门渡口的建议"],
            "proposal_summary": ["关于修缮南门渡口的建议"],
            "member": ["苏晚晴"],
            "unit": ["溪口县交通运输局"],
            "satisfaction": ["mostly_satisfied"],
            "member_opinion": ["渡口护栏还要加高。"],
            "extra": ["对办理态度的评价=满意"],
        },
    ),
    "slip": (
        "代表建议答复函回执",
        SLIP,
        {
            "case_number": ["0033:33"],
            "member": ["管弦"],
            "unit": ["溪口县水务局"],
            "satisfaction": ["dissatisfied"],
            "member_opinion": ["没有说明何时通水。"],
            "extra": ["不满意理由=没有说明何时通水。"],
        },
    ),
    "public": (
        "溪口县人大代表建议办理情况公开表",
        PUBLIC,
        {
            "title": ["关于拓宽石板街的建议"],
            "proposal_summary": ["石板街早晚拥堵，请求拓宽两侧人行道。"],
            "unit": ["溪口县住房和城乡建设局"],
            "method": ["直接见面"],
            "reply_points": ["已列入明年计划，上半年完成设计。"],
            "replied_on": ["2023-08-09"],
            "result_class": ["B"],
            "satisfaction": ["satisfied"],
            "extra": ["督办领导=闻人杰"],
        },
    ),
    "card": (
        "代表建议办理登记卡",
        CARD,
        {
            "case_number": ["41:41"],
            "member": ["费晓"],
            "supporters": ["伍月", "秦川"],
            "title": ["关于增设乡村书屋的建议"],
            "proposal_summary": ["关于增设乡村书屋的建议"],
            "unit": ["溪口县文化馆"],
            "co_handlers": ["溪口县财政局", "溪口县教育局"],
            "assigned_on": ["2024-03-01"],
            "due_on": ["2024-06-01"],
            "replied_on": ["2024-05-20"],
            "responsible_leader": ["冯唐"],
            "handler": ["石磊"],
            "unit_phone": ["5512345"],
            "document_number": ["溪文函〔2024〕7号"],
        },
    ),
}
_WIDE = 18


def _rows(rows: list[Row], count: int, mark: str, gap: str) -> str:
    """Pairs side by side; long values and boxes on a line of their own."""
    lines: list[str] = []
    current: list[str] = []
    for label, value in rows:
        wide = len(value) > _WIDE or "□" in value
        if wide and current:
            lines.append(gap.join(current))
            current = []
        current.append(f"{label}{mark}{value}")
        if wide or len(current) == count:
            lines.append(gap.join(current))
            current = []
    return "\n".join([*lines, gap.join(current)] if current else lines)


def _lines(mark: str, *, between: str = "\n", before: str = "") -> Callable[[list[Row]], str]:
    return lambda rows: between.join(f"{before}{label}{mark}{value}" for label, value in rows)


def _padded(rows: list[Row]) -> str:
    return "\n".join(
        f"{label if '（' in label else ' '.join(label)}：{value}" for label, value in rows
    )


def _markdown(rows: list[Row]) -> str:
    table = (f"| {line} |".replace("\t", " | ") for line in _rows(rows, 2, "\t", "\t").split("\n"))
    return "\n".join(table)


def _markdown_list(rows: list[Row]) -> str:
    lines = ("项目", "内容"), ("---", "---"), *rows
    return "\n".join(f"| {label} | {value} |" for label, value in lines)


def _html_table(rows: list[Row]) -> str:
    lines = (line.split("\t") for line in _rows(rows, 2, "\t", "\t").split("\n"))
    cells = ("".join(f"<td>{cell}</td>" for cell in line) for line in lines)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in cells)}</table>"


def _html_list(rows: list[Row]) -> str:
    return f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in rows)}</dl>"


def _folded(mark: str, width: int) -> Callable[[list[Row]], str]:
    """Long values broken at a width, as scans and pdf files give them."""
    return lambda rows: "\n".join(
        line
        for label, value in rows
        for line in (
            [f"{label}{mark}{value}"]
            if "□" in value
            else textwrap.wrap(f"{label}{mark}{value}", width)
        )
    )


def _paged(rows: list[Row]) -> str:
    parts = [f"{label}：{value}" for label, value in rows]
    return "\n".join(
        f"{part[:20]}\n\n第 1 页 共 2 页\n\n{part[20:]}"
        if len(part) > 2 * _WIDE and "□" not in part
        else part
        for part in parts
    )


LAYOUTS: dict[str, Callable[[list[Row]], str]] = {
    "a line each": _lines("："),
    "blanks around the colon": _lines(" ： ", between="\n\n", before="  "),
    "half-width colons": _lines(":"),
    "rows of a table": _lines("\t"),
    "two pairs a row": lambda rows: _rows(rows, 2, "\t", "\t"),
    "three pairs a row": lambda rows: _rows(rows, 3, "\t", "\t"),
    "rows padded with empty cells": lambda rows: _rows(rows, 2, "\t", "\t").replace("\n", "\t\t\n"),
    "markdown": _markdown_list,
    "markdown, two pairs a row": _markdown,
    "several pairs a line": lambda rows: _rows(rows, 3, "：", "    "),
    "several pairs a line, one blank between": lambda rows: _rows(rows, 3, "：", " "),
    "value below its label": _lines("\n"),
    "value below its label, blank lines between": _lines("\n\n", between="\n\n"),
    "value below its label and colon": _lines("：\n"),
    "scan, two pairs a line": lambda rows: _rows(rows, 2, " ", " "),
    "scan, a pair a line": _lines(" "),
    "padded labels": _padded,
    "bold labels": lambda rows: "\n\n".join(f"- **{label}：** {value}" for label, value in rows),
    "labels in black brackets": lambda rows: "\n".join(
        f"【{label}】{value}" for label, value in rows
    ),
    "numbered labels": lambda rows: "\n".join(
        f"{index}．{label}：{value}" for index, (label, value) in enumerate(rows, 1)
    ),
    "a row of labels over a row of values": lambda rows: "\n".join(
        "\t".join(cells) for cells in zip(*rows, strict=True)
    ),
    "wrapped lines": _folded("：", 22),
    "wrapped lines of a scan": _folded(" ", 24),
    "two pages": _paged,
    "no-break blanks and Windows line ends": lambda rows: "\r\n".join(
        f"{label}：\u00a0{value}\u3000" for label, value in rows
    ),
    "ruled blanks": lambda rows: "\n".join(f"{label}：___{value}____" for label, value in rows),
}
PAGES: dict[str, Callable[[list[Row]], str]] = {
    "table": _html_table,
    "paragraphs": lambda rows: "".join(
        f"<p><span>{label}</span>：<u>&nbsp;{value}&nbsp;</u></p>" for label, value in rows
    ),
    "list of definitions": _html_list,
    "blocks": lambda rows: "".join(
        f"<div>{label}</div><div>{value}</div>" for label, value in rows
    ),
}
_ASIDES = frozenset(("kind", "warnings", "demands", "sections", "due", "policies"))


def _told(found: Expected) -> Expected:
    return {name: values for name, values in found.items() if values and name not in _ASIDES}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_read_alike_in_every_layout(form: str, layout: str) -> None:
    title, rows, expected = FORMS[form]

    documents = parse_text(f"{title}\n\n{LAYOUTS[layout](rows)}\n")

    assert [document.kind.value for document in documents] == ["record"]
    assert _told(read(documents[0])) == expected


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_on_a_page_is_read_as_on_paper(form: str, page: str) -> None:
    title, rows, expected = FORMS[form]
    html = f"<html><body><h1>{title}</h1>{PAGES[page](rows)}</body></html>"

    documents = parse_loaded(LOADERS[Format.HTML](html.encode(), "表.html", silent))

    assert [document.kind.value for document in documents] == ["record"]
    assert _told(read(documents[0])) == expected


@pytest.mark.parametrize("form", ["talk", "opinion", "slip", "public"])
def test_labels_of_a_scan_that_lost_every_blank_are_still_told(form: str) -> None:
    title, rows, expected = FORMS[form]

    documents = parse_text(f"{title}\n{_lines('')(rows)}\n")

    assert _told(read(documents[0])) == expected


def test_a_form_reads_on_over_the_head_and_the_number_of_its_next_page() -> None:
    (document,) = parse_text(
        "溪口市政协提案面商记录表\n承办单位：溪口市教育局\n委员姓名：丁香\n"
        "提案主要内容：放学时段门口拥堵，建议安排\n— 1 —\n溪口市政协提案面商记录表（续）\n"
        "警力疏导。\n答复意见要点：已实行错峰放学。\n面商人：安然\n- 2 -\n"
    )

    found = read(document)
    assert found["proposal_summary"] == ["放学时段门口拥堵，建议安排警力疏导。"]
    assert found["reply_points"] == ["已实行错峰放学。"]
    assert found["consulted_by"] == ["安然"]


def test_a_blank_under_a_label_moves_no_other_value() -> None:
    (document,) = parse_text(
        "代表建议办理登记卡\n建议编号\t领衔代表\t承办单位\t办复日期\n41\t\t溪口县水利局\t2024-05-20\n"
    )

    found = read(document)
    assert (found["case_number"], found["member"]) == (["41:41"], [])
    assert (found["unit"], found["replied_on"]) == (["溪口县水利局"], ["2024-05-20"])
