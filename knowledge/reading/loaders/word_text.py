"""A paragraph of Word as text: accepted changes, fields' results, ticks, hidden stretches marked.

Hidden stretches are put between characters that no XML can hold, so that joining and trimming
lines cannot lose where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.domain.text import Span
from knowledge.reading.loaders.elements import Element
from knowledge.reading.loaders.word_names import (
    DRAWING,
    MATH,
    MC,
    SHAPE,
    VML,
    W14,
    W,
    child_value,
    switched,
)
from knowledge.reading.loaders.word_signs import shown_by_field, sign, signs
from knowledge.reading.loaders.word_styles import PLAIN, Look, Styles, own_look

_OPENING = {"marked": "\x01", "white": "\x02", "tiny": "\x03"}
_REASONS = {mark: reason for reason, mark in _OPENING.items()}
_CLOSING = "\x04"
_MARKS = re.compile(r"[\x01-\x04]")
_STRETCH = re.compile(r"([\x01-\x03])([^\x01-\x04]*)\x04")
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in (
        *("del", "moveFrom", "delText", "delInstrText", "pPr", "rPr", "tblPr", "tcPr", "trPr"),
        *("sdtPr", "sdtEndPr", "rt", "altChunk", "object"),
    )
)
_BREAKS = frozenset((f"{W}br", f"{W}cr"))
_TABS = frozenset((f"{W}tab", f"{W}ptab"))
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")


@dataclass(slots=True)
class _Field:
    """A field being read: its instruction is not shown, its result is."""

    instruction: str = ""
    showing: bool = False


@dataclass(slots=True)
class Scene:
    """What surrounds a paragraph: whether its ground is dark, and its own styles."""

    dark: bool = False
    look: Look = PLAIN
    style: str | None = None


@dataclass(slots=True)
class Writer:
    """Turns paragraphs into text and gathers the boxes anchored in them.

    Attributes:
        boxes: text boxes met since they were last taken, each with whether its ground is dark.
    """

    styles: Styles
    boxes: list[tuple[Element, bool]] = field(default_factory=list[tuple[Element, bool]])
    _fields: list[_Field] = field(default_factory=list[_Field])

    def paragraph(self, paragraph: Element, *, dark: bool) -> str:
        """The paragraph's text, hidden stretches marked."""
        properties = paragraph.find(f"{W}pPr")
        scene = Scene(dark, PLAIN, child_value(properties, "pStyle"))
        ground = own_look(properties).dark
        if ground is not None:
            scene.dark = ground
        text = "".join(self._inline(paragraph, scene))
        # An instruction ends with its paragraph: a field left open must not swallow the rest.
        for open_field in self._fields:
            open_field.showing = True
        return text

    def _inline(self, element: Element, scene: Scene) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                yield self._run(child, scene)
            elif tag == f"{W}sdt":
                yield from self._control(child, scene)
            elif tag == f"{W}txbxContent":
                self.boxes.append((child, _on_dark(child)))
            elif tag == f"{MC}AlternateContent":
                yield from self._alternative(child, scene)
            elif tag == f"{VML}textpath":
                yield child.get("string") or ""
            elif tag.startswith(MATH):
                yield from _formula(child)
            else:
                yield from self._inline(child, scene)

    def _run(self, run: Element, scene: Scene) -> str:
        properties = run.find(f"{W}rPr")
        text = "".join(self._pieces(run, scene, _font(properties)))
        if not text.strip():
            return text
        styled = self.styles.look(scene.style, child_value(properties, "rStyle"))
        reason = own_look(properties).over(styled).reason(on_dark=scene.dark)
        return text if reason is None else f"{_OPENING[reason]}{_MARKS.sub('', text)}{_CLOSING}"

    def _pieces(self, run: Element, scene: Scene, font: str | None) -> Iterator[str]:
        for child in run:
            if child.tag == f"{W}fldChar":
                yield self._field(child)
            elif child.tag == f"{W}instrText":
                if self._fields:
                    self._fields[-1].instruction += child.text or ""
            elif all(item.showing for item in self._fields):
                yield from self._piece(child, scene, font)

    def _piece(self, child: Element, scene: Scene, font: str | None) -> Iterator[str]:
        tag = child.tag
        if tag == f"{W}t":
            yield signs(child.text or "", font)
        elif tag in _TABS:
            yield "\t"
        elif tag in _BREAKS:
            yield "\n"
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}sym":
            yield sign(child.get(f"{W}char"), child.get(f"{W}font"))
        elif tag == f"{MC}AlternateContent":
            yield from self._alternative(child, scene)
        elif tag == f"{W}ruby":
            yield from self._ruby(child, scene)
        elif tag not in _SKIPPED and isinstance(tag, str):
            yield from self._inline_in_run(child, scene)

    def _ruby(self, ruby: Element, scene: Scene) -> Iterator[str]:
        """The words without the reading printed above them."""
        base = ruby.find(f"{W}rubyBase")
        if base is not None:
            yield from self._inline(base, scene)

    def _inline_in_run(self, child: Element, scene: Scene) -> Iterator[str]:
        """Drawings and the like: only boxes and lettering below them say anything."""
        if child.tag == f"{W}txbxContent":
            self.boxes.append((child, _on_dark(child)))
        elif child.tag == f"{VML}textpath":
            yield child.get("string") or ""
        else:
            for below in child:
                if below.tag == f"{MC}AlternateContent":
                    yield from self._alternative(below, scene)
                elif isinstance(below.tag, str) and below.tag not in _SKIPPED:
                    yield from self._inline_in_run(below, scene)

    def _alternative(self, element: Element, scene: Scene) -> Iterator[str]:
        """The first version that says something; the others say the same again."""
        for version in element:
            held = len(self.boxes)
            text = "".join(self._version(version, scene))
            if text.strip() or len(self.boxes) > held:
                yield text
                return

    def _version(self, version: Element, scene: Scene) -> Iterator[str]:
        for child in version:
            if child.tag in (f"{W}r", f"{W}p", f"{W}sdt"):
                yield from self._inline(version, scene)
                return
        yield from (text for child in version for text in self._piece(child, scene, None))

    def _field(self, mark: Element) -> str:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            return _form_box(mark)
        if kind == "separate" and self._fields:
            self._fields[-1].showing = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.showing and all(item.showing for item in self._fields):
                return shown_by_field(ended.instruction)
        return ""

    def _control(self, control: Element, scene: Scene) -> Iterator[str]:
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        if box is not None:
            yield "☑" if _checked(box) else "□"
        elif control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            content = control.find(f"{W}sdtContent")
            if content is not None:
                yield from self._inline(content, scene)


def _font(properties: Element | None) -> str | None:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")


def _checked(box: Element) -> bool:
    state = box.find(f"{W14}checked")
    return state is not None and (state.get(f"{W14}val") or "1") in ("1", "true", "on")


def _form_box(mark: Element) -> str:
    """The state of a form's old check box; empty for other fields."""
    box = mark.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    state = box.find(f"{W}checked")
    return "☑" if switched(box.find(f"{W}default") if state is None else state) else "□"


def _formula(element: Element) -> Iterator[str]:
    """A formula on one line, a fraction with its stroke."""
    if element.tag == f"{MATH}t":
        yield element.text or ""
        return
    for child in element:
        if child.tag == f"{MATH}den":
            yield "/"
        if isinstance(child.tag, str):
            yield from _formula(child)


def _on_dark(box: Element) -> bool:
    """Whether the shape around a text box is filled with anything but white."""
    for shape in box.iterancestors(f"{SHAPE}wsp"):
        fills = [shape.find(f"{SHAPE}spPr/{DRAWING}{name}") for name in _FILLS]
        color = shape.find(f"{SHAPE}spPr/{DRAWING}solidFill/{DRAWING}srgbClr")
        if color is not None:
            return (color.get("val") or "").upper() != "FFFFFF"
        bare = shape.find(f"{SHAPE}spPr/{DRAWING}noFill") is not None
        styled = shape.find(f"{SHAPE}style/{DRAWING}fillRef") is not None
        return any(fill is not None for fill in fills) or (styled and not bare)
    for shape in box.iterancestors(f"{VML}shape", f"{VML}rect", f"{VML}roundrect"):
        color = (shape.get("fillcolor") or "white").lower()
        return shape.get("filled") not in ("f", "false") and color not in ("white", "#ffffff")
    return False


def unmarked(text: str) -> tuple[str, list[tuple[Span, str]]]:
    """The text without marks, and the hidden stretches with their reasons."""
    found: list[tuple[Span, str]] = []
    parts: list[str] = []
    at, length = 0, 0
    for match in _STRETCH.finditer(text):
        before = text[at : match.start()]
        parts += [before, match[2]]
        length += len(before)
        found.append((Span(length, length + len(match[2])), _REASONS[match[1]]))
        length += len(match[2])
        at = match.end()
    parts.append(text[at:])
    return "".join(parts), found


def bare(text: str) -> str:
    """What a reader of the page sees of a marked text."""
    return _STRETCH.sub("", text)
