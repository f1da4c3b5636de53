"""What the names inside an archive are: their encoding, their safety, whether anybody reads them.

Archives made on a Chinese Windows hold GBK names without saying so, and the format's default
reading turns them into Western letters.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_HAN = re.compile(r"[\u3400-\u9fff\u3001-\u3011]")
_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST = 1000
_FURNITURE = frozenset(("__macosx", "thumbs.db", "desktop.ini"))


def name_of(item: zipfile.ZipInfo) -> str:
    """The entry's path in its own script, parts joined by ``/``."""
    return _decoded(item).replace("\\", "/")


def is_safe(name: str) -> bool:
    """Whether a name is a plain relative path a person can read."""
    parts = name.split("/")
    return (
        len(name) <= _LONGEST
        and not name.startswith("/")
        and ".." not in parts
        and _DRIVE.match(name) is None
        and not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in name)
    )


def shown(name: str) -> str:
    """An unsafe name as it may be shown: no controls that would act on a terminal."""
    plain = ("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in name)
    return "".join(plain).lstrip("/")[:_LONGEST]


def is_furniture(name: str) -> bool:
    """Folders, hidden files, locks and what systems leave behind: nobody's documents."""
    parts = name.rstrip("/").split("/")
    hidden = any(part.startswith((".", "~$")) and part != ".." for part in parts)
    return name.endswith("/") or hidden or any(part.lower() in _FURNITURE for part in parts)


def _decoded(item: zipfile.ZipInfo) -> str:
    if item.flag_bits & _UTF8_FLAG:
        return item.orig_filename
    raw = item.orig_filename.encode("cp437", "replace")
    return _unicode_path(item.extra, raw) or _guessed(raw) or item.orig_filename


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in UTF-8 that some packers add, if it belongs to the raw one."""
    while len(extra) >= 4:  # noqa: PLR2004 - two shorts: kind and length
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return field[5:].decode("utf-8", "replace")
    return None


def _guessed(raw: bytes) -> str | None:
    """UTF-8 if it spells Chinese, then GBK, then any UTF-8: short GBK names can pass for UTF-8."""
    utf8, gbk = (_try(raw, code) for code in ("utf-8", "gb18030"))
    if utf8 is not None and (gbk is None or utf8.isascii() or _HAN.search(utf8)):
        return utf8
    return gbk or utf8


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
