"""``dafu eval retrieval`` measures the product's own search on any set of texts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import cast

import pytest

from tests.functional.conftest import Json, Office

_TEXTS = {
    "a": "青禾县加装电梯补助办法。对既有住宅加装电梯，每部给予补助16万元，由县财政承担。",
    "b": "青禾县无人机配送试点办法。县邮政管理局批准航线四条，单程飞行十二分钟。",
    "c": "青禾县老年助餐服务办法。八十岁以上老年人每餐补贴3元，由乡镇按月结算。",
}
_QUESTIONS = [
    {
        "id": "1",
        "question": "加装电梯每部补助多少？",
        "document": "a",
        "answer": "每部给予补助16万元",
    },
    {"id": "2", "question": "批准了几条无人机航线？", "document": "b", "answer": "航线四条"},
    {"id": "3", "question": "老年助餐每餐补贴多少？", "document": "c", "answer": "每餐补贴3元"},
]


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("model", ["none", "test"])
def test_figures_of_every_arm_are_reported_with_intervals_and_latency(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", model)
    documents = _write(tmp_path / "d.jsonl", [{"id": k, "text": t} for k, t in _TEXTS.items()])
    questions = _write(tmp_path / "q.jsonl", _QUESTIONS)
    noise = _write(tmp_path / "n.jsonl.gz", [{"id": "n", "text": "球队昨晚赢得了比赛。" * 5}])

    report = office.json(
        *("eval", "retrieval", "--documents", documents, "--questions", questions),
        *("--distractors", noise, "--answers"),
    )

    arms = cast("dict[str, Json]", report["arms"])
    assert set(arms) == ({"lexical"} if model == "none" else {"lexical", "dense", "hybrid"})
    assert (arms["lexical"]["recall@1"], report["queries"], report["passages"]) == (1.0, 3, 4)
    assert cast("Json", report["answers"])["inside"] == 1.0
    assert set(cast("Json", report["latency_ms"])) == {"p50", "p95"}
    assert cast("dict[str, list[float]]", report["confidence"])["recall@1"][1] == 1.0
    assert not (office.home / "dafu.sqlite3").exists()


def test_a_file_that_holds_no_json_lines_is_refused(office: Office, tmp_path: Path) -> None:
    broken = tmp_path / "d.jsonl"
    broken.write_text("not json\n", encoding="utf-8")

    told = office.run("eval", "retrieval", "--documents", broken, "--questions", broken, "--json")

    assert told.status == 2
    assert cast("Json", told.json["error"])["code"] == "usage.unreadable_rows"
