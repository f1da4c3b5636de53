"""What cannot be taken gets one clear sentence; what can is stored; the exit status tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from bot.catalogues import load_catalogue
from tests.functional.conftest import Json, Office

_LETTER = """青禾县交通运输局
关于县政协九届二次会议第{number}号提案的答复

周明远委员：
您提出的《关于完善村级快递站点的建议》收悉，现答复如下：
一、站点建设
全县已建成村级快递服务站{count}个，覆盖全部行政村。
感谢您对交通运输工作的关心和支持。
青禾县交通运输局
2023年6月1日
"""
_FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(64)


def make_letter(number: int = 31) -> str:
    return _LETTER.format(number=number, count=100 + number)


def _encrypted_pdf(path: Path) -> None:
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 720, "closed")
    canvas.save()


def make_bad_files(folder: Path) -> dict[str, Path]:
    folder.mkdir()
    paths = {
        "file.missing": folder / "没有.txt",
        "file.empty": folder / "空.txt",
        "empty pdf": folder / "空.pdf",
        "file.encrypted": folder / "加密.pdf",
        "file.wrong_type": folder / "影片.docx",
        "file.unsupported": folder / "表演.mp4",
    }
    paths["file.empty"].touch()
    paths["empty pdf"].touch()
    _encrypted_pdf(paths["file.encrypted"])
    paths["file.wrong_type"].write_bytes(_FILM)
    paths["file.unsupported"].write_bytes(_FILM)
    return paths


def _file(report: Json) -> Json:
    return cast("list[Json]", report["files"])[0]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("file.missing", "file.missing"),
        ("file.empty", "file.empty"),
        ("empty pdf", "file.empty"),
        ("file.encrypted", "file.encrypted"),
        ("file.wrong_type", "file.wrong_type"),
        ("file.unsupported", "file.unsupported"),
    ],
)
def test_a_bad_file_is_rejected_with_its_own_sentence_in_the_users_language(
    office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    code: str,
    language: str,
) -> None:
    monkeypatch.setenv("DAFU_LANGUAGE", language)
    path = make_bad_files(tmp_path / "bad")[name]

    told = office.run("ingest", path, "--json")

    report = _file(told.json)
    sentence = load_catalogue(language).text(code, name=path.name, found="mp4")
    assert (told.status, report["status"], report["reason"]) == (1, "rejected", sentence)
    assert "Traceback" not in told.out + told.err


def test_one_bad_file_among_ten_leaves_the_nine_good_ones_stored(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.txt").write_text(make_letter(number + 1), encoding="utf-8")
    (folder / "bad.pdf").touch()

    told = office.run("ingest", folder, "--json")

    totals = cast("Json", told.json["totals"])
    assert told.status == 1
    assert (totals["added"], totals["rejected"], totals["documents"]) == (9, 1, 9)


def test_a_letter_in_gb18030_is_read_like_any_other(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "老文件.txt"
    path.write_bytes(make_letter().encode("gb18030"))

    assert _file(office.json("ingest", path))["status"] == "added"
    assert office.json("ask", "村级快递服务站有多少个")["outcome"] == "answered"


def test_files_of_unknown_kinds_inside_a_folder_are_skipped_without_failing(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text(make_letter(), encoding="utf-8")
    (tmp_path / "letters" / "b.mp4").write_bytes(bytes(10))

    told = office.run("ingest", tmp_path / "letters", "--json")

    assert told.status == 0
    assert cast("Json", told.json["totals"])["skipped"] == 1


def test_a_person_reads_the_sentence_without_json(office: Office, tmp_path: Path) -> None:
    told = office.run("ingest", tmp_path / "没有.txt")

    assert told.status == 1
    assert "没有.txt：找不到这个文件，请检查路径。" in told.err


@pytest.mark.parametrize(
    "words",
    [("ask",), ("nonsense",), ("search", "x", "--mode", "sideways"), ("ask", "-", "also")],
)
def test_a_command_put_together_wrongly_says_so_with_status_two(
    office: Office, words: tuple[str, ...]
) -> None:
    told = office.run(*words, "--json")

    assert told.status == 2
    assert "message" in cast("Json", told.json["error"])


def test_dense_search_without_a_model_is_a_usage_error(office: Office) -> None:
    told = office.run("search", "快递", "--mode", "dense", "--json")

    assert told.status == 2
    assert cast("Json", told.json["error"])["code"] == "search.no_dense"


def test_a_placeholder_token_is_refused_by_name(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "<your-token>")

    told = office.run("bot")

    assert told.status == 2
    assert "TELEGRAM_BOT_TOKEN" in told.err


def test_several_questions_give_one_json_document_a_line(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(make_letter(), encoding="utf-8")
    office.json("ingest", path)

    told = office.run("ask", "村级快递服务站有多少个", "月球在哪里", "--json")

    outcomes = [json.loads(line)["outcome"] for line in told.out.splitlines()]
    assert outcomes == ["answered", "not_found"]
