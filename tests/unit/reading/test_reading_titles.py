"""Titles, numbers and sessions in the forms met in published letters (domain.md 1.1-1.3)."""

from __future__ import annotations

import pytest

from tests.unit.reading.letters import OPENING, codes, letter, reply

TITLES = [
    ("关于市政协八届三次会议 第TA0423号提案的答复", "答复"),
    ("对市政协十三届二次会议第 309 号提案的答复", "答复"),
    ("云溪区商务委员会关于区政协三届二次会议第210号提案的复函", "复函"),
    ("关于对市政协一届一次会议第68号提案的答复函", "答复函"),
    ("关于对云溪区第十三届政治协商会议第四次会议第67号提案的答复", "答复"),
    ("关于对政协十届三次会议第52号提案的答复", "答复"),
    ("关于对市十五届人大一次会议第40号建议办理情况的答复", "办理情况的答复"),
    ("交通局关于对云溪县第十七届人民代表大会第一次会议第48号建议案的答复", "答复"),
    ("农业局关于对云溪县第十八届 人民代表大会第四次会议代表第0038号 建议的答复函", "答复函"),
    ("枫桥镇人民政府关于枫桥镇第二十届人民代表大会第一次会议第9号建议的复函", "复函"),
    ("关于对云溪县第十七届人民代表大会第五次会议代表第28号建议、批评和意见的答复", "答复"),
    ("对十三届全国人大五次会议\n第6724号建议的答复", "答复"),
    (
        "关于政协第十四届全国委员会第二次会议\n第02603号（城乡建设类070号）\n提案答复的函",
        "答复的函",
    ),
    ("关于政协十三届全国委员会第四次会议第1942号（医疗体育类103号）提案答复的函", "答复的函"),
    ("关于省十三届人大一次会议台52号建议的答复[云交建〔2018〕68号]", "答复"),
    ("关于市政协十三届五次会议第151号提案协办件的答复", "协办件的答复"),
    ("关于对省十三届人大四次会议第1342号建议的会办意见", "会办意见"),
    ("农业农村局关于县十九届人大四次会议第152号建议协办意见的函", "协办意见的函"),
    ("关于对市五届人大五次会议第84号建议答复的函", "答复的函"),
    ("对市政协十五届五次会议第247号提案《关于数字门牌的几点建议》的答复", "答复"),
    ("关于答复十七届人大三次会第56号建议的函", "函"),
    ("民政局关于答复县政协九届六次会议第048号提案的函", "函"),
    ("对云溪区第五届人民代表大会第四次会议16号议案《关于开通公交》答 复", "答复"),
    ("文旅局关于县政协九届六次会议第86号提案办理情况的复函", "办理情况的复函"),
    ("区人大八届四次会议代表建议（第24号）答复意见", "答复意见"),
    ("关于增加停车泊位解决“停车难”建议的答复", "答复"),
    ("关于加强垃圾分类工作的建议的答复", "答复"),
    ("关于市十五届人大六次会议第20250033号建议答复的函（节选）", "答复的函"),
    ("对政协云岭省十一届五次会议第369号建议的答复", "答复"),
    ("云溪县人民政府关于县政协九届委员会第五次会议第66号提案答复的函", "答复的函"),
    ("關於對雲溪市政協第五屆第三次會議68號提案的答覆", "答复"),
    ("关于县政协十届三次会议第72號提案的\n答 複", "答复"),
]


@pytest.mark.parametrize(("title", "genre"), TITLES)
def test_a_title_of_any_form_is_found_whole_with_its_genre(title: str, genre: str) -> None:
    text = letter(title=title)

    fields = reply(text)

    assert fields.title is not None
    assert fields.title.span is not None
    assert fields.title.span.of(text) == title
    assert fields.title.value == title.replace("\n", "")
    assert fields.genre is not None
    assert "".join(fields.genre.value.split()) == genre


def test_markdown_marks_do_not_belong_to_a_title() -> None:
    fields = reply(letter(title="## **关于市政协六届二次会议第118号提案的答复**"))

    assert fields.title is not None
    assert fields.title.value == "关于市政协六届二次会议第118号提案的答复"


def test_the_letters_own_title_beats_the_title_of_the_page() -> None:
    own = "关于对区政协十届三次会议第91号提案的答复"
    text = letter(
        above="关于对区政协十届三次会议第091号提案的答复（停车）\n发布时间：2024-07-01", title=own
    )

    fields = reply(text)

    assert fields.title is not None
    assert fields.title.value == own
    assert fields.case_numbers[0].value.literal == "91"
    assert "case_number.conflict" not in codes(text)


def test_a_page_title_with_another_session_is_told() -> None:
    page = "关于对区政协十一届三次会议第91号提案的答复"
    text = letter(above=page, title="关于对区政协十届三次会议第91号提案的答复")

    assert "session.conflict" in codes(text)


NUMBERS = [
    ("关于区政协三届二次会议第210号提案的复函", "210", 210, None, None),
    ("关于区政协三届二次会议第046号提案的答复", "046", 46, None, None),
    ("关于县十八届人大四次会议第0038号建议的答复", "0038", 38, None, None),
    ("关于市政协八届三次会议第TA0423号提案的答复", "TA0423", 423, "TA", None),
    ("关于县政协十届五次会议第D022号提案的答复", "D022", 22, "D", None),
    ("关于市十五届人大二次会议第B(2019)331号建议的答复", "B(2019)331", 331, "B", 2019),
    (
        "关于云岭省第十二届人大第五次会议第JY100012050700号建议的答复",
        "JY100012050700",
        700,
        "JY",
        None,
    ),
    ("关于省十三届人大一次会议台52号建议的答复", "台52", 52, "台", None),
    ("关于省十三届人大一次会议温36号建议的答复", "温36", 36, "温", None),
    ("关于省十四届人大一次会议第20230542号建议的答复", "20230542", 542, None, 2023),
    ("关于市十五届人大六次会议第20250033号建议的答复", "20250033", 33, None, 2025),
    ("关于政协云溪区五届四次会议第54057号提案的答复", "54057", 57, "54", None),
    ("关于市政协十四届三次会议第143059号提案的答复", "143059", 59, "143", None),
    ("关于市政协五届一次会议第510633号提案的答复", "510633", 633, "51", None),
    ("关于政协云溪县十届四次会议第10040047号提案的答复", "10040047", 47, "1004", None),
    ("关于县政协十九届一次会议第1901023号提案的答复", "1901023", 23, "1901", None),
    ("关于省政协四届二次会议第[2014]0514号提案的答复", "[2014]0514", 514, None, 2014),
    (
        "关于政协第十四届全国委员会第二次会议第02603号（城乡建设类070号）提案答复的函",
        "02603",
        2603,
        None,
        None,
    ),
    ("关于市政协五届三次会议68号提案的答复", "68", 68, None, None),
    ("对云溪区第五届人民代表大会第四次会议16号议案的答复", "16", 16, None, None),
    ("对云溪县第十七届人民代表大会第五次会议代表28号建议的答复", "28", 28, None, None),
    ("区人大八届四次会议代表建议（第24号）答复意见", "24", 24, None, None),
    ("对市政协十三届二次会议第 309 号提案的答复", "309", 309, None, None),
]


@pytest.mark.parametrize(("title", "literal", "number", "prefix", "year"), NUMBERS)
def test_a_case_number_keeps_its_literal_and_is_decoded(
    title: str, literal: str, number: int, prefix: str | None, year: int | None
) -> None:
    text = letter(title=title)

    (found,) = reply(text).case_numbers

    assert found.value.literal == literal
    assert (found.value.number, found.value.prefix, found.value.year) == (number, prefix, year)
    assert found.span is not None
    assert found.span.of(text) == literal


def test_the_class_of_a_national_proposal_is_kept_beside_its_number() -> None:
    title = "关于政协十三届全国委员会第四次会议第1942号（医疗体育类103号）提案答复的函"

    (found,) = reply(letter(title=title)).case_numbers

    assert found.value.subject_class == "医疗体育类103号"


def test_a_letter_from_a_member_has_no_number() -> None:
    text = letter(title="关于县政协十届三次会议来信号提案的答复")

    fields = reply(text)

    assert fields.case_numbers[0].value.number is None
    assert fields.case_numbers[0].value.literal == "来信"
    assert fields.case_kind is not None
    assert fields.case_kind.value == "letter"


@pytest.mark.parametrize(
    ("opening", "literal"),
    [
        ("您提出的《关于增设路灯的提案》（第210号）收悉，现答复如下：", "210"),
        ("您提出的《关于增设路灯的提案》(第62号提案)收悉，现答复如下：", "62"),
        ("您提出的关于增设路灯的建议(第130号建议)收悉，现答复如下：", "130"),
        ("您提出的《关于增设路灯的提案》（第10040047号）已收悉，现答复如下：", "10040047"),
    ],
)
def test_a_number_that_stands_in_the_text_only_is_found(opening: str, literal: str) -> None:
    fields = reply(letter(title="关于增设路灯的提案的答复", opening=opening))

    assert [item.value.literal for item in fields.case_numbers] == [literal]


@pytest.mark.parametrize(("label", "literal"), [("建议号：218", "218"), ("编号 247", "247")])
def test_a_number_that_stands_in_the_metadata_only_is_found(label: str, literal: str) -> None:
    fields = reply(letter(above=label, title="关于增设路灯的建议的答复"))

    assert [item.value.literal for item in fields.case_numbers] == [literal]


def test_a_list_of_numbers_gives_every_number() -> None:
    fields = reply(letter(title="关于市政协六届二次会议第13、15、50号提案的答复"))

    assert [item.value.number for item in fields.case_numbers] == [13, 15, 50]


def test_a_title_without_meeting_and_number_has_none() -> None:
    fields = reply(letter(title="关于加强垃圾分类工作的建议的答复"))

    assert fields.case_numbers == ()
    assert fields.session is None
    assert fields.case_kind is not None
    assert fields.case_kind.value == "suggestion"
    assert fields.proposal_title is not None


def test_a_session_coded_number_that_disagrees_with_its_session_is_told() -> None:
    assert "case_number.session_mismatch" in codes(
        letter(title="关于政协云溪区五届三次会议第54057号提案的答复")
    )
    assert "case_number.session_mismatch" not in codes(
        letter(title="关于政协云溪区五届四次会议第54057号提案的答复")
    )


SESSIONS = [
    ("市政协八届三次会议", "cppcc", "city", None, 8, 3),
    ("市政协十三届二次会议", "cppcc", "city", None, 13, 2),
    ("区政协三届二次会议", "cppcc", "county", None, 3, 2),
    ("县政协十届五次会议", "cppcc", "county", None, 10, 5),
    ("自治区政协十三届二次会议", "cppcc", "province", None, 13, 2),
    ("省政协十二届四次会议", "cppcc", "province", None, 12, 4),
    ("云溪区第十三届政治协商会议第四次会议", "cppcc", "county", "云溪", 13, 4),
    ("政协云溪区五届四次会议", "cppcc", "county", "云溪", 5, 4),
    ("政协文岭州十三届一次会议", "cppcc", "city", "文岭", 13, 1),
    ("政协云溪县第九届委员会第一次会议", "cppcc", "county", "云溪", 9, 1),
    ("政协云岭省十一届四次会议", "cppcc", "province", "云岭", 11, 4),
    ("中国人民政治协商会议云溪县九届委员会第三次会议", "cppcc", "county", "云溪", 9, 3),
    ("县政协第十四届委员会五次会议", "cppcc", "county", None, 14, 5),
    ("县政协九届委员会第五次会议", "cppcc", "county", None, 9, 5),
    ("中国人民政治协商会议云溪县第十一届委员会第三次全体会议", "cppcc", "county", "云溪", 11, 3),
    ("云岭省政协第十三届第二次全体会议", "cppcc", "province", "云岭", 13, 2),
    ("政协第十四届全国委员会第二次会议", "cppcc", "national", None, 14, 2),
    ("政协十三届全国委员会第四次会议", "cppcc", "national", None, 13, 4),
    ("市十五届人大一次会议", "congress", "city", None, 15, 1),
    ("县十六届人大六次会议", "congress", "county", None, 16, 6),
    ("省十三届人大四次会议", "congress", "province", None, 13, 4),
    ("区人大八届四次会议", "congress", "county", None, 8, 4),
    ("县第十八届人大第一次会议", "congress", "county", None, 18, 1),
    ("县十九屆人大四次會議", "congress", "county", None, 19, 4),
    ("十七届人大三次会", "congress", None, None, 17, 3),
    ("十三届全国人大五次会议", "congress", "national", None, 13, 5),
    ("镇溪县第十八届人民代表大会第四次会议", "congress", "county", "镇溪", 18, 4),
    ("枫桥镇第二十届人民代表大会第一次会议", "congress", "township", "枫桥", 20, 1),
    ("十岭市人大第五届五次会议", "congress", "city", "十岭", 5, 5),
    ("云溪区人大第六届一次会议", "congress", "county", "云溪", 6, 1),
    ("云西傈僳族自治县十八届人大第三次会议", "congress", "county", "云西傈僳族", 18, 3),
    ("云岭省第十二届人大第五次会议", "congress", "province", "云岭", 12, 5),
    ("乡十三届人民代表大会第一次会议", "congress", "township", None, 13, 1),
    ("云宁县人大第十八届委员会第三次会议", "congress", "county", "云宁", 18, 3),
    ("区八届政治协商会议", "cppcc", "county", None, 8, None),
    ("政协十届三次会议", "cppcc", None, None, 10, 3),
    ("市政协6届2次会议", "cppcc", "city", None, 6, 2),
]


@pytest.mark.parametrize(("session", "body", "level", "place", "term", "meeting"), SESSIONS)
def test_a_session_is_read_from_short_and_long_forms(
    session: str, body: str, level: str | None, place: str | None, term: int, meeting: int | None
) -> None:
    word = "提案" if body == "cppcc" else "建议"
    text = letter(title=f"关于对{session}第49号{word}的答复")

    fields = reply(text)

    assert fields.session is not None
    value = fields.session.value
    assert (value.level, value.place, value.term, value.meeting) == (level, place, term, meeting)
    assert fields.session.span is not None
    assert session.startswith(fields.session.span.of(text)[:6])
    assert fields.body is not None
    assert fields.body.value == body


def test_a_session_that_lost_a_digit_is_completed_from_the_page_title_with_doubt() -> None:
    text = letter(
        above="关于对云溪县第十七届人民代表大会第五次会议第28号建议的答复",
        title="关于对云溪县第十七届人民代表大会第次会议代表28号建议的答复",
    )

    fields = reply(text)

    assert fields.session is not None
    assert (fields.session.value.term, fields.session.value.meeting) == (17, 5)
    assert fields.session.confidence < 1
    assert "session.damaged" in codes(text)


def test_a_session_named_in_the_opening_only_is_found() -> None:
    opening = "您在市政协六届二次会议上提出的《关于增设路灯的提案》已收悉，现答复如下："
    fields = reply(letter(title="关于增设路灯的提案的答复", opening=opening))

    assert fields.session is not None
    assert (fields.session.value.term, fields.session.value.meeting) == (6, 2)


def test_a_cppcc_case_called_a_suggestion_is_told() -> None:
    text = letter(title="对政协云岭省十一届五次会议第369号建议的答复", opening=OPENING)

    fields = reply(text)

    assert fields.body is not None
    assert fields.body.value == "cppcc"
    assert "case_kind.conflict" in codes(text)
