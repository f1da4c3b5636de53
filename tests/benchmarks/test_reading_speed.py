"""How fast a letter is read: file, fields, sections, passages."""

from __future__ import annotations

import time

import pytest

from knowledge.reading.reader import FileReader
from tests.places import SEEDS, needs_seeds

pytestmark = [pytest.mark.bench, needs_seeds]


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
