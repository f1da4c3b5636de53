"""Pages are set upright, flat, straight and clean before their lines are taken."""

from __future__ import annotations

import math

import numpy as np
import pytest

from knowledge.reading.recognition.engine import Quad
from knowledge.reading.recognition.frames import page_angle, straightened, strips
from knowledge.reading.recognition.inks import ink, without_seals
from knowledge.reading.recognition.pages import recognise_page, recognition_warnings
from knowledge.reading.recognition.sheets import flattened, reduced
from knowledge.reading.recognition.slips import mended
from knowledge.reading.recognition.turning import upright
from tests.unit.reading.sheets import FakeRecogniser, paper, quad


def _slanted(angle: float) -> Quad:
    turn = math.radians(angle)
    way = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    return np.asarray(quad(100, 100, 400, 30) @ way.T, dtype=np.float32)


def test_a_page_with_upright_lines_is_left_as_it_is() -> None:
    engine = FakeRecogniser([[quad(100, 100, 400, 30)]], [0.99])

    assert upright(paper(), engine).picture.shape[:2] == (1100, 800)
    assert engine.shapes == [(1100, 800)]


def test_a_page_whose_lines_stand_on_end_is_turned_by_a_quarter() -> None:
    engine = FakeRecogniser([[quad(100, 100, 30, 400)], [quad(100, 100, 400, 30)]], [0.99])

    assert upright(paper(), engine).picture.shape[:2] == (800, 1100)


def test_a_page_that_reads_better_upside_down_is_turned() -> None:
    engine = FakeRecogniser([[quad(100, 100, 400, 30)]], [0.5, 0.97, 0.97])
    page = paper()
    page[:10] = 0

    held = upright(page, engine)

    assert int(held.picture[-1, 0, 0]) == 0
    assert held.quads[0][0].tolist() == [300, 970]


def test_a_page_that_reads_badly_both_ways_stays() -> None:
    engine = FakeRecogniser([[quad(100, 100, 400, 30)]], [0.5, 0.52])

    assert upright(paper(), engine).readings[0].confidence == pytest.approx(0.5)


def test_an_empty_page_has_no_lines() -> None:
    assert recognise_page(paper(), engine=FakeRecogniser([[]], [0.0])).lines == ()


def test_lines_of_a_page_are_told_in_points() -> None:
    engine = FakeRecogniser([[quad(100, 200, 400, 40)]], [0.99])

    (line,) = recognise_page(paper(), 3, long_edge=550.0, engine=engine).lines

    assert line.page == 3
    assert line.x0 == pytest.approx(50)
    assert line.top == pytest.approx(100)


@pytest.mark.parametrize("angle", [-9.0, -1.5, 0.0, 4.0, 10.0])
def test_the_angle_of_a_page_is_that_of_its_lines(angle: float) -> None:
    assert page_angle([_slanted(angle), _slanted(angle), quad(0, 0, 10, 10)]) == pytest.approx(
        angle, abs=0.1
    )


def test_slanted_lines_are_level_in_the_straight_frame() -> None:
    engine = FakeRecogniser([], [0.9])
    _, matrix = straightened(paper(), 6.0)

    (line,) = strips([_slanted(6.0)], engine.read(paper(), [_slanted(6.0)]), matrix)

    assert line.height == pytest.approx(30, abs=1)
    assert line.x1 - line.x0 == pytest.approx(400, abs=2)
    assert line.glyphs[0].x == pytest.approx(line.x0 + 100, abs=1)


def test_a_seal_is_taken_off_and_the_date_under_it_stays() -> None:
    import cv2

    page = paper()
    cv2.circle(page, (400, 600), 80, (40, 40, 210), 8)
    page[590:600, 350:450] = 20

    cleaned = without_seals(page)

    assert int(cleaned[520:680, 320:480].min()) < 60
    assert int(cleaned[600, 320].min()) > 200
    assert int(ink(cleaned)[560:580, 320:330].max()) == 0


def test_a_red_letterhead_stays() -> None:
    page = paper()
    page[100:160, 100:700] = (40, 40, 210)

    assert (without_seals(page) == page).all()


def test_a_note_in_red_ink_stays() -> None:
    import cv2

    page = paper()
    for x, y in ((300, 400), (340, 470), (380, 410), (310, 480)):
        cv2.line(page, (x, y), (x + 40, y + 15), (40, 40, 210), 6)

    assert (without_seals(page) == page).all()


def test_a_square_seal_is_taken_off() -> None:
    import cv2

    page = paper()
    cv2.rectangle(page, (300, 400), (400, 500), (40, 40, 210), 6)

    assert int(without_seals(page).min()) > 200


def test_a_shadow_is_not_ink() -> None:
    page = np.repeat(np.linspace(250, 120, 800).astype(np.uint8)[None, :, None], 1100, axis=0)
    page = np.repeat(page, 3, axis=2)
    page[500:504, 100:700] = 30

    mask = ink(page)

    assert int(mask[502, 400]) == 255
    assert int(mask[:490].max()) == 0


def test_the_sheet_of_a_photograph_is_seen_from_above() -> None:
    import cv2

    page = paper(shade=50)
    corners = np.array([[120, 90], [700, 60], [740, 1040], [80, 1000]], dtype=np.int32)
    cv2.fillConvexPoly(page, corners, (235, 235, 235))

    flat = flattened(page)

    assert flat.shape[0] == pytest.approx(981, abs=15)
    assert int(flat[8:-8, 8:-8].min()) > 200


def test_a_scan_without_a_border_is_not_bent() -> None:
    page = paper()
    page[300:320, 100:700] = 0

    assert flattened(page) is page


def test_a_dark_band_at_the_head_is_not_cut_off() -> None:
    page = paper()
    page[:120] = 30

    assert flattened(page) is page


def test_a_large_page_is_made_smaller_and_a_small_one_kept() -> None:
    assert min(reduced(paper(3600, 5000)).shape[:2]) == 1800
    assert reduced(paper()).shape == paper().shape


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("云政发〔2020]14号", "云政发〔2020〕14号"),
        ("云政发【2020〕14号", "云政发〔2020〕14号"),
        ("云政发[2020]14号", "云政发[2020]14号"),
        ("（一)基本情况", "（一）基本情况"),
        ("(B类）", "（B类）"),
        ("(一)", "(一)"),
        ("〕14号)的规定", "〕14号）的规定"),
        ("]14号）的规定", "〕14号）的规定"),
        ("(云政发〔2020", "（云政发〔2020"),
        ("已选定用地,计划开工;", "已选定用地，计划开工；"),
        ("总投资1,850万元", "总投资1,850万元"),
        ("电话0571一6630218", "电话0571-6630218"),
        ("规划（2023一2027年）", "规划（2023—2027年）"),
        ("第一一三号", "第一一三号"),
        ("-1一", "-1—"),
    ],
)
def test_only_slips_with_one_remedy_are_mended(seen: str, meant: str) -> None:
    assert mended(seen) == meant
    assert len(mended(seen)) == len(seen)


def test_what_was_recognised_is_told() -> None:
    told = list(recognition_warnings(3, 1))

    assert [(note.code, note.details) for note in told] == [
        ("recognition.used", {"pages": "3"}),
        ("ticks.unreadable", {"count": "1"}),
    ]
    assert list(recognition_warnings(0, 0)) == []
