"""Zip archives as an attacker or an old packer writes them, byte by byte."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

LINK = 0o120777


@dataclass(frozen=True, slots=True)
class Packed:
    """An entry; what is None is told truthfully.

    Attributes:
        at: index of the entry whose packed bytes this one shares.
    """

    name: bytes
    data: bytes = b""
    flags: int = 0
    method: int = 8
    mode: int = 0o100644
    extra: bytes = b""
    size: int | None = None
    crc: int | None = None
    at: int | None = None


def archive(*entries: Packed) -> bytes:
    """The archive's bytes."""
    body, directory, places = bytearray(), bytearray(), list[int]()
    for entry in entries:
        packed = _packed(entry)
        place = places[entry.at] if entry.at is not None else len(body)
        places.append(place)
        head = _head(entry, len(packed))
        if entry.at is None:
            names = struct.pack("<HH", len(entry.name), len(entry.extra))
            body += b"PK\x03\x04" + head + names + entry.name + entry.extra + packed
        tail = struct.pack("<HHHHHLL", len(entry.name), len(entry.extra), 0, 0, 0, 0, place)
        tail = tail[:10] + struct.pack("<L", entry.mode << 16) + tail[14:]
        directory += b"PK\x01\x02\x14\x03" + head + tail + entry.name + entry.extra
    count = len(entries)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\x05\x06" + end


def unicode_path(raw: bytes, name: str) -> bytes:
    """The extra field in which some packers keep the real name."""
    field = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def _packed(entry: Packed) -> bytes:
    if entry.method != 8:
        return entry.data
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(entry.data) + packer.flush()


def _head(entry: Packed, packed: int) -> bytes:
    size = len(entry.data) if entry.size is None else entry.size
    crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
    return struct.pack("<HHHHHLLL", 20, entry.flags, entry.method, 0, 33, crc, packed, size)
