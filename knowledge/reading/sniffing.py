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
    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    IMAGE = "image"
    OFFICE = "office"
    """Written documents only an office suite opens: doc, wps, rtf, odt."""
    ZIP = "zip"


SUFFIXES: dict[str, Format] = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".shtml": Format.HTML,
    ".xhtml": Format.HTML,
    ".mht": Format.HTML,
    ".mhtml": Format.HTML,
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".dotx": Format.DOCX,
    ".dotm": Format.DOCX,
    ".pdf": Format.PDF,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".xlsx": Format.XLSX,
    ".xlsm": Format.XLSX,
    ".xltx": Format.XLSX,
    ".xltm": Format.XLSX,
    ".xls": Format.XLS,
    ".et": Format.XLS,
    ".ods": Format.XLS,
    ".jpg": Format.IMAGE,
    ".jpeg": Format.IMAGE,
    ".png": Format.IMAGE,
    ".bmp": Format.IMAGE,
    ".tif": Format.IMAGE,
    ".tiff": Format.IMAGE,
    ".webp": Format.IMAGE,
    ".doc": Format.OFFICE,
    ".wps": Format.OFFICE,
    ".rtf": Format.OFFICE,
    ".odt": Format.OFFICE,
    ".zip": Format.ZIP,
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"GIF8", "gif"),
    (b"BM", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"{\\rtf", Format.OFFICE),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"SQLite format 3", "sqlite"),
)
_TEXT_LIKE = (b"BM", b"MZ", b"ID3")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of a compound file by what they make of it; a locked package may hold others too.
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", Format.OFFICE),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_PARTS = (
    ("word/", "document.xml", Format.DOCX),
    ("xl/", "workbook.xml", Format.XLSX),
    ("ppt/", "presentation.xml", "pptx"),
)
_LISTED = b"PK\x01\x02"
_MOST_LISTED = 200_000
_OPEN = "application/vnd.oasis.opendocument."
_OPEN_KINDS = {"text": Format.OFFICE, "spreadsheet": Format.XLS}
_WORD_XML = re.compile(rb"^\s*<\?xml.{0,400}progid=[\"']Word\.Document", re.DOTALL)
_HTML = re.compile(
    rb"^\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_HTML = re.compile(rb"^\s*<\?xml[^>]{0,200}>\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)
_SAVED_PAGE = re.compile(
    rb"\s*(?=(?:From|MIME-Version|Subject|Date|Content-Type|Snapshot-[a-z-]{1,20}):)"
    rb"(?=.{0,900}^mime-version:)"
    rb".{0,900}?^content-type:\s*(?:multipart/(?:related|alternative)|text/html)",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
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
    return "mhtml" if _SAVED_PAGE.match(head) else _foreign(data)


def _foreign(data: bytes) -> str | None:
    if data.startswith(_COMPOUND):
        return _compound(data)
    for magic, name in _MAGIC:
        if data.startswith(magic) and (magic not in _TEXT_LIKE or is_binary(data)):
            return name
    if _WORD_XML.match(data[:_PDF_REACH]):
        return Format.OFFICE
    if data[4:8] == b"ftyp":
        return "mp4"
    return Format.IMAGE if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def _compound(data: bytes) -> str:
    """Which program wrote a compound file; ``compound`` when none of those known did."""
    for stream, name in _STREAMS:
        if f"{stream}\0".encode("utf-16-le") in data:
            return name
    return "compound"


def is_swamped(data: bytes) -> bool:
    """Whether a package lists so many entries that listing them is the attack."""
    return data.count(_LISTED) > _MOST_LISTED


def _zipped(data: bytes) -> str:
    if is_swamped(data):
        return Format.ZIP
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            return _package(names) or _open_document(archive, names) or Format.ZIP
    except Exception:  # noqa: BLE001 - a broken package fails in ways without a common base
        return _broken_package(data[:_SAMPLE])


def _package(names: set[str]) -> str | None:
    """An Office package has its main part or its table of types; a folder ``word/`` is none."""
    typed = "[Content_Types].xml" in names
    for folder, main, name in _PARTS:
        if folder + main in names or (typed and any(item.startswith(folder) for item in names)):
            return name
    return "ofd" if "OFD.xml" in names else None


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" not in names:
        return None
    with archive.open("mimetype") as file:
        kind = file.read(_PDF_REACH).decode("ascii", "replace").strip()
    if not kind.startswith(_OPEN):
        return "epub" if "epub" in kind else None
    return _OPEN_KINDS.get(kind.removeprefix(_OPEN).split("-")[0], "odf")


def _broken_package(head: bytes) -> str:
    """A truncated package still shows its parts' names in the local headers."""
    for folder, _, name in _PARTS:
        if folder.encode() in head and b"[Content_Types].xml" in head:
            return name
    return Format.DOCX if b"word/" in head else Format.ZIP


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
