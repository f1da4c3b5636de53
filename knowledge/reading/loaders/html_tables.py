"""Tables of pages: layout, records of label and value, or lists with a row a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.domain.text import Span
from knowledge.reading.loaders.html_lines import GridCell, HtmlLine, joined
from knowledge.reading.loaders.sheet_text import letter

_LONGEST_LABEL = 16
_FEW_LINES = 3
_SHORT = 200
_COLUMNS = 4
_HEADED = 3
_MANY = 2
_MOST_COLUMNS = 200
_BOX = re.compile(r"[☑☒□☐√✓]")
# Labels of metadata and of forms (domain.md 1.10, 3): what stands beside them is theirs.
_METADATA = (
    r"索\s*引\s*号|信息索引号|文\s*号|发文字号|文件编号"
    r"|(?:发布|成文|生成|发文|公开|生效|失效|废止)(?:日期|时间)|公开(?:方式|形式|类别|类型|属性|范围|时限|程序)"
    r"|(?:发布|发文|公开|制发|责任)(?:机构|机关|单位|部门)|主\s*题\s*词?|(?:主题|信息|体裁|组配|服务对象)分类"
    r"|关\s*键\s*[词字]|有\s*效\s*性|内容概述|信息来源|来\s*源"
)
_FORM = (
    r"(?:签发|交办|办结)(?:日期|时间)|标\s*题|名\s*称|题\s*目|案\s*由|编\s*号|案\s*号|类\s*别"
    r"|(?:提案|建议|议案).{0,6}|(?:承|主|会|协|督)办(?:单位|部门|人|领导)?"
    r"|办理(?:部门|单位|情况|结果|类别|复文|方式)?.{0,4}|处理状态|签\s*发\s*人|责任领导|.{0,4}督办领导"
    r"|协商方式|联系(?:人|电话|方式)|(?:委员|代表)(?:姓名|意见.{0,6})?|工作单位|面商.{1,4}|沟通.{1,4}"
    r"|答复.{0,6}|回\s*复.{0,4}|复\s*文|内\s*容|建\s*议|满意(?:度|情况|程度)|备\s*注|附\s*件|届\s*次"
    r"|年\s*度|人大代表对办理情况"
)
_SITE_LABEL = re.compile(_METADATA)
_KNOWN = re.compile(rf"(?:{_METADATA}|{_FORM})(?:[（(][^（）()]{{1,20}}[）)])?")
_HEADING = re.compile(
    r"序\s*号|编\s*号|案\s*号|标\s*题|题\s*目|案\s*由|名\s*称|单\s*位|部\s*门|代表|委员|提案人|提出人|领衔"
    r"|类\s*别|办\s*理|结\s*果|日\s*期|时\s*间|文\s*号|备\s*注|状\s*态|届\s*次|内\s*容|电\s*话|姓\s*名|公\s*开"
)


@dataclass(slots=True)
class HtmlCell:
    """A cell with its lines; ``head`` for ``th``."""

    lines: list[HtmlLine] = field(default_factory=list[HtmlLine])
    head: bool = False
    wide: int = 1
    tall: int = 1

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(line.text for line in self.lines)


Rows = list[list[HtmlCell]]


def table_lines(rows: Rows, number: int) -> list[HtmlLine]:
    """Lines of a table, as a person reads it.

    Args:
        rows: from the top; cells covered by a merged one are absent.
        number: of the table on its page, for its grid.
    """
    rows = [row for row in rows if row]
    at = _header(rows)
    if at is None:
        return [line for row in rows for line in _row(row)]
    above = [line for row in rows[:at] for line in _row(row)]
    data = [row for row in rows[at + 1 :] if any(cell.lines for cell in row)]
    if len(data) < _MANY:
        return above + [line for row in data for line in _beside(rows[at], row)]
    return [*above, *_grid(rows, at, number)]


def _header(rows: Rows) -> int | None:
    """The row of headings of a list; None for layout and for records."""
    for at, row in enumerate(rows[:5]):
        if sum(1 for cell in row if cell.lines) < 2:  # noqa: PLR2004 - a title over the table
            continue
        return at if len(rows) > at + 1 and _heads(row, rows[at + 1 :]) else None
    return None


def _heads(row: Sequence[HtmlCell], below: Rows) -> bool:
    if any(len(cell.text) > _LONGEST_LABEL or _BOX.search(cell.text) for cell in row):
        return False
    alike = [other for other in below if abs(_width(other) - _width(row)) <= 1]
    if not alike or len(row) < _HEADED:
        return False
    if all(cell.head for cell in row):
        return not any(cell.head for cell in alike[0][1:])
    known = sum(_HEADING.search(cell.text) is not None for cell in row)
    mixed = any(_alternates(other) for other in (row, *alike))
    return len(row) >= _COLUMNS and 2 * known > len(row) and not mixed


def _width(row: Sequence[HtmlCell]) -> int:
    return sum(cell.wide for cell in row)


def _row(row: Sequence[HtmlCell]) -> list[HtmlLine]:
    """A row of a record or of a page's layout."""
    filled = [cell for cell in row if cell.lines]
    if not filled:
        return []
    if _alternates(row) or _is_pair(row):
        pairs = zip(row[::2], row[1::2], strict=True)
        return [line for label, value in pairs for line in _pair(label, value)]
    if len(filled) > 1 and all(_is_short(cell) for cell in filled):
        return [joined([joined(cell.lines, " ") for cell in filled], "\t")]
    return [line for cell in filled for line in cell.lines]


def _is_short(cell: HtmlCell) -> bool:
    return len(cell.lines) <= _FEW_LINES and len(cell.text) <= _SHORT


def _is_label(cell: HtmlCell, *, sure: bool) -> bool:
    """Whether a cell names what stands beside it; ``sure``: by its tag, colon or words."""
    text = cell.text.strip()
    bare = text.rstrip("：: ")
    if not bare or len(text) > _LONGEST_LABEL or "。" in text or _BOX.search(text):
        return False
    told = cell.head or bare != text or _KNOWN.fullmatch(bare) is not None
    return told or (not sure and bare[-1] != "类")


def _alternates(row: Sequence[HtmlCell]) -> bool:
    """Whether a row is label, value, label, value."""
    if len(row) % 2 or not any(cell.lines for cell in row[::2]):
        return False
    labels = all(_is_label(cell, sure=True) for cell in row[::2] if cell.lines)
    values = [cell for cell in row[1::2] if cell.lines]
    named = sum(_is_label(cell, sure=True) for cell in values)
    ordered = all(
        label.lines or not value.lines for label, value in zip(row[::2], row[1::2], strict=True)
    )
    return labels and ordered and (not values or named < len(values))


def _is_pair(row: Sequence[HtmlCell]) -> bool:
    if len(row) != 2 or not row[1].lines:  # noqa: PLR2004
        return False
    return _is_label(row[0], sure=len(row[1].lines) > _FEW_LINES)


def _pair(label: HtmlCell, value: HtmlCell) -> Iterator[HtmlLine]:
    """``label：value``; a value of several lines stands below its label.

    Metadata a site left blank (domain.md 1.0) says nothing and is left out.
    """
    bare = "".join(line.text for line in label.lines).rstrip("：: ")
    if not bare or (not value.lines and _SITE_LABEL.fullmatch(bare)):
        return
    name = replace(joined(label.lines, ""), text=f"{bare}：")
    if len(value.lines) > 1:
        yield name
        yield from value.lines
    else:
        yield joined([name, *value.lines], "")


def _beside(head: Sequence[HtmlCell], row: Sequence[HtmlCell]) -> Iterator[HtmlLine]:
    """The one row of a list as a record: each value behind its heading."""
    for label, value in zip(head, row, strict=False):
        yield from _pair(label, value)


def _grid(rows: Rows, at: int, number: int) -> Iterator[HtmlLine]:
    """Rows of a list, cells parted by tabs, every cell with its address."""
    placed = _placed(rows)
    bearers: dict[int, tuple[int, Span]] = {}
    written = 0
    for index, row in enumerate(rows[at:], at):
        own = [cell for cell in row if cell.lines]
        if not own:
            continue
        line = joined([joined(cell.lines, " ") for cell in own], "\t")
        start = 0
        for cell in own:
            bearers[id(cell)] = (written, Span(start, start + len(cell.text)))
            start += len(cell.text) + 1
        found = [(column, bearers[id(cell)]) for column, cell in placed[index] if cell.lines]
        cells = [
            GridCell(written - bearer, span, f"{letter(column)}{index + 1}")
            for column, (bearer, span) in found
        ]
        yield replace(line, cells=tuple(cells), grid=number)
        written += 1


def _placed(rows: Rows) -> list[list[tuple[int, HtmlCell]]]:
    """Cells by the columns (from 1) they stand in; a merged cell stands in each it covers."""
    taken: dict[tuple[int, int], HtmlCell] = {}
    for index, row in enumerate(rows):
        column = 1
        for cell in row:
            while (index, column) in taken:
                column += 1
            for below in range(min(cell.tall, len(rows) - index)):
                for beside in range(cell.wide):
                    taken[index + below, column + beside] = cell
            column += cell.wide
    found: list[list[tuple[int, HtmlCell]]] = [[] for _ in rows]
    for (index, column), cell in sorted(taken.items(), key=lambda item: item[0]):
        if column <= _MOST_COLUMNS:
            found[index].append((column, cell))
    return found
