"""From two real files to cited answers on record: the product's first promise."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest

from tests.functional.conftest import Json, Office
from tests.places import SEEDS, needs_seeds

pytestmark = needs_seeds


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the two letters that a test may change."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for path in SEEDS.glob("*.txt"):
        target = folder / path.name
        shutil.copy(path, target)
        target.chmod(0o644)
    return folder


def _citations(answer: Json) -> list[Json]:
    return cast("list[Json]", answer["citations"])


def _statuses(report: Json) -> set[object]:
    return {file["status"] for file in cast("list[Json]", report["files"])}


def test_two_files_give_three_documents_and_nothing_changes_the_second_time(
    office: Office, seeds: Path
) -> None:
    first, second = office.json("ingest", seeds), office.json("ingest", seeds)

    assert cast("Json", first["totals"])["documents"] == 3
    assert (_statuses(first), _statuses(second)) == ({"added"}, {"unchanged"})
    kinds = [d["kind"] for d in cast("list[Json]", office.json("documents", "list")["documents"])]
    assert sorted(map(str, kinds)) == ["record", "reply", "reply"]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_changed_copy_supersedes_the_old_text(
    office: Office, seeds: Path, tmp_path: Path, *, elsewhere: bool
) -> None:
    office.json("ingest", seeds)
    letter = seeds / "hengyang_309_reply.txt"
    changed = letter.read_text("utf-8").replace("黄花菜", "白莲藕")
    if elsewhere:
        letter = tmp_path / letter.name
    letter.write_text(changed, encoding="utf-8")

    report = office.json("ingest", letter)

    assert _statuses(report) == {"updated"}
    old = cast("list[Json]", office.json("search", "黄花菜", "-k", "20")["hits"])
    new = cast("list[Json]", office.json("search", "白莲藕")["hits"])
    assert not any("黄花菜" in str(hit["quote"]) for hit in old)
    assert "白莲藕" in str(new[0]["quote"])


@pytest.mark.parametrize(
    "question",
    ["我们以前怎么答复无人机配送的提案？", "how did we answer drone delivery proposals?"],
)
def test_the_drone_question_is_answered_from_the_letter_word_for_word(
    office: Office, seeds: Path, question: str
) -> None:
    office.json("ingest", seeds)

    answer = office.json("ask", question)

    assert answer["outcome"] == "answered"
    cited = [c for c in _citations(answer) if "无人机" in str(c["quote"])]
    assert "TA0423" in {c["case_number"] for c in cited}
    for citation in _citations(answer):
        view = office.json("documents", "show", str(citation["document"]))
        text = str(view["text"])
        start, end = cast("int", citation["start"]), cast("int", citation["end"])
        assert text[start:end] == citation["quote"]


def test_a_document_number_names_the_document_and_who_cites_it(office: Office, seeds: Path) -> None:
    office.json("ingest", seeds)

    answer = office.json("ask", "国办发〔2021〕29号")

    assert answer["outcome"] == "answered"
    assert "关于加快农村寄递物流体系建设的意见" in str(answer["text"])
    assert {c["document_number"] for c in _citations(answer)} == {"衡农提复〔2023〕25号"}


@pytest.mark.parametrize(
    "question", ["月球基地建设补贴标准是多少？", "What is the subsidy for a lunar base?"]
)
def test_what_no_letter_answers_is_not_found(office: Office, seeds: Path, question: str) -> None:
    office.json("ingest", seeds)

    answer = office.json("ask", question)

    assert (answer["outcome"], answer["citations"]) == ("not_found", [])


def test_letters_not_marked_open_are_not_shown_to_guests_and_members(
    office: Office, seeds: Path
) -> None:
    office.json("ingest", seeds)

    for role in ("guest", "member"):
        answer = office.json("ask", "我们以前怎么答复无人机配送的提案？", "--as", role)
        assert (answer["outcome"], answer["nearest"]) == ("not_found", [])
    assert (
        office.json("ask", "怎么答复无人机配送的提案", "--as", "handler")["outcome"] == "answered"
    )


def test_every_turn_is_on_record_with_outcome_citations_and_timings(
    office: Office, seeds: Path
) -> None:
    office.json("ingest", seeds)
    questions = ["怎么答复无人机配送的提案", "国办发〔2021〕29号", "月球基地在哪里"]
    answers = [office.json("ask", question) for question in questions]

    turns = cast("list[Json]", office.json("log", "export")["turns"])

    assert [t["question"] for t in turns] == questions
    assert [t["outcome"] for t in turns] == [a["outcome"] for a in answers]
    assert [t["answer"] for t in turns] == [a["text"] for a in answers]
    for turn, answer in zip(turns, answers, strict=True):
        quotes = [c["quote"] for c in _citations(answer)]
        assert [c["quote"] for c in cast("list[Json]", turn["citations"])] == quotes
        assert cast("dict[str, float]", turn["timings_ms"])["total"] > 0
