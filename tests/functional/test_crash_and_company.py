"""Killed at any moment or sharing a home with other processes: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time
from pathlib import Path
from typing import cast

import pytest

from tests.functional.conftest import Json, Office
from tests.places import SAMPLES

_LETTER = """青禾县交通运输局
关于县政协九届二次会议第{number}号提案的答复

周明远委员：
您提出的《关于完善村级快递站点的建议》收悉，现答复如下：
一、站点建设
全县已建成村级快递服务站{count}个，配备紫藤牌智能柜。
青禾县交通运输局
2023年6月1日
"""


def _contents(office: Office) -> list[tuple[object, ...]]:
    """Every document with its passages, told apart from how it came to be."""
    documents = cast("list[Json]", office.json("documents", "list")["documents"])
    return sorted(
        (d["document"], d["version"], d["kind"], d["title"], d["number"], d["status"])
        for d in documents
    )


def _passages(office: Office) -> object:
    return office.json("doctor")["passages"]


def _killed_after(office: Office, seconds: float) -> bool:
    """Start an ingest and kill it; False when it was quicker."""
    process = subprocess.Popen(
        [*office.command, "ingest", str(SAMPLES)],
        env=office.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def test_an_ingest_killed_ten_times_ends_like_an_undisturbed_one(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "test")
    undisturbed = Office(tmp_path / "undisturbed", office.captured)
    monkeypatch.setenv("DAFU_HOME", str(undisturbed.home))
    started = time.monotonic()
    subprocess.run(
        [*undisturbed.command, "ingest", str(SAMPLES)],
        env=undisturbed.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    lasted = time.monotonic() - started
    expected, passages = _contents(undisturbed), _passages(undisturbed)

    monkeypatch.setenv("DAFU_HOME", str(office.home))
    moments = random.Random(7)
    for _ in range(10):
        _killed_after(office, moments.uniform(0.1, lasted))
    told = office.run("ingest", SAMPLES, "--json")

    assert told.status == 0, told.err
    assert (_contents(office), _passages(office)) == (expected, passages)
    report = office.json("doctor")
    assert report["ok"] is True, report


def _line_with(stream: object, text: str, deadline: float = 60.0) -> list[str]:
    """Lines of a process up to the first that holds ``text``."""
    lines: list[str] = []
    end = time.monotonic() + deadline
    for line in cast("list[str]", stream):
        lines.append(line)
        if text in line:
            return lines
        if time.monotonic() > end:
            break
    raise AssertionError(f"{text!r} did not come; got {lines}")


def test_an_open_chat_finds_what_another_process_takes_in_meanwhile(
    office: Office, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(_LETTER.format(number="031", count=126), encoding="utf-8")
    question = "紫藤牌智能柜配备了多少？\n"
    with _open_chat(office) as chat:
        assert chat.stdin is not None
        assert chat.stderr is not None
        chat.stdin.write(question)
        chat.stdin.flush()
        _line_with(chat.stdout, "没有找到")
        taken = subprocess.run(
            [*office.command, "ingest", str(letter), "--json"],
            env=office.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        chat.stdin.write(question)
        chat.stdin.flush()
        _line_with(chat.stdout, "全县已建成村级快递服务站126个")
        chat.stdin.close()
        errors = chat.stderr.read()

    assert json.loads(taken.stdout)["totals"]["added"] == 1
    assert chat.returncode == 0
    assert "locked" not in errors + taken.stderr


def _open_chat(office: Office) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*office.command, "chat"],
        env=office.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_two_ingests_at_once_store_everything_without_a_lock_error(
    office: Office, tmp_path: Path
) -> None:
    folders = [tmp_path / "east", tmp_path / "west"]
    for side, folder in enumerate(folders):
        folder.mkdir()
        for n in range(30):
            number = f"{side * 100 + n + 1:03d}"
            text = _LETTER.format(number=number, count=1000 + side * 100 + n)
            (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    running = [
        subprocess.Popen(
            [*office.command, "ingest", str(folder), "--json"],
            env=office.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for folder in folders
    ]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]

    assert [status for _, status in ended] == [0, 0], ended
    report = office.json("doctor")
    assert report["ok"] is True
    assert cast("Json", report["store"])["documents"] == 60
