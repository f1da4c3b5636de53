"""Characters of a page with their boxes, and which of them a reader of the page misses."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import cast

from knowledge.reading.loaders.pdf_shapes import Drawing, Frame, Glyph, Pdfium, pdfium

_INVISIBLE, _STROKED = 3, 1
_WHITE = 250
_SMALLEST = 2.0
_SCAN = 0.5
_MOST = 60_000
"""More characters than any page of text holds: the rest is left out, time is bounded."""
_WINGDINGS = str.maketrans("þýüûRSPO£¨oqn", "☑☒√×☑☒√×□□□□■")
_PRIVATE = str.maketrans(
    "\uf0fe\uf0fd\uf0fc\uf0fb\uf052\uf053\uf050\uf04f\uf0a3\uf0a8\uf06f\uf071\uf072\uf0a0\uf06e",
    "☑☒√×☑☒√×□□□□□□■",
)
# Fonts of word processors name characters by their radicals; the field's words among them.
_RADICALS = str.maketrans(
    "⻓⻔⻋⻅⻉⻛⻜⻢⻥⻦⻩⻬⻆⻄⻣⺠⻘⻝⻚⻙⻰⻤", "长门车见贝风飞马鱼鸟黄齐角西骨民青食页韦龙鬼"
)
_FOLDED = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))
_BREAKS = (10, 13)
_HYPHENS = (2, 0xFFFE)
_UNKNOWN = "\ufffd"
_UPRIGHT = 0.1
_STILL = 0.3
_STEP = 0.6
_NAME = 128
_NOTHING = ("Cc", "Co", "Cn", "Cs")
_LATIN_SIGNS = "·×÷°±§«»©®²³–—"
_FOREIGN = 0.3
_JUDGED = 20
_MANY = 200
_RARE = 0.02
# No page of prose does without these; a font with a wrong table of characters does.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    "产面而方后多定行学法所民得经十三之进等部度理实加量都两体制机当使点本"
)


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object share; ``quarter`` is None for slanting text."""

    quarter: int | None = 0
    invisible: bool = False
    light: bool = False
    symbols: bool = False


@dataclass(frozen=True, slots=True)
class _Char:
    """``edges`` are left, bottom, right, top in the page's own coordinates."""

    char: str
    edges: tuple[float, float, float, float]
    style: _Style


@dataclass(frozen=True, slots=True)
class PageText:
    """Characters of a page.

    Attributes:
        frame: coordinates that set most of the text upright.
        glyphs: in the file's order, without line breaks.
        slanted: texts that run another way than most, such as a watermark.
        garbage: share of the characters that stand for nothing readable, 0..1.
    """

    frame: Frame
    glyphs: tuple[Glyph, ...] = ()
    slanted: tuple[str, ...] = ()
    garbage: float = 0.0


class _Reading:
    """One pass over the characters of a page; styles are asked for once an object."""

    def __init__(self, raw: Pdfium, textpage: object) -> None:
        self._raw = raw
        self._page = textpage
        self._styles: dict[int | None, _Style] = {None: _Style()}

    def chars(self) -> Iterator[_Char]:
        import pypdfium2.raw as vendor

        raw, page, rect = self._raw, self._page, vendor.FS_RECTF()
        place = ctypes.byref(rect)
        for at in range(min(raw.FPDFText_CountChars(page), _MOST)):
            code = raw.FPDFText_GetUnicode(page, at)
            if code in _BREAKS or raw.FPDFText_IsGenerated(page, at) == 1:
                continue
            if not raw.FPDFText_GetLooseCharBox(page, at, place):
                continue
            style = self._style(at)
            edges = (rect.left, rect.bottom, rect.right, rect.top)
            yield _Char(readable(code, symbols=style.symbols), edges, style)

    def _style(self, at: int) -> _Style:
        handle = self._raw.FPDFText_GetTextObject(self._page, at)
        key = ctypes.cast(cast("ctypes.c_void_p", handle), ctypes.c_void_p).value
        if key not in self._styles:
            self._styles[key] = self._new_style(at, handle)
        return self._styles[key]

    def _new_style(self, at: int, handle: object) -> _Style:
        raw = self._raw
        # The library counts clockwise.
        turns = -raw.FPDFText_GetCharAngle(self._page, at) / (math.pi / 2)
        quarter = round(turns) % 4 if abs(turns - round(turns)) < _UPRIGHT else None
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        ask = raw.FPDFPageObj_GetStrokeColor if mode == _STROKED else raw.FPDFPageObj_GetFillColor
        return _Style(quarter, mode == _INVISIBLE, _light(ask, handle), self._symbols(handle))

    def _symbols(self, handle: object) -> bool:
        buffer = ctypes.create_string_buffer(_NAME)
        self._raw.FPDFFont_GetBaseFontName(self._raw.FPDFTextObj_GetFont(handle), buffer, _NAME)
        return b"wingdings" in buffer.value.lower()


def read_text(
    textpage: object, area: tuple[float, float, float, float], draw: Callable[[Frame], Drawing]
) -> tuple[PageText, Drawing]:
    """Characters of a page, set upright, with what is drawn around them.

    Args:
        textpage: pdfium's handle of a loaded text page.
        area: left, bottom, right, top of the visible page.
        draw: reads the page's drawing once its direction is known.
    """
    chars = list(_Reading(pdfium(), textpage).chars())
    frame = Frame(area, _direction(chars))
    drawing = draw(frame)
    upright = Counter(char.style.quarter for char in chars).most_common(1)
    main = upright[0][0] if upright else 0
    glyphs = [_glyph(char, frame, drawing) for char in chars if char.style.quarter == main]
    slanted = _runs([char for char in chars if char.style.quarter != main])
    text = "".join(char.char for char in chars)
    return PageText(frame, tuple(glyphs), slanted, garbage_share(text)), drawing


def _direction(chars: Sequence[_Char]) -> int:
    """The quarter most text runs in; columns of vertical writing run as text turned down."""
    turns = Counter(char.style.quarter for char in chars if char.style.quarter is not None)
    quarter = turns.most_common(1)[0][0] if turns else 0
    return 3 if quarter == 0 and _vertical(chars) else quarter


def _vertical(chars: Sequence[_Char]) -> bool:
    """Whether most characters stand right below the one before."""
    down = along = 0
    for (left, bottom, right, top), (following, low, _, _) in (
        (one.edges, other.edges) for one, other in pairwise(chars)
    ):
        size = max(right - left, top - bottom, 1.0)
        if abs(following - left) < _STILL * size and _STEP * size < bottom - low < 2 * size:
            down += 1
        elif abs(low - bottom) < _STILL * size and following - left > _STILL * size:
            along += 1
    return down > 2 * along


def _glyph(char: _Char, frame: Frame, drawing: Drawing) -> Glyph:
    box = frame.box(*char.edges)
    glyph = Glyph(char.char, box)
    scanned = drawing.image_cover > _SCAN
    unseen = (
        not frame.page.holds(glyph.x, glyph.y)
        or box.height < _SMALLEST
        or (char.style.invisible and not scanned)
        or (char.style.light and not any(area.holds(glyph.x, glyph.y) for area in drawing.grounds))
    )
    return replace(glyph, unseen=True) if unseen else glyph


def _runs(chars: Sequence[_Char]) -> tuple[str, ...]:
    texts = ("".join(char.char for char in run) for _, run in groupby(chars, key=_quarter))
    return tuple(text.strip() for text in texts if text.strip())


def _quarter(char: _Char) -> int | None:
    return char.style.quarter


def _light(ask: Callable[..., int], handle: object) -> bool:
    """Whether a colour cannot be told from paper."""
    parts = [ctypes.c_uint(0) for _ in range(4)]
    found = ask(handle, *(ctypes.byref(part) for part in parts))
    red, green, blue, alpha = (part.value for part in parts)
    return bool(found) and (min(red, green, blue) >= _WHITE or alpha == 0)


def readable(code: int, *, symbols: bool = False) -> str:
    """The character meant: ticks of symbol fonts, radicals that stand for their characters."""
    char = "-" if code in _HYPHENS else chr(code) if code else _UNKNOWN
    char = char.translate(_WINGDINGS) if symbols else char
    char = char.translate(_PRIVATE).translate(_RADICALS)
    if any(low <= ord(char) <= high for low, high in _FOLDED):
        whole = unicodedata.normalize("NFKC", char)
        return whole if len(whole) == 1 else char
    return char


def garbage_share(text: str) -> float:
    """Share of characters that stand for nothing readable, 0..1; 1 for a mistaken encoding."""
    bare = "".join(text.split())
    if not bare:
        return 0.0
    broken = sum(char == _UNKNOWN or unicodedata.category(char) in _NOTHING for char in bare)
    foreign = sum("\x80" <= char <= "\u024f" and char not in _LATIN_SIGNS for char in bare)
    han = [char for char in bare if "\u4e00" <= char <= "\u9fff"]
    mistaken = foreign > _FOREIGN * len(bare) and len(bare) > _JUDGED
    rare = len(han) >= _MANY and sum(char in _COMMON for char in han) < _RARE * len(han)
    return 1.0 if mistaken or rare else broken / len(bare)
