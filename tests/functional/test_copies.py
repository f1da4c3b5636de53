"""One letter on two pages and in both scripts: one answer, and each copy keeps its own rights."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from knowledge.script import simplified
from tests.functional.conftest import Json, Office

_TITLE = "关于县政协九届二次会议第016号提案的答复"
_BODY = (
    "张云清委员：",
    "您提出的《关于完善客货邮融合发展的提案》收悉，现答复如下：",
    (
        "一、关于建设村级站点的建议。去年以来，我局会同邮政管理部门依托村级便民服务站建成快递服务点"
        "一百二十六个，覆盖全部行政村，日均处理邮件四千余件。"
    ),
    (
        "二、关于开行代运班车的建议。我局已在东岭、西坪两个方向开行客货邮代运班线五条，"
        "每日往返两班，由县客运公司承担运输责任。"
    ),
    "三、关于运费补助的建议。对代运班线按照每车公里零点六元给予补助，补助资金由县财政列入年度预算。",
    "感谢您对交通运输工作的关心和支持。",
    "云溪县交通运输局",
    "2024年6月12日",
)
_TRADITIONAL = str.maketrans(
    "关县协届会议号提案的复张云员您完货邮发展现如下设级站点为这动时来务处开代运车线东岭两个个财补助给资纳预"
    "费责办对交输听业专从样当区种长请问题单变",
    "關縣協屆會議號提案的復張雲員您完貨郵發展現如下設級站點為這動時來務處開代運車線東嶺兩個個財補助給資納預"
    "費責辦對交輸聽業專從樣當區種長請問題單變",
)
_QUESTION = "客货邮代运班线开了几条？"


def _page(path: Path, menu: str, foot: str, lines: tuple[str, ...] = _BODY) -> Path:
    body = "".join(f"<p>{line}</p>" for line in lines)
    title = _TITLE if lines is _BODY else _TITLE.translate(_TRADITIONAL)
    path.write_text(
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<div>{menu}</div><h1>{title}</h1>{body}<div>{foot}</div></body></html>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def pages(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The same letter on the county's site, on the bureau's, and in traditional characters."""
    folder = tmp_path / "pages"
    folder.mkdir()
    lines = tuple(line.translate(_TRADITIONAL) for line in _BODY)
    return (
        _page(folder / "county.html", "首页 新闻中心 政务公开 县长信箱", "主办：云溪县人民政府"),
        _page(folder / "bureau.html", "网站地图 机构设置 便民查询", "打印本页 关闭窗口"),
        _page(folder / "mirror.html", "網站地圖 機構設置", "列印本頁", lines),
    )


def _ingest(office: Office, page: Path, *more: str) -> str:
    report = office.json("ingest", page, *more)
    files = cast("list[Json]", report["files"])
    return cast("list[str]", files[0]["documents"])[0]


def _citations(office: Office, role: str = "handler", question: str = _QUESTION) -> list[Json]:
    return cast("list[Json]", office.json("ask", question, "--as", role)["citations"])


def test_three_copies_of_a_letter_give_one_answer(
    office: Office, pages: tuple[Path, Path, Path]
) -> None:
    first, *others = [_ingest(office, page, "--openness", "open") for page in pages]

    cited = _citations(office)
    hits = cast("list[Json]", office.json("search", _QUESTION)["hits"])

    assert {citation["document"] for citation in cited} == {first}
    assert set(cast("list[str]", cited[0]["also"])) == set(others)
    assert "五条" in str(cited[0]["quote"])
    assert {hit["document"] for hit in hits} == {first}
    assert set(cast("list[str]", office.json("documents", "show", first)["copies"])) == set(others)
    assert len(cast("list[Json]", office.json("documents", "list")["documents"])) == 3


def test_a_number_names_a_letter_once(office: Office, pages: tuple[Path, Path, Path]) -> None:
    for page in pages:
        _ingest(office, page)

    cited = _citations(office, question="第016号提案怎么答复的")

    assert len({citation["document"] for citation in cited}) == 1


def test_closing_one_copy_does_not_close_the_other(
    office: Office, pages: tuple[Path, Path, Path]
) -> None:
    county, bureau = (_ingest(office, page, "--openness", "open") for page in pages[:2])
    office.json("documents", "set", county, "--openness", "closed")

    for role, cited in (
        ("guest", _citations(office, "guest")),
        ("handler", _citations(office)),
    ):
        assert {citation["document"] for citation in cited} == {bureau}, role
    assert _citations(office, "guest")[0]["also"] == []
    assert _citations(office)[0]["also"] == [county]

    office.json("documents", "remove", bureau)
    assert _citations(office, "guest") == []
    assert {citation["document"] for citation in _citations(office)} == {county}


def test_a_traditional_letter_is_quoted_as_printed_to_whoever_asks_in_either_script(
    office: Office, pages: tuple[Path, Path, Path]
) -> None:
    mirror = _ingest(office, pages[2])

    for question in (_QUESTION, _QUESTION.translate(_TRADITIONAL)):
        cited = _citations(office, question=question)
        assert {citation["document"] for citation in cited} == {mirror}
        quote = str(cited[0]["quote"])
        assert "貨郵代運班線五條" in quote.replace("条", "條")
        assert simplified(quote) != quote
