"""Letters put on paper as an office does: set in type, printed, scanned askew, photographed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Page: TypeAlias = "Image.Image"

DPI = 200
_INCH = 25.4
_WIDTH, _HEIGHT = 210, 297
_LEFT, _RIGHT, _TOP, _BOTTOM = 28, 26, 37, 35
_BODY, _TITLE, _TABLE = 16, 22, 14
_LEADING = 28 / 16
_FACES = (
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    ("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf", ""),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
)
_NO_HEAD = "，。、；：！？）》”〕％%"
_TITLE_LINE = re.compile(r".*(?:答复|答复函|复函|会办意见|记录表|意见表|答复的函)$")
_NUMBER_LINE = re.compile(r".*〔\d{4}〕\d+号.*")
_UNIT_OR_DATE = re.compile(r"[\u4e00-\u9fff\u3000]{4,40}(?:局|厅|政府)|\d{4}年\d+月\d+日|二〇.*日")
_SIGNS = "☑□"


def face() -> tuple[str, str] | None:
    """A Chinese typeface of the system; None where there is none."""
    return next((pair for pair in _FACES if Path(pair[0]).exists()), None)


@lru_cache(maxsize=8)
def _font(points: float) -> FreeTypeFont:
    found = face()
    assert found is not None
    path, name = found
    for index in range(12 if name else 1):
        font = ImageFont.truetype(path, px(points * _INCH / 72), index=index)
        if not name or font.getname()[0] == name:
            return font
    raise LookupError(name)


def px(millimetres: float) -> int:
    """Pixels of a length on paper."""
    return round(millimetres * DPI / _INCH)


@dataclass
class _Sheet:
    """A page under the typesetter's hands; ``y`` is where the next line goes."""

    pages: list[Page]
    y: int = 0

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.pages[-1])

    def room(self, height: int) -> None:
        """Begin a new page where a height does not fit."""
        if not self.pages or self.y + height > px(_HEIGHT - _BOTTOM):
            self.pages.append(Image.new("L", (px(_WIDTH), px(_HEIGHT)), 255))
            self.y = px(_TOP)


def typeset(text: str) -> list[Page]:
    """Pages of a letter: title centred, unit and date at the right, forms as ruled tables."""
    sheet = _Sheet([])
    lines = text.strip("\n").split("\n")
    index = 0
    while index < len(lines):
        rows = _table(lines, index)
        if rows:
            _draw_table(sheet, rows)
            sheet.y = px(_HEIGHT)
            index += len(rows)
            continue
        _draw_line(
            sheet, lines[index], head=index < 4 or "\t" in "".join(lines[max(index - 4, 0) : index])
        )
        index += 1
    if len(sheet.pages) > 1:
        for number, page in enumerate(sheet.pages, 1):
            centre = (px(_WIDTH / 2), px(_HEIGHT - 25))
            ImageDraw.Draw(page).text(centre, f"— {number} —", font=_font(14), fill=0, anchor="mm")
    return sheet.pages


def _table(lines: Sequence[str], index: int) -> list[list[str]]:
    rows: list[list[str]] = []
    while index < len(lines) and "\t" in lines[index]:
        rows.append(lines[index].split("\t"))
        index += 1
    return rows


def _draw_line(sheet: _Sheet, text: str, *, head: bool) -> None:
    title = _TITLE_LINE.fullmatch(text) is not None and not text.startswith("\u3000")
    points = _TITLE if title else _BODY
    centred = title or (head and _NUMBER_LINE.fullmatch(text) is not None)
    signed = not head and not title and _UNIT_OR_DATE.fullmatch(text) is not None
    height = round(px(points * _INCH / 72) * _LEADING)
    wide = px(_WIDTH - _LEFT - _RIGHT)
    broken = list(_broken(text, points, wide * (0.86 if title else 1.0)))
    if signed and broken:
        sheet.y += height if "年" not in text else 0
    for line in broken:
        sheet.room(height)
        length = _font(points).getlength(line)
        shift = (wide - length) / 2 if centred else wide - length - px(12) if signed else 0
        _draw(sheet, line, (px(_LEFT) + max(shift, 0), sheet.y), points)
        sheet.y += height


def _broken(text: str, points: float, width: float) -> Iterator[str]:
    """Lines of a paragraph; no line begins with a closing sign."""
    font = _font(points)
    line = ""
    for char in text:
        if line and font.getlength(line + char) > width and char not in _NO_HEAD:
            digits = re.search(r"[0-9A-Za-z.%－-]+$", line)
            keep = digits.group() if digits and char.isascii() and digits.start() else ""
            yield line[: len(line) - len(keep)]
            line = keep
        line += char
    yield line


def _draw_table(sheet: _Sheet, rows: Sequence[Sequence[str]]) -> None:
    """Label and value side by side; the label's column is three tenths of the page."""
    left, right, pad = px(_LEFT), px(_WIDTH - _RIGHT), px(2)
    middle = left + (right - left) * 3 // 10
    line = round(px(_TABLE * _INCH / 72) * 1.5)
    for label, value in rows:
        told = list(_broken(value, _TABLE, right - middle - 2 * pad))
        named = list(_broken(label, _TABLE, middle - left - 2 * pad))
        height = max(len(told), len(named)) * line + 2 * pad
        sheet.room(height)
        for box in ((left, middle), (middle, right)):
            corners = (box[0], sheet.y, box[1], sheet.y + height)
            sheet.pen.rectangle(corners, outline=0, width=2)
        for index, text in enumerate(told):
            _draw(sheet, text, (middle + pad, sheet.y + pad + index * line), _TABLE)
        for index, text in enumerate(named):
            shift = (middle - left - _font(_TABLE).getlength(text)) / 2
            _draw(sheet, text, (left + shift, sheet.y + pad + index * line), _TABLE)
        sheet.y += height


def _draw(sheet: _Sheet, text: str, at: tuple[float, float], points: float) -> None:
    """Type; boxes are drawn, and ticked by hand."""
    x, y = at
    font = _font(points)
    for run in re.split(f"([{_SIGNS}])", text):
        if run in _SIGNS and run:
            _draw_box(sheet, (x, y), font.getlength("□"), ticked=run == "☑")
            x += font.getlength("□")
        else:
            sheet.pen.text((x, y), run, font=font, fill=0)
            x += font.getlength(run)


def _draw_box(sheet: _Sheet, at: tuple[float, float], em: float, *, ticked: bool) -> None:
    x, y = at
    y += em * 0.42
    edge = (x + em * 0.1, y, x + em * 0.88, y + em * 0.78)
    sheet.pen.rectangle(edge, outline=0, width=2)
    if ticked:
        stroke = [(0.2, 0.35), (0.42, 0.68), (1.05, -0.2)]
        points = [(x + em * right, y + em * down) for right, down in stroke]
        sheet.pen.line(points, fill=20, width=4, joint="curve")


def scanned(page: Page, seed: int, angle: float = 2.0) -> Page:
    """The page as an office scanner gives it back: askew, blurred, noisy, compressed."""
    chance = np.random.default_rng(seed)
    askew = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(askew.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float64)
    grey = grey * 0.9 + 15 + chance.normal(0, 12, grey.shape)
    specks = chance.random(grey.shape)
    grey[specks < 0.001] = 0
    grey[specks > 0.999] = 255
    return compressed(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))


def compressed(page: Page, quality: int = 60) -> Page:
    """The page after a JPEG of some quality."""
    held = io.BytesIO()
    page.save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue())).copy()


def photographed(page: Page, seed: int) -> Page:
    """The page as a telephone sees it: from the side, half in the shade, on a dark table."""
    import cv2

    chance = np.random.default_rng(seed)
    width, height = page.size
    frame = (round(width * 1.2), round(height * 1.15))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = np.array(
        [
            [frame[0] * 0.09, frame[1] * 0.06],
            [frame[0] * 0.90, frame[1] * 0.04],
            [frame[0] * 0.95, frame[1] * 0.95],
            [frame[0] * 0.05, frame[1] * 0.93],
        ],
        dtype=np.float32,
    )
    way = cv2.getPerspectiveTransform(corners, seen)
    grey = cv2.warpPerspective(np.asarray(page), way, frame, borderValue=(70.0,))
    shade = np.linspace(1.0, 0.62, frame[0])[None, :]
    dimmed = cast("NDArray[np.float64]", grey * shade + chance.normal(0, 6, grey.shape))
    return compressed(Image.fromarray(np.clip(dimmed, 0, 255).astype(np.uint8)).convert("RGB"), 80)


def bound(pages: Sequence[Page]) -> bytes:
    """An image-only pdf of pages."""
    held = io.BytesIO()
    first, *others = pages
    first.save(held, "PDF", resolution=DPI, save_all=True, append_images=others)
    return held.getvalue()
