"""The newcomer's path: start, ask through a pipe, leave; samples only where they belong."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import cast

import pytest

from tests.functional.conftest import Json, Office

_DRONES = "我们以前怎么答复无人机配送的提案？\n"


def _piped(office: Office, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*office.command, *words],
        input=text,
        env=office.environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _samples(office: Office) -> int:
    documents = cast("list[Json]", office.json("documents", "list")["documents"])
    return sum(document["provenance"] == "sample" for document in documents)


def test_the_first_start_loads_the_samples_and_answers_a_piped_question(office: Office) -> None:
    first = _piped(office, _DRONES, "run")
    second = _piped(office, "how did we answer drone delivery proposals?\n", "run")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "【示例】" in first.stdout
    assert "无人机" in first.stdout
    assert "无人机" in second.stdout
    assert _samples(office) > 40


def test_no_input_at_all_ends_with_status_zero(office: Office) -> None:
    assert _piped(office, "", "chat").returncode == 0


def test_the_console_knows_its_commands_when_piped(office: Office) -> None:
    told = _piped(office, "/help\n/sources\n/dance\n/quit\nnever asked\n", "chat")

    assert told.returncode == 0
    assert "/sources" in told.stdout
    assert "上一个回答没有引用原文" in told.stdout
    assert "没有 /dance 这个命令" in told.stdout
    assert "never asked" not in told.stdout


def test_samples_do_not_load_beside_own_documents(office: Office, tmp_path: Path) -> None:
    letter = tmp_path / "a.txt"
    letter.write_text("关于加强路灯维护的说明\n全县路灯由城管部门统一维护。\n", encoding="utf-8")
    office.json("ingest", letter)

    told = office.run("samples", "add", "--json")

    assert told.status == 2
    assert cast("Json", told.json["error"])["code"] == "usage.samples_with_own"
    assert _samples(office) == 0


def test_samples_do_not_load_where_a_telegram_token_is_set(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")

    assert office.run("samples", "add").status == 2
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN")
    assert _samples(office) == 0


def test_samples_can_be_taken_out_again(sample_office: Office) -> None:
    removed = sample_office.json("samples", "remove")["removed"]

    assert cast("int", removed) > 40
    assert _samples(sample_office) == 0
    assert sample_office.json("ask", "无人机配送怎么答复的")["outcome"] == "not_found"
    assert sample_office.json("doctor")["ok"] is True


def test_a_closed_sample_is_shown_to_handlers_only(sample_office: Office) -> None:
    question = "城区防洪工程三个方案的投资是多少？"

    guest = sample_office.json("ask", question, "--as", "guest")
    handler = sample_office.json("ask", question, "--as", "handler")
    found = sample_office.json("search", "防洪工程 9.8亿元", "--as", "guest", "-k", "50")

    assert "9.8亿元" in str(handler["text"])
    assert "9.8亿元" not in str(guest)
    assert "037" not in str(guest["nearest"])
    assert "9.8亿元" not in str(found)


def test_a_changed_openness_holds_for_the_very_next_question(sample_office: Office) -> None:
    question = "80岁以上老人每餐补贴多少？"
    answer = sample_office.json("ask", question, "--as", "guest")
    cited = {str(c["document"]) for c in cast("list[Json]", answer["citations"])}
    assert cited

    for document in cited:
        sample_office.json("documents", "set", document, "--openness", "closed")

    again = sample_office.json("ask", question, "--as", "guest")
    assert not cited & {str(c["document"]) for c in cast("list[Json]", again["citations"])}


def test_reindexing_and_removing_leave_store_and_indexes_agreed(sample_office: Office) -> None:
    documents = cast("list[Json]", sample_office.json("documents", "list")["documents"])
    sample_office.json("documents", "remove", str(documents[0]["document"]))

    assert sample_office.json("doctor")["ok"] is True
    assert sample_office.json("reindex")["ok"] is True
    assert sample_office.run("documents", "show", str(documents[0]["document"])).status == 1


@pytest.mark.parametrize("form", ["jsonl", "xlsx"])
def test_the_log_is_exported_to_files_too(office: Office, tmp_path: Path, form: str) -> None:
    office.json("ask", "=1+1 充电桩怎么建")
    target = tmp_path / f"log.{form}"

    assert office.run("log", "export", "--format", form, "-o", target).status == 0

    if form == "jsonl":
        assert "充电桩" in target.read_text("utf-8")
        return
    from openpyxl import load_workbook

    book = load_workbook(target)
    assert book["turns"].cell(2, 4).value == "'=1+1 充电桩怎么建"
    book.close()


def test_the_operators_closed_outweighs_a_documents_own_open(
    office: Office, tmp_path: Path
) -> None:
    letter = tmp_path / "a.txt"
    text = (
        "青禾县民政局\n关于县政协九届二次会议第031号提案的答复\n（A类，主动公开）\n周明远委员：\n"
    )
    letter.write_text(f"{text}全县已建成紫藤牌老年食堂12家。\n2023年6月1日\n", encoding="utf-8")
    office.json("ingest", letter, "--openness", "closed")
    letter.write_text(f"{text}全县已建成紫藤牌老年食堂15家。\n2023年6月1日\n", encoding="utf-8")
    office.json("ingest", letter)

    answer = office.json("ask", "紫藤牌老年食堂有多少家", "--as", "guest")

    assert (answer["outcome"], answer["nearest"]) == ("not_found", [])


def test_halves_of_characters_neither_break_a_turn_nor_its_record(office: Office) -> None:
    answer = office.json("ask", "充电桩\udcff怎么建")

    assert answer["outcome"] == "not_found"
    turns = cast("list[Json]", office.json("log", "export")["turns"])
    assert turns[0]["question"] == "充电桩?怎么建"


def test_a_dead_vector_server_leaves_one_report_and_the_files_stored(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "test")
    monkeypatch.setenv("CHROMA_URL", "http://127.0.0.1:9")
    (tmp_path / "a.txt").write_text("全县路灯由城管部门统一维护。\n", encoding="utf-8")

    told = office.run("ingest", tmp_path / "a.txt", "--json")

    assert (told.status, cast("Json", told.json["totals"])["added"]) == (0, 1)
    assert "语义索引无法使用" in told.err
