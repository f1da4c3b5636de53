"""A letter says the same as text, as a Word file, as a pdf and as a page of a site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as members
from pathlib import Path
from typing import Any, cast

import pytest

from knowledge.domain.documents import ParsedDocument
from knowledge.domain.text import Field
from knowledge.reading.loaded import Loaded, silent
from knowledge.reading.loaders.html_pages import load_html
from knowledge.reading.loaders.pdf_files import load_pdf
from knowledge.reading.loaders.word_files import load_docx
from knowledge.reading.parsing import parse_loaded, parse_text
from tests.rounds.files import FACE, SUITE, converted, drawable, page, printed, word
from tests.rounds.letters import LETTERS, Letter

_needs_face = pytest.mark.skipif(not FACE.exists(), reason=f"no typeface at {FACE}")
_needs_suite = pytest.mark.skipif(SUITE is None, reason="no office suite (soffice)")
_each = pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)


def _value(item: object) -> Any:
    """A field's value without the place it was read from."""
    if isinstance(item, Field):
        return cast("Field[object]", item).value
    if isinstance(item, tuple):
        return tuple(_value(part) for part in cast("tuple[object, ...]", item))
    return item


def _values(documents: Sequence[ParsedDocument]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for document in documents:
        slots = {
            slot.name: _value(getattr(document.fields, slot.name))
            for slot in members(document.fields)
        }
        found.append({"kind": document.kind, **slots})
    return found


def _differences(text: str, loaded: Loaded) -> list[str]:
    expected, found = _values(parse_text(text)), _values(parse_loaded(loaded))
    if [one["kind"] for one in expected] != [one["kind"] for one in found]:
        return [f"kinds: {[one['kind'] for one in expected]} {[one['kind'] for one in found]}"]
    return [
        f"{name}: {value!r} != {other[name]!r}"
        for one, other in zip(expected, found, strict=True)
        for name, value in one.items()
        if value != other[name]
    ]


@_each
def test_a_word_letter_says_what_its_text_says(letter: Letter) -> None:
    assert _differences(letter.text, load_docx(word(letter.text), "复文.docx", silent)) == []


@_each
def test_a_page_says_what_its_letter_says(letter: Letter) -> None:
    loaded = load_html(page(letter.text), "复文.html", silent)

    assert _differences(letter.text, loaded) == []
    assert not any(
        word in loaded.text for word in ("首页", "打印", "备案", "承办：云岭", "市气象局")
    )


@_needs_face
@_each
def test_a_printed_letter_says_what_its_text_says(letter: Letter) -> None:
    text = drawable(letter.text)

    assert _differences(text, load_pdf(printed(text), "复文.pdf", silent)) == []


@pytest.mark.slow
@_needs_suite
def test_letters_printed_by_an_office_suite_say_what_their_texts_say(tmp_path: Path) -> None:
    files = converted({letter.name: word(letter.text) for letter in LETTERS}, tmp_path)

    differences = {
        letter.name: _differences(letter.text, load_pdf(files[letter.name], "复文.pdf", silent))
        for letter in LETTERS
    }

    assert {name: found for name, found in differences.items() if found} == {}
