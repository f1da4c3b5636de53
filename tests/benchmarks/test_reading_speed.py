"""How fast letters are read: file, fields, sections, passages; in this process and apart."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.reading.reader import FileReader
from tests.hostile import makers
from tests.places import SEEDS, needs_seeds
from tests.unit.reading.letters import letter

pytestmark = pytest.mark.bench

_LETTERS = 30
_ROUNDS = 4
"""The best of some rounds: other work on the machine slows now the one, now the other."""
_BODY = "\n\n".join(
    f"{number}、{heading}\n\n" + f"我局已对沿线{count}处设施逐一登记，并安排人员夜间巡查。" * 12
    for number, heading, count in (("一", "巡查", 40), ("二", "更换", 25), ("三", "下一步", 12))
)
_TEXT = letter(body=_BODY)
_LINES = [line for line in _TEXT.splitlines() if line]
_MAKERS: dict[str, Callable[[], bytes]] = {
    "txt": _TEXT.encode,
    "md": _TEXT.encode,
    "html": lambda: makers.page(_LINES),
    "docx": lambda: makers.word(_LINES),
    "pdf": lambda: makers.portable([_folded(_LINES)]),
}


def _folded(lines: list[str]) -> list[str]:
    """Lines of 35 characters, as a page has them."""
    return [line[at : at + 35] for line in lines for at in range(0, len(line), 35)]


@needs_seeds
@pytest.mark.parametrize("name", ["jincheng_ta0423_reply.txt", "hengyang_309_reply.txt"])
def test_a_real_letter_is_read_in_milliseconds(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = FileReader()
    times: list[float] = []
    for _ in range(20):
        start = time.perf_counter()
        reader.read(SEEDS / name)
        times.append(time.perf_counter() - start)

    with capsys.disabled():
        print(f"\nreading: {min(times) * 1000:.1f} ms for 2,500 characters")
    # The letters hold 2,500 characters; a busy machine is given plenty of room.
    assert min(times) < 0.02


def _rate(reader: FileReader, paths: list[Path]) -> float:
    """Letters a second."""
    start = time.perf_counter()
    for path in paths:
        reader.read(path)
    return len(paths) / (time.perf_counter() - start)


@pytest.mark.parametrize("suffix", list(_MAKERS))
def test_reading_in_a_process_apart_costs_little(
    tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / f"{number}.{suffix}" for number in range(_LETTERS)]
    for path in paths:
        path.write_bytes(_MAKERS[suffix]())

    here = apart = 0.0
    own = FileReader(isolated=False)
    with FileReader() as reader:
        reader.read(paths[0])
        for _ in range(_ROUNDS):
            here, apart = max(here, _rate(own, paths)), max(apart, _rate(reader, paths))

    with capsys.disabled():
        print(f"\n{suffix:>5}: {apart:5.0f} letters/s apart, {here:5.0f} here: {apart / here:.2f}")
    assert apart > here * 0.4
