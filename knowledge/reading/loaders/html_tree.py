"""A page as a tree of its own: what is judged and pruned must not change under the parser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.reading.loaders.elements import Element

# What a browser shows of a page holds none of these.
_DROPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "button",
        "select",
        "audio",
        "video",
        "map",
        "head",
        "rp",
        "rt",
        "rtc",
        "datalist",
    )
)
BLOCKS = frozenset(
    (
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
        "td",
        "th",
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
        "nav",
        "header",
        "footer",
        "aside",
        "legend",
    )
)
HEADS = frozenset(("h1", "h2", "h3"))


@dataclass(slots=True, eq=False)
class Node:
    """An element: its children are nodes and texts in order.

    Attributes:
        size: characters below it, without blanks.
        linked: how many of them stand in links.
        links: how many links it holds.
    """

    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list["Node | str"])
    size: int = 0
    linked: int = 0
    links: int = 0

    def get(self, name: str) -> str:
        """An attribute; empty when absent."""
        return self.attributes.get(name, "")

    def below(self) -> Iterator[Node]:
        """This node and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += [child for child in reversed(node.children) if isinstance(child, Node)]

    def texts(self, *, linked: bool = True) -> Iterator[str]:
        """Texts in document order, with a line break where a block begins."""
        stack: list[Node | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                yield item
            elif linked or item.tag != "a":
                yield "\n" if item.tag in BLOCKS or item.tag == "br" else ""
                stack += reversed(item.children)

    def text(self, *, linked: bool = True) -> str:
        """All texts as one."""
        return "".join(self.texts(linked=linked))


_KEPT = (
    "class",
    "id",
    "role",
    "style",
    "type",
    "checked",
    "value",
    "hidden",
    "bgcolor",
    "color",
    "colspan",
    "rowspan",
    "background",
    "selected",
)


def grow(root: Element) -> Node:
    """The tree of a parsed page; comments, scripts and other things unseen are left out."""
    top = Node("html", {})
    stack: list[tuple[Element, Node]] = [(root, top)]
    order: list[Node] = [top]
    while stack:
        element, parent = stack.pop()
        for child in element:
            tag = child.tag.lower() if isinstance(child.tag, str) else ""
            if tag and tag not in _DROPPED:
                # An anchor that only names a place often holds all that follows.
                tag = "span" if tag == "a" and child.get("href") is None else tag
                node = Node(tag, _attributes(child), parent)
                if child.text:
                    node.children.append(child.text)
                parent.children.append(node)
                order.append(node)
                stack.append((child, node))
            if child.tail:
                parent.children.append(child.tail)
    _measure(order)
    return top


def _attributes(element: Element) -> dict[str, str]:
    found = ((name, element.get(name)) for name in _KEPT)
    return {name: value for name, value in found if value is not None}


def _measure(order: list[Node]) -> None:
    """Sizes from the leaves up: a node stands behind its parent in this order."""
    for node in order:
        node.size = sum(len("".join(c.split())) for c in node.children if isinstance(c, str))
        node.linked = node.links = 0
    for node in reversed(order):
        if node.tag == "a":
            node.linked, node.links = node.size, node.links + (node.size > 0)
        if node.parent is not None:
            node.parent.size += node.size
            node.parent.linked += node.linked
            node.parent.links += node.links


def measured(top: Node) -> Node:
    """The tree with its sizes counted anew, after pruning."""
    _measure(list(top.below()))
    return top
