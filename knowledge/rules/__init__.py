"""Words and local rules of the field as data: files chosen and read here, changed without code."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import cast


def load_rules(name: str) -> dict[str, object]:
    """The TOML file ``name`` of this folder as a dict.

    Raises:
        FileNotFoundError: there is no such file.
    """
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return cast("dict[str, object]", tomllib.loads(text))
