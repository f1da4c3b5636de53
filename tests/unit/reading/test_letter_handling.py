"""Who handles a case, who helps, and what was asked (domain.md 1.8)."""

from __future__ import annotations

import pytest

from tests.evals.reading.exam import read
from tests.unit.reading.letters import letter, read_one

Rows = list[tuple[str, str, str, list[str]]]
"""The part of the letter, what is printed, the field, its values in the exam's notation."""

ROWS: Rows = [
    (
        "opening",
        "您提出的提案收悉。该提案交由市教育局、市卫健委分办，现答复如下：",
        "role",
        ["split"],
    ),
    (
        "opening",
        "您提出的提案收悉。该提案交由市教育局、市卫健委分办，现答复如下：",
        "other_units",
        ["市卫健委", "市教育局"],
    ),
    ("opening", "您提出的提案收悉，我单位为协办单位，现答复如下：", "role", ["co_handler"]),
    ("opening", "您提出的提案收悉，我单位为协办单位，现答复如下：", "other_units", []),
    ("opening", "您提出的提案收悉，我局为会办单位，现答复如下：", "role", ["co_handler"]),
    ("opening", "您提出的提案收悉，我局为会办单位，现答复如下：", "other_units", []),
    ("opening", "您提出的提案收悉，我局是主办单位，现答复如下：", "other_units", []),
    ("opening", "您提出的提案收悉，经我局会同市财政局、市水利局研究，现答复如下：", "role", []),
    (
        "opening",
        "您提出的提案收悉，我局高度重视，会同市财政局等部门认真研究，现答复如下：",
        "role",
        [],
    ),
    ("opening", "您提出的提案已交由我局办理。现将办理情况答复如下：", "role", []),
    ("opening", "您提出的提案已交由我局办理。现将办理情况答复如下：", "other_units", []),
    (
        "opening",
        (
            "您提出的提案收悉，交由省教育厅主办，省财政厅、省人力资源社会保障厅会办。"
            "现将我厅意见函告如下，请一并答复代表："
        ),
        "role",
        [],
    ),
    ("opening", "您提出的提案收悉，由我委负责分办，现答复如下：", "other_units", []),
    ("opening", "您提出的提案收悉，经商财政部、水利部，现答复如下：", "role", []),
    ("opening", "您提出的提案收悉，由我局独办，现答复如下：", "other_units", []),
    ("opening", "您提出的提案收悉，由我局单独办理，现答复如下：", "other_units", []),
    ("opening", "您提出的提案收悉。我局为独办单位，现答复如下：", "role", ["sole"]),
    ("opening", "您提出的提案收悉。我局为独办单位，现答复如下：", "other_units", []),
    (
        "opening",
        "您提出的提案收悉，我局作为牵头单位，会同市水利局进行了研究，现答复如下：",
        "role",
        ["lead"],
    ),
    ("opening", "您提出的提案收悉，我局联合市财政局、市水利局进行研究，现答复如下：", "role", []),
    (
        "opening",
        "您提出的提案收悉，我局联合市财政局、市水利局进行研究，现答复如下：",
        "other_units",
        ["市水利局", "市财政局"],
    ),
    ("opening", "您提出的提案收悉，经与市财政局、市水利局沟通，现答复如下：", "role", []),
    ("opening", "您提出的提案收悉，由我局与市财政局共同承办，现答复如下：", "role", []),
    ("opening", "您提出的提案收悉，现结合市财政局会办意见，答复如下：", "role", []),
    ("opening", "您提出的提案收悉，综合市财政局、市水利局意见，现答复如下：", "role", []),
    (
        "opening",
        "您提出的提案收悉，综合市财政局、市水利局意见，现答复如下：",
        "other_units",
        ["市水利局", "市财政局"],
    ),
    ("opening", "您提出的提案收悉。按照分办意见，现就涉及我局的部分答复如下：", "other_units", []),
    (
        "opening",
        "您提出的提案收悉，经市自然资源和规划局、市住房和城乡建设局会办，现答复如下：",
        "role",
        [],
    ),
    (
        "opening",
        "您提出的提案收悉，经市自然资源和规划局、市住房和城乡建设局会办，现答复如下：",
        "other_units",
        ["市住房和城乡建设局", "市自然资源和规划局"],
    ),
    ("opening", "您提出的提案收悉，市政府高度重视，批转我局办理，现答复如下：", "role", []),
    ("opening", "您提出的提案收悉，市政府高度重视，批转我局办理，现答复如下：", "other_units", []),
    (
        "opening",
        "您提出的提案收悉，主办单位：市教育局；会办单位：市财政局。现答复如下：",
        "role",
        [],
    ),
    (
        "opening",
        "您提出的提案收悉，我局牵头，市财政局、市水利局协办。现答复如下：",
        "role",
        ["lead"],
    ),
    (
        "opening",
        "您提出的提案收悉，我局牵头，市财政局、市水利局协办。现答复如下：",
        "other_units",
        ["市水利局", "市财政局"],
    ),
    ("opening", "您提出的提案收悉，由我街道会同区城管局办理，现答复如下：", "role", []),
    (
        "opening",
        "您提出的提案收悉，由我街道会同区城管局办理，现答复如下：",
        "other_units",
        ["区城管局"],
    ),
    (
        "opening",
        ("您提出的提案收悉，根据交办要求，我局主办此件，市公安局交警支队会办。现答复如下："),
        "other_units",
        ["市公安局交警支队"],
    ),
    ("opening", "您提出的提案收悉，我局商市财政局后，现答复如下：", "role", []),
    ("opening", "您提出的提案收悉，我局商市财政局后，现答复如下：", "other_units", ["市财政局"]),
    ("opening", "您提出的提案收悉，由我局会办，现将会办意见函告如下：", "other_units", []),
    (
        "opening",
        "您提出的提案收悉，主办单位市教育局，我局为会办单位，现提出如下会办意见：",
        "role",
        ["co_handler"],
    ),
    (
        "opening",
        "您提出的提案收悉，主办单位市教育局，我局为会办单位，现提出如下会办意见：",
        "other_units",
        ["市教育局"],
    ),
    (
        "opening",
        ("按照《云溪市提案办理办法》要求，您提出的《关于修桥的提案》已收悉，现答复如下："),
        "proposal_title",
        ["关于修桥的提案"],
    ),
    ("opening", "您关于修桥的提案收悉，现答复如下：", "proposal_title", ["关于修桥的提案"]),
    ("opening", "您反映的桥坏了的问题收悉，现答复如下：", "proposal_title", []),
    ("opening", "您提出的第118号“修桥”提案收悉，现答复如下：", "proposal_title", ["修桥"]),
    ("opening", "您提出的提案收悉。经我局与市财政局会商，现答复如下：", "role", []),
    (
        "opening",
        "您提出的提案收悉。经我局与市财政局会商，现答复如下：",
        "other_units",
        ["市财政局"],
    ),
    (
        "opening",
        ("您提出的提案收悉。我局会同市财政局、水利局、林业局等单位进行了研究，现答复如下："),
        "role",
        [],
    ),
    ("opening", "您提出的提案收悉。市政府交由我局承办，现答复如下：", "role", []),
    ("opening", "您提出的提案收悉。市政府交由我局承办，现答复如下：", "other_units", []),
    (
        "opening",
        "您提出的提案收悉。根据职能分工，现就涉及我局的内容提出如下会办意见：",
        "role",
        ["co_handler"],
    ),
    (
        "opening",
        "您提出的提案收悉。根据职能分工，现就涉及我局的内容提出如下会办意见：",
        "other_units",
        [],
    ),
    ("opening", "您提出的提案收悉。本提案为分办件，现就我局职责答复如下：", "role", ["split"]),
    ("opening", "您提出的提案收悉。本提案为分办件，现就我局职责答复如下：", "other_units", []),
    (
        "opening",
        "您提出的提案收悉。该件由市教育局牵头办理，我局配合，现将有关情况反馈如下：",
        "role",
        ["co_handler"],
    ),
    (
        "opening",
        "您提出的提案收悉。该件由市教育局牵头办理，我局配合，现将有关情况反馈如下：",
        "other_units",
        ["市教育局"],
    ),
    ("opening", "您提出的提案收悉。此件由我委独立办理，现答复如下：", "other_units", []),
    ("opening", "您提出的提案收悉，由我镇人民政府承办，现答复如下：", "role", []),
    ("opening", "您提出的提案收悉，由我镇人民政府承办，现答复如下：", "other_units", []),
    ("opening", "您提出的提案收悉，由我局与市公安局、市交通局共同办理，现答复如下：", "role", []),
    ("opening", "您提出的提案收悉，并征求了市公安局、市交通局意见，现答复如下：", "role", []),
    (
        "opening",
        "您提出的提案收悉，并征求了市公安局、市交通局意见，现答复如下：",
        "other_units",
        ["市交通局", "市公安局"],
    ),
    ("opening", "您提出的提案收悉。市公安局、市交通局提供了会办意见，现综合答复如下：", "role", []),
    (
        "opening",
        "您提出的提案收悉。市公安局、市交通局提供了会办意见，现综合答复如下：",
        "other_units",
        ["市交通局", "市公安局"],
    ),
    (
        "opening",
        "您提出的提案收悉，由县政府交由我局主办、县财政局会办，现答复如下：",
        "other_units",
        ["县财政局"],
    ),
]


@pytest.mark.parametrize(("part", "printed", "field", "expected"), ROWS)
def test_roles_units_and_the_title_asked_under_are_read(
    part: str, printed: str, field: str, expected: list[str]
) -> None:
    parts = {part: printed}

    assert sorted(read(read_one(letter(**parts)))[field]) == sorted(expected)
