"""When a policy takes effect, when it ends and what it puts out of force, in every wording."""

from __future__ import annotations

import pytest

from knowledge.domain.documents import PolicyFields
from knowledge.reading.parsing import parse_text

_HEAD = (
    "溪口市民政局关于印发《溪口市养老补贴办法》的通知\n溪民规〔2023〕4号\n各区民政局：\n"
    "现将《溪口市养老补贴办法》印发给你们，请遵照执行。\n溪口市民政局\n2023年4月10日\n\n"
    "溪口市养老补贴办法\n第一条 为规范补贴，制定本办法。\n第二条 "
)


def _policy(last: str) -> PolicyFields:
    (document,) = parse_text(f"{_HEAD}{last}\n")
    assert isinstance(document.fields, PolicyFields)
    return document.fields


def _day(field: object) -> str | None:
    value = getattr(field, "value", None)
    return None if value is None else str(value)


@pytest.mark.parametrize(
    ("last", "effective", "expires"),
    [
        ("本办法自2023年5月1日起施行。", "2023-05-01", None),
        ("本办法自二〇二三年五月一日起正式施行。", "2023-05-01", None),
        ("本办法自2023年5月1日零时起施行，有效期三年，期满自动失效。", "2023-05-01", "2026-04-30"),
        ("本办法有效期5年，自2023年5月1日起施行。", "2023-05-01", "2028-04-30"),
        ("本办法自2023年5月1日起施行，有效期至2028年4月30日止。", "2023-05-01", "2028-04-30"),
        ("本办法自2023年5月1日起至2025年4月30日止施行。", "2023-05-01", "2025-04-30"),
        ("本办法自2023年5月1日起施行至2025年12月31日。", "2023-05-01", "2025-12-31"),
        ("本办法自2023年5月1日起施行，有效期至2025年底。", "2023-05-01", "2025-12-31"),
        ("本办法自2023年5月1日起施行，有效期至2025年6月。", "2023-05-01", "2025-06-30"),
        ("本办法自2023年5月1日起施行，2028年4月30日废止。", "2023-05-01", "2028-04-30"),
        ("本办法从2023年5月1日起执行，暂行一年。", "2023-05-01", "2024-04-30"),
        ("本办法自2023年5月1日起试行，试行两年。", "2023-05-01", "2025-04-30"),
        ("本办法自发文之日起生效，试行期为6个月。", "2023-04-10", "2023-10-09"),
        ("本办法自2024年2月29日起施行，有效期一年。", "2024-02-29", "2025-02-28"),
        ("本办法自2024年2月29日起施行，有效期四年。", "2024-02-29", "2028-02-28"),
        ("本办法自印发之日起30日后施行，有效期5年。", "2023-05-10", "2028-05-09"),
        ("本办法自发布之日起三十日后施行。", "2023-05-10", None),
        ("本办法自印发之日起一个月后实施。", "2023-05-10", None),
        ("本办法自下发之日起执行。", "2023-04-10", None),
        ("本办法施行日期为2023年5月1日，有效期到2026年4月30日。", "2023-05-01", "2026-04-30"),
        ("2023年5月1日起施行。", "2023-05-01", None),
        ("本办法自公布之日起10个工作日后施行。", None, None),
        ("本办法有效期五年。", None, None),
    ],
)
def test_the_first_and_last_day_are_told(
    last: str, effective: str | None, expires: str | None
) -> None:
    fields = _policy(last)

    assert (_day(fields.effective), _day(fields.expires)) == (effective, expires)


@pytest.mark.parametrize(
    ("last", "replaced"),
    [
        ("《甲办法》（溪民发〔2019〕8号）同时废止。", ["甲办法"]),
        ("原《甲办法》、《乙细则》同时停止执行。", ["甲办法", "乙细则"]),
        ("有效期二年，原《甲办法》自本办法施行之日起废止。", ["甲办法"]),
        ("2019年6月1日起施行的《甲办法》同时废止。", ["甲办法"]),
        ("根据《甲条例》制定的实施细则由市民政局解释。", []),
        ("《甲办法》与本办法不一致的，以本办法为准。", []),
    ],
)
def test_what_it_puts_out_of_force_is_told(last: str, replaced: list[str]) -> None:
    fields = _policy(f"本办法自2023年5月1日起施行，{last}")

    assert [item.value.title for item in fields.replaces] == replaced


def test_a_list_of_repealed_policies_is_read_to_its_end() -> None:
    (document,) = parse_text(
        "溪口县人民政府关于废止部分文件的决定\n溪政发〔2022〕11号\n各镇人民政府：\n"
        "决定废止下列文件：\n1.《甲办法》（溪政发〔2006〕1号）\n2.《乙规定》（溪政发〔2007〕2号）\n"
        "《丙条例》继续有效。\n溪口县人民政府\n2022年5月6日\n"
    )
    assert isinstance(document.fields, PolicyFields)

    assert [item.value.title for item in document.fields.replaces][:2] == ["甲办法", "乙规定"]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("溪口市人民政府令\n第218号", "溪口市人民政府令第218号"),
        ("溪口市人民政府令\n（第63号）", "溪口市人民政府令第63号"),
        ("溪口市人民政府令第9号", "溪口市人民政府令第9号"),
        ("溪口市人民代表大会常务委员会公告\n第十二号", "溪口市人民代表大会常务委员会公告第十二号"),
    ],
)
def test_an_order_names_its_number_its_organ_and_the_rules_below(head: str, number: str) -> None:
    (document,) = parse_text(
        f"{head}\n\n《溪口市节水办法》已经2020年6月9日会议通过，现予公布，自2020年8月1日起施行。\n\n"
        "市长 路遥\n2020年6月20日\n\n溪口市节水办法\n第一条 为节约用水，制定本办法。\n"
    )
    assert isinstance(document.fields, PolicyFields)
    fields = document.fields

    assert fields.title is not None
    assert fields.title.value == "溪口市节水办法"
    assert fields.document_number is not None
    assert fields.document_number.value == number
    assert [field.value for field in fields.issuers] == [
        number.split("令", maxsplit=1)[0].split("公告", maxsplit=1)[0]
    ]
    assert _day(fields.adopted) == "2020-06-09"
    assert _day(fields.effective) == "2020-08-01"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("有效性：失效", "repealed"),
        ("时效性：已废止", "repealed"),
        ("效力状态：现行有效", "in_force"),
        ("有效性：尚未生效", "not_yet"),
        ("【本文件已废止】", "repealed"),
        ("（本文件已于2022年12月31日失效）", "repealed"),
    ],
)
def test_the_words_of_the_page_tell_its_standing(line: str, status: str) -> None:
    (document,) = parse_text(f"{line}\n{_HEAD}本办法自2023年5月1日起施行。\n")
    assert isinstance(document.fields, PolicyFields)

    assert document.fields.status is not None
    assert document.fields.status.value == status
