"""How the two processes talk: frames of a JSON header and raw bytes, lengths first.

No pickle: what a hostile file makes of its parser must not become code in the parent.
"""

from __future__ import annotations

import json
import struct
from typing import BinaryIO, cast

Header = dict[str, object]

OUT_OF_MEMORY = 77
"""Exit status of a child that could not even say so."""
_LENGTHS = struct.Struct(">IQ")
_LARGEST_HEADER = 512 * 1024 * 1024
_LARGEST_BODY = 1024 * 1024 * 1024


class FrameBroken(Exception):
    """The other side ended, or said something that is no frame."""


def write_frame(stream: BinaryIO, header: Header, body: bytes = b"") -> None:
    """Send a frame at once.

    Raises:
        OSError: the other side is gone.
    """
    head = json.dumps(header, default=str).encode("ascii")
    stream.write(_LENGTHS.pack(len(head), len(body)) + head)
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Header, bytes]:
    """Wait for a frame.

    Raises:
        FrameBroken: the stream ended or holds no frame.
    """
    size, length = cast("tuple[int, int]", _LENGTHS.unpack(_exactly(stream, _LENGTHS.size)))
    if size > _LARGEST_HEADER or length > _LARGEST_BODY:
        raise FrameBroken
    try:
        header = json.loads(_exactly(stream, size))
    except ValueError as error:
        raise FrameBroken from error
    if not isinstance(header, dict):
        raise FrameBroken
    return cast("Header", header), _exactly(stream, length)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise FrameBroken
    return data
