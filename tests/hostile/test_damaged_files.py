"""Every kind of file cut short and bent out of shape: documents or a refusal, nothing else."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable

import pytest

from tests.hostile.conftest import READ, Desk
from tests.hostile.makers import honest

_FILES = honest()
if shutil.which("soffice") is None:
    del _FILES["rtf"]
_QUICK = 6
_LONG = 56


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _headless(data: bytes, chance: random.Random) -> bytes:
    return data[chance.randrange(1, min(len(data), 512)) :]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    bent = bytearray(data)
    for _ in range(chance.choice((1, 8, 64))):
        bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
    return bytes(bent)


def _blanked(data: bytes, chance: random.Random) -> bytes:
    start, size = chance.randrange(len(data)), chance.choice((4, 64, 512))
    return data[:start] + bytes(min(size, len(data) - start)) + data[start + size :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, size = chance.randrange(len(data)), chance.choice((16, 256, 4096))
    return data[: start + size] + data[start:]


def _stuffed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(chance.choice((1, 16, 256))) + data[start:]


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _flipped,
    _blanked,
    _doubled,
    _stuffed,
    _headless,
)


def _verdicts(desk: Desk, suffix: str, rounds: range) -> Counter[str]:
    told: Counter[str] = Counter()
    for number in rounds:
        chance = random.Random(f"{suffix}{number}")
        damage = _DAMAGES[number % len(_DAMAGES)]
        name = f"{number}.{suffix}"
        told[desk.verdict(name, damage(_FILES[suffix], chance))] += 1
        (desk.inbox / name).unlink()
    return told


@pytest.mark.parametrize("suffix", list(_FILES))
def test_an_honest_file_is_read(desk: Desk, suffix: str) -> None:
    assert desk.verdict(f"honest.{suffix}", _FILES[suffix]) == READ


@pytest.mark.parametrize("suffix", list(_FILES))
def test_a_damaged_file_is_read_or_refused(desk: Desk, suffix: str) -> None:
    assert _verdicts(desk, suffix, range(_QUICK)).total() == _QUICK
    desk.check_memory()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", list(_FILES))
def test_many_damaged_files_are_read_or_refused(
    desk: Desk, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _verdicts(desk, suffix, range(_QUICK, _QUICK + _LONG))

    peak = desk.check_memory() / 1024**2
    with capsys.disabled():
        print(f"\n{suffix}: {dict(told)}, parsers used at most {peak:.0f} MiB")  # noqa: T201 - a figure for people
    assert told.total() == _LONG
