"""Runs one loader and lets nothing out but a checked text or a refusal, whatever happens in it."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Final

from knowledge.errors import InputRefused
from knowledge.reading.loaded import Loaded, Progress
from knowledge.reading.loaders.registry import LOADERS
from knowledge.reading.sniffing import Format

_LOG: Final = logging.getLogger(__name__)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def load(fmt: Format, data: bytes, name: str, progress: Progress, limit: int) -> Loaded:
    """The text of a file of a known format.

    Args:
        fmt: one of those with a loader.
        data: the whole file.
        name: shown in refusals.
        progress: told after each page that took long.
        limit: longest text taken, in code points.

    Raises:
        InputRefused: as the loader, ``file.empty``, ``file.too_long`` (limit),
            ``file.too_heavy`` where memory ran out, ``file.damaged`` for anything else.
    """
    try:
        loaded = LOADERS[fmt](data, name, progress)
    except InputRefused:
        raise
    except MemoryError as error:
        raise InputRefused("file.too_heavy", name=name) from error
    except Exception as error:
        _LOG.exception("a loader failed at a %s file", fmt.value)
        failure = type(error).__name__
        raise InputRefused("file.damaged", name=name, failure=failure) from error
    return _checked(loaded, name, limit)


def _checked(loaded: Loaded, name: str, limit: int) -> Loaded:
    if not loaded.text.strip():
        raise InputRefused("file.empty", name=name)
    if len(loaded.text) > limit:
        raise InputRefused("file.too_long", name=name, limit=limit)
    if _SURROGATE.search(loaded.text):
        # Halves of a pair cannot be stored; the mark keeps every offset.
        return replace(loaded, text=_SURROGATE.sub("\ufffd", loaded.text))
    return loaded
