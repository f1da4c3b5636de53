"""The README shows what the commands really print; REFRESH_README=1 rewrites what it shows."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.functional.conftest import Office
from tests.functional.test_bad_input import make_bad_files, make_letter
from tests.places import ROOT

_README = ROOT / "README.md"


def _shows(command: str, printed: str) -> bool:
    """Whether the fenced block under a command holds exactly what was printed."""
    before, rest = _README.read_text("utf-8").split(f"$ {command}\n", 1)
    shown, after = rest.split("\n```", 1)
    if os.environ.get("REFRESH_README"):
        text = f"{before}$ {command}\n{printed.strip()}\n```{after}"
        _README.write_text(text, encoding="utf-8")
        return True
    return shown.strip() == printed.strip()


def test_the_first_run_prints_what_the_readme_shows(office: Office) -> None:
    question = "我们以前怎么答复无人机配送的提案？"
    told = subprocess.run(
        [*office.command, "run"],
        input=f"{question}\n",
        env=office.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert _shows(f"printf '{question}\\n' | make run", told.stdout)


def test_the_english_question_is_answered_as_the_readme_shows(sample_office: Office) -> None:
    question = "How many parcels did the Baichuan drones carry by the end of May 2024?"

    told = sample_office.run("ask", question)

    assert _shows(f'.venv/bin/dafu ask "{question}"', told.out)


def test_a_record_is_read_as_the_readme_shows(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = "knowledge/samples/library/records/砚湖区代表建议当面沟通记录_第45号.txt"
    monkeypatch.chdir(_README.parent)

    told = office.run("parse", record)

    assert _shows(f".venv/bin/dafu parse {record}", told.out)


def test_bad_files_get_the_sentences_the_readme_shows(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_bad_files(tmp_path / "letters")
    (tmp_path / "letters" / "好.txt").write_text(make_letter(), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "letters")

    told = office.run("ingest", ".", "没有.txt")

    assert _shows(".venv/bin/dafu ingest . 没有.txt", told.err + told.out)
