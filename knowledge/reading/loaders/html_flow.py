"""From a page's tree to its lines: blocks break lines, tables make rows, ticks become signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.reading.loaders.html_lines import HtmlLine, LineMaker
from knowledge.reading.loaders.html_styles import Look, Styles, looked
from knowledge.reading.loaders.html_tables import HtmlCell, Rows, table_lines
from knowledge.reading.loaders.html_tree import BLOCKS, HEADS, Node

_TICKED = ("checkbox", "radio")
_TYPED = ("", "text", "tel", "number", "date", "email")
_CELLS = ("td", "th", "dt", "dd")
_TABLES = ("table", "dl")
_LABEL = re.compile(r"[\u4e00-\u9fff\s]{2,12}[：:]\s*")
_LONGEST_VALUE = 80
_MOST_SPANNED = 200
_SPLIT = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class _Step:
    """A node to enter or to leave, or a text to set, with the look around it."""

    item: Node | str
    look: Look
    pre: bool = False
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """A cell being filled, and where the lines around its table go on."""

    node: Node
    cell: HtmlCell
    outer: LineMaker


@dataclass(slots=True)
class Flow:
    """Walks a tree once; a stack instead of calls, since pages nest deep.

    Attributes:
        trusting: whether what styles hide counts as hidden.
    """

    styles: Styles
    trusting: bool = True
    _maker: LineMaker = field(default_factory=LineMaker)
    _tables: list[Rows] = field(default_factory=list[Rows])
    _cells: list[_Frame] = field(default_factory=list[_Frame])
    _inline: set[Node] = field(default_factory=set[Node])
    _count: int = 0

    def lines(self, top: Node) -> list[HtmlLine]:
        """All lines of a pruned tree, in reading order."""
        stack = [_Step(top, Look())]
        while stack:
            step = stack.pop()
            if isinstance(step.item, str):
                self._text(step.item, step)
            elif step.leaving:
                self._leave(step.item)
            else:
                stack += self._enter(step.item, step)
        self._maker.end()
        return self._maker.lines

    def _text(self, text: str, around: _Step) -> None:
        parts = _SPLIT.split(text) if around.pre else [text]
        for number, part in enumerate(parts):
            if number:
                self._maker.end()
            self._maker.add(part, unseen=self.trusting and around.look.unseen)

    def _enter(self, node: Node, step: _Step) -> Iterator[_Step]:
        """Begin a node; what follows it, last first."""
        look = looked(step.look, node, self.styles.of(node))
        pre = step.pre or node.tag in ("pre", "textarea")
        self._begin(node, look)
        yield _Step(node, look, leaving=True)
        for child in reversed(node.children):
            yield _Step(child, look, pre)

    def _begin(self, node: Node, look: Look) -> None:
        tag = node.tag
        if tag == "input":
            self._maker.add(_input(node), unseen=self.trusting and look.unseen)
        elif tag == "br" or self._breaks(node):
            self._maker.end()
        if tag in _TABLES:
            self._tables.append([])
        elif tag in ("tr", "dt") and self._tables:
            self._tables[-1].append([])
        if tag in _CELLS and self._tables:
            self._open_cell(node)
        self._inline.update(_value_beside(node))

    def _leave(self, node: Node) -> None:
        if self._breaks(node):
            self._maker.end(head=node.tag in HEADS)
        if self._cells and self._cells[-1].node is node:
            frame = self._cells.pop()
            self._maker.end()
            frame.cell.lines.extend(self._maker.lines)
            self._maker = frame.outer
        elif node.tag in _TABLES:
            self._maker.lines += table_lines(self._tables.pop(), self._count)
            self._count += 1

    def _open_cell(self, node: Node) -> None:
        rows = self._tables[-1]
        if not rows:
            rows.append([])
        wide, tall = _spanned(node, "colspan"), _spanned(node, "rowspan")
        cell = HtmlCell(head=node.tag in ("th", "dt"), wide=wide, tall=tall)
        rows[-1].append(cell)
        self._cells.append(_Frame(node, cell, self._maker))
        self._maker = LineMaker()

    def _breaks(self, node: Node) -> bool:
        if node in self._inline:
            return False
        display = self.styles.of(node).get("display", "")
        if node.tag in BLOCKS:
            return "inline" not in display or node.tag in (*_TABLES, *_CELLS)
        return display in ("block", "flex", "table")


def _input(node: Node) -> str:
    """A tick, or what was typed."""
    kind = node.get("type").lower()
    if kind in _TICKED:
        return "☑" if "checked" in node.attributes else "□"
    return node.get("value") if kind in _TYPED else ""


def _spanned(node: Node, name: str) -> int:
    digits = node.get(name).strip()
    return min(max(int(digits), 1), _MOST_SPANNED) if digits.isascii() and digits.isdigit() else 1


def _value_beside(node: Node) -> Iterator[Node]:
    """The block of a value whose label stands in the block before, the two alone together."""
    if node.size > _LONGEST_VALUE or node.tag not in BLOCKS:
        return
    held = [child for child in node.children if isinstance(child, Node)]
    loose = any(isinstance(child, str) and child.strip() for child in node.children)
    if loose or len(held) != 2 or any(child.tag not in ("div", "p", "li") for child in held):  # noqa: PLR2004
        return
    if _LABEL.fullmatch(held[0].text().strip()) and "：" not in held[1].text():
        yield from held
