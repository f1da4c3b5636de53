"""Several documents in one file, and forms, proposals and policies (domain.md 1.0, 3)."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.domain.documents import (
    DocumentKind,
    OtherFields,
    PolicyFields,
    ProposalFields,
    RecordFields,
    ReplyFields,
)
from knowledge.reading.parsing import parse_text
from tests.unit.reading.letters import letter, read_one

FORM = """云溪市政协提案面商记录表

承办单位（填写名称、盖章）：云溪市水务局 提案编号：118

委员姓名\t林知秋\t工作单位\t云溪市第一中学\t联系电话\t13800000001
提案主要内容：建议增设路灯，建议更换老旧灯具，提高照度，加大养护投入。
答复意见要点：1. 已登记杆位；2. 已更换40盏。
办理情况（划勾）\tA类\t<input checked="" type="checkbox"/>\tB类\t<input type="checkbox"/>\tC类
委员意见和要求： <div style="x"> 答复满意。望抓紧。 签字： </div>
面商时间\t2024年6月3日\t\t面商地点\t市一中会议室
面商人\t何以安\t\t联系电话\t0563-6023456
"""


def _record(text: str) -> RecordFields:
    document = read_one(text)
    assert isinstance(document.fields, RecordFields), document.kind
    return document.fields


def test_a_form_is_read_field_for_field() -> None:
    fields = _record(FORM)
    values = {
        "unit": "云溪市水务局",
        "member": "林知秋",
        "employer": "云溪市第一中学",
        "phone": "13800000001",
        "result_class": "A",
        "member_opinion": "答复满意。望抓紧。",
        "satisfaction": "satisfied",
        "consulted_on": date(2024, 6, 3),
        "place": "市一中会议室",
        "consulted_by": "何以安",
        "unit_phone": "0563-6023456",
    }
    assert {name: getattr(fields, name).value for name in values} == values
    assert fields.case_number is not None
    assert fields.case_number.value.number == 118
    assert [field.value for field in fields.demands] == [
        "建议增设路灯",
        "建议更换老旧灯具",
        "提高照度",
        "加大养护投入",
    ]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("办理情况：☑A类 □B类 □C类", "A"),
        ("办理情况：□A类 ☑B类 □C类", "B"),
        ("办理情况：A类□ B类□ C类☑", "C"),
        ("办理情况：A类√ B类 C类", "A"),
        ("办理情况：√A类 B类 C类", "A"),
        ("办理情况：A类 B类（√） C类", "B"),
        ("办理情况：■A类 □B类 □C类", "A"),
        ("办理情况\tA类\t□\tB类\t✓\tC类\t□", "B"),
        ("办理情况：B类", "B"),
    ],
)
def test_a_tick_of_any_kind_names_the_class(line: str, value: str) -> None:
    fields = _record(
        f"政协提案面商记录表\n承办单位：云溪市水务局\n{line}\n面商时间：2024年6月3日\n"
    )

    assert fields.result_class is not None
    assert fields.result_class.value == value


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("☑满意 □基本满意 □不满意", "satisfied"),
        ("□满意 ☑基本满意 □不满意", "mostly_satisfied"),
        ("满意□ 基本满意□ 不满意√", "dissatisfied"),
    ],
)
def test_a_receipt_tells_how_satisfied_the_member_is(line: str, value: str) -> None:
    fields = _record(f"答复函回执\n提案编号：118\n委员姓名：林知秋\n是否满意：{line}\n")

    assert fields.satisfaction is not None
    assert fields.satisfaction.value == value


def test_an_unticked_form_has_no_class() -> None:
    text = "政协提案面商记录表\n承办单位：云溪市水务局\n办理情况：□A类 □B类 □C类\n"
    assert _record(text).result_class is None


def test_a_form_and_its_letter_are_two_documents() -> None:
    text = FORM + "\n" + letter(above="云溪市水务局")

    form, reply = parse_text(text)

    assert (form.kind, reply.kind) == (DocumentKind.RECORD, DocumentKind.REPLY)
    assert reply.span.of(text).startswith("云溪市水务局")
    assert isinstance(reply.fields, ReplyFields)
    assert reply.fields.phones == ()


def test_a_letter_and_its_receipt_are_two_documents() -> None:
    text = letter() + "\n答复函回执\n\n提案编号：118\n委员姓名：林知秋\n□满意 □基本满意 □不满意\n"

    assert [item.kind for item in parse_text(text)] == [DocumentKind.REPLY, DocumentKind.RECORD]


def test_a_letter_and_its_attachment_stay_one_document() -> None:
    text = letter() + "\n附件\n\n步道路灯清单\n\n1. 东段20盏\n2. 西段20盏\n"

    (document,) = parse_text(text)

    assert isinstance(document.fields, ReplyFields)
    assert document.fields.date is not None


def test_a_title_printed_three_times_is_one_letter() -> None:
    title = "关于对云溪区政协十届三次会议第67号提案的答复"
    assert len(parse_text(letter(above=f"{title}\n\n{title}", title=title))) == 1


def test_two_letters_in_one_file_are_two_documents() -> None:
    text = letter() + letter(title="关于市政协六届二次会议第119号提案的答复")

    first, second = parse_text(text)

    assert isinstance(first.fields, ReplyFields)
    assert isinstance(second.fields, ReplyFields)
    assert first.fields.case_numbers[0].value.number == 118
    assert second.fields.case_numbers[0].value.number == 119


def test_question_and_reply_on_one_page_share_the_labels_at_its_top() -> None:
    text = (
        "标题：关于增设路灯的建议\n编号：247\n提案人：林知秋\n办理部门：云溪市水务局\n签发人：何以安\n类别：B\n"
        "内容：步道昏暗，夜间不便。建议增设路灯。\n"
        "答复内容：\n林知秋代表：\n您提出的建议收悉，现答复如下：\n我局已更换路灯40盏，完好率明显提高。\n2024年6月18日\n"
    )

    question, answer = parse_text(text)

    assert (question.kind, answer.kind) == (DocumentKind.PROPOSAL, DocumentKind.REPLY)
    assert isinstance(answer.fields, ReplyFields)
    assert answer.fields.case_numbers[0].value.literal == "247"
    assert answer.fields.result_class is not None
    assert answer.fields.issuer is not None


def test_a_kind_given_by_the_caller_is_kept() -> None:
    document = read_one("路灯台账说明\n\n本台账按月更新。\n", DocumentKind.POLICY)

    assert document.kind is DocumentKind.POLICY


def test_a_kind_told_for_several_documents_is_overruled_and_says_so() -> None:
    documents = parse_text(f"{FORM}\n{letter()}", kind=DocumentKind.POLICY)

    assert [item.kind for item in documents] == [DocumentKind.RECORD, DocumentKind.REPLY]
    assert "kind.overruled" in {warning.code for warning in documents[0].warnings}


def test_a_text_of_no_known_kind_has_its_first_line_as_title() -> None:
    document = read_one("路灯台账说明\n\n本台账按月更新，由养护单位填写。\n")

    assert isinstance(document.fields, OtherFields)
    assert document.fields.title is not None
    assert document.fields.title.value == "路灯台账说明"


PROPOSAL = """关于增设临河步道路灯的提案

案号：第118号
提案者：林知秋、何以安

临河步道全长六公里，夜间行人较多，现有路灯稀疏，照度不足。

一、存在问题

部分灯具老化，维修不及时。

二、有关建议

（一）在东段增设路灯，缩短灯距。
（二）更换西段老旧灯具。
（三）建立巡查制度，公开报修电话。
"""


def test_a_proposal_gives_title_number_people_and_demands() -> None:
    document = read_one(PROPOSAL)
    assert isinstance(document.fields, ProposalFields), document.kind
    fields = document.fields

    assert fields.title is not None
    assert fields.title.value == "关于增设临河步道路灯的提案"
    assert fields.case_number is not None
    assert fields.case_number.value.number == 118
    assert [field.value for field in fields.proposers] == ["林知秋", "何以安"]
    assert fields.background is not None
    assert fields.background.value.startswith("临河步道")
    assert "有关建议" not in fields.background.value
    assert [field.value[:3] for field in fields.demands] == ["在东段", "更换西", "建立巡"]
    assert all(field.span and field.span.of(PROPOSAL) == field.value for field in fields.demands)


@pytest.mark.parametrize(
    ("ask", "count"),
    [
        ("为此，建议：\n1. 在东段增设路灯。\n2. 更换西段灯具。\n", 2),
        ("为此提出如下建议：一是在东段增设路灯；二是更换西段灯具；三是公开电话。\n", 3),
        ("为此，建议在东段增设路灯，更换西段灯具。\n", 2),
    ],
)
def test_demands_are_found_behind_the_words_that_introduce_them(ask: str, count: int) -> None:
    text = f"关于增设路灯的提案\n\n步道昏暗，行人不便，居民多次反映。\n\n{ask}"
    document = read_one(text)

    assert isinstance(document.fields, ProposalFields), document.kind
    assert len(document.fields.demands) == count


POLICY = """云溪市人民政府办公室
关于印发云溪市步道照明管理办法的通知

云政办发〔2023〕12号

各县（区）人民政府，市直各单位：

《云溪市步道照明管理办法》已经2023年4月20日市政府第3次常务会议审议通过，现印发给你们，请认真组织实施。

云溪市人民政府办公室
2023年5月6日

第一章 总则

第一条 为加强步道照明管理，制定本办法。

第二条 本办法适用于本市步道。

第二章 附则

第三条 本办法自2023年6月1日起施行，有效期五年。
《云溪市路灯管理规定》（云政办发〔2015〕8号）同时废止。
"""


def _policy(text: str) -> PolicyFields:
    document = read_one(text)
    assert isinstance(document.fields, PolicyFields), document.kind
    return document.fields


def test_a_policy_is_read_field_for_field() -> None:
    fields = _policy(POLICY)

    assert fields.title is not None
    assert fields.title.value.endswith("关于印发云溪市步道照明管理办法的通知")
    assert fields.document_number is not None
    assert fields.document_number.value == "云政办发〔2023〕12号"
    assert [field.value for field in fields.issuers] == ["云溪市人民政府办公室"]
    assert fields.adopted is not None
    assert fields.adopted.value == date(2023, 4, 20)
    assert fields.issued is not None
    assert fields.issued.value == date(2023, 5, 6)
    assert fields.effective is not None
    assert fields.effective.value == date(2023, 6, 1)
    assert fields.expires is not None
    assert fields.expires.value == date(2028, 5, 31)
    assert [field.value.label for field in fields.articles] == ["第一条", "第二条", "第三条"]
    assert [field.value.number for field in fields.replaces] == ["云政办发〔2015〕8号"]
    assert fields.status is not None
    assert fields.status.value == "in_force"


@pytest.mark.parametrize(
    ("title", "line", "status"),
    [
        ("云溪市照明管理办法（试行）", "第一条 为加强管理，制定本办法。", "trial"),
        ("云溪市照明管理暂行办法", "第一条 为加强管理，制定本办法。", "trial"),
        ("云溪市照明管理办法（征求意见稿）", "第一条 为加强管理，制定本办法。", "not_yet"),
        (
            "云溪市照明管理办法",
            "第一条 为加强管理，制定本办法。\n\n本办法已于2022年废止。",
            "repealed",
        ),
        ("云溪市照明管理办法", "有效性：废止\n\n第一条 为加强管理，制定本办法。", "repealed"),
        ("云溪市照明管理办法", "第一条 为加强管理，制定本办法。", "unknown"),
        ("云溪市照明管理办法", "第一条 本办法自2023年6月1日起施行。", "in_force"),
    ],
)
def test_the_status_of_a_policy_is_what_its_text_says(title: str, line: str, status: str) -> None:
    fields = _policy(f"{title}\n\n{line}\n")

    assert fields.status is not None
    assert fields.status.value == status


def test_a_printed_expiry_date_is_read() -> None:
    fields = _policy(
        "云溪市照明管理办法\n\n第一条 本办法自2023年6月1日起施行，有效期至2026年5月31日。\n"
    )

    assert fields.expires is not None
    assert fields.expires.value == date(2026, 5, 31)


def test_invisible_characters_stay_in_the_text_but_not_in_values() -> None:
    text = letter(title="关于市政协六\u200b届二次会议第1\u200b18号提\ufeff案的答复")

    document = read_one(text)

    assert isinstance(document.fields, ReplyFields)
    (number,) = document.fields.case_numbers
    assert number.value.literal == "118"
    assert number.span is not None
    assert number.span.of(text) == "1\u200b18"
    assert "text.invisible" in {warning.code for warning in document.warnings}


def test_pinyin_between_characters_is_seen_through() -> None:
    text = letter(title="关(guan)于(yu)市(shi)政(zheng)协六届二次会议第118号提案的答复")

    document = read_one(text)

    assert isinstance(document.fields, ReplyFields)
    assert document.fields.title is not None
    assert document.fields.title.value == "关于市政协六届二次会议第118号提案的答复"
