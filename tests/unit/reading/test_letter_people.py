"""Whom a letter answers and how many they are (domain.md 1.7)."""

from __future__ import annotations

import pytest

from tests.evals.reading.exam import read
from tests.unit.reading.letters import letter, read_one

Rows = list[tuple[str, str, str, list[str]]]
"""The part of the letter, what is printed, the field, its values in the exam's notation."""

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
    ("salutation", "代表们：", "addressee_kind", ["deputy"]),
    ("salutation", "市政协社会和法制委员会：", "addressees", ["市政协社会和法制委员会"]),
    ("salutation", "林知秋等十位代表：", "addressee_count", ["10"]),
    ("salutation", "林知秋等二十三名代表：", "addressee_count", ["23"]),
    ("salutation", "林知秋 等3名代表：", "addressee_count", ["3"]),
    ("salutation", "尊敬的林知秋委员！", "addressees", ["林知秋"]),
    ("salutation", "尊敬的林知秋委员！", "addressee_kind", ["member"]),
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
def test_the_people_a_letter_answers_are_read(
    part: str, printed: str, field: str, expected: list[str]
) -> None:
    parts = {part: printed}

    assert read(read_one(letter(**parts)))[field] == expected


@pytest.mark.parametrize(("text", "field", "expected"), WHOLE)
def test_in_a_whole_letter_the_people_a_letter_answers_are_read(
    text: str, field: str, expected: list[str]
) -> None:
    assert read(read_one(text))[field] == expected
