"""What ``dafu parse`` shows a person: tables of fields, the tree of sections, doubts in colour."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from bot.catalogues import Catalogue
from bot.commands.shown import shown
from knowledge.domain.documents import (
    ParsedDocument,
    ParsedFile,
    ReadingWarning,
    Section,
    fields_of,
)
from knowledge.domain.registers import Register
from knowledge.domain.text import Field

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.tree import Tree

_WIDTH: Final = 100
"""Columns where the output is no terminal."""
_MOST: Final = 12
"""Values of one field shown; the rest is counted."""
_LONGEST: Final = 300


def print_summary(parsed: ParsedFile, texts: Catalogue) -> None:
    """Write a readable summary of a file to standard output; in colour on a terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for block in _blocks(parsed, texts):
        console.print(block)


def warning_text(warning: ReadingWarning, texts: Catalogue) -> str:
    """A doubt as a sentence; its code where the catalogue is silent."""
    key = f"warning.{warning.code}"
    return texts.text(key, **warning.details) if texts.has(key) else warning.code


def _blocks(parsed: ParsedFile, texts: Catalogue) -> Iterator[RenderableType]:
    from rich.text import Text

    for register in parsed.registers:
        yield from _register(register, texts)
    count = len(parsed.documents)
    for index, document in enumerate(parsed.documents, start=1):
        heading = texts.text(
            "fields.shown.heading",
            kind=texts.text(f"cli.kind_{document.kind.value}"),
            index=index,
            count=count,
            start=document.span.start,
            end=document.span.end,
        )
        yield Text(heading, style="bold")
        yield _fields(document, texts)
        if document.sections:
            yield _tree(document.sections, texts)
        for warning in document.warnings:
            yield Text(f"  ! {warning_text(warning, texts)}", style="yellow")
        yield Text("")


def _fields(document: ParsedDocument, texts: Catalogue) -> Table:
    table = _table()
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, values in fields_of(document.fields):
        if values:
            label = texts.text(f"fields.{name}")
            table.add_row(label, "\n".join(_lines(name, values, texts)))
    return table


def _lines(name: str, values: Sequence[Field[object]], texts: Catalogue) -> Iterator[str]:
    for field in values[:_MOST]:
        line = shown(name, field.value, texts)
        short = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
        doubt = "" if field.confidence >= 1 else texts.text("fields.shown.doubt")
        yield f"{short}{doubt}"
    if len(values) > _MOST:
        yield texts.text("fields.shown.more", count=len(values))


def _tree(sections: Sequence[Section], texts: Catalogue) -> Tree:
    from rich.tree import Tree

    tree = Tree(f"  {texts.text('fields.shown.sections')}", guide_style="dim")
    _grow(tree, sections)
    return tree


def _grow(tree: Tree, sections: Sequence[Section]) -> None:
    for section in sections:
        name = f"{section.label}{section.heading}"
        branch = tree.add(name) if name else tree
        _grow(branch, section.children)


def _register(register: Register, texts: Catalogue) -> Iterator[RenderableType]:
    from rich.text import Text

    row, rows = register.header_row, register.rows
    title = texts.text("fields.shown.columns", row=row, rows=rows)
    yield Text(f"{register.sheet}：{title}" if register.sheet else title, style="bold")
    table = _table()
    for key in ("column", "header", "read_as"):
        table.add_column(texts.text(f"fields.shown.{key}"), overflow="fold")
    for column in register.columns:
        name = texts.text(f"fields.{column.field}" if column.field else "fields.shown.kept")
        table.add_row(column.letter, column.header, name)
    yield table
    yield Text("")


def _table() -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE, show_header=False, show_edge=False, pad_edge=False)
