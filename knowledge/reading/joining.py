"""Several files as one text: the documents keep their places in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from knowledge.domain.documents import ParsedDocument, ParsedFile, ReadingWarning
from knowledge.domain.text import Span
from knowledge.errors import InputRefused
from knowledge.ports.files import FileMember

T = TypeVar("T")

BREAK = "\n\f\n"
"""Stands between the texts of two files."""


def joined(members: Iterable[FileMember], name: str, digest: str, limit: int) -> ParsedFile:
    """All that could be read as one file; what could not is told in its first document's warnings.

    Args:
        members: in their order.
        name: the archive's, shown in refusals.
        digest: of the archive.
        limit: longest text taken, in code points.

    Raises:
        InputRefused: the first refusal, when nothing could be read; ``file.too_long`` (limit).
    """
    read: list[ParsedFile] = []
    refused: list[ReadingWarning] = []
    first: InputRefused | None = None
    length = 0
    for member in members:
        if isinstance(member.content, InputRefused):
            first = first or member.content
            details = {"member": member.name or "", "reason": member.content.code}
            refused.append(ReadingWarning("file.member_refused", None, details))
        else:
            read.append(member.content)
            length += len(member.content.text) + len(BREAK)
            if length - len(BREAK) > limit:
                raise InputRefused("file.too_long", name=name, limit=limit)
    if not read:
        raise first or InputRefused("file.no_files", name=name)
    return _one(read, tuple(refused), digest)


def _one(read: list[ParsedFile], refused: tuple[ReadingWarning, ...], digest: str) -> ParsedFile:
    at, documents = 0, list[ParsedDocument]()
    for parsed in read:
        documents.extend(shifted(document, at) for document in parsed.documents)
        at += len(parsed.text) + len(BREAK)
    whole = ParsedFile(
        BREAK.join(parsed.text for parsed in read),
        digest,
        tuple(documents),
        tuple(register for parsed in read for register in parsed.registers),
    )
    head = whole.documents[0]
    head = replace(head, warnings=(*refused, *head.warnings))
    return replace(whole, documents=(head, *whole.documents[1:]))


def shifted(value: T, by: int) -> T:
    """The same value with every span in it ``by`` code points further on."""
    return cast("T", _shifted(value, by))


def _shifted(value: object, by: int) -> object:
    if isinstance(value, Span):
        return value.shifted(by)
    if isinstance(value, tuple):
        return tuple(_shifted(item, by) for item in cast("tuple[object, ...]", value))
    if is_dataclass(value) and not isinstance(value, type):
        names = [member.name for member in fields(value)]
        moved = {name: _shifted(getattr(value, name), by) for name in names}
        return replace(value, **moved)
    return value
