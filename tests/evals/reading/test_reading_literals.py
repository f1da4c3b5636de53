"""Literals of domain.md 1.2-1.13 in one letter's frame: each must be read as it is meant."""

from __future__ import annotations

import pytest

from tests.evals.reading.exam import read
from tests.unit.reading.letters import letter, read_one

Rows = list[tuple[str, str, list[str]]]
"""What is printed, the field it fills, and the values in the exam's notation."""

TITLES: Rows = [
    ("关于省十三届人大一次会议“52号”建议的答复", "case_numbers", ["52:52"]),
    ("第72號提案的\n答 複", "case_numbers", ["72:72"]),
    ("关于市十五届人大一次会议第40号建议办理情况的报告", "genre", ["办理情况的报告"]),
    ("关于区人大代表书面意见第23号的答复", "case_numbers", ["23:23"]),
    ("关于2021年度1号重点提案办理情况的答复", "case_numbers", ["1:1"]),
    ("关于市政协七届二次会议第HK-123号提案的答复", "case_numbers", ["HK-123:123:HK"]),
    ("关于市人大八届三次会议第B-012号建议的答复", "case_numbers", ["B-012:12:B"]),
    ("关于市政协七届二次会议第B(2019)331号提案的答复", "document_number", []),
    ("关于改善夜间照明的答复", "title", ["关于改善夜间照明的答复"]),
]
NUMBERS: Rows = [
    ("云水函2023〕14号", "document_number", ["云水函〔2023〕14号"]),
    ("云水函〔2023〕14", "document_number", ["云水函〔2023〕14号"]),
    ("（云水函〔2023〕14号）", "document_number", ["云水函〔2023〕14号"]),
    ("云府办函 〔 2022 〕 7 号", "document_number", ["云府办函〔2022〕7号"]),
    ("☑A类 □B类 □C类", "result_class", ["A"]),
    ("A类（ ）B类（√）C类（ ）", "result_class", ["B"]),
    ("☑A类 ☑B类 □C类", "result_class", []),
    ("分类：B", "result_class", ["B"]),
    ("办理类型：A类", "result_class", ["A"]),
    ("解决程度：C", "result_class", ["C"]),
    ("信息公开选项：依申请公开", "openness", ["on_request"]),
    ("此件不公开", "openness", ["closed"]),
]
SALUTATIONS: Rows = [
    ("无党派人士界别：", "addressees", ["无党派人士界别"]),
    ("民革云溪市总支：", "addressee_kind", ["party"]),
    ("欧阳知秋、阿依古丽·买买提委员：", "addressees", ["欧阳知秋", "阿依古丽·买买提"]),
    ("尊敬的云溪市人大代表：", "addressees", ["云溪市人大代表"]),
    ("尊敬的石小满市人大代表：", "addressees", ["石小满"]),
    ("林知秋 周砚 石小满委员：", "addressees", ["林知秋", "周砚", "石小满"]),
]
OPENINGS: Rows = [
    ("您提出的提案收悉，由我局独立承办，现答复如下：", "role", ["sole"]),
    ("您提出的提案收悉，我局作为主办单位进行了研究，现答复如下：", "role", ["lead"]),
    ("您的提案收悉，交由我局办理，市水利局协办，现答复如下：", "other_units", ["市水利局"]),
    (
        "您的提案收悉，我局会同市自然资源和规划局研究，现答复如下：",
        "other_units",
        ["市自然资源和规划局"],
    ),
    ("您的提案收悉，经征求市财政局意见，现答复如下：", "other_units", ["市财政局"]),
    ("您的提案收悉，结合市财政局、市水利局的会办意见，答复如下：", "role", []),
    ("您提出的第118号提案“关于修桥的提案”收悉，现答复如下：", "proposal_title", ["关于修桥的提案"]),
    ("您的提案收悉，由你局主办、我局会办，现答复如下：", "other_units", []),
]
BODIES: Rows = [
    ("5月10日，邀请您参加座谈会，与您面对面交流。", "consultation", ["2024-05-10/座谈/-"]),
    ("5月6日，我局副局长张山带队上门与您面商。", "consultation", ["2024-05-06/上门/张山"]),
    ("欢迎您随时与我们联系沟通。", "consultation", []),
    ("我局已于2023年6月完成，5月6日与您面商。", "consultation", ["2024-05-06/面商/-"]),
    ("年内完成全部更换。", "due", ["年内"]),
    ("2024年底前，完成全部更换。", "due", ["2024年底前"]),
    ("已于2023年底前完成。", "commitments", []),
    ("2023年底前，完成了全部更换。", "commitments", []),
    ("市政府将把该项目纳入预算。", "commitments", ["市政府将把该项目纳入预算。"]),
    ("争取在“十五五”期间实施。", "due", ["“十五五”期间"]),
    ("确保2024年9月1日开学前投入使用。", "due", ["2024年9月1日开学前"]),
    ("我局在答复第34号建议时承诺年内建成。", "commitments", []),
    ("惠及群众10万余人，共3批次。", "figures", ["10万余人", "3批次"]),
    ("流量为120立方米/秒，投资300多万元。", "figures", ["120立方米/秒", "300多万元"]),
    ("依据国务院令第712号《照明条例》执行。", "policies", ["照明条例#国务院令第712号"]),
    ("见《云溪市水利局关于市政协二届一次会议第5号提案的答复》。", "policies", []),
    ("连续三年分别出台了《照明实施方案》。", "policies", ["照明实施方案"]),
    ("落实云委办发【2016】11号文件。", "policies", ["#云委办发【2016】11号"]),
    ("落实云委办发【2016】11号文件。", "document_number", []),
    ("出台《照明全覆盖》《照明提质》方案。", "policies", ["照明全覆盖", "照明提质"]),
    ("《照明方案》（征求意见稿）已公示。", "policies", ["照明方案####no"]),
    ("（一）巡查。已办。\n（二）更换。已办。", "sections", ["（一）巡查", "（二）更换"]),
    ("已起草《云溪市照明办法》初稿。", "policies", ["云溪市照明办法####no"]),
]
TAILS: Rows = [
    ("抄送：市政府督查室1份，市政协提案委2份。", "copy_to", ["市政府督查室:1", "市政协提案委:2"]),
    ("抄报：市政府\n抄送：市政协提案委", "copy_to", ["市政府", "市政协提案委"]),
    ("抄送：各会办单位（各1份）。", "copy_to", ["各会办单位:1"]),
    ("承办人：刘金花 电话：138 0000 1111", "phones", ["13800001111"]),
    ("联 系 人：刘金花\n联系电话：（0563）4021188", "phones", ["0563-4021188"]),
    ("联系单位和联系人及电话：云溪市水利局 刘金花 6512345", "handlers", ["刘金花"]),
    ("分管领导：胡荣（副局长）\n承办科室：节水科", "responsible_leader", ["胡荣"]),
    (
        "联系人：刘金花（市水利局） 6512345\n石小满（市财政局） 6512346",
        "handlers",
        ["刘金花", "石小满"],
    ),
]

DATES: Rows = [
    ("2024年 7 月22 日", "date", ["2024-07-22"]),
    ("二〇二四年十二月三十一日", "date", ["2024-12-31"]),
    ("二OO七年五月十八日", "date", ["2007-05-18"]),
    ("二00九年六月十八日", "date", ["2009-06-18"]),
    ("2020916日", "date", ["2020-09-16"]),
    ("20211026", "date", ["2021-10-26"]),
    ("202285", "date", ["2022-08-05"]),
    ("2024年7月22日印发", "date", ["2024-07-22"]),
    ("2024年7月", "warnings", ["date.damaged", "date.missing"]),
    ("2024年2月30日", "warnings", ["date.damaged", "date.missing"]),
]
UNITS = [
    ("云溪市人大常委会", ["云溪市人大常委会"]),
    ("云溪市农业农村局（乡村振兴局）", ["云溪市农业农村局（乡村振兴局）"]),
    ("云溪市水利局（章）", ["云溪市水利局"]),
    ("云溪市水利局　云溪市财政局", ["云溪市水利局", "云溪市财政局"]),
    ("云 溪 市 水 利 局", ["云溪市水利局"]),
    ("云溪市发展和改革委员会、云溪市财政局", ["云溪市发展和改革委员会", "云溪市财政局"]),
    ("云溪高新区管委会", ["云溪高新区管委会"]),
]


def _read(text: str, field: str) -> list[str]:
    return read(read_one(text))[field]


@pytest.mark.parametrize(("title", "field", "expected"), TITLES)
def test_a_title_is_read(title: str, field: str, expected: list[str]) -> None:
    assert _read(letter(title=title), field) == expected


@pytest.mark.parametrize(("line", "field", "expected"), NUMBERS)
def test_a_line_of_the_head_is_read(line: str, field: str, expected: list[str]) -> None:
    assert _read(letter(below=line), field) == expected


@pytest.mark.parametrize(("line", "field", "expected"), SALUTATIONS)
def test_a_salutation_is_read(line: str, field: str, expected: list[str]) -> None:
    assert _read(letter(salutation=line), field) == expected


@pytest.mark.parametrize(("line", "field", "expected"), OPENINGS)
def test_an_opening_is_read(line: str, field: str, expected: list[str]) -> None:
    assert _read(letter(opening=line), field) == expected


@pytest.mark.parametrize(("line", "field", "expected"), BODIES)
def test_a_sentence_of_the_body_is_read(line: str, field: str, expected: list[str]) -> None:
    assert _read(letter(body=line), field) == expected


@pytest.mark.parametrize(("lines", "field", "expected"), TAILS)
def test_lines_below_the_date_are_read(lines: str, field: str, expected: list[str]) -> None:
    text = letter(after=lines)

    assert _read(text, field) == expected
    assert _read(text, "date") == ["2024-06-18"]
    assert _read(text, "signature_units") == ["云溪市城市管理局"]


@pytest.mark.parametrize(("line", "field", "expected"), DATES)
def test_a_date_line_is_read_or_doubted(line: str, field: str, expected: list[str]) -> None:
    text = letter(date=line)

    assert _read(text, field) == expected
    assert _read(text, "signature_units") == ["云溪市城市管理局"]


@pytest.mark.parametrize(("line", "units"), UNITS)
def test_signing_units_are_read_apart(line: str, units: list[str]) -> None:
    assert _read(letter(unit=line), "signature_units") == units
