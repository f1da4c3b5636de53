"""Numbers that Word keeps apart from the text: 一、 （一） 1. of automatic lists."""

from __future__ import annotations

from collections import defaultdict

from knowledge.reading.loaders.elements import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseDigitalTenThousand",
    )
)
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_SILENT = frozenset(("bullet", "none"))


class Numbering:
    """Counts list paragraphs in document order and writes their labels."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, Element]] = {}
        self._abstract_of: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles: dict[str, Element] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        for abstract in root.iter(f"{_W}abstractNum"):
            levels = {_value(level, "ilvl"): level for level in abstract.iter(f"{_W}lvl")}
            self._levels[abstract.get(f"{_W}abstractNumId") or ""] = levels
        for number in root.iter(f"{_W}num"):
            target = number.find(f"{_W}abstractNumId")
            if target is not None:
                self._abstract_of[number.get(f"{_W}numId") or ""] = target.get(f"{_W}val") or ""

    def add_styles(self, root: Element | None) -> None:
        """Headings may carry their number in the style instead of the paragraph."""
        if root is None:
            return
        for style in root.iter(f"{_W}style"):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            if properties is not None:
                self._styles[style.get(f"{_W}styleId") or ""] = properties

    def label(self, paragraph: Element) -> str:
        """The paragraph's label as printed, counting it; empty without one."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            properties = (
                self._styles.get(style.get(f"{_W}val") or "") if style is not None else None
            )
        if properties is None:
            return ""
        number, level = _child(properties, "numId"), _child(properties, "ilvl")
        abstract = self._abstract_of.get(number or "")
        levels = self._levels.get(abstract or "", {})
        depth = int(level) if level and level.isdigit() else 0
        if abstract is None or depth not in levels or number == "0":
            return ""
        return self._next(abstract, levels, depth)

    def _next(self, abstract: str, levels: dict[int, Element], depth: int) -> str:
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, _start(levels[depth]) - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        text = _child(levels[depth], "lvlText") or ""
        if _child(levels[depth], "numFmt") in _SILENT:
            return ""
        for level, element in levels.items():
            count = counts.get(level, _start(element))
            text = text.replace(f"%{level + 1}", _written(count, _child(element, "numFmt")))
        return text


def _child(element: Element, name: str) -> str | None:
    child = element.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _value(element: Element, name: str) -> int:
    text = element.get(f"{_W}{name}") or "0"
    return int(text) if text.isdigit() else 0


def _start(level: Element) -> int:
    start = _child(level, "start")
    return int(start) if start and start.isdigit() else 1


def _written(count: int, style: str | None) -> str:
    if style in _CHINESE:
        return chinese(count)
    if style in _CIRCLED and 1 <= count <= len("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"):
        return chr(ord("①") + count - 1)
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if style == "upperLetter" else letter
    return str(count)


def chinese(count: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十, 105 -> 一百零五; below one thousand."""
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if 0 < hundreds < len(_DIGITS) else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    return text + (_DIGITS[ones] if ones else "")
