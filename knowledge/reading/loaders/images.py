"""Photographs and scans: every frame is a page that has to be recognised."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from knowledge.domain.documents import ReadingWarning
from knowledge.errors import InputRefused
from knowledge.reading.loaded import Loaded, Progress
from knowledge.reading.loaders.paragraphs import flowing_text
from knowledge.reading.loaders.running_heads import without_running
from knowledge.reading.recognition.engine import Picture
from knowledge.reading.recognition.pages import (
    RecognisedPage,
    recognise_page,
    recognition_warnings,
)

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 80_000_000
"""A3 at 600 dots an inch; larger files unpack to more memory than a page needs."""
_DRAFT = 3600
"""Pixels of the sides that a JPEG is unpacked to at least, by halves."""
_MOST_FRAMES = 500


def load_image(data: bytes, name: str, progress: Progress) -> Loaded:
    """Text of a picture's pages as one, with the recogniser's doubts.

    Warnings: ``recognition.used`` (pages), ``ticks.unreadable`` (count), ``image.frames_left_out``
    (frames, read).

    Raises:
        InputRefused: ``file.damaged``, ``file.no_text``, ``file.too_many_pixels`` (pixels, limit).
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # The bound below is ours, and it is stricter.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as image:
                return _loaded(image, name, progress)
    except Image.DecompressionBombError as error:
        pixels = re.search(r"\d+", str(error))
        raise _too_large(name, int(pixels.group()) if pixels else _MOST_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise InputRefused("file.damaged", name=name) from error


def _loaded(image: Image, name: str, progress: Progress) -> Loaded:
    frames = int(getattr(image, "n_frames", 1))
    count = min(frames, _MOST_FRAMES)
    pages: list[RecognisedPage] = []
    for number, picture in enumerate(_pictures(image, name, count)):
        pages.append(recognise_page(picture, number))
        progress(number + 1, count)
    lines = without_running([page.lines for page in pages], [page.height for page in pages])
    loaded = flowing_text([line for page in lines for line in page])
    if not loaded.text.strip():
        raise InputRefused("file.no_text", name=name)
    notes = list(recognition_warnings(len(pages), sum(page.unreadable for page in pages)))
    if frames > count:
        details = {"frames": str(frames), "read": str(count)}
        notes.append(ReadingWarning("image.frames_left_out", None, details))
    return Loaded(loaded.text, doubtful=loaded.doubtful, warnings=tuple(notes))


def _pictures(image: Image, name: str, count: int) -> Iterator[Picture]:
    """The frames as a person holds them."""
    from PIL import ImageOps

    for number in range(count):
        image.seek(number)
        if image.format == "JPEG":
            image.draft("RGB", (_DRAFT, _DRAFT))
        if image.width * image.height > _MOST_PIXELS:
            raise _too_large(name, image.width * image.height)
        yield np.ascontiguousarray(_colours(ImageOps.exif_transpose(image))[:, :, ::-1])


def _colours(image: Image) -> Picture:
    """Red, green and blue on white paper, whatever way the file keeps colours."""
    from PIL import Image as Pillow

    if image.mode.startswith(("I", "F")):
        return _deep(image)
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Pillow.new("RGBA", clear.size, (255, 255, 255, 255))
        image = Pillow.alpha_composite(paper, clear)
    return np.asarray(image.convert("RGB"), dtype=np.uint8)


def _deep(image: Image) -> Picture:
    """Greys of more than eight bits, from the darkest to the lightest that occurs."""
    grey = np.asarray(image, dtype=np.float64)
    low, high = float(grey.min()), float(grey.max())
    even = (grey - low) / max(high - low, 1e-9) * 255
    return np.repeat(even.astype(np.uint8)[:, :, None], 3, axis=2)


def _too_large(name: str, pixels: int) -> InputRefused:
    return InputRefused("file.too_many_pixels", name=name, pixels=pixels, limit=_MOST_PIXELS)
