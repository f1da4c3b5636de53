"""Whom a letter answers, who handles it and what was asked (domain.md 1.7, 1.8)."""

from __future__ import annotations

import pytest

from tests.evals.reading.exam import read
from tests.unit.reading.letters import letter, read_one

Rows = list[tuple[str, str, str, list[str]]]
"""The part of the letter, what is printed there, the field, its values in the exam's notation."""

ROWS: Rows = [
    ("salutation", "林知秋等3名代表：", "addressee_count", ["3"]),
    ("salutation", "林知秋等4位委员：", "addressee_count", ["4"]),
    ("salutation", "林知秋等12位代表：", "addressee_count", ["12"]),
    ("salutation", "林知秋等三名委员：", "addressee_count", ["3"]),
    ("salutation", "林知秋等十二名委员：", "addressee_count", ["12"]),
    ("salutation", "尊敬的林知秋等5位代表：", "addressee_count", ["5"]),
    ("salutation", "林知秋、周砚等5名代表：", "addressee_count", ["5"]),
    ("salutation", "林知秋等3人：", "addressees", ["林知秋"]),
    ("salutation", "林知秋等3人：", "addressee_count", ["3"]),
    ("salutation", "林知秋等 3 名代表：", "addressee_count", ["3"]),
    ("salutation", "林知秋等10名政协委员：", "addressee_count", ["10"]),
    ("salutation", "林知秋（等3名委员）：", "addressees", ["林知秋"]),
    ("salutation", "林知秋（等3名委员）：", "addressee_kind", ["member"]),
    ("salutation", "林知秋（等3名委员）：", "addressee_count", ["3"]),
    ("salutation", "林知秋等两位委员：", "addressees", ["林知秋"]),
    ("salutation", "林知秋等两位委员：", "addressee_count", ["2"]),
    ("salutation", "林知秋等三位同志：", "addressees", ["林知秋"]),
    ("salutation", "林知秋等三位同志：", "addressee_count", ["3"]),
    ("salutation", "中国民主同盟云溪市委员会：", "addressee_kind", ["party"]),
    ("salutation", "中国民主促进会云溪市委员会：", "addressee_kind", ["party"]),
    ("salutation", "中国国民党革命委员会云溪市委员会：", "addressee_kind", ["party"]),
    ("salutation", "农业和农村界别小组：", "addressees", ["农业和农村界别小组"]),
    ("salutation", "省住房和城乡建设厅：", "addressees", ["省住房和城乡建设厅"]),
    ("salutation", "尊敬的委员：", "addressees", ["委员"]),
    ("salutation", "尊敬的代表：", "addressees", ["代表"]),
    ("salutation", "王■■委员：", "addressee_kind", ["redacted"]),
    ("salutation", "王__委员：", "addressee_kind", ["redacted"]),
    ("salutation", "王□□委员：", "addressee_kind", ["redacted"]),
    ("salutation", "王某等3名代表：", "addressee_count", ["3"]),
    ("salutation", "欧阳 锋委员：", "addressees", ["欧阳锋"]),
    ("salutation", "尊敬的各位委员：", "addressees", ["各位委员"]),
    ("salutation", "尊敬的各位代表：", "addressees", ["各位代表"]),
    ("salutation", "林知秋、周砚两位委员：", "addressees", ["林知秋", "周砚"]),
    ("salutation", "林知秋、周砚两位委员：", "addressee_count", ["2"]),
    ("salutation", "代表您好：", "addressees", ["代表"]),
    ("salutation", "代表您好：", "addressee_kind", ["redacted"]),
    ("salutation", "林知秋委员您好：", "addressees", ["林知秋"]),
    ("salutation", "林知秋委员您好：", "addressee_kind", ["member"]),
    ("salutation", "市政协委员林知秋：", "addressees", ["林知秋"]),
    ("salutation", "市政协委员林知秋：", "addressee_kind", ["member"]),
    ("salutation", "市人大代表林知秋：", "addressees", ["林知秋"]),
    ("salutation", "市人大代表林知秋：", "addressee_kind", ["deputy"]),
    ("salutation", "林知秋委员：\n周砚委员：", "addressees", ["林知秋", "周砚"]),
    ("salutation", "林知秋代表\n周砚代表：", "addressees", ["林知秋", "周砚"]),
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
]

WHOLE: list[tuple[str, str, list[str]]] = [
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n"
            "尊敬的林知秋、周砚委员：感谢你们对照明工作的关心，提案收悉，现答复如下："
            "路灯已换。\n\n云溪市城市管理局\n2024年6月18日\n"
        ),
        "addressees",
        ["林知秋", "周砚"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n"
            "林知秋委员您提出的提案收悉，现答复如下：路灯已换。\n\n云溪市城市管理局\n"
            "2024年6月18日\n"
        ),
        "addressees",
        ["林知秋"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n"
            "民进云溪市委会：你们提出的提案收悉，现答复如下：路灯已换。\n\n云溪市城市管理局\n"
            "2024年6月18日\n"
        ),
        "addressees",
        ["民进云溪市委会"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n"
            "市民政局：贵局转来的第118号提案收悉，现提出会办意见如下：路灯已换。\n\n"
            "云溪市城市管理局\n2024年6月18日\n"
        ),
        "addressees",
        ["市民政局"],
    ),
    (
        (
            "关于市政协六届二次会议第118号提案的答复\n\n"
            "林知秋委员：首先感谢您的关心。您提出的提案收悉，现答复如下：路灯已换。\n\n"
            "云溪市城市管理局\n2024年6月18日\n"
        ),
        "addressees",
        ["林知秋"],
    ),
]


@pytest.mark.parametrize(("part", "printed", "field", "expected"), ROWS)
def test_people_units_and_roles_are_read(
    part: str, printed: str, field: str, expected: list[str]
) -> None:
    parts = {part: printed}

    assert sorted(read(read_one(letter(**parts)))[field]) == sorted(expected)


@pytest.mark.parametrize(("text", "field", "expected"), WHOLE)
def test_in_a_whole_letter_people_units_and_roles_are_read(
    text: str, field: str, expected: list[str]
) -> None:
    assert read(read_one(text))[field] == expected
