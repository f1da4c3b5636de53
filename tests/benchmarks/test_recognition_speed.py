"""Recognising a page costs little more than the bare recogniser on the same picture."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
import pytest

from knowledge.reading.recognition.pages import recognise_page
from tests.rounds.letters import LETTERS
from tests.rounds.paper import face, scanned, typeset

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

_ROUNDS = 5
_AT_MOST = 1.3


@pytest.mark.skipif(face() is None, reason="this system has no Chinese typeface to print with")
def test_a_recognised_page_costs_little_more_than_the_bare_recogniser() -> None:
    import rapidocr

    bare = rapidocr.RapidOCR(params={"Global.log_level": "critical"})
    picture = np.repeat(np.asarray(scanned(typeset(LETTERS[0].text)[0], 1))[:, :, None], 3, axis=2)
    _seconds(lambda: bare(picture))
    _seconds(lambda: recognise_page(picture))

    pairs = [
        (_seconds(lambda: recognise_page(picture)), _seconds(lambda: bare(picture)))
        for _ in range(_ROUNDS)
    ]

    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = ours / theirs
    print(f"\na page: {ours:.2f} s here, {theirs:.2f} s bare, ratio {ratio:.2f}")
    assert ratio <= _AT_MOST


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
