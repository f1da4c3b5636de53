"""Boxes on forms and what is ticked, told by pixels alone."""

from __future__ import annotations

import pytest

from knowledge.reading.recognition.boxes import find_boxes
from knowledge.reading.recognition.inks import Mask
from knowledge.reading.recognition.marks import Marked, with_marks
from tests.unit.reading.sheets import EM, blank, draw_box, strip

_EDGES = (0.0, 1200.0)


def _told(marked: Marked) -> str:
    return "".join(piece.text.strip() for piece in marked.strips)


def _row(mask: Mask, *ticks: str) -> Marked:
    """A类 B类 C类, a box before each."""
    row = [strip(f"{letter}类", 160 + 200 * at, 200) for at, letter in enumerate("ABC")]
    for at, tick in enumerate(ticks):
        draw_box(mask, 118 + 200 * at, 212, tick=tick)
    return with_marks(row, mask, _EDGES, EM)


@pytest.mark.parametrize(
    ("tick", "verdict"), [("", "empty"), ("tick", "ticked"), ("full", "ticked"), ("dot", "unsure")]
)
def test_a_box_is_empty_ticked_or_undecided_by_the_ink_inside(tick: str, verdict: str) -> None:
    mask = blank()
    draw_box(mask, 300, 100, tick=tick)

    (box,) = find_boxes(mask, (200, 60, 500, 180), EM)

    assert {False: "empty", True: "ticked", None: "unsure"}[box.ticked] == verdict
    assert abs(box.x0 - 300) <= 3
    assert abs(box.x1 - 332) <= 3


def test_a_frame_of_another_size_than_a_character_is_no_box() -> None:
    mask = blank()
    draw_box(mask, 300, 100, side=90)
    draw_box(mask, 500, 100, side=12)

    assert find_boxes(mask, (200, 60, 700, 220), EM) == []


def test_a_box_at_the_very_edge_of_the_area_is_found() -> None:
    mask = blank()
    draw_box(mask, 2, 2)

    assert len(find_boxes(mask, (0, 0, 100, 60), EM)) == 1


def test_boxes_stand_in_the_text_where_they_stand_on_paper() -> None:
    assert _told(_row(blank(), "tick", "", "")) == "☑A类□B类□C类"
    assert _told(_row(blank(), "", "", "full")) == "□A类□B类☑C类"


def test_boxes_behind_the_words_stay_behind_them() -> None:
    mask = blank()
    row = [strip("满意", 100, 200), strip("基本满意", 300, 200), strip("不满意", 560, 200)]
    draw_box(mask, 190, 212)
    draw_box(mask, 470, 212, tick="tick")
    draw_box(mask, 690, 212)

    assert _told(with_marks(row, mask, _EDGES, EM)) == "满意□基本满意☑不满意□"


def test_letters_the_recogniser_made_of_boxes_give_way_to_the_pixels() -> None:
    mask = blank()
    row = [strip("口A类国B类口C类", 100, 200)]
    for at, tick in enumerate(("", "tick", "")):
        draw_box(mask, 104 + 120 * at, 212, tick=tick)

    assert _told(with_marks(row, mask, _EDGES, EM)) == "□A类☑B类□C类"


def test_yes_and_no_are_choices_behind_what_a_box_was_taken_for() -> None:
    mask = blank()
    draw_box(mask, 104, 212, tick="tick")
    draw_box(mask, 304, 212)

    marked = with_marks([strip("国是", 100, 200), strip("口否", 300, 200)], mask, _EDGES, EM)

    assert _told(marked) == "☑是□否"


def test_a_box_that_cannot_be_judged_leaves_the_whole_row_without_marks() -> None:
    marked = _row(blank(), "dot", "tick", "")

    assert _told(marked) == "A类B类C类"
    assert marked.unreadable


def test_a_missing_box_may_be_the_ticked_one() -> None:
    marked = _row(blank(), "", "")

    assert _told(marked) == "A类B类C类"
    assert marked.unreadable


def test_signs_guessed_by_the_recogniser_go_where_the_pixels_do_not_tell() -> None:
    mask = blank()
    row = [strip("☑A类□B类", 100, 200)]
    draw_box(mask, 104, 212, tick="dot")
    draw_box(mask, 224, 212)

    marked = with_marks(row, mask, _EDGES, EM)

    assert _told(marked) == "A类B类"
    assert marked.unreadable


def test_words_without_boxes_are_left_alone() -> None:
    marked = _row(blank())

    assert _told(marked) == "A类B类C类"
    assert not marked.unreadable


@pytest.mark.parametrize("text", ["满意口头答复为主", "基本满意国家标准执行"])
def test_a_framed_character_in_a_sentence_is_no_box(text: str) -> None:
    mask = blank()
    at = text.index("口") if "口" in text else text.index("国")
    draw_box(mask, 100 + at * EM + 4, 212, tick="" if "口" in text else "tick")

    marked = with_marks([strip(text, 100, 200)], mask, _EDGES, EM)

    assert _told(marked) == text


def test_a_frame_inside_a_word_to_choose_from_is_no_box() -> None:
    mask = blank()
    draw_box(mask, 100 + EM + 4, 212, tick="tick")

    marked = with_marks([strip("满意，请继续", 100, 200)], mask, _EDGES, EM)

    assert _told(marked) == "满意，请继续"
    assert not marked.unreadable


def test_a_box_beyond_the_cell_belongs_to_another_one() -> None:
    mask = blank()
    draw_box(mask, 190, 212, tick="tick")

    marked = with_marks([strip("满意", 100, 200)], mask, (90.0, 186.0), EM)

    assert _told(marked) == "满意"


@pytest.mark.parametrize("label", ["是否同意公开：", "对结果是否满意："])
def test_the_question_itself_is_no_choice(label: str) -> None:
    mask = blank()
    words = ("是", "否") if "公开" in label else ("满意", "不满意")
    row = [strip(label, 60, 200), strip(words[0], 460, 200), strip(words[1], 700, 200)]
    draw_box(mask, 418, 212, tick="tick")
    draw_box(mask, 658, 212)

    assert _told(with_marks(row, mask, _EDGES, EM)) == f"{label}☑{words[0]}□{words[1]}"
