"""Fields filled in on a page: their values are drawn by the viewer and stand in no text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from knowledge.reading.loaders.page_geometry import width
from knowledge.reading.loaders.pdf_shapes import Box, Frame, Glyph, Pdfium, pdfium

_WIDGET, _FREE_TEXT = 20, 3
_BOXES = (2, 3)
"""Check boxes and radio buttons."""
_TEXTS = (4, 5, 6)
"""Choices of one, choices of many, texts."""
_UNSHOWN = 0b10_0010
"""Flags: hidden, not viewed."""
_LARGEST = 14.0
_MOST = 5000
_LONGEST = 200_000


def read_fields(page: object, form: object | None, frame: Frame) -> list[Glyph]:
    """Values of a page's form fields and of text typed over it, as characters at their place.

    Args:
        page: pdfium's handle of a loaded page.
        form: pdfium's handle of the form's environment; None for a file without a form.
        frame: the page's coordinates.
    """
    raw = pdfium()
    glyphs: list[Glyph] = []
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        value = "" if raw.FPDFAnnot_GetFlags(note) & _UNSHOWN else _value(raw, form, note)
        if value:
            glyphs += _set(value, _place(raw, note, frame))
        raw.FPDFPage_CloseAnnot(note)
    return glyphs


def _value(raw: Pdfium, form: object | None, note: object) -> str:
    kind = raw.FPDFAnnot_GetSubtype(note)
    if kind == _FREE_TEXT:
        return _string(raw.FPDFAnnot_GetStringValue, note, b"Contents")
    if kind != _WIDGET or form is None:
        return ""
    field = raw.FPDFAnnot_GetFormFieldType(form, note)
    if field in _BOXES:
        return "☑" if raw.FPDFAnnot_IsChecked(form, note) else "□"
    return _string(raw.FPDFAnnot_GetFormFieldValue, form, note) if field in _TEXTS else ""


def _string(ask: object, *handles: object) -> str:
    """A string the library writes into a buffer; empty when there is none."""
    if not callable(ask):
        return ""
    size = ask(*handles, None, 0)
    if not isinstance(size, int) or not 2 < size < _LONGEST:  # noqa: PLR2004 - the closing zero
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    ask(*handles, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")


def _place(raw: Pdfium, note: object, frame: Frame) -> Box:
    import pypdfium2.raw as vendor

    rect = vendor.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, ctypes.byref(rect))
    return frame.box(rect.left, rect.bottom, rect.right, rect.top)


def _set(value: str, box: Box) -> Iterator[Glyph]:
    """Characters side by side, lines one below the other, in the upper part of the field."""
    lines = [line for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line]
    height = min(box.height / max(len(lines), 1), _LARGEST)
    top = box.top if len(lines) > 1 else box.top + (box.height - height) / 2
    for row, line in enumerate(lines):
        step = min(box.width / width(line), height)
        upper = top + row * height
        left = box.x0
        for char in line:
            right = left + step * width(char)
            yield Glyph(char, Box(left, upper, right, upper + height))
            left = right
