"""Both languages must say everything the code can say, with the same placeholders."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from bot.catalogues import LOCALES, Catalogue, load_catalogue

_ROOT = Path(__file__).parents[3]
_CODE = re.compile(
    r"(?:InputRefused|UsageRefused|SettingsRefused|IndexUnavailable|ModelUnavailable|DatabaseUnavailable"
    r'|SchemaUnknown|ContentRefused|CitationBroken)\(\s*"([a-z_.]+)"'
)
_KEY = re.compile(r'(?:\.text|\.say|_say|has)\(\s*"([a-z_]+\.[a-z_.]+)"')


def _sources() -> list[Path]:
    return [p for room in ("bot", "storage", "knowledge") for p in (_ROOT / room).rglob("*.py")]


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys() -> None:
    chinese, english = (load_catalogue(locale).texts for locale in LOCALES)

    assert chinese.keys() == english.keys()


def test_both_languages_fill_the_same_placeholders() -> None:
    chinese, english = (load_catalogue(locale).texts for locale in LOCALES)

    assert {k: _placeholders(v) for k, v in chinese.items()} == {
        k: _placeholders(v) for k, v in english.items()
    }


def test_every_error_code_of_the_source_has_a_sentence() -> None:
    known = load_catalogue("zh-CN").texts
    used = {code for path in _sources() for code in _CODE.findall(path.read_text("utf-8"))}

    assert used
    assert sorted(used - known.keys() - {"answer.citation_broken"}) == []


def test_every_key_the_source_names_has_a_sentence() -> None:
    known = load_catalogue("zh-CN").texts
    used = {key for path in _sources() for key in _KEY.findall(path.read_text("utf-8"))}

    assert used
    assert sorted(used - known.keys()) == []


def test_an_unknown_language_falls_back_to_chinese() -> None:
    assert load_catalogue("fr").locale == "zh-CN"


def test_a_missing_key_is_a_developers_error() -> None:
    with pytest.raises(KeyError):
        Catalogue("en", {}).text("no.such.key")
