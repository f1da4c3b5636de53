"""Telegram's HTML: which tags it takes, how it refuses the rest, what text remains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tests.telegram_server.refusals import Refused, bad_request

TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?P<code>x[0-9a-fA-F]+|\d+)|(?P<name>lt|gt|amp|quot)(?![A-Za-z]));?")
_START = re.compile(r"<(?P<name>[^\s>]*)")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>/"']+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<token>[A-Za-z0-9.\-]*)(?=[\s>])))?"""
)
_END = re.compile(r"</(?P<name>[^\s>]*)\s*(?P<close>>?)")


@dataclass(frozen=True, slots=True)
class Entity:
    """A styled stretch; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None

    def as_json(self) -> dict[str, object]:
        """The Bot API's MessageEntity."""
        body: dict[str, object] = {"type": self.type, "offset": self.offset, "length": self.length}
        return body | ({"url": self.url} if self.url else {})


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    kind: str
    offset: int
    url: str | None


def utf16_length(text: str) -> int:
    """How long Telegram takes ``text`` to be."""
    return len(text) + sum(character > "\uffff" for character in text)


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """Visible text and entities of ``source``.

    Raises:
        Refused: markup that Telegram does not take.
    """
    return _Parser(source).parse()


def decode_references(text: str) -> str:
    """``text`` with Telegram's four named references and numeric ones resolved."""
    return _REFERENCE.sub(lambda found: _character(found) or found.group(), text)


def _character(found: re.Match[str]) -> str | None:
    if name := found.group("name"):
        return _NAMED[name]
    literal = found.group("code")
    code = int(literal[1:], 16) if literal.startswith("x") else int(literal)
    return chr(code) if 0 < code < 0x10FFFF and len(literal) < 9 else None


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, tuple[Entity, ...]]:
        while self._at < len(self._source):
            if self._source.startswith("</", self._at):
                self._end_tag()
            elif self._source[self._at] == "<":
                self._start_tag()
            else:
                self._plain()
        if self._open:
            raise self._refusal(f'Can\'t find end tag corresponding to start tag "{self._tag}"')
        ordered = sorted(self._entities, key=lambda entity: (entity.offset, -entity.length))
        return "".join(self._text), tuple(ordered)

    @property
    def _tag(self) -> str:
        return self._open[-1].tag

    def _plain(self) -> None:
        stop = self._source.find("<", self._at)
        stop = len(self._source) if stop < 0 else stop
        text = decode_references(self._source[self._at : stop])
        self._text.append(text)
        self._length += utf16_length(text)
        self._at = stop

    def _start_tag(self) -> None:
        begin = self._at
        found = _START.match(self._source, begin)
        name = found.group("name").lower() if found else ""
        self._at = begin + 1 + len(name)
        if self._at >= len(self._source):
            raise self._unclosed(name, begin)
        if name not in TAGS:
            raise self._refusal(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refusal('Tag "span" must have class "tg-spoiler"', begin)
        kind = TAGS[name]
        if kind == "blockquote" and "expandable" in attributes:
            kind = "expandable_blockquote"
        self._open.append(_Open(name, kind, self._length, attributes.get("href")))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._at >= len(self._source):
                raise self._unclosed(tag, begin)
            if self._source[self._at] == ">":
                self._at += 1
                return attributes
            found = _ATTRIBUTE.match(self._source, self._at)
            if found is None:
                raise self._refusal(f'Empty attribute name in the tag "{tag}"', begin)
            self._at = found.end()
            value = found.group("double") or found.group("single") or found.group("token") or ""
            attributes[found.group("name").lower()] = decode_references(value)

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._refusal("Unexpected end tag", begin)
        found = _END.match(self._source, begin)
        if found is None or not found.group("close"):
            raise self._refusal("Unclosed end tag", begin)
        opened, name = self._open[-1], found.group("name")
        if name and name != opened.tag:
            expected = f', expected "</{opened.tag}>", found "</{name}>"'
            raise self._refusal("Unmatched end tag", begin, expected)
        self._open.pop()
        self._at = found.end()
        if self._length > opened.offset:
            length = self._length - opened.offset
            self._entities.append(Entity(opened.kind, opened.offset, length, opened.url))

    def _skip_space(self) -> None:
        while self._at < len(self._source) and self._source[self._at].isspace():
            self._at += 1

    def _unclosed(self, tag: str, begin: int) -> Refused:
        return self._refusal(f'Unclosed start tag "{tag}"', begin)

    def _refusal(self, reason: str, begin: int | None = None, more: str = "") -> Refused:
        place = ""
        if begin is not None:
            place = f" at byte offset {len(self._source[:begin].encode())}"
        return bad_request(f"can't parse entities: {reason}{place}{more}")
