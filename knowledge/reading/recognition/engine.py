"""The recogniser of characters behind one door: nothing else in the room knows its vendor."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
"""Height x width x 3, blue, green and red, as the recogniser was trained on."""

Quad: TypeAlias = NDArray[np.float32]
"""Four corners (x, y) of a line of text: upper left, upper right, lower right, lower left."""

_DETECTION_SIDES = (640, 960)
"""Pixels of a page's short side between which lines are found well and fast."""
_LARGEST_SHARE = 2.0
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
_MOST_THREADS = 4
_LEAST = 4
"""Pixels below which a strip of the page holds no character."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a strip of the page says.

    Attributes:
        text: the characters.
        confidences: of each character, 0..1.
        centres: of each character, as a share of the strip's width.
    """

    text: str
    confidences: tuple[float, ...]
    centres: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """Mean of the characters' confidences; 0 for none."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


class Recogniser(Protocol):
    """Finds lines on a picture and reads them."""

    def find(self, picture: Picture) -> list[Quad]:
        """Lines of text, from top to bottom."""
        ...

    def read(self, picture: Picture, quads: Sequence[Quad]) -> list[Reading]:
        """What each line says; one reading a quad, with an empty text for none."""
        ...


class _Words(Protocol):
    words: list[list[str]]
    word_cols: list[list[int]]
    line_txt_len: float
    confs: list[float]


class _Found(Protocol):
    boxes: NDArray[np.float32] | None


class _Read(Protocol):
    txts: Sequence[str]
    word_results: Sequence[_Words]


class _Engine(Protocol):
    """The part of rapidocr that is used."""

    def detect_and_crop(
        self, img: Picture, op_record: dict[str, Any]
    ) -> tuple[list[Picture], _Found]: ...

    def crop_text_regions(self, img: Picture, det_boxes: Sequence[Quad]) -> list[Picture]: ...

    def recognize_txt(self, img: list[Picture]) -> _Read: ...


class RapidRecogniser:
    """PP-OCR through rapidocr and onnxruntime; its models lie in the package."""

    def __init__(self, engine: _Engine) -> None:
        self._engine = engine

    def find(self, picture: Picture) -> list[Quad]:
        """Implements ``Recogniser``."""
        import cv2
        from rapidocr.main import RapidOCRError

        share = _share(min(picture.shape[:2]))
        way = cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC
        small = cast("Picture", cv2.resize(picture, None, fx=share, fy=share, interpolation=way))
        try:
            _, found = self._engine.detect_and_crop(small, {})
        except RapidOCRError:
            return []
        boxes = found.boxes
        if boxes is None:
            return []
        return [np.asarray(box / share, dtype=np.float32) for box in boxes]

    def read(self, picture: Picture, quads: Sequence[Quad]) -> list[Reading]:
        """Implements ``Recogniser``."""
        strips = self._engine.crop_text_regions(picture, quads) if quads else []
        usable = [index for index, strip in enumerate(strips) if min(strip.shape[:2]) >= _LEAST]
        readings = [Reading("", (), ())] * len(quads)
        if usable:
            found = self._engine.recognize_txt([strips[index] for index in usable])
            for index, text, words in zip(usable, found.txts, found.word_results, strict=True):
                readings[index] = _reading(text, words)
        return readings


@lru_cache(maxsize=1)
def recogniser() -> Recogniser:
    """The one recogniser of a process; the first call loads the models (about a second)."""
    # The runtime would otherwise keep a store of usage data in the user's cache.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    # Models named by path are never looked for elsewhere, nor fetched.
    paths = {f"{part}.model_path": str(models / name) for part, name in _MODELS.items()}
    settings = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.use_vertical_padding": False,
        "Global.return_word_box": True,
        "Det.limit_side_len": 32,
        "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
        "EngineConfig.onnxruntime.intra_op_num_threads": min(_MOST_THREADS, os.cpu_count() or 1),
        **paths,
    }
    return RapidRecogniser(cast("_Engine", rapidocr.RapidOCR(params=settings)))


def _share(side: int) -> float:
    low, high = _DETECTION_SIDES
    return min(_LARGEST_SHARE, max(1.0, low / side)) if side < high else high / side


def _reading(text: str, words: _Words) -> Reading:
    """Places of characters from the columns in which the network saw them."""
    columns = [column for word in words.word_cols for column in word]
    length = max(words.line_txt_len, 1.0)
    centres: list[float] = []
    for char in text:
        if char.isspace() or not columns:
            centres.append(centres[-1] if centres else 0.0)
        else:
            centres.append(min((columns.pop(0) + 0.5) / length, 1.0))
    return Reading(text, tuple(words.confs[: len(text)]), tuple(centres))
