"""What a file is, judged by its contents; its name only breaks ties."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO


class Format(StrEnum):
    """Formats this room reads."""

    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


SUFFIXES: dict[str, Format] = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".shtml": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"SQLite format 3", "sqlite"),
)
_TEXT_LIKE = ("bmp", "exe", "mp3")
_HTML = re.compile(
    rb"^\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_HTML = re.compile(rb"^\s*<\?xml[^>]{0,200}>\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)
_PDF_REACH = 1024
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\v\x1a\x1b\x1c\x1d\x1e")
_SAMPLE = 65536
# High bytes of Latin, of Chinese and of Chinese punctuation.
_HIGH = bytes((0x00, 0x20, 0x22, 0x25, 0x30, 0xFE, 0xFF, *range(0x4E, 0xA0)))
_WIDE = 0.95


def sniff(data: bytes) -> str | None:
    """A ``Format`` value, the usual suffix of another kind, or None for plain bytes of text."""
    head = data[:_PDF_REACH]
    if data.lstrip()[:5] == b"%PDF-" or (b"%PDF-" in head and is_binary(data)):
        return Format.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if _HTML.match(head) or _XML_HTML.match(head):
        return Format.HTML
    return _foreign(data)


def _foreign(data: bytes) -> str | None:
    for magic, name in _MAGIC:
        if data.startswith(magic) and (name not in _TEXT_LIKE or is_binary(data)):
            return name
    if data[4:8] == b"ftyp":
        return "mp4"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        # A truncated package still shows its parts' names in the local headers.
        return Format.DOCX if b"word/" in data[:_SAMPLE] else "zip"
    for prefix, name in (("word/", Format.DOCX), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(item.startswith(prefix) for item in names):
            return name
    return "zip"


def is_binary(data: bytes) -> bool:
    """Whether bytes hold control characters no text of one- or multi-byte code has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(data):
        return False
    sample = data[:_SAMPLE]
    if not sample:
        return False
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 200


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows in its zero bytes or its Chinese high bytes."""
    if len(data) % 2:
        return None
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = data[offset:_SAMPLE:2]
        likely = len(high) - len(high.translate(None, _HIGH))
        if (
            likely > len(high) * _WIDE
            and high.count(0)
            and len(set(data[1 - offset : _SAMPLE : 2])) > 1
        ):
            return encoding
    return None
