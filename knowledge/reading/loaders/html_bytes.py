"""A page's bytes: which encoding they are in, and which part of a saved archive is the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes

from knowledge.reading.loaders.plain_text import decoded

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE
)
_ARCHIVE = re.compile(
    rb"\s*(?:From:|MIME-Version:|Subject:|Date:|Content-Type:|Snapshot-)", re.IGNORECASE
)
_HEAD = 4096


def page_of(data: bytes) -> tuple[bytes, str | None]:
    """The page's own bytes and its charset where an archive (.mht) tells it."""
    if _ARCHIVE.match(data) is None:
        return data, None
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return payload, part.get_content_charset()
    return data, None


@dataclass(frozen=True, slots=True)
class PageBytes:
    """A page and the encoding it decodes in; ``damaged`` counts bytes that were lost."""

    data: bytes
    encoding: str
    damaged: int = 0


def readable(data: bytes, name: str, told: str | None) -> PageBytes:
    """The page in the encoding it names, if its bytes agree, else in the one that fits.

    Raises:
        InputRefused: ``file.encoding`` when no encoding gives a likely text.
    """
    match = _CHARSET.search(data[:_HEAD])
    said = match.group(1).decode("ascii").lower() if match else ""
    for candidate in (told or "", said, "utf-8"):
        wide = "gb18030" if candidate in ("gb2312", "gbk") else candidate or "utf-8"
        try:
            data.decode(wide)
        except (UnicodeDecodeError, LookupError):
            continue
        return PageBytes(data, wide)
    found = decoded(data, name)
    return PageBytes(found.text.encode(), "utf-8", found.damaged)
