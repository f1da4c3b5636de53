"""Letters put on paper, scanned badly and read back say what their authors wrote."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import fields as members
from functools import lru_cache
from io import BytesIO
from typing import cast

import pytest
from rapidfuzz.distance import Levenshtein

from knowledge.domain.documents import ParsedDocument
from knowledge.domain.text import Field
from knowledge.reading.loaded import Loaded, silent
from knowledge.reading.loaders.images import load_image
from knowledge.reading.loaders.pdf_files import load_pdf
from knowledge.reading.parsing import parse_loaded, parse_text
from tests.rounds.letters import LETTERS, Letter
from tests.rounds.paper import Page, bound, face, photographed, scanned, typeset

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(face() is None, reason="this system has no Chinese typeface to print with"),
]

_FIELDS = 0.95
_CHARACTERS = 0.02


@dataclass(frozen=True, slots=True)
class _Round:
    """What came back of a letter: fields equal and in all, wrong characters and all."""

    name: str
    equal: int
    fields: int
    wrong: int
    characters: int
    differing: tuple[str, ...]


def _values(documents: Sequence[ParsedDocument]) -> dict[str, str]:
    """Every field of every document as one text, widths and blanks aside."""
    found: dict[str, str] = {}
    for number, document in enumerate(documents):
        found[f"{number}.kind"] = document.kind
        for slot in members(document.fields):
            told = ", ".join(str(value) for value in _told(getattr(document.fields, slot.name)))
            if told:
                found[f"{number}.{slot.name}"] = _plain(told)
    return found


def _told(value: object) -> Iterator[object]:
    if isinstance(value, Field):
        yield cast("Field[object]", value).value
    elif isinstance(value, tuple):
        for item in cast("tuple[Field[object], ...]", value):
            yield item.value


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _compared(letter: Letter, loaded: Loaded) -> _Round:
    wanted, got = _values(parse_text(letter.text)), _values(parse_loaded(loaded))
    names = wanted.keys() | got.keys()
    differing = sorted(name for name in names if wanted.get(name) != got.get(name))
    text = _plain(letter.text)
    wrong = Levenshtein.distance(text, _plain(loaded.text))
    shown = tuple(f"{name}: {wanted.get(name)} -> {got.get(name)}" for name in differing)
    return _Round(letter.name, len(names) - len(shown), len(names), wrong, len(text), shown)


@lru_cache(maxsize=1)
def _rounds() -> tuple[_Round, ...]:
    return tuple(
        _compared(letter, load_pdf(_scan(letter, seed * 10), "scan.pdf", silent))
        for seed, letter in enumerate(LETTERS)
    )


def _scan(letter: Letter, seed: int) -> bytes:
    return bound([scanned(page, seed + at) for at, page in enumerate(typeset(letter.text))])


def _show(line: str) -> None:
    sys.stdout.write(f"\n{line}\n")


def _letter(name: str) -> Letter:
    return next(letter for letter in LETTERS if letter.name == name)


def _as_picture(page: Page) -> Loaded:
    held = BytesIO()
    page.save(held, "JPEG", quality=80)
    return load_image(held.getvalue(), "photo.jpg", silent)


def test_fields_of_scanned_letters_equal_those_of_their_texts() -> None:
    rounds = _rounds()
    equal, fields = sum(each.equal for each in rounds), sum(each.fields for each in rounds)
    for each in rounds:
        for line in each.differing:
            _show(f"{each.name} {line}")
    _show(f"fields: {equal} of {fields} equal ({equal / fields:.1%})")

    assert equal / fields >= _FIELDS


def test_few_characters_of_scanned_letters_are_wrong() -> None:
    rounds = _rounds()
    wrong, characters = sum(each.wrong for each in rounds), sum(each.characters for each in rounds)
    _show(f"characters: {wrong} of {characters} wrong ({wrong / characters:.2%})")

    assert wrong / characters < _CHARACTERS


def test_ticks_of_scanned_forms_are_read() -> None:
    forms = [each for each in _rounds() if each.name.startswith("form")]
    chosen = ("result_class", "satisfaction")

    assert len(forms) == 3
    assert [
        line for each in forms for line in each.differing if any(c in line for c in chosen)
    ] == []


def test_a_photograph_taken_sideways_reads_like_the_letter() -> None:
    letter = _letter("published-whole")
    photo = photographed(typeset(letter.text)[0], 3).rotate(90, expand=True)

    found = _compared(letter, _as_picture(photo))

    assert found.equal / found.fields >= _FIELDS
    assert found.wrong / found.characters < _CHARACTERS


def test_a_photographed_form_keeps_its_ticks() -> None:
    letter = _letter("form-with-class-behind")

    found = _compared(letter, _as_picture(photographed(typeset(letter.text)[0], 3)))

    assert not [line for line in found.differing if "result_class" in line]
    assert found.equal / found.fields >= _FIELDS


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_bound_the_wrong_way_round_reads_like_the_letter(angle: int) -> None:
    letter = _letter("chinese-date")
    page = scanned(typeset(letter.text)[0], angle).rotate(angle, expand=True)

    found = _compared(letter, load_pdf(bound([page]), "scan.pdf", silent))

    assert found.differing == ()
