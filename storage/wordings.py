"""What a file brings: each of its documents with the digests it is recognised by."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from knowledge.domain.documents import DocumentKind, ParsedDocument
from knowledge.domain.library import DocumentCard, SourceFile
from storage.cards import identity, read_card
from storage.copies import recognised
from storage.folding import folded_number

ALIKE = 0.7
"""From this share of common character pairs on, a changed copy is the same document."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One document of a file, not yet matched to what is kept.

    Attributes:
        text: its own span of the raw text.
        seen: its passages one after another: the text without what the page hides.
        sha256: digest of kind and text; equal for equal documents wherever they lie.
        card: as read; id and version are not given yet.
        identity: equal for changed copies of one letter; None without any number.
        recognised: whether its text comes from a picture.
    """

    parsed: ParsedDocument
    text: str
    sha256: str
    card: DocumentCard
    identity: str | None
    seen: str
    recognised: bool


def wordings(source: SourceFile) -> list[Wording]:
    """The documents of a file in their order; a text that stands twice counts once."""
    found: dict[str, Wording] = {}
    for parsed in source.documents:
        text = parsed.span.of(source.text)
        digest = text_digest(parsed.kind, text)
        if digest not in found:
            card = read_card(parsed, source)
            seen = "\n".join(draft.span.of(source.text) for draft in parsed.passages)
            scanned = recognised(warning.code for warning in parsed.warnings)
            found[digest] = Wording(parsed, text, digest, card, identity(card), seen, scanned)
    return list(found.values())


def text_digest(kind: DocumentKind, text: str) -> str:
    """Digest by which equal documents are recognised."""
    return sha256(f"{kind.value}\n{text}".encode()).hexdigest()


def alike(one: str, other: str) -> bool:
    """Whether two texts share enough character pairs, spaces aside (Jaccard)."""
    first, second = _pairs(one), _pairs(other)
    union = len(first | second)
    return union == 0 or len(first & second) / union >= ALIKE


def same_number(one: DocumentCard, other: DocumentCard) -> bool | None:
    """Whether case literals, else document numbers, agree; None when that cannot be told.

    Case numbers begin anew with every session and in each body: where those differ, equal
    literals are different cases.
    """
    for mine, theirs in ((one.session, other.session), (one.body, other.body)):
        if mine and theirs and mine != theirs:
            return False
    for mine, theirs in (
        (one.case_number, other.case_number),
        (one.document_number, other.document_number),
    ):
        if mine and theirs:
            return folded_number(mine) == folded_number(theirs)
    return None


def _pairs(text: str) -> set[str]:
    bare = "".join(text.split())
    return {bare[at : at + 2] for at in range(len(bare) - 1)}
