"""What styles hide: a page can hold words that no reader of it ever sees."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from knowledge.reading.loaders.html_tree import Node

_AT_RULE = re.compile(
    r"@[^{};]{0,300}(?:;|\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,200}[^{}]{0,2000}\})"
)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.IGNORECASE)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|)")
_NUMBERS = re.compile(r"\d*\.?\d+%?")
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_WHITE = 250
_TINY = {"px": 2.0, "pt": 2.0, "em": 0.15, "rem": 0.15, "%": 15.0, "": 0.01}
_FAR = 500.0
_HEX_LENGTHS = (3, 4, 6, 8)
_SHORT_HEX = (3, 4)
_ALPHA_HEX = (4, 8)


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks, as far as styles inside the page say.

    Attributes:
        white: written in white or nearly so.
        ground: on a ground of its own that is not white.
        tiny: too small to see.
        gone: transparent or far off the page.
    """

    white: bool = False
    ground: bool = False
    tiny: bool = False
    gone: bool = False

    @property
    def unseen(self) -> bool:
        """Whether a reader of the page misses it."""
        return self.gone or self.tiny or (self.white and not self.ground)


@dataclass(slots=True)
class Styles:
    """Rules of a page's own style sheets that name one tag, class or identifier."""

    rules: dict[str, dict[str, str]] = field(
        default_factory=lambda: defaultdict[str, dict[str, str]](dict)
    )

    def of(self, node: Node) -> Mapping[str, str]:
        """Properties that hold for a node itself."""
        found: dict[str, str] = {}
        names = [f".{name}" for name in node.get("class").split()]
        names += [f"#{node.get('id')}"] if node.get("id") else []
        for name in ("", *names):
            for key in (node.tag + name, name):
                found.update(self.rules.get(key.lower(), {}))
        if node.get("color"):
            found["color"] = node.get("color").lower()
        if node.get("bgcolor"):
            found["background"] = node.get("bgcolor").lower()
        if node.get("background"):
            found["background"] = "url()"
        found.update(_declared(node.get("style")))
        return found


def read_styles(sheets: str) -> Styles:
    """The simple rules of style sheets; rules for print and other media do not count."""
    styles = Styles()
    bare = _AT_RULE.sub(" ", _COMMENT.sub(" ", sheets))
    for match in _RULE.finditer(bare):
        for selector in match[1].split(","):
            name = selector.strip().lower()
            if name and _SIMPLE.fullmatch(name):
                styles.rules[name].update(_declared(match[2]))
    return styles


def _declared(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.lower().replace("!important", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def dropped(node: Node, properties: Mapping[str, str]) -> bool:
    """Whether a browser lays a node out at all."""
    return (
        properties.get("display") == "none"
        or properties.get("visibility") in ("hidden", "collapse")
        or "hidden" in node.attributes
    )


def looked(above: Look, node: Node, properties: Mapping[str, str]) -> Look:
    """The look of a node's texts, from the look around it."""
    look = above
    if node.tag in ("html", "body") and light_colour(properties.get("color", "")):
        # A page all in white has a dark ground, wherever that is written down.
        look = replace(look, ground=True)
    if "color" in properties:
        light = light_colour(properties["color"])
        look = replace(look, white=look.white if light is None else light)
    ground = properties.get("background-color") or properties.get("background", "")
    if ground and "transparent" not in ground and ground not in ("none", "inherit"):
        light = light_colour(ground)
        look = replace(look, ground=light is not True)
    if "font-size" in properties:
        look = replace(look, tiny=_is_tiny(properties["font-size"]))
    return replace(look, gone=True) if _is_gone(properties) else look


def light_colour(value: str) -> bool | None:
    """Whether a colour cannot be told from white paper; None for a name not known."""
    if value in ("white", "snow", "transparent"):
        return True
    match = _HEX.search(value)
    if match:
        digits = match[1]
        if len(digits) not in _HEX_LENGTHS:
            return None
        if len(digits) in _SHORT_HEX:
            digits = "".join(digit * 2 for digit in digits)
        parts = [int(digits[at : at + 2], 16) for at in range(0, len(digits) - 1, 2)]
        return min(parts[:3]) >= _WHITE or (len(match[1]) in _ALPHA_HEX and parts[-1] == 0)
    if value.startswith("rgb"):
        numbers = [float(part.rstrip("%")) for part in _NUMBERS.findall(value)]
        return min(numbers[:3], default=0) >= _WHITE or (len(numbers) > 3 and numbers[3] == 0)  # noqa: PLR2004
    return False if value.isalpha() and value not in ("inherit", "initial", "unset") else None


def _is_tiny(value: str) -> bool:
    match = _LENGTH.fullmatch(value)
    return match is not None and float(match[1]) < _TINY[match[2]]


def _is_gone(properties: Mapping[str, str]) -> bool:
    if _number(properties.get("opacity", "1")) == 0:
        return True
    placed = properties.get("position") in ("absolute", "fixed")
    if placed and min(_number(properties.get(side, "0")) for side in ("left", "top")) < -_FAR:
        return True
    if _number(properties.get("text-indent", "0")) < -_FAR:
        return True
    flat = any(
        _number(properties.get(side, "1")) == 0 for side in ("height", "width", "max-height")
    )
    return flat and properties.get("overflow") == "hidden"


def _number(value: str) -> float:
    match = _LENGTH.match(value)
    return float(match[1]) if match else 1.0
