"""Dates, signatures, contacts and copies below a letter (domain.md 1.0, 1.10, 1.11)."""

from __future__ import annotations

import pytest

from tests.evals.reading.exam import read
from tests.unit.reading.letters import letter, read_one

Rows = list[tuple[str, str, str, list[str]]]
"""The part of the letter, what is printed there, the field, its values in the exam's notation."""

ROWS: Rows = [
    ("date", "2024年722日", "date", ["2024-07-22"]),
    ("date", "2024年722日", "signature_units", ["云溪市城市管理局"]),
    ("date", "20247月22日", "date", ["2024-07-22"]),
    ("date", "20247月22日", "signature_units", ["云溪市城市管理局"]),
    ("date", "二〇二四年七月廿二日", "date", ["2024-07-22"]),
    ("date", "日期：2024年7月22日", "date", ["2024-07-22"]),
    (
        "after",
        "责任领导：胡荣华\n政府督办领导：石小满\n交办日期：2024年3月5日",
        "supervisor",
        ["石小满"],
    ),
    (
        "after",
        "责任领导：胡荣华\n政府督办领导：石小满\n交办日期：2024年3月5日",
        "assigned_on",
        ["2024-03-05"],
    ),
    (
        "after",
        ("督办领导：石小满\n协商方式：座谈\n办结时间：2024年6月10日\n办理结果：B"),
        "supervisor",
        ["石小满"],
    ),
    ("after", "联系电话：010-66051234转8012", "phones", ["010-66051234转8012"]),
    ("after", "联系电话：010-66051234-8012", "phones", ["010-66051234-8012"]),
    ("after", "联系电话：6651 2345", "phones", ["66512345"]),
    ("after", "联系电话：400-123-4567", "phones", ["4001234567"]),
    ("after", "联系电话：0571-8700 1234", "phones", ["0571-87001234"]),
    ("after", "联系电话：(0563)402 1188", "phones", ["0563-4021188"]),
    ("after", "联系人：刘金花 科员", "handlers", ["刘金花"]),
    ("after", "联系人：刘金花科长", "handlers", ["刘金花"]),
    ("after", "责任领导：胡荣华副局长", "responsible_leader", ["胡荣华"]),
    ("after", "责任领导：副局长胡荣华", "responsible_leader", ["胡荣华"]),
    ("after", "领办领导：胡荣华", "responsible_leader", ["胡荣华"]),
    ("after", "领衔领导：胡荣华", "responsible_leader", ["胡荣华"]),
    ("after", "主要负责人：胡荣华", "responsible_leader", ["胡荣华"]),
    ("after", "责任人：胡荣华\n联系人：刘金花", "responsible_leader", ["胡荣华"]),
    ("after", "办理人：刘金花", "handlers", ["刘金花"]),
    ("after", "联络员：刘金花", "handlers", ["刘金花"]),
    ("after", "联系科室：节水科　联系人：刘金花", "handlers", ["刘金花"]),
    ("after", "联系科室：节水科　联系人：刘金花", "date", ["2024-06-18"]),
    ("after", "联系科室：节水科　联系人：刘金花", "signature_units", ["云溪市城市管理局"]),
    ("after", "签 发：胡荣华", "issuer", ["胡荣华"]),
    ("after", "联系人：×××　电话：×××××××", "handlers", ["×××"]),
    ("above", "政府督办领导：石小满\n交办日期：2024年3月5日", "supervisor", ["石小满"]),
    ("above", "交办时间：2024-3-5", "assigned_on", ["2024-03-05"]),
    (
        "opening",
        "您提出的提案收悉，市政府于2024年3月5日交办我局，现答复如下：",
        "assigned_on",
        ["2024-03-05"],
    ),
    (
        "opening",
        "您提出的提案于2024年3月5日交由我局办理，现答复如下：",
        "assigned_on",
        ["2024-03-05"],
    ),
    (
        "opening",
        "您提出的提案收悉，3月5日市政府交办后，现答复如下：",
        "assigned_on",
        ["2024-03-05"],
    ),
    ("above", "市政府督办领导：石小满副市长", "supervisor", ["石小满"]),
    ("above", "督办领导 石小满", "supervisor", ["石小满"]),
    ("above", "督办市领导：石小满", "supervisor", ["石小满"]),
    ("above", "领衔督办领导：石小满", "supervisor", ["石小满"]),
    ("body", "全市2024年3月5日交办问题12个。", "assigned_on", []),
    ("after", "抄送：市政府办、市政协提案委各1份", "copy_to", ["市政府办:1", "市政协提案委:1"]),
    ("after", "抄送：市政府办、市政协提案委（各1份）", "copy_to", ["市政府办:1", "市政协提案委:1"]),
    (
        "after",
        "抄送：市政府办公室、市政协提\n案委员会。",
        "copy_to",
        ["市政府办公室", "市政协提案委员会"],
    ),
    (
        "after",
        "抄送：市政府办（一份）、市政协提案委（二份）",
        "copy_to",
        ["市政府办:1", "市政协提案委:2"],
    ),
    ("after", "抄送：市政府办（贰份）", "copy_to", ["市政府办:2"]),
    ("after", "抄报：市政府；抄送：市政协提案委", "copy_to", ["市政府", "市政协提案委"]),
]

WHOLE: list[tuple[str, str, list[str]]] = [
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n林知秋委员：\n\n"
            "您提出的《关于照明的提案》收悉，现答复如下：\n\n路灯已换新，夜间照明有了改善。\n"
            "\n感谢您的关心。\n\n中国人民银行云溪市分行\n2024年7月22日\n"
        ),
        "signature_units",
        ["中国人民银行云溪市分行"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n林知秋委员：\n\n"
            "您提出的《关于照明的提案》收悉，现答复如下：\n\n路灯已换新，夜间照明有了改善。\n"
            "\n感谢您的关心。\n\n单位（盖章）：云溪市城市管理局\n2024年7月22日\n"
        ),
        "signature_units",
        ["云溪市城市管理局"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n林知秋委员：\n\n"
            "您提出的《关于照明的提案》收悉，现答复如下：\n\n路灯已换新，夜间照明有了改善。\n"
            "\n感谢您的关心。\n\n云溪市城市管理局\n2024年7月22日\n"
            "云溪市城市管理局办公室　　　　2024年7月23日印发\n"
        ),
        "date",
        ["2024-07-22"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n林知秋委员：\n\n"
            "您提出的《关于照明的提案》收悉，现答复如下：\n\n路灯已换新，夜间照明有了改善。\n"
            "\n感谢您的关心。\n\n云溪市城市管理局\n2024年7月22日\n"
            "云溪市城市管理局办公室　　　　2024年7月23日印发\n"
        ),
        "signature_units",
        ["云溪市城市管理局"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n林知秋委员：\n\n"
            "您提出的《关于照明的提案》收悉，现答复如下：\n\n路灯已换新，夜间照明有了改善。\n"
            "\n感谢您的关心。\n\n云溪市城市管理局\n2024年7月22日\n\n"
            "打印本页 关闭窗口\n"
        ),
        "date",
        ["2024-07-22"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n林知秋委员：\n\n"
            "您提出的《关于照明的提案》收悉，现答复如下：\n\n路灯已换新，夜间照明有了改善。\n"
            "\n感谢您的关心。\n\n云溪市城市管理局\n2024年7月22日\n\n"
            "打印本页 关闭窗口\n"
        ),
        "signature_units",
        ["云溪市城市管理局"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n林知秋委员：\n\n"
            "您提出的《关于照明的提案》收悉，现答复如下：\n\n路灯已换新，夜间照明有了改善。\n"
            "\n感谢您的关心。\n\n云溪市气象局\n20240722\n"
        ),
        "date",
        ["2024-07-22"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n（2024年7月22日）\n\n"
            "林知秋委员：\n您提出的提案收悉，现答复如下：\n路灯已换新。\n"
        ),
        "date",
        ["2024-07-22"],
    ),
    (
        (
            "云溪市城市管理局\n关于市政协六届二次会议第118号提案的答复\n"
            "2024年7月22日\n\n林知秋委员：\n您提出的提案收悉，现答复如下：\n"
            "路灯已换新。\n"
        ),
        "date",
        ["2024-07-22"],
    ),
]


@pytest.mark.parametrize(("part", "printed", "field", "expected"), ROWS)
def test_the_lines_around_a_letter_are_read(
    part: str, printed: str, field: str, expected: list[str]
) -> None:
    parts = {part: printed}

    assert read(read_one(letter(**parts)))[field] == expected


@pytest.mark.parametrize(("text", "field", "expected"), WHOLE)
def test_in_a_whole_letter_the_lines_around_a_letter_are_read(
    text: str, field: str, expected: list[str]
) -> None:
    assert read(read_one(text))[field] == expected
