"""The smallest workbook of the older binary format, written by hand: nothing else writes it."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR = 512
_SMALL = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def older_workbook(rows: Sequence[Sequence[str | float]], *, merged: Sequence[int] = ()) -> bytes:
    """A compound file with one sheet of text and numbers.

    Args:
        rows: the cells.
        merged: first row, last row, first column, last column of a merged range, from 0.
    """
    name = "册".encode("utf-16-le")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    size = len(start) + 4 + 8 + len(name) + 4
    about = struct.pack("<IBBBB", size, 0, 0, 1, 1) + name
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet += _cell(row, column, cell)
    if merged:
        sheet += _record(0x00E5, struct.pack("<HHHHH", 1, *merged))
    stream = start + _record(0x0085, about) + _record(0x000A, b"") + sheet + _record(0x000A, b"")
    return _compound(stream.ljust(_SMALL, b"\0"))


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + text) if value else b""
    return _record(0x0203, place + struct.pack("<d", value))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    count = -(-len(stream) // _SECTOR)
    table = [_FAT, _END, *range(3, count + 2), _END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALL, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    fat = b"".join(struct.pack("<I", entry) for entry in table).ljust(_SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    directory += bytes(_SECTOR - len(directory))
    return header + fat + directory + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return (
        head
        + struct.pack("<III", _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
