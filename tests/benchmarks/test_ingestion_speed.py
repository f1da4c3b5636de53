"""How fast letters become findable by words, through the whole product."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.settings import load_settings
from bot.wiring import open_services
from knowledge.ingestion import IngestOptions
from knowledge.reading.reader import FileReader

_LETTERS = 400
_PARAGRAPH = (
    "全县已建成村级快递服务站{n}个，覆盖行政村{m}个，日均处理快件{k}件。县交通运输局会同县邮政管理局，"
    "按照“县级中心、乡镇站点、村级网点”三级体系统筹布局，依托客运班车代运邮件快件，降低末端成本。"
    "依据《青禾县农村客货邮融合发展办法》（青政办发〔2022〕{n}号），对达标站点每个补助{m}00元。"
)


def _letter(number: int) -> str:
    body = "\n".join(
        f"{label}、关于第{label}项建议\n"
        + _PARAGRAPH.format(n=number + step, m=step + 10, k=number * 7 + step) * 2
        for step, label in enumerate("一二三四")
    )
    return (
        f"青禾县交通运输局\n关于县政协九届二次会议第{number:03d}号提案的答复\n\n周明远委员：\n"
        f"您提出的《关于完善村级快递站点第{number}期的建议》收悉，现答复如下：\n{body}\n"
        "感谢您对交通运输工作的关心和支持。\n青禾县交通运输局\n2023年6月1日\n"
    )


@pytest.mark.bench
def test_taking_letters_in_costs_a_few_times_what_reading_them_costs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DAFU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EMBEDDING_MODEL", "none")
    letters = tmp_path / "letters"
    letters.mkdir()
    for number in range(1, _LETTERS + 1):
        (letters / f"{number}.txt").write_text(_letter(number), encoding="utf-8")

    with FileReader() as reader:
        started = time.perf_counter()
        for path in letters.iterdir():
            reader.read(path)
        read = time.perf_counter() - started
    with open_services(load_settings(None)) as services:
        ingestor = services.ingestor()
        started = time.perf_counter()
        reports = list(ingestor.ingest(ingestor.files([letters]), IngestOptions()))
        spent = time.perf_counter() - started
        report = services.indexes.check()

    rate = len(reports) / spent
    with capsys.disabled():
        size = len(_letter(1))
        print(
            f"\ningestion: {rate:.0f} letters/s of {size} characters, findable by words;"
            f" {spent / read:.1f} times the reading alone"
        )
    assert report["ok"] is True
    assert spent <= 8 * read
