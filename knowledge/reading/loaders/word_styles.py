"""What Word's styles say about a run: whether a reader of the page sees it, and its list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.reading.loaders.elements import Element
from knowledge.reading.loaders.word_names import W, child_value, switched

_DEEPEST = 20
_TINY = 4
_WHITE = 0xF5
_PALE = 0xE0
_WHITE_THEMES = ("background1", "light1")
_PALE_MARKS = ("white", "lightGray")


@dataclass(frozen=True, slots=True)
class Look:
    """The properties of a run that can hide it; None where nothing was said.

    Attributes:
        hidden: marked as hidden text.
        white: written in white or nearly so.
        size: in half points.
        dark: on a ground of its own that makes white legible.
    """

    hidden: bool | None = None
    white: bool | None = None
    size: int | None = None
    dark: bool | None = None

    def over(self, below: Look) -> Look:
        """This look where it says something, the other's where it does not."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.white if self.white is None else self.white,
            below.size if self.size is None else self.size,
            below.dark if self.dark is None else self.dark,
        )

    def reason(self, *, on_dark: bool) -> str | None:
        """Why a reader of the page does not see it: marked, white, tiny; None when seen."""
        if self.hidden:
            return "marked"
        if self.size is not None and self.size <= _TINY:
            return "tiny"
        return "white" if self.white and not self.dark and not on_dark else None


PLAIN = Look()


def own_look(properties: Element | None) -> Look:
    """What an ``w:rPr`` itself says."""
    if properties is None:
        return PLAIN
    vanish = properties.find(f"{W}vanish")
    size = child_value(properties, "sz")
    ground = is_dark(properties)
    highlight = child_value(properties, "highlight")
    if highlight not in (None, "none"):
        ground = highlight not in _PALE_MARKS
    return Look(
        None if vanish is None else switched(vanish),
        _is_white(properties.find(f"{W}color")),
        int(size) if size is not None and size.isdigit() else None,
        ground,
    )


def _is_white(color: Element | None) -> bool | None:
    if color is None:
        return None
    if color.get(f"{W}themeColor") in _WHITE_THEMES and color.get(f"{W}themeShade") is None:
        return True
    channels = _channels(color.get(f"{W}val"))
    return channels is not None and min(channels) >= _WHITE


def is_dark(properties: Element | None) -> bool | None:
    """Whether the shading (``w:shd``) below makes white legible; None without shading."""
    shade = None if properties is None else properties.find(f"{W}shd")
    if shade is None:
        return None
    solid = shade.get(f"{W}val") == "solid"
    channels = _channels(shade.get(f"{W}color" if solid else f"{W}fill"))
    if channels is not None:
        return is_dark_color(channels)
    theme = shade.get(f"{W}themeFill")
    # An automatic fill lets through whatever lies below.
    return None if theme is None and not solid else theme not in _WHITE_THEMES


def is_dark_color(channels: tuple[int, int, int]) -> bool:
    """Whether white letters can be read on a colour."""
    return min(channels) < _PALE


def _channels(color: str | None) -> tuple[int, int, int] | None:
    """Red, green and blue, 0..255; None for ``auto`` and what is no colour."""
    try:
        value = bytes.fromhex((color or "").removeprefix("#"))
    except ValueError:
        return None
    return (value[0], value[1], value[2]) if len(value) == 3 else None  # noqa: PLR2004 - red, green, blue


class Styles:
    """The styles of a file, each with what it inherits.

    Args:
        root: the styles part; None when the file has none.
    """

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self._default: dict[str, str] = {}
        for style in () if root is None else root.iter(f"{W}style"):
            own = style.get(f"{W}styleId") or ""
            self._styles[own] = style
            if (style.get(f"{W}default") or "0") in ("1", "true", "on"):
                self._default[style.get(f"{W}type") or ""] = own

    def _line(self, style: str | None) -> Iterator[Element]:
        """A style and those it is based on, itself first."""
        for _ in range(_DEEPEST):
            found = self._styles.get(style or "")
            if found is None:
                return
            yield found
            style = child_value(found, "basedOn")

    def numbering(self, style: str | None) -> list[Element]:
        """The list properties of a style and of those it is based on, nearest first."""
        found = (item.find(f"{W}pPr/{W}numPr") for item in self._line(style))
        return [properties for properties in found if properties is not None]

    def look(self, paragraph: str | None, run: str | None) -> Look:
        """What the styles of a paragraph and of a run say of it."""
        base = paragraph if paragraph is not None else self._default.get("paragraph")
        return self._of(run).over(self._of(base))

    def _of(self, style: str | None) -> Look:
        if not style:
            return PLAIN
        if style not in self._looks:
            look = PLAIN
            for item in self._line(style):
                look = look.over(own_look(item.find(f"{W}rPr")))
                look = look.over(Look(dark=is_dark(item.find(f"{W}pPr"))))
            self._looks[style] = look
        return self._looks[style]

    def shades(self, table: str | None) -> bool:
        """Whether a table style darkens any of its cells."""
        return any(
            is_dark(cell)
            for style in self._line(table)
            for name in ("tcPr", "tblPr")
            for cell in style.iter(f"{W}{name}")
        )
