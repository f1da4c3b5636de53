"""Which files and pages are handed to recognition, and which are refused before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from knowledge.domain.text import Span
from knowledge.errors import InputRefused
from knowledge.reading.loaded import silent
from knowledge.reading.loaders import images
from knowledge.reading.loaders.images import load_image
from knowledge.reading.loaders.pdf_scans import pages_needing_recognition
from knowledge.reading.page_lines import PageLine
from knowledge.reading.recognition import pages as recognition
from knowledge.reading.recognition.engine import Picture, Quad, Reading
from tests.unit.reading.sheets import quad


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[PageLine, ...] = ()
    rows: tuple[str, ...] = ()
    image_cover: float = 0.0
    garbage: float = 0.0


def _line(text: str) -> PageLine:
    return PageLine(text, 0, 0, 100, 0, 10)


_LETTER = _line("承办单位收到提案以后逐条研究并且当面沟通" * 6)
_STAMP = _line("第3页")
_HIDDEN = replace(_LETTER, hidden=(Span(0, len(_LETTER.text)),))


@pytest.mark.parametrize(
    ("page", "needed"),
    [
        (_Page((_LETTER,)), False),
        (_Page((_LETTER,), image_cover=1.0), False),
        (_Page((_STAMP,), image_cover=0.95), True),
        (_Page((_STAMP,), image_cover=0.1), False),
        (_Page((_HIDDEN,), image_cover=1.0), True),
        (_Page(image_cover=0.0), True),
        (_Page(rows=("承办单位",)), False),
        (_Page((_LETTER,), garbage=0.8), True),
    ],
    ids=[
        "text",
        "text over a picture",
        "a stamp on a scan",
        "few words and a small picture",
        "text only machines see over a scan",
        "nothing but drawn shapes",
        "a table",
        "characters without meaning",
    ],
)
def test_pages_a_person_sees_more_on_are_recognised(page: _Page, needed: bool) -> None:  # noqa: FBT001
    assert pages_needing_recognition([_Page((_LETTER,)), page]) == ([1] if needed else [])


class _Everywhere:
    """Reads one line on every picture, and remembers the pictures."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []

    def find(self, picture: Picture) -> list[Quad]:
        self.pictures.append(picture)
        return [quad(10, 20, 80, 10)]

    def read(self, picture: Picture, quads: list[Quad]) -> list[Reading]:
        assert picture.dtype == np.uint8
        text = f"第{'一二三四'[len(self.pictures) - 1]}张"
        return [Reading(text, (0.99,) * 3, (0.2, 0.5, 0.8)) for _ in quads]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> _Everywhere:
    fake = _Everywhere()
    monkeypatch.setattr(recognition, "recogniser", lambda: fake)
    return fake


def _saved(image: Image.Image, kind: str = "PNG", **settings: Any) -> bytes:
    held = BytesIO()
    image.save(held, kind, **settings)
    return held.getvalue()


def _sheet(mode: str = "L", size: tuple[int, int] = (120, 160)) -> Image.Image:
    image = Image.new("L", size, 255)
    image.paste(0, (0, 0, size[0], 8))
    return image.convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "CMYK"])
def test_a_picture_of_any_mode_is_dark_on_light(mode: str, engine: _Everywhere) -> None:
    kind = "TIFF" if mode in ("I;16", "CMYK") else "PNG"
    image = (
        Image.fromarray(np.asarray(_sheet()).astype(np.uint16) * 200)
        if mode == "I;16"
        else _sheet(mode)
    )

    load_image(_saved(image, kind), "page", silent)

    (picture,) = engine.pictures
    assert picture.shape == (160, 120, 3)
    assert int(picture[2, 60, 0]) < 40
    assert int(picture[100, 60, 0]) > 215


def test_a_transparent_picture_lies_on_white_paper(engine: _Everywhere) -> None:
    image = Image.new("RGBA", (120, 160), (0, 0, 0, 0))

    load_image(_saved(image), "page.png", silent)

    assert int(engine.pictures[0].min()) == 255


def test_a_photograph_is_turned_as_the_camera_was_held(engine: _Everywhere) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    load_image(_saved(_sheet("RGB"), "JPEG", exif=exif), "photo.jpg", silent)

    assert engine.pictures[0].shape == (120, 160, 3)


def test_frames_of_a_file_are_pages_and_progress_is_told(engine: _Everywhere) -> None:
    told: list[tuple[int, int]] = []
    data = _saved(_sheet(), "TIFF", save_all=True, append_images=[_sheet(), _sheet()])

    loaded = load_image(data, "scan.tif", lambda done, pages: told.append((done, pages)))

    assert told == [(1, 3), (2, 3), (3, 3)]
    assert loaded.text == "第一张\n第二张\n第三张\n"
    assert [(note.code, note.details) for note in loaded.warnings] == [
        ("recognition.used", {"pages": "3"})
    ]
    assert len(engine.pictures) == 3


def test_frames_beyond_the_bound_are_left_out_and_told(
    engine: _Everywhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "_MOST_FRAMES", 2)
    data = _saved(_sheet(), "TIFF", save_all=True, append_images=[_sheet(), _sheet()])

    loaded = load_image(data, "scan.tif", silent)

    assert len(engine.pictures) == 2
    assert loaded.warnings[-1].code == "image.frames_left_out"
    assert loaded.warnings[-1].details == {"frames": "3", "read": "2"}


@pytest.mark.parametrize("side", [9_100, 14_000])
def test_a_picture_that_unpacks_to_too_much_is_refused(side: int, engine: _Everywhere) -> None:
    data = _saved(Image.new("1", (side, side)))

    with pytest.raises(InputRefused) as caught:
        load_image(data, "bomb.png", silent)

    assert caught.value.code == "file.too_many_pixels"
    assert caught.value.details["pixels"] == side * side
    assert not engine.pictures


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"II*\x00" + bytes(40)])
def test_a_damaged_picture_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        load_image(data, "page.png", silent)

    assert caught.value.code == "file.damaged"


def test_a_truncated_picture_is_refused(engine: _Everywhere) -> None:
    chance = np.random.default_rng(1).integers(0, 255, (300, 300), dtype=np.uint8)
    data = _saved(Image.fromarray(chance), "JPEG")

    with pytest.raises(InputRefused) as caught:
        load_image(data[: len(data) // 2], "page.jpg", silent)

    assert caught.value.code == "file.damaged"
    assert not engine.pictures


def test_a_picture_without_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Blind(_Everywhere):
        def find(self, picture: Picture) -> list[Quad]:
            assert picture.size
            return []

    monkeypatch.setattr(recognition, "recogniser", Blind)

    with pytest.raises(InputRefused) as caught:
        load_image(_saved(_sheet()), "page.png", silent)

    assert caught.value.code == "file.no_text"
