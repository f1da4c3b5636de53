"""Archives made to harm: bombs of every build, and names that point elsewhere."""

from __future__ import annotations

import struct

from tests.hostile.conftest import READ, Desk
from tests.hostile.makers import LETTER
from tests.hostile.zips import LINK, Packed, archive

_BYTES = LETTER.encode()
_GOOD = Packed(b"good.txt", _BYTES)
_ZEROS = bytes(64 * 1024 * 1024)


def test_a_flat_bomb_is_stopped_and_its_neighbours_are_read(desk: Desk) -> None:
    data = archive(Packed(b"bomb.txt", _ZEROS), _GOOD)

    assert desk.verdicts("flat.zip", data) == ["file.bomb", READ]


def test_a_bomb_in_an_archive_in_an_archive_is_stopped(desk: Desk) -> None:
    bomb = archive(Packed(b"bomb.txt", _ZEROS))
    inner = archive(Packed(b"bomb.zip", bomb), _GOOD)

    assert desk.verdicts("deep.zip", archive(Packed(b"in.zip", inner), _GOOD)) == [
        "file.nested",
        READ,
        READ,
    ]
    assert desk.verdicts("two.zip", archive(Packed(b"bomb.zip", bomb), _GOOD)) == [
        "file.bomb",
        READ,
    ]


def test_a_bomb_that_states_a_small_size_is_damaged(desk: Desk) -> None:
    data = archive(Packed(b"bomb.txt", _ZEROS, size=10), _GOOD)

    assert desk.verdicts("modest.zip", data) == ["file.damaged", READ]


def test_a_file_that_states_a_huge_size_is_damaged(desk: Desk) -> None:
    data = archive(Packed(b"boast.txt", _BYTES, size=0xFFFFFFF0), _GOOD)

    assert desk.verdicts("boast.zip", data)[1] == READ


def test_entries_over_the_same_bytes_are_a_bomb(desk: Desk) -> None:
    kernel = bytes(64 * 1024)
    entries = [Packed(b"kernel.txt", kernel)]
    entries += [Packed(b"%d.txt" % n, kernel, at=0) for n in range(1000)]

    assert desk.verdict("overlap.zip", archive(*entries)) == "file.bomb"


def test_a_directory_of_a_quarter_million_entries_is_a_bomb(desk: Desk) -> None:
    entry = b"PK\x01\x02" + bytes(42)
    count = 250_000
    end = struct.pack("<HHHHLLH", 0, 0, 65535, 65535, count * len(entry), 4, 0)
    data = b"PK\x03\x04" + entry * count + b"PK\x05\x06" + end

    assert desk.verdict("crowd.zip", data) == "file.bomb"
    assert desk.verdict("crowd.docx", data) == "file.bomb"


def test_too_many_files_are_refused(desk: Desk) -> None:
    data = archive(*(Packed(b"%d.txt" % n, b"x") for n in range(2001)))

    assert desk.verdict("many.zip", data) == "file.too_many_files"


def test_names_and_links_that_point_elsewhere_are_refused(desk: Desk) -> None:
    data = archive(
        Packed(b"../../evil.txt", _BYTES),
        Packed(b"/evil.txt", _BYTES),
        Packed(b"..\\evil.txt", _BYTES),
        Packed(b"link.txt", b"../../../etc/passwd", mode=LINK),
        _GOOD,
    )

    assert desk.verdicts("traversal.zip", data) == ["file.unsafe_name"] * 4 + [READ]


def test_an_archive_that_is_its_own_member_ends(desk: Desk) -> None:
    data = archive(_GOOD)
    for _ in range(20):
        data = archive(Packed(b"again.zip", data), _GOOD)

    assert desk.verdicts("again.zip", data) == ["file.nested", READ, READ]
