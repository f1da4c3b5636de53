"""The little of an lxml element the loaders use, typed: the vendor's unknowns stop here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, cast

from knowledge.errors import InputRefused


class Element(Protocol):
    """An element of a parsed tree; a comment's ``tag`` is no string."""

    tag: object
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[Element]:
        """Children in order."""
        ...

    def get(self, key: str) -> str | None:
        """An attribute's value."""
        ...

    def find(self, path: str) -> Element | None:
        """The first element on a path."""
        ...

    def iter(self, *tags: str) -> Iterator[Element]:
        """This element and all below it with these tags, in document order."""
        ...

    def iterancestors(self, *tags: str) -> Iterator[Element]:
        """Elements above this one with these tags, nearest first."""
        ...


class _Info(Protocol):
    doctype: str


class _Tree(Protocol):
    docinfo: _Info


class _Root(Element, Protocol):
    def getroottree(self) -> _Tree:
        """The document around the root."""
        ...


class _Etree(Protocol):
    XMLParser: Callable[..., object]
    HTMLParser: Callable[..., object]
    XMLSyntaxError: type[Exception]
    ParserError: type[Exception]

    def fromstring(self, text: bytes, parser: object) -> _Root | None:
        """Root of parsed bytes; None when a forgiving parser found nothing."""
        ...


def _etree() -> _Etree:
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - no stubs

    return cast("_Etree", etree)


def parse_xml(data: bytes, name: str) -> Element:
    """Root of an XML part, read without entities, network and document types.

    Raises:
        InputRefused: ``file.damaged`` when it is no XML or brings a document type.
    """
    etree = _etree()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputRefused("file.damaged", name=name) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise InputRefused("file.damaged", name=name, reason="doctype")
    return root


def parse_html(data: bytes, encoding: str, name: str) -> Element:
    """Root of a page; scripts are parsed as text and never run.

    Raises:
        InputRefused: ``file.no_text`` when there is nothing to parse.
    """
    etree = _etree()
    # Tags left open nest a page deeper than the parser allows by itself; its bytes are bounded.
    parser = etree.HTMLParser(encoding=encoding, huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputRefused("file.no_text", name=name) from error
    if root is None:
        raise InputRefused("file.no_text", name=name)
    return root
