"""Copies of one text are linked, each keeps its own place, rights and life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from knowledge.domain.documents import DocumentKind, OtherFields
from knowledge.domain.library import DocumentId, DocumentStatus
from storage.library import SqlLibrary
from tests.contract.storage.papers import GUEST, HANDLER, Paper, file, letter, policy

LONG = (
    "一、关于修缮村口水塘的建议。今年春季我局会同东岭镇政府组织劳力对村口水塘进行了全面清淤，"
    "并沿塘边加装了一百二十米护栏。\n"
    "二、关于延长供水时间的建议。自六月起东岭片区的供水时间延长到每日二十小时，"
    "夜间由水厂值班人员按照管网压力调度。\n"
    "三、关于公布水质的建议。水质检测结果每月五日前在镇政府公告栏和县水利局网站同步张贴，"
    "群众可以随时查询历次检测数据。\n"
)
EXCERPT = "".join(LONG.splitlines(keepends=True)[1:])
MENU = "首页 | 新闻中心 | 政务公开\n索引号：0142  发布机构：县水利局\n字体：大 中 小\n"
FOOT = "\n打印本页  关闭窗口\n主办：柏川县人民政府办公室\n备案号 00012345\n"
TRADITIONAL = str.maketrans(
    "关建议县对进东岭镇组织进护栏长时间日压调质测结网办政号发个会历",
    "關建議縣對進東嶺鎮組織進護欄長時間日壓調質測結網辦政號發個會歷",
)


def framed(paper: Paper, head: str = MENU, foot: str = FOOT) -> Paper:
    """The paper as a page prints it: what surrounds it counts as its own text."""
    return replace(paper, text=f"{head}{paper.text}{foot}")


def scanned(paper: Paper) -> Paper:
    return replace(paper, warnings=("recognition.doubtful",))


def page(text: str) -> Paper:
    """A paper of no known kind."""
    return Paper(DocumentKind.OTHER, text, lambda _: OtherFields())


def copies(library: SqlLibrary, document: DocumentId) -> dict[str, bool]:
    found = library.copies([document], access=HANDLER)[document]
    return {copy.document.id: copy.main for copy in found}


def stored(library: SqlLibrary, *papers: Paper) -> Sequence[DocumentId]:
    return [
        library.store(file(f"{place}.html", paper)).documents[0]
        for place, paper in enumerate(papers)
    ]


def active(library: SqlLibrary) -> set[DocumentId]:
    return {card.id for card in library.documents(access=HANDLER)}


def test_the_same_letter_under_other_menus_is_linked_and_both_stand(library: SqlLibrary) -> None:
    one, other = stored(
        library, framed(letter(body=LONG)), framed(letter(body=LONG), "网站地图\n", "\n版权所有")
    )

    assert one != other
    assert active(library) == {one, other}
    assert copies(library, one) == {other: False}
    assert copies(library, other) == {one: True}
    view = library.document(other, access=HANDLER)
    assert view is not None
    assert view.copies == (one,)


def test_a_letter_in_the_other_script_is_linked(library: SqlLibrary) -> None:
    plain = letter(body=LONG)
    other_script = replace(
        letter(body=LONG.translate(TRADITIONAL)), text=letter(body=LONG).text.translate(TRADITIONAL)
    )
    one, other = stored(library, plain, page(other_script.text))

    assert copies(library, other) == {one: True}


def test_an_excerpt_is_linked_and_gives_way_to_the_whole(library: SqlLibrary) -> None:
    excerpt, whole = stored(library, letter(body=EXCERPT), letter(body=LONG))

    assert active(library) == {excerpt, whole}
    assert copies(library, excerpt) == {whole: True}
    assert copies(library, whole) == {excerpt: False}


def test_an_excerpt_that_lost_its_head_is_found_by_its_sentences(library: SqlLibrary) -> None:
    whole, excerpt = stored(library, letter(body=LONG), page(f"{MENU}节选\n{EXCERPT}"))

    assert copies(library, excerpt) == {whole: True}


def test_a_scan_never_takes_the_place_of_what_was_read(library: SqlLibrary) -> None:
    misread = LONG.replace("护栏", "护烂").replace("一百二十米", "一百二十来")
    read, scan = stored(library, letter(body=LONG), scanned(letter(body=misread)))

    assert active(library) == {read, scan}
    assert copies(library, scan) == {read: True}


def test_what_was_read_later_leads_before_the_scan(library: SqlLibrary) -> None:
    misread = LONG.replace("护栏", "护烂")
    scan, read = stored(library, scanned(letter(body=misread)), letter(body=LONG))

    assert active(library) == {read, scan}
    assert copies(library, scan) == {read: True}


@pytest.mark.parametrize(
    "other",
    [
        letter(13, body=LONG),
        letter(12, body=LONG, meeting=3),
        letter(12, body=LONG, unit="柏川县教育局"),
        letter(12, body=LONG, day=date(2023, 5, 20)),
        letter(12, body=LONG, number="柏水函〔2024〕9号"),
        letter(None, body=LONG.replace("一百二十米", "一百三十米")),
    ],
    ids=["case", "session", "unit", "earlier date", "number", "figure"],
)
def test_what_contradicts_itself_is_no_copy(library: SqlLibrary, other: Paper) -> None:
    first = letter(12, body=LONG, number="柏水函〔2024〕8号")
    one, two = stored(library, first, other)

    assert one != two
    assert copies(library, one) == copies(library, two) == {}


@pytest.mark.parametrize(
    "newer",
    [
        letter(body=LONG.replace("二十小时", "二十二小时")),
        letter(body=LONG.replace("同步张贴", "定期张贴")),
        letter(body=LONG, day=date(2024, 6, 20)),
        letter(body=LONG, result="B"),
    ],
    ids=["figure", "wording", "date", "class"],
)
def test_a_newer_wording_elsewhere_still_supersedes(library: SqlLibrary, newer: Paper) -> None:
    one, two = stored(library, letter(body=LONG), newer)

    assert one == two
    assert copies(library, one) == {}


def test_letters_without_any_number_are_linked_by_their_text(library: SqlLibrary) -> None:
    one, other = stored(library, letter(None, body=LONG), framed(letter(None, body=LONG)))

    assert copies(library, one) == {other: False}


def test_each_copy_keeps_its_own_openness(library: SqlLibrary) -> None:
    closed, opened = stored(
        library, letter(body=LONG, openness="closed"), framed(letter(body=LONG, openness="open"))
    )

    assert [card.id for card in library.documents(access=GUEST)] == [opened]
    assert library.copies([opened, closed], access=GUEST) == {opened: [], closed: []}
    assert copies(library, closed) == {opened: True}
    assert copies(library, opened) == {closed: False}

    library.set_document(opened, openness=library.documents(access=GUEST)[0].openness)
    assert library.document(closed, access=GUEST) is None


def test_a_copy_that_is_gone_leaves_the_other(library: SqlLibrary) -> None:
    one, two, three = stored(
        library,
        letter(body=LONG),
        framed(letter(body=LONG)),
        framed(letter(body=LONG), "网站地图\n"),
    )
    library.set_document(two, status=DocumentStatus.WITHDRAWN)
    library.remove(one)

    assert active(library) == {three}
    assert copies(library, three) == {}
    library.set_document(two, status=DocumentStatus.ACTIVE)
    assert set(copies(library, three)) == {two}


def test_a_new_version_is_judged_anew(library: SqlLibrary) -> None:
    one, other = stored(library, letter(body=LONG), framed(letter(body=LONG)))
    library.store(file("1.html", framed(letter(body="该事项已另行函告，请以函告内容为准。" * 5))))

    assert copies(library, one) == copies(library, other) == {}
    library.store(file("1.html", framed(letter(body=LONG))))
    assert set(copies(library, one)) == {other}


def test_a_policy_and_the_policy_that_replaced_it_are_no_copies(library: SqlLibrary) -> None:
    old, new = stored(
        library,
        policy(number="柏政发〔2019〕8号", body=LONG),
        policy(number="柏政发〔2023〕8号", body=LONG),
    )

    assert copies(library, old) == copies(library, new) == {}


def test_letters_of_one_mould_are_no_copies(library: SqlLibrary) -> None:
    mould = "收悉，现答复如下。感谢您对{}工作的关心，我局将按照职责继续做好{}，欢迎继续监督。\n"
    papers = [
        letter(number, body=mould.format(thing, thing) * 2)
        for number, thing in ((1, "供水保障"), (2, "水塘修缮"), (3, "河道清理"))
    ]

    assert all(copies(library, one) == {} for one in stored(library, *papers))


def test_what_a_page_hides_makes_no_copy(library: SqlLibrary) -> None:
    source = file("forged.html", page(f"通知\n本周六上午召开例会，请准时参加。\n{LONG}"))
    (document,) = source.documents
    seen = tuple(draft for draft in document.passages if draft.span.end <= source.text.index(LONG))
    hiding = replace(source, documents=(replace(document, passages=seen),))
    (whole,) = stored(library, letter(body=LONG))
    (other,) = library.store(hiding).documents

    assert copies(library, whole) == copies(library, other) == {}


def test_an_unknown_document_has_no_copies(library: SqlLibrary) -> None:
    name = DocumentId("d000000000000")

    assert library.copies([name], access=HANDLER) == {name: []}
    assert library.copies([], access=HANDLER) == {}
