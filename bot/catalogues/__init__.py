"""All user-facing text: one folder a language, one TOML file a topic, the same keys in each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, cast

LOCALES: Final = ("zh-CN", "en")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Texts of one language by dotted key, e.g. ``answers.not_found``."""

    locale: str
    texts: dict[str, str]

    def text(self, key: str, /, **values: object) -> str:
        """The sentence under ``key`` with its ``{placeholders}`` filled.

        Raises:
            KeyError: no such key or a placeholder without a value: a developer's mistake.
        """
        return self.texts[key].format_map(values)

    def has(self, key: str) -> bool:
        """Whether there is a sentence under ``key``."""
        return key in self.texts


def load_catalogue(locale: str) -> Catalogue:
    """Read one language from its folder; an unknown locale falls back to zh-CN."""
    chosen = locale if locale in LOCALES else LOCALES[0]
    texts: dict[str, str] = {}
    for entry in files(__name__).joinpath(chosen).iterdir():
        if entry.name.endswith(".toml"):
            topic = entry.name.removesuffix(".toml")
            table = cast("dict[str, object]", tomllib.loads(entry.read_text(encoding="utf-8")))
            texts.update(_flatten(table, topic))
    return Catalogue(chosen, texts)


def _flatten(table: dict[str, object], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            flat.update(_flatten(cast("dict[str, object]", value), key))
        else:
            flat[key] = str(value)
    return flat
