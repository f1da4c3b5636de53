"""Which format a file is read as: its contents decide, its suffix when they are silent."""

from __future__ import annotations

import re
from pathlib import PurePath

from knowledge.errors import InputRefused
from knowledge.reading.loaders.plain_text import load_text
from knowledge.reading.sniffing import SUFFIXES, Format, is_binary, sniff

_TEXTS = (Format.TEXT, Format.MARKDOWN, Format.HTML, Format.CSV)
_TABLES = (Format.XLSX, Format.XLS)
_PACKAGES = tuple(fmt for fmt in Format if fmt not in _TEXTS)
_FOREIGN = {
    "locked": "file.encrypted",
    "rar": "file.unpack_first",
    "7z": "file.unpack_first",
    "gz": "file.unpack_first",
    "ofd": "file.ofd",
}
_TOLD = (".rar", ".7z", ".gz", ".ofd")
_SUFFIX = re.compile(r"\.(?=[^.]*[a-z])[a-z0-9]{1,8}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTER = 30


def suffix_of(name: str) -> str:
    """The suffix of a file's name in lower case; a date behind a dot is none."""
    suffix = PurePath(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def is_known(name: str) -> bool:
    """Whether a file of this name is of a readable kind, as far as a name can tell."""
    return suffix_of(name) in SUFFIXES


def is_promising(name: str) -> bool:
    """Whether a look into a file of this name yields a document or a better refusal."""
    suffix = suffix_of(name)
    return not suffix or suffix in SUFFIXES or suffix in _TOLD


def format_of(data: bytes, filename: str, name: str) -> Format:
    """The format to read a file as.

    Args:
        data: the whole file.
        filename: as on disk; its suffix breaks ties.
        name: shown in refusals.

    Raises:
        InputRefused: ``file.unsupported``, ``file.wrong_type`` (found), ``file.damaged``,
            ``file.encrypted``, ``file.unpack_first``, ``file.ofd``, ``file.encoding``.
    """
    named = SUFFIXES.get(suffix_of(filename))
    found = sniff(data)
    if found is None:
        return _silent(data, filename, named, name)
    if found == Format.HTML and named is not None and named in _TEXTS:
        return named
    if found == "mhtml":
        return Format.HTML
    if found in set(Format):
        return Format(found)
    if found == "compound" and named is Format.OFFICE:
        return named
    code = _FOREIGN.get(found) or ("file.unsupported" if named is None else "file.wrong_type")
    raise InputRefused(code, name=name, found=found)


def _silent(data: bytes, filename: str, named: Format | None, name: str) -> Format:
    """Plain bytes: text unless the name promises a format they do not hold."""
    if is_binary(data):
        raise _not_text(named, name)
    if named in _TABLES:
        return Format.CSV
    if named in _PACKAGES:
        # Offices save letters as text under a Word name; a stray word is not a letter.
        if len(_HAN.findall(load_text(data, name))) < _LETTER:
            raise InputRefused("file.damaged", name=name)
        return Format.TEXT
    suffix = suffix_of(filename)
    if named is None and suffix:
        raise InputRefused("file.unsupported", name=name, suffix=suffix)
    return named or Format.TEXT


def _not_text(named: Format | None, name: str) -> InputRefused:
    if named is None:
        return InputRefused("file.unsupported", name=name)
    if named in _PACKAGES:
        return InputRefused("file.damaged", name=name)
    return InputRefused("file.wrong_type", name=name, found="binary")
