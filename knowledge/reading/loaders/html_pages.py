"""Published pages: the article without menus, its tables as lines, its boxes as ☑ and □."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.errors import InputRefused
from knowledge.reading.loaders.elements import Element, parse_html
from knowledge.reading.loaders.plain_text import load_text

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE
)
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "header",
        "aside",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "button",
        "select",
        "form-label",
        "audio",
        "video",
        "map",
        "head",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "center",
        "figure",
        "figcaption",
        "address",
        "fieldset",
        "form",
        "body",
        "html",
        "hr",
        "caption",
        "details",
        "summary",
    ]
)
_NOISE = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|breadcrumb|crumbs?|footer|foot|header|sidebar"
    r"|share|toolbar|pager|pagination|copyright|search|login|banner|advert)(?:$|[-_ ])",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_INPUTS = ("checkbox", "radio")
_LABEL_CELL = 16


def load_html(data: bytes, name: str) -> str:
    """Visible text: one line a block, table rows with tabs, metadata rows as ``label：value``.

    Raises:
        InputRefused: ``file.no_text`` when nothing visible is left.
    """
    root = parse_html(data, _encoding(data, name), name)
    text = _lines("".join(_walk(root)))
    if not text.strip():
        raise InputRefused("file.no_text", name=name)
    return text


def _encoding(data: bytes, name: str) -> str:
    match = _CHARSET.search(data[:4096])
    declared = match.group(1).decode("ascii").lower() if match else ""
    declared = "gb18030" if declared in ("gb2312", "gbk", "gb18030") else declared
    for candidate in (declared, "utf-8"):
        try:
            data.decode(candidate or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
        return candidate or "utf-8"
    text = load_text(data, name)
    return next(
        (code for code in ("gb18030", "big5hkscs", "utf-16") if _decodes(data, code, text)), "utf-8"
    )


def _decodes(data: bytes, encoding: str, text: str) -> bool:
    try:
        return data.decode(encoding) == text
    except UnicodeDecodeError:
        return False


def _walk(root: Element) -> Iterator[str]:
    """Text in reading order with line breaks around blocks; a stack, since pages nest deep."""
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            yield _after(tag)
            yield _plain(element.tail)
            continue
        if not tag or _hidden(element, tag):
            yield _plain(element.tail)
            continue
        yield _opening(element, tag)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(list(element)))


def _opening(element: Element, tag: str) -> str:
    if tag == "input":
        return _box(element)
    if tag == "br":
        return "\n"
    before = "\n" if tag in _BLOCKS else ""
    return before + _plain(element.text)


def _after(tag: str) -> str:
    if tag in ("td", "th"):
        return "\t"
    return "\n" if tag in _BLOCKS else ""


def _box(element: Element) -> str:
    if (element.get("type") or "").lower() not in _INPUTS:
        return _plain(element.get("value")) if element.get("type") == "text" else ""
    return "☑" if element.get("checked") is not None else "□"


def _hidden(element: Element, tag: str) -> bool:
    if tag in _DROPPED:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return tag in ("div", "ul", "section", "table") and _NOISE.search(names) is not None


def _plain(text: str | None) -> str:
    return _BLANKS.sub(" ", text) if text else ""


def _lines(text: str) -> str:
    """Blank lines dropped; a row of label and value becomes ``label：value``."""
    lines: list[str] = []
    for raw in text.split("\n"):
        cells = [cell.strip() for cell in raw.split("\t")]
        while cells and not cells[-1]:
            cells.pop()
        line = _pair(cells) if len(cells) == 2 else "\t".join(cells)  # noqa: PLR2004
        if line.strip():
            lines.append(line)
    return "\n\n".join(lines) + ("\n" if lines else "")


def _pair(cells: list[str]) -> str:
    label, value = cells
    if label and len(label) <= _LABEL_CELL and "。" not in label and label[-1] != "类":
        return f"{label.rstrip('：: ')}：{value}"
    return "\t".join(cells)
