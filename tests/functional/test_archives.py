"""Archives from the command line: every member is a file of its own, under the archive's path."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from tests.functional.conftest import Json, Office
from tests.functional.test_bad_input import make_letter
from tests.hostile.zips import Packed, archive


def _archive(folder: Path) -> Path:
    path = folder / "来件.zip"
    entries = [
        Packed(f"复文/第{number}号.txt".encode("gbk"), make_letter(number).encode())
        for number in (31, 32)
    ]
    path.write_bytes(archive(*entries, Packed(b"../evil.txt", make_letter(33).encode())))
    return path


def test_an_archive_is_taken_in_member_by_member(office: Office, tmp_path: Path) -> None:
    path = _archive(tmp_path)

    told = office.run("ingest", path, "--json")

    files = cast("list[Json]", told.json["files"])
    assert told.status == 1
    assert [file["status"] for file in files] == ["added", "added", "rejected"]
    assert files[0]["path"] == f"{path}/复文/第31号.txt"
    assert "来件.zip/../evil.txt" in str(files[2]["reason"])
    hits = cast("list[Json]", office.json("search", "快递服务站132个")["hits"])
    assert hits[0]["document"] == cast("list[str]", files[1]["documents"])[0]


def test_an_archive_taken_in_again_is_unchanged(office: Office, tmp_path: Path) -> None:
    path = _archive(tmp_path)
    office.run("ingest", path)

    files = cast("list[Json]", office.json("ingest", path)["files"])

    assert [file["status"] for file in files] == ["unchanged", "unchanged", "rejected"]


def test_an_archive_is_parsed_as_one_text(office: Office, tmp_path: Path) -> None:
    parsed = office.json("parse", _archive(tmp_path))

    text = str(parsed["text"])
    documents = cast("list[Json]", parsed["documents"])
    assert [document["kind"] for document in documents] == ["reply", "reply"]
    for document, number in zip(documents, ("第31号", "第32号"), strict=True):
        title = cast("Json", cast("Json", document["fields"])["title"])
        start, end = cast("int", title["start"]), cast("int", title["end"])
        assert text[start:end] == title["value"]
        assert number in str(title["value"])


def test_no_parser_outlives_the_command(office: Office, tmp_path: Path) -> None:
    page = tmp_path / "复文.html"
    page.write_text(f"<html><body><p>{make_letter()}</p></body></html>", encoding="utf-8")

    assert office.run("ingest", page).status == 0

    children = Path("/proc/self/task").glob("*/children")
    assert not any(file.read_text("ascii").strip() for file in children)
    assert not list((office.home / "cache").glob("reading-*"))
