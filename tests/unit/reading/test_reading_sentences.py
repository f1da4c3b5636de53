"""Whatever reading refuses or doubts, both languages have a sentence for it."""

from __future__ import annotations

import re

import pytest

from bot.catalogues import LOCALES, load_catalogue
from tests.places import ROOT

_CODE = re.compile(r"""(InputRefused|ReadingWarning)\(\s*"([a-z_]+\.[a-z_]+)\"""")
_NAMED = re.compile(r'"(file\.[a-z_]+)"')


def _codes() -> set[tuple[bool, str]]:
    """Each code in the sources, with whether it is a doubt."""
    found: set[tuple[bool, str]] = set()
    for path in (ROOT / "knowledge" / "reading").rglob("*.py"):
        source = path.read_text("utf-8")
        told = {(kind == "ReadingWarning", code) for kind, code in _CODE.findall(source)}
        doubts = {code for doubt, code in told if doubt}
        found |= told | {(False, code) for code in set(_NAMED.findall(source)) - doubts}
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_has_a_sentence(locale: str) -> None:
    catalogue = load_catalogue(locale)
    keys = {f"warning.{code}" if doubt else code for doubt, code in _codes()}

    assert len(keys) > 30
    assert sorted(key for key in keys if not catalogue.has(key)) == []
