"""A label with its place: what all ways of finding labels in a form hand on."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.reading.form_labels import (
    bare_label,
    decoration_end,
    field_of,
    is_nameless,
    may_answer,
)

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class FormLabel:
    """A label of a form: its field, where it stands, where its value begins.

    Attributes:
        name: the field, or ``extra`` for a label that has none.
        printed: the label as one reads it aloud.
        stop: where its value ends; None when the next label ends it.
        value: where its value begins when that is not right behind it.
    """

    name: str
    printed: str
    start: int
    end: int
    stop: int | None = None
    value: int | None = None


def whole_label(text: str, start: int, end: int, *, nameless: bool = True) -> FormLabel | None:
    """The label that a cell or a line (``text`` at ``start..end``) is, when it is nothing else."""
    inner = start + decoration_end(text)
    bare = text[inner - start :].strip(" *:")
    if not bare or len(bare) > _LONGEST or may_answer(bare):
        return None
    name = field_of(bare) or ("extra" if nameless and is_nameless(bare) else None)
    return FormLabel(name, bare_label(bare), start, end) if name else None
