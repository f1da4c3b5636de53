"""Registers: columns understood by their headings, rows typed, doubts told."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.domain.documents import DocumentKind, ParsedDocument, RecordFields
from knowledge.domain.facts import CaseNumber, Session
from knowledge.domain.text import Field
from knowledge.reading.loaded import Loaded, silent
from knowledge.reading.loaders.sheet_text import Merge, Row, Sheet, assembled
from knowledge.reading.loaders.spreadsheets import load_csv
from knowledge.reading.parsing import parse_loaded, parse_registers
from knowledge.reading.registers.headings import field_of
from knowledge.reading.registers.tables import find_registers

Table = Sequence[Sequence[str]]


def _loaded(table: Table, merges: Sequence[Merge] = (), name: str | None = None) -> Loaded:
    rows = [
        Row(index, [(at, text) for at, text in enumerate(row, 1) if text])
        for index, row in enumerate(table, 1)
    ]
    sheet = Sheet(name, [row for row in rows if row.cells], list(merges))
    return assembled([sheet], "册.xlsx")


def _read(table: Table, merges: Sequence[Merge] = ()) -> list[tuple[ParsedDocument, RecordFields]]:
    loaded = _loaded(table, merges)
    found: list[tuple[ParsedDocument, RecordFields]] = []
    for document in parse_loaded(loaded):
        assert isinstance(document.fields, RecordFields), document.kind
        found.append((document, document.fields))
    return found


def _one(header: str, cell: str, *, title: str = "") -> tuple[ParsedDocument, RecordFields]:
    table = [["案由", "承办单位", header], ["关于修缮老街排水的提案", "云溪市水务局", cell]]
    return _read([[title], *table] if title else table)[0]


def _value(field: Field[str] | None) -> str | None:
    return None if field is None else field.value


def _codes(document: ParsedDocument) -> list[str]:
    return [warning.code for warning in document.warnings]


HEAD = ["序号", "提案号", "案由", "提案人", "主办单位", "会办单位", "交办日期"]
CASE = [
    "1",
    "015",
    "关于修缮老街排水的提案",
    "林知秋",
    "云溪市水务局",
    "住建局、财政局",
    "2024.3.15",
]


def test_each_row_is_a_record_with_its_fields() -> None:
    (document, fields), (_, second) = _read(
        [HEAD, CASE, ["2", "16", "关于增设路灯的提案", "何苗", "城管局", "", "2024/3/5"]]
    )

    assert document.kind is DocumentKind.RECORD
    assert fields.case_number is not None
    assert fields.case_number.value == CaseNumber("015", 15)
    assert _value(fields.title) == "关于修缮老街排水的提案"
    assert _value(fields.member) == "林知秋"
    assert _value(fields.unit) == "云溪市水务局"
    assert [unit.value for unit in fields.co_handlers] == ["住建局", "财政局"]
    assert fields.assigned_on is not None
    assert fields.assigned_on.value == date(2024, 3, 15)
    assert second.assigned_on is not None
    assert second.assigned_on.value == date(2024, 3, 5)


def test_spans_stand_in_the_row_they_are_read_from() -> None:
    loaded = _loaded([HEAD, CASE])
    (document,) = parse_loaded(loaded)
    fields = document.fields

    assert isinstance(fields, RecordFields)
    assert document.span.of(loaded.text) == "\t".join(CASE)
    assert fields.unit is not None
    assert fields.unit.span is not None
    assert fields.unit.span.of(loaded.text) == "云溪市水务局"
    spans = [unit.span for unit in fields.co_handlers]
    assert [span.of(loaded.text) for span in spans if span] == ["住建局", "财政局"]


def test_the_mapping_of_columns_is_told() -> None:
    (register,) = parse_registers(_loaded([["云溪市政协提案交办表"], HEAD, CASE], name="交办"))

    assert (register.sheet, register.header_row, register.rows) == ("交办", 2, 1)
    assert [(column.letter, column.field) for column in register.columns][:5] == [
        ("A", None),
        ("B", "case_number"),
        ("C", "title"),
        ("D", "member"),
        ("E", "unit"),
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("提案编号", "case_number"),
        ("编 号", "case_number"),
        ("件号", "case_number"),
        ("市政协提案编号", "case_number"),
        ("案由", "title"),
        ("建议（提案）题目", "title"),
        ("建议名称", "title"),
        ("内容", "proposal_summary"),
        ("第一提案人", "member"),
        ("领衔代表", "member"),
        ("代表姓名", "member"),
        ("附议人", "supporters"),
        ("联名代表", "supporters"),
        ("主办单位（盖章）", "unit"),
        ("承办\n单位", "unit"),
        ("独办", "unit"),
        ("牵头单位名称", "unit"),
        ("协办单位", "co_handlers"),
        ("会办", "co_handlers"),
        ("配合单位", "co_handlers"),
        ("交办时间", "assigned_on"),
        ("办理时限", "due_on"),
        ("办复日期", "replied_on"),
        ("签发日期", "replied_on"),
        ("答复类别", "result_class"),
        ("类别", "result_class"),
        ("委员满意度", "satisfaction"),
        ("委员意见", "member_opinion"),
        ("面商日期", "consulted_on"),
        ("协商方式", "method"),
        ("经办人", "handler"),
        ("主办单位联系人", "handler"),
        ("分管领导", "responsible_leader"),
        ("届次", "session"),
        ("回复文号", "document_number"),
        ("答复内容", "reply_points"),
        ("工作单位", "employer"),
        ("提案人工作单位及职务", "employer"),
        ("序号", None),
        ("备注", None),
        ("附件名称", None),
        ("主办单位意见", None),
        ("是否公开", "openness"),
        ("公开", "openness"),
        ("不满意原因", None),
        ("办结率", None),
    ],
)
def test_a_heading_names_its_field(heading: str, field: str | None) -> None:
    found = field_of((heading,))

    assert (found[0] if found else None) == field


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        (("承办单位", "主办"), "unit"),
        (("承办单位", "会办"), "co_handlers"),
        (("主办", "单位"), "unit"),
        (("面商", "时间"), "consulted_on"),
        (("提案人", "姓名"), "member"),
        (("联系人及电话", "姓名"), None),
    ],
)
def test_headings_of_two_rows_are_read_together(levels: tuple[str, str], field: str | None) -> None:
    found = field_of(levels)

    assert (found[0] if found else None) == field


def test_headings_in_two_rows_with_merged_cells_are_one() -> None:
    table = [
        ["云溪市政协七届二次会议提案办理情况表"],
        ["提案号", "案由", "承办单位", "", "面商", ""],
        ["", "", "主办", "会办", "时间", "方式"],
        ["15", "关于修缮老街排水的提案", "水务局", "住建局", "2024-5-6", "电话"],
    ]
    merges = [
        Merge(1, 1, 1, 6),
        Merge(2, 1, 3, 1),
        Merge(2, 2, 3, 2),
        Merge(2, 3, 2, 4),
        Merge(2, 5, 2, 6),
    ]

    ((_, fields),) = _read(table, merges)

    assert _value(fields.unit) == "水务局"
    assert [unit.value for unit in fields.co_handlers] == ["住建局"]
    assert fields.consulted_on is not None
    assert fields.consulted_on.value == date(2024, 5, 6)
    assert _value(fields.method) == "电话"
    assert fields.session is not None
    assert fields.session.value == Session("city", "云溪", 7, 2)


def test_headings_below_each_other_need_no_merged_cells() -> None:
    table = [
        ["提案号", "案由", "承办", "面商"],
        ["", "", "单位", "方式"],
        ["15", "关于甲的提案", "水务局", "电话"],
    ]

    ((_, fields),) = _read(table)

    assert (_value(fields.unit), _value(fields.method)) == ("水务局", "电话")


def test_a_merged_cell_holds_for_all_its_rows() -> None:
    table = [
        ["提案号", "案由", "主办单位"],
        ["15", "关于修缮老街排水的提案", "水务局"],
        ["", "关于增设路灯的提案", ""],
    ]

    (_, first), (document, second) = _read(table, [Merge(2, 1, 3, 1), Merge(2, 3, 3, 3)])

    assert _value(second.unit) == "水务局"
    assert first.case_number == second.case_number
    assert "register.duplicate_number" not in _codes(document)


def test_footers_blank_rows_and_repeated_headings_are_no_cases() -> None:
    table = [
        HEAD,
        CASE,
        HEAD,
        ["2", "16", "关于增设路灯的提案", "何苗", "城管局", "", ""],
        ["合计", "2", "", "", "", "", ""],
        ["填表人：沈一帆", "", "", "", "", "", "2024.4.1"],
        ["", "", "", "", "注：以上为第一批", "", ""],
    ]

    assert [_value(fields.title) for _, fields in _read(table)] == [
        "关于修缮老街排水的提案",
        "关于增设路灯的提案",
    ]


@pytest.mark.parametrize(
    ("printed", "literal", "number"),
    [
        ("15", "15", 15),
        ("015", "015", 15),
        ("第15号", "15", 15),
        ("第 15 号提案", "15", 15),
        ("TA0423", "TA0423", 423),
        ("台52", "台52", 52),
        ("2024-015", "2024-015", 15),
        ("20230542", "20230542", 542),
    ],
)
def test_case_numbers_are_read_in_their_forms(printed: str, literal: str, number: int) -> None:
    _, fields = _one("提案号", printed)

    assert fields.case_number is not None
    assert (fields.case_number.value.literal, fields.case_number.value.number) == (literal, number)


def test_several_numbers_in_a_cell_are_a_doubt() -> None:
    document, fields = _one("提案号", "15、28")

    assert fields.case_number is None
    assert _codes(document) == ["register.cell"]


def test_two_rows_with_one_number_are_told() -> None:
    again = ["2", "15", "关于增设路灯的提案", "何苗", "城管局", "", ""]

    (first, _), (second, _) = _read([HEAD, CASE, again])

    assert "register.duplicate_number" not in _codes(first)
    assert _codes(second) == ["register.duplicate_number"]
    assert second.warnings[0].details == {"rows": "2, 3", "number": "15"}


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2024.3.15", date(2024, 3, 15)),
        ("2024/3/15", date(2024, 3, 15)),
        ("2024-03-15", date(2024, 3, 15)),
        ("2024年3月15日", date(2024, 3, 15)),
        ("20240315", date(2024, 3, 15)),
        ("2024-03-15（已签发）", date(2024, 3, 15)),
        ("2024-03-15 09:30", date(2024, 3, 15)),
    ],
)
def test_dates_are_read_in_their_forms(printed: str, value: date) -> None:
    document, fields = _one("办结日期", printed)

    assert fields.replied_on is not None
    assert fields.replied_on.value == value
    assert document.warnings == ()


@pytest.mark.parametrize(
    "printed", ["2024年13月1日", "六月底", "45366", "3.15", "2024.3.5、2024.4.6"]
)
def test_a_date_that_is_none_is_kept_and_told(printed: str) -> None:
    document, fields = _one("办结日期", printed)

    assert fields.replied_on is None
    assert [(item.value.label, item.value.text) for item in fields.extra] == [("办结日期", printed)]
    (warning,) = document.warnings
    assert (warning.code, warning.details) == (
        "register.cell",
        {"cell": "C2", "column": "办结日期"},
    )


def test_a_date_without_a_year_takes_the_titles() -> None:
    _, fields = _one("办结日期", "3月15日", title="云溪市2024年提案办理情况表")

    assert fields.replied_on is not None
    assert fields.replied_on.value == date(2024, 3, 15)


def test_a_date_without_any_year_is_a_doubt() -> None:
    document, fields = _one("办结日期", "3月15日", title="云溪市提案办理情况表")

    assert fields.replied_on is None
    assert _codes(document) == ["register.year_missing"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("A", "A"),
        ("B类", "B"),
        ("（C类）", "C"),
        ("A类件", "A"),
        ("A类（已解决）", "A"),
        ("已解决（A类）", "A"),
        ("甲类", "甲"),
        ("解决或采纳", "解决或采纳"),
        ("☑A类 □B类 □C类", "A"),
        ("A类□ B类☑ C类□", "B"),
    ],
)
def test_classes_are_read_in_their_forms(printed: str, value: str) -> None:
    _, fields = _one("办理类别", printed)

    assert _value(fields.result_class) == value


def test_a_class_that_is_none_is_kept_and_told() -> None:
    table = [
        ["案由", "承办单位", "办理类别"],
        ["关于甲的提案", "水务局", "A类"],
        ["关于乙的提案", "水务局", "E类"],
    ]

    _, (document, fields) = _read(table)

    assert fields.result_class is None
    assert [item.value.text for item in fields.extra] == ["E类"]
    assert _codes(document) == ["register.cell"]


def test_subject_classes_are_no_result() -> None:
    table = [
        ["案由", "承办单位", "类别"],
        ["关于甲的提案", "水务局", "城乡建设"],
        ["关于乙的提案", "水务局", "医疗卫生"],
    ]

    for document, fields in _read(table):
        assert fields.result_class is None
        assert fields.extra[0].value.label == "类别"
        assert document.warnings == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("满意", "satisfied"),
        ("非常满意", "satisfied"),
        ("基本满意", "mostly_satisfied"),
        ("比较满意", "mostly_satisfied"),
        ("不满意", "dissatisfied"),
        ("对办理结果表示满意", "satisfied"),
        ("□满意 ☑基本满意 □不满意", "mostly_satisfied"),
    ],
)
def test_satisfaction_is_read_in_its_forms(printed: str, value: str) -> None:
    _, fields = _one("满意度", printed)

    assert _value(fields.satisfaction) == value


def test_feedback_still_awaited_is_no_doubt() -> None:
    document, fields = _one("满意度", "未反馈")

    assert fields.satisfaction is None
    assert document.warnings == ()
    assert fields.extra[0].value.text == "未反馈"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("是", "open"),
        ("公开", "open"),
        ("依申请公开", "on_request"),
        ("不公开", "closed"),
        ("否", "closed"),
    ],
)
def test_openness_of_a_row_is_read(printed: str, value: str) -> None:
    _, fields = _one("是否公开", printed)

    assert _value(fields.openness) == value


def test_opinions_in_words_stay_opinions() -> None:
    _, fields = _one("委员意见", "希望加快施工进度，早日通车")

    assert _value(fields.member_opinion) == "希望加快施工进度，早日通车"


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("何苗、沈一帆", ["何苗", "沈一帆"]),
        ("何苗 沈一帆", ["何苗", "沈一帆"]),
        ("何苗；沈一帆，顾南风", ["何苗", "沈一帆", "顾南风"]),
        ("何 苗、沈一帆", ["何 苗", "沈一帆"]),
        ("何苗、沈一帆等5人", ["何苗", "沈一帆"]),
        ("何苗（民盟、教育界）、沈一帆", ["何苗（民盟、教育界）", "沈一帆"]),
        ("无", []),
        ("—", []),
    ],
)
def test_supporters_of_a_cell_are_parted(printed: str, names: list[str]) -> None:
    _, fields = _one("附议人", printed)

    assert [name.value for name in fields.supporters] == names


def test_a_cell_that_says_the_same_says_what_stands_above() -> None:
    table = [
        ["提案号", "案由", "主办单位"],
        ["15", "关于甲的提案", "水务局"],
        ["16", "关于乙的提案", "同上"],
        ["17", "关于丙的提案", "〃"],
    ]

    assert [_value(fields.unit) for _, fields in _read(table)] == ["水务局"] * 3


def test_phones_belong_to_whom_they_stand_behind() -> None:
    table = [
        ["案由", "提案人", "联系电话", "承办单位", "经办人", "联系电话"],
        ["关于甲的提案", "林知秋", "13800000001", "水务局", "何苗", "0359-2233445"],
    ]

    ((_, fields),) = _read(table)

    assert (_value(fields.phone), _value(fields.unit_phone)) == ("13800000001", "0359-2233445")


@pytest.mark.parametrize(
    "printed", ["主办：水务局；会办：住建局、财政局", "主办单位:水务局 协办单位:住建局、财政局"]
)
def test_lead_and_co_handlers_in_one_cell_are_parted(printed: str) -> None:
    loaded = _loaded([["提案号", "案由", "承办单位"], ["15", "关于甲的提案", printed]])
    (document,) = parse_loaded(loaded)
    fields = document.fields

    assert isinstance(fields, RecordFields)
    assert _value(fields.unit) == "水务局"
    assert fields.unit is not None
    assert fields.unit.span is not None
    assert fields.unit.span.of(loaded.text) == "水务局"
    assert [unit.value for unit in fields.co_handlers] == ["住建局", "财政局"]


def test_a_handler_and_a_phone_in_one_cell_are_both_read() -> None:
    _, fields = _one("联系人及电话", "何苗 13800000001")

    assert (_value(fields.handler), _value(fields.unit_phone)) == ("何苗", "13800000001")


def test_a_second_phone_of_a_row_is_kept() -> None:
    table = [
        ["案由", "承办单位", "联系人及电话", "联系电话"],
        ["关于甲的提案", "水务局", "何苗 13800000001", "0359-2233445"],
    ]

    ((_, fields),) = _read(table)

    assert _value(fields.unit_phone) == "13800000001"
    assert [item.value.text for item in fields.extra] == ["0359-2233445"]


def test_unknown_columns_are_kept_under_their_headings() -> None:
    _, fields = _one("界别", "教育界")

    assert [(item.value.label, item.value.text) for item in fields.extra] == [("界别", "教育界")]


def test_a_reply_in_the_table_is_the_reply() -> None:
    reply = "经现场核实，老街排水管网改造已列入年度计划，将于汛期前完工。"

    _, fields = _one("答复内容", reply)

    assert _value(fields.reply_points) == reply


def test_a_short_reply_is_a_reply_and_a_state_is_none() -> None:
    assert _value(_one("答复内容", "已安装路灯45盏。")[1].reply_points) == "已安装路灯45盏。"
    assert _one("答复内容", "已办结")[1].reply_points is None


def test_a_column_of_content_gives_demands() -> None:
    _, fields = _one("提案内容", "1.更换老旧管道；2.增设雨水口；3.加强日常巡查。")

    assert [demand.value for demand in fields.demands] == [
        "更换老旧管道",
        "增设雨水口",
        "加强日常巡查",
    ]


def test_a_row_is_one_passage_below_the_title() -> None:
    ((document, _),) = _read([["云溪市政协提案交办表"], HEAD, CASE])

    (passage,) = document.passages
    assert passage.span == document.span
    assert passage.heading_path == ("云溪市政协提案交办表",)


def test_a_row_with_a_whole_reply_is_cut_as_text_is() -> None:
    reply = "我局已对老街沿线排水管网逐段登记造册并安排专人巡查。" * 60

    document, _ = _one("答复内容", reply)

    assert len(document.passages) > 2


@pytest.mark.parametrize(
    "head", [["承办单位", "云溪市水务局", "提案编号", "118"], ["案由", "", "承办单位", ""]]
)
def test_a_form_kept_in_a_sheet_is_no_register(head: list[str]) -> None:
    loaded = _loaded(
        [
            head,
            ["委员姓名", "林知秋", "联系电话", "13800000001"],
            ["面商时间", "2024年6月3日", "面商地点", "水务局"],
        ]
    )

    assert find_registers(loaded) == ()


def test_a_summary_by_unit_is_no_register() -> None:
    loaded = _loaded(
        [
            ["承办单位", "件数", "提案编号"],
            ["水务局", "3", "15、28、40"],
            ["城管局", "2", "16、19"],
        ]
    )

    assert find_registers(loaded) == ()


def test_hidden_rows_are_no_cases() -> None:
    rows = [
        Row(1, list(enumerate(HEAD, 1))),
        Row(2, list(enumerate(CASE, 1))),
        Row(3, [(2, "16"), (3, "关于不宜示人的提案")], hidden=True),
    ]

    documents = parse_loaded(assembled([Sheet(None, rows)], "册"))

    assert len(documents) == 1
    assert "text.hidden" in _codes(documents[0])


def test_a_sheet_beside_a_register_is_read_as_usual() -> None:
    notes = Sheet("说明", [Row(1, [(1, "填报要求")]), Row(2, [(1, "请各单位按月更新。")])])
    cases = Sheet("交办", [Row(1, list(enumerate(HEAD, 1))), Row(2, list(enumerate(CASE, 1)))])

    documents = parse_loaded(assembled([notes, cases], "册"))

    assert [document.kind for document in documents] == [DocumentKind.OTHER, DocumentKind.RECORD]


def test_another_kind_asked_for_is_obeyed() -> None:
    documents = parse_loaded(_loaded([HEAD, CASE]), kind=DocumentKind.OTHER)

    assert [document.kind for document in documents] == [DocumentKind.OTHER]


def test_rows_tell_an_import_their_cells_and_values() -> None:
    (table,) = find_registers(_loaded([HEAD, CASE]))
    (row,) = table.rows()

    unit, assigned = row.get("unit"), row.get("assigned_on")
    assert row.number == 2
    assert unit is not None
    assert (unit.address, unit.literal, unit.header) == ("E2", "云溪市水务局", "主办单位")
    assert assigned is not None
    assert (assigned.address, assigned.value) == ("G2", date(2024, 3, 15))
    assert row.get("due_on") is None


_CELL = st.one_of(
    st.sampled_from([*HEAD, *CASE, "同上", "合计", "—", "15、28", "A类", "3月5日", "满意"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_CELL, max_size=8), min_size=1, max_size=10))
def test_any_table_below_headings_reads_and_every_span_is_inside(table: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([HEAD, CASE, *table])
    loaded = load_csv(buffer.getvalue().encode(), "册.csv", silent)

    for document in parse_loaded(loaded):
        assert 0 <= document.span.start <= document.span.end <= len(loaded.text)
        for passage in document.passages:
            assert passage.span.of(loaded.text).strip()
        if isinstance(document.fields, RecordFields) and document.fields.unit is not None:
            span = document.fields.unit.span
            assert span is not None
            assert document.fields.unit.value
            assert document.fields.unit.value[0] in span.of(loaded.text)
