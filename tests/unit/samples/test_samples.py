"""The shipped sample library is complete, consistent and free of real people's data."""

import re
import runpy
from collections import Counter
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.table import Table

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "knowledge" / "samples"
LIBRARY = SAMPLES / "library"
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"

NUMBER = r"[\u4e00-\u9fff]+〔\d{4}〕\d+号"
CITED = re.compile(rf"《([^《》]+(?:《[^》]+》[^《》]*)?)》（({NUMBER})(?:，[^）]*)?）")
DIGITS = "〇一二三四五六七八九"


def files(folder: str) -> list[Path]:
    return sorted(path for path in (SAMPLES / folder).iterdir() if path.is_file())


REPLIES = files("library/replies")
POLICIES = files("library/policies")
RECORDS = files("library/records")
PROPOSALS = files("proposals")
EVERYTHING = [*REPLIES, *POLICIES, *RECORDS, *PROPOSALS]


def docx_text(path: Path) -> str:
    lines: list[str] = []
    for part in Document(str(path)).iter_inner_content():
        if isinstance(part, Table):
            lines.extend("\t".join(cell.text for cell in row.cells) for row in part.rows)
        else:
            lines.append(part.text)
    return "\n".join(lines)


def html_text(path: Path) -> str:
    parser: Any = import_module("lxml.html")
    return str(parser.fromstring(path.read_bytes()).xpath("string(//body)"))


def pdf_text(path: Path) -> str:
    pdfium: Any = import_module("pypdfium2")
    with pdfium.PdfDocument(str(path)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "".join(str(page) for page in pages).replace("\r\n", "\n")


READERS = {".docx": docx_text, ".html": html_text, ".pdf": pdf_text}


@cache
def text_of(path: Path) -> str:
    reader = READERS.get(path.suffix)
    return reader(path) if reader else path.read_text(encoding="utf-8")


@cache
def flat(path: Path) -> str:
    """Give a file's text without line breaks, which pdf puts inside words."""
    return re.sub(r"[\r\n]", "", text_of(path))


@cache
def register() -> list[dict[str, Any]]:
    openpyxl: Any = import_module("openpyxl")
    rows = list(
        openpyxl.load_workbook(SAMPLES / "register.xlsx").active.iter_rows(values_only=True)
    )
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def case_of(letter: Path) -> dict[str, Any]:
    """Find the register's row for a letter: same number and a unit the file name begins with."""
    number = letter.name.split("第")[-1].split("号")[0]
    unit, year = letter.name.split("_")[:2]
    session = re.sub(r"第|\s", "", flat(letter)).replace("人民代表大会", "人大")
    found = [
        row
        for row in register()
        if row["提案号"] == number
        and str(row["交办日期"])[:4] == year
        and re.sub(r"^.+?(?=[一二三四五六七八九十]+届)", "", row["届次"]) in session
    ]
    units = [row for row in found if unit.removesuffix("等") in row["主办单位"]]
    return (units or found)[0]


def marked_classes(text: str) -> set[str]:
    """Collect the class marks a letter carries, ticked boxes counted and empty ones not."""
    found = re.findall(r"(?<!□)([A-D])类", text)
    found += re.findall(r"(?m)^([A-D])$|类别：([A-D])(?!类)", text)
    flattened = {part for item in found for part in ([item] if isinstance(item, str) else item)}
    words = re.findall(r"办理结果：(列入计划拟解决|解决或采纳|留作参考)", text)
    return (flattened | set(words)) - {""}


def dates_written(day: date) -> set[str]:
    def numeral(value: int) -> str:
        tens, ones = divmod(value, 10)
        return (("十" if tens == 1 else DIGITS[tens] + "十") if tens else "") + (
            DIGITS[ones] if ones else ""
        )

    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return {
        f"{day.year}年{day.month}月{day.day}日",
        f"{year}年{numeral(day.month)}月{numeral(day.day)}日",
    }


def test_the_library_holds_enough_letters_in_four_formats() -> None:
    formats = Counter(path.suffix for path in REPLIES)
    assert len(REPLIES) >= 34
    assert set(formats) == {".txt", ".docx", ".html", ".pdf"}
    assert 2 <= formats[".pdf"] <= 3


def test_the_library_holds_policies_records_and_three_proposals() -> None:
    assert len(POLICIES) >= 12
    assert {path.suffix for path in POLICIES} == {".txt", ".docx", ".html", ".md"}
    assert len(RECORDS) >= 1
    assert sorted(path.suffix for path in PROPOSALS) == [".docx", ".pdf", ".txt"]


def test_the_library_folder_holds_only_what_is_to_be_ingested() -> None:
    assert sorted(path.name for path in LIBRARY.iterdir()) == ["policies", "records", "replies"]
    kinds = {path.suffix for path in LIBRARY.rglob("*") if path.is_file()}
    assert kinds == {".txt", ".md", ".docx", ".html", ".pdf"}


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: path.stem)
def test_a_sample_is_of_realistic_length(path: Path) -> None:
    low, high = {"replies": (500, 1500), "policies": (600, 2000)}.get(path.parent.name, (150, 1500))
    assert low <= len(re.findall(r"[\u4e00-\u9fff]", text_of(path))) <= high


def test_file_names_of_policies_open_with_their_document_number() -> None:
    for path in POLICIES:
        assert path.name.split("_")[0] in flat(path), path.name


def test_every_policy_cited_by_number_is_in_the_library_under_the_same_title() -> None:
    shelf = {path.name.split("_")[0]: flat(path) for path in POLICIES}
    cited: Counter[str] = Counter()
    for path in EVERYTHING:
        for title, number in CITED.findall(flat(path)):
            assert number in shelf, (path.name, number)
            assert title in shelf[number], (path.name, title)
            cited[number] += 1
    assert len(cited) >= 12


def test_every_document_number_in_a_letter_is_a_policy_or_a_letter_of_ours() -> None:
    own = {path.name.split("_")[0] for path in POLICIES}
    own |= {str(row["答复文号"]) for row in register() if row["答复文号"]}
    own.add("霁邮管函〔2024〕9号")
    for path in REPLIES:
        for number in re.findall(r"[\u4e00-\u9fff]{2,8}〔\d{4}〕\d+号", flat(path)):
            assert any(number.endswith(known) for known in own), (path.name, number)


def test_one_policy_is_repealed_one_superseded_one_on_trial_and_one_not_yet_in_force() -> None:
    shelf = {path.name.split("_")[0]: flat(path) for path in POLICIES}
    assert [number for number, text in shelf.items() if "已废止" in text] == ["霁财规〔2019〕5号"]
    assert "（霁财规〔2019〕5号）同时废止" in shelf["霁财规〔2023〕1号"]
    assert "（霁政规〔2020〕6号）由本办法取代" in shelf["霁政规〔2024〕3号"]
    assert "自2027年7月1日起施行" in shelf["霁政规〔2026〕5号"]
    trial = [number for number, text in shelf.items() if "（试行）》的通知" in text]
    assert trial == ["霁交规〔2024〕2号"]
    assert "有效期三年，至2027年6月30日止" in shelf[trial[0]]


def test_no_letter_cites_a_policy_before_it_was_issued() -> None:
    for path in REPLIES:
        written = case_of(path)["办结日期"]
        for year in re.findall(r"〔(\d{4})〕", flat(path)):
            assert int(year) <= written.year, path.name


def test_the_register_has_enough_cases_of_every_fate() -> None:
    rows = register()
    assert len(rows) >= 45
    fates = Counter(row["状态"] for row in rows)
    assert fates["办理中"] >= 4
    assert {"已办结", "已撤案", "并案办结", "逾期未办结", "重新办理后办结", "不予立案"} <= set(
        fates
    )
    assert [row["提案号"] for row in rows if row["满意度"] == "不满意"] == ["45"]


@pytest.mark.parametrize("letter", REPLIES, ids=lambda path: path.stem)
def test_a_letter_and_its_register_row_agree(letter: Path) -> None:
    row, text = case_of(letter), flat(letter)
    assert re.search(rf"第\s*{row['提案号']}号", text)
    if "会办意见" in letter.name:
        return
    assert row["案由"].replace(" ", "") in re.sub(r"\s", "", text) or row["提案号"] in {"6", "33"}
    assert marked_classes(text_of(letter)) in (set(), {row["办理类别"]})
    if row["答复文号"]:
        assert str(row["答复文号"]) in text
    assert any(written in text for written in dates_written(row["办结日期"]))
    assert str(row["提案人"]) in text


def test_replies_come_after_their_assignment_and_within_three_months() -> None:
    for row in register():
        assigned, closed = row["交办日期"], row["办结日期"]
        if isinstance(closed, datetime):
            assert 0 < (closed - assigned).days <= 92, row["提案号"]


def test_exactly_one_reply_says_it_is_not_open() -> None:
    closed = [path for path in REPLIES if "不予公开" in text_of(path)]
    assert [path.stem for path in closed] == ["霁川市水利局_2025_防洪工程_第037号"]
    assert [row["提案号"] for row in register() if row["公开属性"] == "不予公开"] == ["037"]


def test_most_replies_are_marked_open_and_some_are_not_marked() -> None:
    marks = re.compile(
        r"(?m)公开发布|主动公开|同意公开|公开$|（[A-D]类[　，]公开）|[A-D]类[　 ]+公开"
    )
    unmarked = [path.stem for path in REPLIES if not marks.search(text_of(path))]
    assert 2 <= len(unmarked) <= 6


def test_proposals_are_open_cases_of_the_register() -> None:
    pending = {row["提案号"]: row["案由"] for row in register() if row["状态"] == "办理中"}
    for path in PROPOSALS:
        number = re.findall(r"第(\d+)号", path.name)[0]
        assert pending[number] in flat(path)
        assert (
            3
            <= len(re.findall(r"(?m)^(?:[一二三四五六]、|\d\.|（[一二三四五六]）)", text_of(path)))
            <= 9
        )


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: path.stem)
def test_no_telephone_number_looks_real(path: Path) -> None:
    text = text_of(path)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    lines = re.findall(r"(?<!\d)(\d{3,4})[-—－ ]\d{7,8}(?!\d)", text)
    assert set(lines) <= {"0000"}
    assert not re.search(r"(?<![\d-])\d{7,8}(?=[\s，。）]|$)(?<!20230215)", text)


def test_samples_do_not_carry_the_mark_the_product_adds() -> None:
    assert not [path.name for path in EVERYTHING if "示例" in text_of(path)]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed letters are kept outside the project")
def test_no_sentence_is_taken_from_the_seed_letters() -> None:
    def sentences(text: str) -> set[str]:
        parts = re.split(r"[。；！？：\n]", re.sub(r"[ \t\u3000]", "", text))
        return {part for part in parts if len(part) >= 12}

    seeds = {line for path in SEEDS.glob("*.txt") for line in sentences(path.read_text("utf-8"))}
    for path in EVERYTHING:
        assert not sentences(text_of(path)) & seeds, path.name


def test_the_shipped_files_say_what_their_sources_say(tmp_path: Path) -> None:
    maker = runpy.run_path(str(ROOT / "tests" / "tools" / "make_samples.py"))
    built: list[Path] = maker["build"](tmp_path)
    for path in built:
        shipped = SAMPLES / path.relative_to(tmp_path)
        if path.suffix in READERS:
            assert READERS[path.suffix](path) == text_of(shipped), path.name
