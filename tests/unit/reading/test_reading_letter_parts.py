"""Marks, people, dates and contact lines of a letter (domain.md 1.4-1.11)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.reading.letters import codes, letter, reply

DOCUMENT_NUMBERS = [
    ("云农提复〔2023〕25号（B类）", "云农提复〔2023〕25号", "B"),
    ("云民发【2024】275号", "云民发【2024】275号", None),
    ("云县文旅广新字〔2017〕16号C类", "云县文旅广新字〔2017〕16号", "C"),
    ("云教提复字〔2019〕来信号B类", "云教提复字〔2019〕来信号", "B"),
    ("云教体函〔2017〕35号B类", "云教体函〔2017〕35号", "B"),
    ("云住建提复〔2019〕7号（B类）", "云住建提复〔2019〕7号", "B"),
    ("云水字〔2023〕93号", "云水字〔2023〕93号", None),
    ("云汽发〔2020〕11号A类 同意公开", "云汽发〔2020〕11号", "A"),
    ("建议字[2019]3号", "建议字[2019]3号", None),
    ("云工信提字﹝2021﹞102号", "云工信提字﹝2021﹞102号", None),
    ("云政函（2021）8号", "云政函（2021）8号", None),
    ("云政函「2021」8号", "云政函「2021」8号", None),
    ("云农提复〔2023〕 25 号", "云农提复〔2023〕25号", None),
    ("文号：2022-92", "2022-92", None),
]


@pytest.mark.parametrize(("line", "number", "mark"), DOCUMENT_NUMBERS)
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_document_number_is_read_in_every_bracket_with_its_glued_class(
    line: str, number: str, mark: str | None, place: str
) -> None:
    fields = reply(letter(above=line) if place == "above" else letter(below=line))

    assert fields.document_number is not None
    assert fields.document_number.value == number
    assert fields.document_number.confidence == 1
    assert (fields.result_class.value if fields.result_class else None) == mark


def test_a_document_number_inside_the_page_title_is_read() -> None:
    title = "关于省十三届人大一次会议台52号建议的答复[云交建〔2018〕68号]"
    fields = reply(letter(title=title))

    assert fields.document_number is not None
    assert fields.document_number.value == "云交建〔2018〕68号"


def test_a_number_that_lost_one_bracket_is_repaired_with_doubt() -> None:
    text = letter(below="云府登〔20243号")

    fields = reply(text)

    assert fields.document_number is not None
    assert fields.document_number.value == "云府登〔2024〕3号"
    assert fields.document_number.confidence < 1
    assert "document_number.repaired" in codes(text)


def test_a_number_that_lost_its_end_is_repaired_only_when_the_date_confirms_the_year() -> None:
    sure = letter(below="云水〔202458", date="2024年8月2日")
    unsure = letter(below="云水〔202258", date="")

    assert reply(sure).document_number is not None
    assert "document_number.repaired" in codes(sure)
    assert "document_number.damaged" in codes(unsure)


@pytest.mark.parametrize("blank", ["文号：", "索引号：", "文号： \n索引号："])
def test_blank_metadata_gives_no_number(blank: str) -> None:
    assert reply(letter(above=blank)).document_number is None


CLASSES = [
    ("A类", "A"),
    ("（B类）", "B"),
    ("(B类)", "B"),
    ("C", "C"),
    ("类别：B", "B"),
    ("类别 B", "B"),
    ("类别\tB", "B"),
    ("办复类别：B", "B"),
    ("办理结果：B类", "B"),
    ("办理结果:A", "A"),
    ("办理结果：解决或采纳", "解决或采纳"),
    ("A\n公开", "A"),
    ("A类\n公开", "A"),
    ("（甲类）", "甲"),
    ("类别：列入计划拟解决", "列入计划拟解决"),
    ("办理类别：Ｄ类", "D"),
]


@pytest.mark.parametrize(("mark", "value"), CLASSES)
@pytest.mark.parametrize("place", ["above", "below", "after"])
def test_a_class_mark_is_read_wherever_it_stands(mark: str, value: str, place: str) -> None:
    text = {
        "above": letter(above=mark),
        "below": letter(below=mark),
        "after": letter(after=mark),
    }[place]

    fields = reply(text)

    assert fields.result_class is not None
    assert fields.result_class.value == value


def test_a_class_of_enterprises_in_the_text_is_no_class_mark() -> None:
    assert reply(letter(body="全市现有A类企业12家，B类企业30家，均已建档。")).result_class is None


OPENNESS = [
    ("公开", "open"),
    ("同意公开", "open"),
    ("是否同意公开：是", "open"),
    ("是否公开：否", "closed"),
    ("（此件公开发布）", "open"),
    ("（此件主动公开）", "open"),
    ("公开方式 主动公开", "open"),
    ("公开属性：依申请公开", "on_request"),
    ("依申请公开", "on_request"),
    ("不予公开", "closed"),
    ("（此件不予公开）", "closed"),
    ("全文公开", "open"),
    ("摘要公开", "open"),
    ("A类 公开", "open"),
    ("云汽发〔2020〕11号A类 同意公开", "open"),
]


@pytest.mark.parametrize(("mark", "value"), OPENNESS)
@pytest.mark.parametrize("place", ["below", "after"])
def test_an_openness_mark_is_read(mark: str, value: str, place: str) -> None:
    fields = reply(letter(below=mark) if place == "below" else letter(after=mark))

    assert fields.openness is not None
    assert fields.openness.value == value


def test_a_letter_that_speaks_of_openness_only_in_its_text_has_no_mark() -> None:
    assert reply(letter(body="我局将全面推进政务公开，做到应公开尽公开。")).openness is None


SALUTATIONS = [
    ("林知秋委员：", ["林知秋"], "member"),
    ("尊敬的林知秋委员：", ["林知秋"], "member"),
    ("林知秋代表：", ["林知秋"], "deputy"),
    ("尊敬的林知秋代表:", ["林知秋"], "deputy"),
    ("尊敬的林知秋区人大代表", ["林知秋"], "deputy"),
    ("林知秋、何以安委员：", ["林知秋", "何以安"], "member"),
    ("尊敬的林知秋、何以安代表：", ["林知秋", "何以安"], "deputy"),
    ("林知秋等委员：", ["林知秋"], "member"),
    ("林知秋等代表：", ["林知秋"], "deputy"),
    ("林知秋等3名代表：", ["林知秋"], "deputy"),
    ("林知秋等4位委员：", ["林知秋"], "member"),
    ("林知秋等12位代表：", ["林知秋"], "deputy"),
    ("民进云溪市委会：", ["民进云溪市委会"], "party"),
    ("民建云岭省委：", ["民建云岭省委"], "party"),
    ("农工党云溪区委：", ["农工党云溪区委"], "party"),
    ("瓦河乡政协联络组：", ["瓦河乡政协联络组"], "group"),
    ("葵岭镇政协活动小组：", ["葵岭镇政协活动小组"], "group"),
    ("雨溪乡委员小组：", ["雨溪乡委员小组"], "group"),
    ("市民政局：", ["市民政局"], "unit"),
    ("省发改委：", ["省发改委"], "unit"),
    ("县水利局：", ["县水利局"], "unit"),
    ("王*纯委员：", ["王*纯"], "redacted"),
    ("×××委员：", ["×××"], "redacted"),
    ("委员：", ["委员"], "redacted"),
    (
        "甲一、乙二、丙三、丁四、戊五、己六、庚七、辛八、\n壬九、癸十代表：",
        ["甲一", "乙二", "丙三", "丁四", "戊五", "己六", "庚七", "辛八", "壬九", "癸十"],
        "deputy",
    ),
]


@pytest.mark.parametrize(("line", "names", "kind"), SALUTATIONS)
def test_a_salutation_gives_its_names_and_their_kind(
    line: str, names: list[str], kind: str
) -> None:
    text = letter(salutation=line)

    fields = reply(text)

    assert [field.value for field in fields.addressees] == names
    assert all(field.span and field.span.of(text) == field.value for field in fields.addressees)
    assert fields.addressee_kind is not None
    assert fields.addressee_kind.value == kind


def test_a_letter_without_salutation_has_no_addressee() -> None:
    fields = reply(letter(salutation=""))

    assert fields.addressees == ()
    assert fields.addressee_kind is None


def test_a_salutation_on_the_line_of_the_opening_is_found() -> None:
    text = letter(
        salutation="", opening="林知秋委员：您提出的《关于增设路灯的提案》收悉，现答复如下："
    )

    fields = reply(text)

    assert [field.value for field in fields.addressees] == ["林知秋"]
    assert fields.proposal_title is not None
    assert fields.proposal_title.value == "关于增设路灯的提案"


DATES = [
    ("2024年7月22日", date(2024, 7, 22)),
    ("2024 年 7 月 22 日", date(2024, 7, 22)),
    ("二〇二二年六月二十日", date(2022, 6, 20)),
    ("二OO七年五月十八日", date(2007, 5, 18)),
    ("二00九年六月十八日", date(2009, 6, 18)),
    ("二○二四年十二月三十一日", date(2024, 12, 31)),
    ("２０２４年７月２日", date(2024, 7, 2)),
    ("2024-07-22", date(2024, 7, 22)),
    ("2024.7.22", date(2024, 7, 22)),
]


@pytest.mark.parametrize(("literal", "value"), DATES)
def test_a_date_is_read_in_every_spelling(literal: str, value: date) -> None:
    text = letter(date=literal)

    fields = reply(text)

    assert fields.date is not None
    assert fields.date.value == value
    assert fields.date.span is not None
    assert fields.date.span.of(text) == literal
    assert [unit.value for unit in fields.signature_units] == ["云溪市城市管理局"]


DAMAGED = [
    ("2017821日", date(2017, 8, 21)),
    ("2020916日", date(2020, 9, 16)),
    ("202285", date(2022, 8, 5)),
    ("20211026", date(2021, 10, 26)),
    ("2021629", date(2021, 6, 29)),
    ("2025610", date(2025, 6, 10)),
    ("2015416", date(2015, 4, 16)),
]


@pytest.mark.parametrize(("literal", "value"), DAMAGED)
def test_a_damaged_date_is_repaired_when_only_one_day_fits(literal: str, value: date) -> None:
    text = letter(date=literal)

    fields = reply(text)

    assert fields.date is not None
    assert fields.date.value == value
    assert fields.date.confidence < 1
    assert "date.repaired" in codes(text)


@pytest.mark.parametrize("literal", ["810日", "2021111日", "2021121"])
def test_a_damaged_date_that_could_be_several_days_is_only_flagged(literal: str) -> None:
    text = letter(date=literal)

    assert reply(text).date is None
    assert "date.damaged" in codes(text)


def test_a_letter_without_date_takes_the_unit_from_its_head() -> None:
    text = letter(above="云溪市水务局", unit="", date="", after="责任领导：何以安")

    fields = reply(text)

    assert fields.date is None
    assert [unit.value for unit in fields.signature_units] == ["云溪市水务局"]
    assert "date.missing" in codes(text)


def test_joint_signatures_are_read_one_by_one() -> None:
    fields = reply(letter(unit="云溪市水务局\n云溪市财政局"))

    assert [unit.value for unit in fields.signature_units] == ["云溪市水务局", "云溪市财政局"]


CONTACTS: list[tuple[str, str | None, list[str], list[str]]] = [
    (
        "责任领导：何以安\n承办人：林小满\n联系电话：13800000001",
        "何以安",
        ["林小满"],
        ["13800000001"],
    ),
    (
        "责任领导：何以安  承办人：林小满  联系电话：0563-6023456",
        "何以安",
        ["林小满"],
        ["0563-6023456"],
    ),
    (
        "主管领导人姓名：何以安 电话：84468000\n具体经办人姓名：林小满 电话：84468001",
        "何以安",
        ["林小满"],
        ["84468000", "84468001"],
    ),
    (
        "承办负责人：何以安\n承办人及联系电话：林小满 0730-7620001",
        "何以安",
        ["林小满"],
        ["0730-7620001"],
    ),
    (
        "承办责任人：何以安\n承办人及联系电话：林小满0730-7620001",
        "何以安",
        ["林小满"],
        ["0730-7620001"],
    ),
    (
        "联系单位：云溪市水务局办公室\n经办人：林小满\n联系电话：2222888",
        None,
        ["林小满"],
        ["2222888"],
    ),
    ("（联系人：林小满，联系电话：0915─3225566）", None, ["林小满"], ["0915-3225566"]),
    ("（联系人及电话：林小满；0871- 67591234）", None, ["林小满"], ["0871-67591234"]),
    ("联系人/电话：林小满 13800000001", None, ["林小满"], ["13800000001"]),
    ("联系单位：云溪市水务局  联系电话：0564-8620000", None, [], ["0564-8620000"]),
    ("领导签批：何以安\n承办人：林小满\n联系方式：62730000", "何以安", ["林小满"], ["62730000"]),
    ("领导署名：\n联系人：林小满\n联系电话：0833-5650000", None, ["林小满"], ["0833-5650000"]),
    ("承办人：林 满、何 安", None, ["林满", "何安"], []),
]


@pytest.mark.parametrize(("lines", "leader", "handlers", "phones"), CONTACTS)
def test_contact_lines_give_leader_handlers_and_phones(
    lines: str, leader: str | None, handlers: list[str], phones: list[str]
) -> None:
    fields = reply(letter(after=lines))

    assert (fields.responsible_leader.value if fields.responsible_leader else None) == leader
    assert [field.value for field in fields.handlers] == handlers
    assert [field.value for field in fields.phones] == phones
    assert fields.date is not None


def test_the_issuer_stands_at_the_top() -> None:
    fields = reply(letter(above="云水字〔2024〕93号    签发人：何以安"))

    assert fields.issuer is not None
    assert fields.issuer.value == "何以安"
    assert fields.document_number is not None


def test_an_approval_told_in_the_text_names_the_issuer() -> None:
    fields = reply(letter(body="路灯已全部修复。\n\n此复函已经何以安主任审签。"))

    assert fields.issuer is not None
    assert fields.issuer.value == "何以安"


COPIES = [
    ("抄送：市政府办（2），市政协提案委（2）。", [("市政府办", 2), ("市政协提案委", 2)]),
    (
        "抄送：市人大代选工委(1份）、市政府督查室（1份）",
        [("市人大代选工委", 1), ("市政府督查室", 1)],
    ),
    ("抄送：市人大代选工委(1", [("市人大代选工委", 1)]),
    (
        "抄送：区人大常委会代工委、区政府督查室。",
        [("区人大常委会代工委", None), ("区政府督查室", None)],
    ),
    ("抄 报：县政府办 县政协提案委", [("县政府办", None), ("县政协提案委", None)]),
    (
        "抄送：县人大常委会代表工委、县政府办公室、枫桥镇人大主席团",
        [("县人大常委会代表工委", None), ("县政府办公室", None), ("枫桥镇人大主席团", None)],
    ),
]


@pytest.mark.parametrize(("line", "expected"), COPIES)
def test_a_copy_line_gives_receivers_and_counts(
    line: str, expected: list[tuple[str, int | None]]
) -> None:
    fields = reply(letter(after=line))

    assert [(item.value.name, item.value.copies) for item in fields.copy_to] == expected


ROLES = [
    ("关于市政协六届二次会议第118号提案的会办意见", "", "co_handler"),
    ("关于市政协六届二次会议第118号提案协办件的答复", "", "co_handler"),
    ("关于市政协六届二次会议第118号提案的分办答复", "", "split"),
    ("关于市政协六届二次会议第118号提案的答复", "您的提案由我委负责分办，现答复如下：", "split"),
    ("关于市政协六届二次会议第118号提案的答复", "您的提案交由我局主办，现答复如下：", "lead"),
    ("关于市政协六届二次会议第118号提案的答复", "您的提案由我局单独办理，现答复如下：", "sole"),
    ("关于市政协六届二次会议第118号提案的答复", "您的提案收悉，现答复如下：", None),
]


@pytest.mark.parametrize(("title", "opening", "role"), ROLES)
def test_the_units_part_in_the_handling_is_read(title: str, opening: str, role: str | None) -> None:
    fields = reply(letter(title=title, opening=opening or "来函收悉，现提出意见如下："))

    assert (fields.role.value if fields.role else None) == role


@pytest.mark.parametrize(
    ("opening", "units"),
    [
        ("您的提案收悉，经商市财政局、市教育局，现答复如下：", ["市财政局", "市教育局"]),
        ("您的提案收悉，经会同市水务局研究，现答复如下：", ["市水务局"]),
        (
            "您的提案交由省交通厅主办，省财政厅、省林业局会办，现答复如下：",
            ["省财政厅", "省林业局", "省交通厅"],
        ),
    ],
)
def test_other_units_named_in_the_opening_are_read(opening: str, units: list[str]) -> None:
    fields = reply(letter(opening=opening))

    assert sorted(field.value for field in fields.other_units) == sorted(units)


PROPOSAL_TITLES = [
    ("您提出的《关于改造步道的提案》收悉，经研究，现答复如下：", "关于改造步道的提案"),
    ("你们提出的《关于落实〈照明规划〉的提案》收悉，现答复如下：", "关于落实〈照明规划〉的提案"),
    ("您提出的“关于改造步道”的提案已收悉，现将办理情况答复如下：", "关于改造步道"),
    ("您提出的关于改造步道的提案收悉，现函复如下：", "关于改造步道的提案"),
]


@pytest.mark.parametrize(("opening", "title"), PROPOSAL_TITLES)
def test_the_proposals_own_title_is_read_from_the_opening(opening: str, title: str) -> None:
    fields = reply(letter(opening=opening))

    assert fields.proposal_title is not None
    assert fields.proposal_title.value == title


def test_the_proposals_title_inside_the_letters_title_is_read() -> None:
    title = "对市政协六届二次会议第118号提案《关于数字门牌的几点建议》的答复"
    fields = reply(letter(title=title, opening="来函收悉，现答复如下："))

    assert fields.proposal_title is not None
    assert fields.proposal_title.value == "关于数字门牌的几点建议"


def test_a_consultation_gives_date_way_and_person() -> None:
    body = "6月3日，由我局副局长何以安同志带队与您当面沟通，您对方案表示认可。路灯已修复。"
    fields = reply(letter(body=body))

    assert fields.consultation is not None
    assert fields.consultation.value.date == date(2024, 6, 3)
    assert fields.consultation.value.method == "当面"
    assert fields.consultation.value.person == "何以安"


def test_a_consultation_of_the_opening_keeps_its_full_date() -> None:
    opening = "您的提案收悉，经局领导班子会议研究，并于2024年5月9日与您面商，现答复如下："
    fields = reply(letter(opening=opening))

    assert fields.consultation is not None
    assert fields.consultation.value.date == date(2024, 5, 9)
    assert fields.consultation.value.method == "面商"


def test_commitments_carry_their_time_limit() -> None:
    body = "路灯已更换40盏。下一步，我局将在2024年10月底前完成剩余路段改造。我局将加强巡查。"
    fields = reply(letter(body=body))

    assert [(item.value.due is not None) for item in fields.commitments] == [True, False]
    assert fields.commitments[0].value.due == "2024年10月底前"


def test_past_work_is_no_commitment() -> None:
    body = "近年来，我局将公益服务延伸到村，参与拟定照明规划，并将巡查纳入考核。"
    assert reply(letter(body=body)).commitments == ()


def test_figures_carry_their_unit_and_leave_out_dates_and_numbers_of_documents() -> None:
    body = (
        "2023年，投入资金1,212.5万元，新建站点748个，完好率98.6%，"
        "依据云政发〔2021〕29号，于7月22日完工。"
    )
    fields = reply(letter(body=body))

    assert [(item.value.number, item.value.unit) for item in fields.figures] == [
        (1212.5, "万元"),
        (748, "个"),
        (98.6, "%"),
    ]


def test_the_unit_a_joint_handlers_opinion_is_written_to_is_another_unit() -> None:
    title = "关于市政协六届二次会议第118号提案的会办意见"
    fields = reply(letter(title=title, salutation="市民政局：", opening="现提出会办意见如下："))

    assert [field.value for field in fields.other_units] == ["市民政局"]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("我局将于今年年底前完成摸底。", "今年年底前"),
        ("我局将力争明年上半年开工。", "明年上半年"),
        ("我局将在三个月内完成更换。", "三个月内"),
        ("我局将加快更换，2025年6月底前完工。", "2025年6月底前"),
    ],
)
def test_a_time_limit_is_kept_as_printed(sentence: str, due: str) -> None:
    (commitment,) = reply(letter(body=sentence)).commitments

    assert commitment.value.due == due
