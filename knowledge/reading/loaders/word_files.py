"""Word files as Word shows them: accepted text in document order, what it hides told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.domain.documents import ReadingWarning
from knowledge.errors import InputRefused
from knowledge.reading.folding import fold
from knowledge.reading.letters.marks import is_mark
from knowledge.reading.loaded import Loaded, Progress
from knowledge.reading.loaders.elements import Element
from knowledge.reading.loaders.hidden import hidden_warnings
from knowledge.reading.loaders.packages import Package
from knowledge.reading.loaders.word_body import Body
from knowledge.reading.loaders.word_names import RELATION, W, switched
from knowledge.reading.loaders.word_numbering import Numbering
from knowledge.reading.loaders.word_styles import Styles
from knowledge.reading.loaders.word_text import bare, unmarked

_MAIN = "word/document.xml"
_NOTES = ("footnotes", "endnotes")
_MACROS = "vbaProject"


def load_docx(data: bytes, name: str, _progress: Progress) -> Loaded:
    """Accepted text: one line a paragraph, one a table row with tabs, notes at the end.

    Deleted and moved-away text, comments, instructions of fields and placeholders are left
    out; automatic numbers are written out. Text marked hidden, white on white or of a point
    stays in the text and is told in ``hidden``. The first page's header stands on top where
    it says number, class or openness.

    Raises:
        InputRefused: ``file.damaged`` (no package, no document part, an entity or a bomb),
            ``file.encrypted``, ``file.no_text``.
    """
    package = Package(data, name)
    main = package.main(_MAIN)
    root = package.part(main)
    if root is None:
        raise InputRefused("file.damaged", name=name)
    parts = _Parts(package, main)
    lines = _all_lines(parts, root)
    marked = "\n".join(lines) + "\n"
    if not bare(marked).strip():
        raise InputRefused("file.no_text", name=name)
    text, stretches = unmarked(marked)
    warnings = hidden_warnings(stretches)
    if parts.names(_MACROS):
        warnings.append(ReadingWarning("file.macro"))
    return Loaded(text, tuple(span for span, _ in stretches), warnings=tuple(warnings))


class _Parts:
    """The parts a document points to, by the kind of the pointer."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._relations = package.relations(main)
        self._folder = main.rpartition("/")[0]

    def names(self, kind: str) -> list[str]:
        """Parts of a kind; without pointers, the usual place."""
        named = [part for found, part in self._relations.values() if found == kind]
        suffix = "bin" if kind == _MACROS else "xml"
        usual = f"{self._folder}/{kind}.{suffix}"
        return named or ([usual] if usual in self._package else [])

    def first(self, kind: str) -> Element | None:
        """Root of the first part of a kind."""
        roots = (self._package.part(part) for part in self.names(kind))
        return next((root for root in roots if root is not None), None)

    def pointed(self, pointer: str | None) -> Element | None:
        """Root of the part behind a pointer's id."""
        _, part = self._relations.get(pointer or "", ("", ""))
        return self._package.part(part) if part else None


def _all_lines(parts: _Parts, root: Element) -> list[str]:
    styles = Styles(parts.first("styles"))
    body = Body(styles, Numbering(parts.first("numbering"), styles))
    lines = list(body.lines(root))
    for kind in _NOTES:
        notes = parts.first(kind)
        if notes is not None:
            lines += body.notes(notes, _dropped(root, f"{W}{kind[:-1]}Reference"))
    return [*_head(parts, root, Body(styles, Numbering(None, styles)), lines), *lines]


def _dropped(root: Element, tag: str) -> set[str]:
    """Ids of notes that only deleted text refers to."""
    kept: set[str] = set()
    deleted: set[str] = set()
    for reference in root.iter(tag):
        gone = any(True for _ in reference.iterancestors(f"{W}del", f"{W}moveFrom"))
        (deleted if gone else kept).add(reference.get(f"{W}id") or "")
    return deleted - kept


def _head(parts: _Parts, root: Element, body: Body, lines: Sequence[str]) -> Iterator[str]:
    """Number, class and openness of the first page's header, unless the text has them too."""
    section = next(root.iter(f"{W}sectPr"), None)
    if section is None:
        return
    wanted = "first" if switched(section.find(f"{W}titlePg")) else "default"
    standing = {"".join(bare(line).split()) for line in lines}
    for pointer in section.iter(f"{W}headerReference"):
        header = parts.pointed(pointer.get(f"{RELATION}id"))
        if pointer.get(f"{W}type") != wanted or header is None:
            continue
        for line in body.lines(header):
            seen = bare(line).strip()
            if seen and is_mark(fold(seen)) and "".join(seen.split()) not in standing:
                yield seen
