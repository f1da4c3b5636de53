"""Published pages: the article without menus, its tables as lines, its boxes as ☑ and □."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Span
from knowledge.errors import InputRefused
from knowledge.reading.loaded import Cell, Grid, Loaded, Progress
from knowledge.reading.loaders.elements import parse_html
from knowledge.reading.loaders.html_bytes import page_of, readable
from knowledge.reading.loaders.html_flow import Flow
from knowledge.reading.loaders.html_furniture import prune, says, without_furniture
from knowledge.reading.loaders.html_lines import HtmlLine
from knowledge.reading.loaders.html_styles import Styles, read_styles
from knowledge.reading.loaders.html_titles import missing_title, without_doubles
from knowledge.reading.loaders.html_tree import Node, grow
from knowledge.reading.loaders.plain_text import with_lost_bytes

_PARTED = "\n\n"


def load_html(data: bytes, name: str, _progress: Progress) -> Loaded:
    """Visible text: one line a block, records as ``label：value``, lists with tabs and a grid.

    Warnings: ``text.bad_bytes`` (count), ``text.hidden`` (count) for words that styles hide;
    what a browser does not lay out (``display: none``) is no text at all.

    Raises:
        InputRefused: ``file.no_text`` when nothing visible is left.
    """
    page, charset = page_of(data)
    found = readable(page, name, charset)
    root = parse_html(found.data, found.encoding, name)
    styles = read_styles("\n".join(sheet.text or "" for sheet in root.iter("style")))
    top = prune(grow(root), styles)
    lines = without_doubles(without_furniture(_lines(top, styles)))
    title = missing_title(root, lines)
    loaded = _assembled([title, *lines] if title else lines)
    seen = len(loaded.text.strip()) - sum(span.end - span.start for span in loaded.hidden)
    if seen <= 0:
        raise InputRefused("file.no_text", name=name)
    return with_lost_bytes(loaded, found.damaged)


def _lines(top: Node, styles: Styles) -> list[HtmlLine]:
    """Lines of a page; styles that seem to hide the letter itself are told elsewhere too."""
    lines = Flow(styles).lines(top)
    seen = "\n".join(line.text for line in lines if not line.hidden)
    hidden = "\n".join(line.text for line in lines if line.hidden)
    return Flow(styles, trusting=False).lines(top) if says(hidden) and not says(seen) else lines


def _assembled(lines: Sequence[HtmlLine]) -> Loaded:
    """Lines with an empty one between, their hidden stretches and grids."""
    hidden: list[Span] = []
    written: dict[int, list[tuple[int, str]]] = defaultdict(list)
    grids: dict[int, list[tuple[Cell, ...]]] = defaultdict(list)
    at = 0
    for line in lines:
        hidden += [span.shifted(at) for span in line.hidden]
        if line.grid is not None:
            written[line.grid].append((at, line.text))
            grids[line.grid].append(_row(line, written[line.grid]))
        at += len(line.text) + len(_PARTED)
    told = {"count": str(len(hidden))}
    return Loaded(
        _PARTED.join(line.text for line in lines) + ("\n" if lines else ""),
        hidden=tuple(hidden),
        warnings=(ReadingWarning("text.hidden", hidden[0], told),) if hidden else (),
        grids=tuple(Grid(None, tuple(rows)) for rows in grids.values()),
    )


def _row(line: HtmlLine, written: Sequence[tuple[int, str]]) -> tuple[Cell, ...]:
    """Cells of a row; a merged one bears the words of the row it begins in.

    Args:
        line: the row.
        written: starts and texts of the grid's rows so far, this one last.
    """
    cells: list[Cell] = []
    for cell in line.cells:
        start, text = written[-1 - cell.above]
        cells.append(Cell(cell.span.of(text), cell.span.shifted(start), cell.address))
    return tuple(cells)
