"""How soon a command answers: heavy libraries load only where they are used."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

_RUNS = 5


def _cpu_seconds() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "bot", "--help"], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.bench
def test_help_takes_less_than_half_a_second_of_cpu(capsys: pytest.CaptureFixture[str]) -> None:
    _cpu_seconds()  # compiles bytecode on a fresh checkout

    best = min(_cpu_seconds() for _ in range(_RUNS))

    with capsys.disabled():
        print(f"\ndafu --help: {best:.2f} s of CPU")
    assert best < 0.5
