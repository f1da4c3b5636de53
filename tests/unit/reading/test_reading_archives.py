"""Archives: names in their own script, members one by one, nothing believed and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.domain.documents import DocumentKind, ParsedFile, ReplyFields
from knowledge.errors import InputRefused
from knowledge.reading.isolation.limits import Limits
from knowledge.reading.loaders.archives import ArchiveBounds
from knowledge.reading.reader import FileReader
from tests.hostile.zips import LINK, Packed, archive, unicode_path
from tests.unit.reading.letters import letter

LETTER = letter(body="一、巡查\n\n我局已对沿线设施逐一登记。")
OTHER = letter(title="关于市政协六届二次会议第205号提案的答复", unit="云溪市水务局")
BYTES = LETTER.encode()


def _members(folder: Path, data: bytes, **bounds: int) -> list[tuple[str | None, str]]:
    path = folder / "件.zip"
    path.write_bytes(data)
    reader = FileReader(isolated=False, bounds=ArchiveBounds(**bounds))
    return [
        (member.name, member.content.code if isinstance(member.content, InputRefused) else "read")
        for member in reader.members(path)
    ]


def _refused(folder: Path, data: bytes, **bounds: int) -> str:
    with pytest.raises(InputRefused) as caught:
        _members(folder, data, **bounds)
    return caught.value.code


@pytest.mark.parametrize(
    ("raw", "flags", "extra"),
    [
        ("复文/第118号.txt".encode("gbk"), 0, b""),
        ("复文/第118号.txt".encode(), 0, b""),
        ("复文/第118号.txt".encode(), 0x800, b""),
        ("复文\\第118号.txt".encode("gbk"), 0, b""),
        (b"reply.txt", 0, unicode_path(b"reply.txt", "复文/第118号.txt")),
    ],
    ids=["gbk", "utf-8 unmarked", "utf-8 marked", "backslash", "unicode path"],
)
def test_names_are_read_however_they_were_packed(
    tmp_path: Path, raw: bytes, flags: int, extra: bytes
) -> None:
    entry = Packed(raw, BYTES, flags=flags, extra=extra)

    assert _members(tmp_path, archive(entry)) == [("复文/第118号.txt", "read")]


def test_a_short_name_in_gbk_is_not_taken_for_another_script(tmp_path: Path) -> None:
    name = "谢谢.txt".encode("gbk")
    assert name.decode("utf-8") == "лл.txt"

    assert _members(tmp_path, archive(Packed(name, BYTES))) == [("谢谢.txt", "read")]


def test_two_members_of_one_name_stay_two(tmp_path: Path) -> None:
    data = archive(Packed(b"a/x.txt", BYTES), Packed(b"a/x.txt", OTHER.encode()))

    assert _members(tmp_path, data) == [("a/x.txt", "read"), ("a/x (2).txt", "read")]


def test_members_carry_their_own_digest_and_documents(tmp_path: Path) -> None:
    path, alone = tmp_path / "件.zip", tmp_path / "一.txt"
    path.write_bytes(archive(Packed(b"x.txt", BYTES)))
    alone.write_bytes(BYTES)
    reader = FileReader()

    (member,) = reader.members(path)

    assert member.content == reader.read(alone)


def test_an_archive_read_as_one_text_keeps_every_place(tmp_path: Path) -> None:
    path = tmp_path / "件.zip"
    path.write_bytes(archive(Packed(b"x.txt", BYTES), Packed(b"y.txt", OTHER.encode())))
    reader = FileReader()
    singles = [member.content for member in reader.members(path)]

    whole = reader.read(path)

    assert whole.text == f"{LETTER}\n\f\n{OTHER}"
    assert [document.kind for document in whole.documents] == [DocumentKind.REPLY] * 2
    for document, single in zip(whole.documents, singles, strict=True):
        assert isinstance(single, ParsedFile)
        (alone,) = single.documents
        assert document.span.of(whole.text) == alone.span.of(single.text)
        assert isinstance(document.fields, ReplyFields)
        assert isinstance(alone.fields, ReplyFields)
        for mine, own in (
            (document.fields.title, alone.fields.title),
            (document.fields.date, alone.fields.date),
            (document.fields.signature_units[0], alone.fields.signature_units[0]),
        ):
            assert mine is not None
            assert own is not None
            assert mine.span is not None
            assert own.span is not None
            assert mine.span.of(whole.text) == own.span.of(single.text)
        passages = zip(document.passages, alone.passages, strict=True)
        assert all(a.span.of(whole.text) == b.span.of(single.text) for a, b in passages)


def test_what_could_not_be_read_is_told_when_the_rest_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "件.zip"
    path.write_bytes(archive(Packed(b"x.txt", BYTES), Packed(b"film.mp4", b"x")))

    warnings = FileReader().read(path).documents[0].warnings

    (told,) = [note for note in warnings if note.code == "file.member_refused"]
    assert told.details == {"member": "film.mp4", "reason": "file.unsupported"}


def test_an_archive_whose_texts_together_are_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "件.zip"
    path.write_bytes(archive(Packed(b"x.txt", BYTES), Packed(b"y.txt", OTHER.encode())))
    whole = len(f"{LETTER}\n\f\n{OTHER}")

    assert len(FileReader(limits=Limits(characters=whole)).read(path).text) == whole
    with pytest.raises(InputRefused) as caught:
        FileReader(limits=Limits(characters=whole - 1)).read(path)
    assert caught.value.code == "file.too_long"
    assert caught.value.details["name"] == "件.zip"


def test_an_archive_of_which_nothing_can_be_read_is_refused_for_the_first_reason(
    tmp_path: Path,
) -> None:
    path = tmp_path / "件.zip"
    path.write_bytes(archive(Packed(b"x.txt", b" "), Packed(b"film.mp4", b"x")))

    with pytest.raises(InputRefused) as caught:
        FileReader().read(path)

    assert caught.value.code == "file.empty"
    assert caught.value.details["name"] == "件.zip/x.txt"


@pytest.mark.parametrize(
    "name",
    [
        b"../x.txt",
        b"a/../../x.txt",
        b"..\\x.txt",
        b"/etc/x.txt",
        b"\\x.txt",
        b"C:\\x.txt",
        b"c:x.txt",
        b"a\x1b[31m.txt",
        "a\u202etxt.exe.txt".encode(),
        b"a" * 2000 + b".txt",
    ],
)
def test_an_unsafe_name_is_refused_and_the_others_are_read(tmp_path: Path, name: bytes) -> None:
    bad, good = Packed(name, BYTES, flags=0x800), Packed(b"x.txt", BYTES)

    members = _members(tmp_path, archive(bad, good))

    assert [code for _, code in members] == ["file.unsafe_name", "read"]
    assert all(shown is not None and shown.isprintable() for shown, _ in members)
    assert [path.name for path in tmp_path.rglob("*")] == ["件.zip"]


def test_a_link_is_refused(tmp_path: Path) -> None:
    data = archive(Packed(b"x.txt", b"/etc/hostname", mode=LINK))

    assert _members(tmp_path, data) == [("x.txt", "file.unsafe_name")]


def test_an_encrypted_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    data = archive(Packed(b"x.txt", BYTES, flags=1), Packed(b"y.txt", BYTES))

    assert _members(tmp_path, data) == [("x.txt", "file.encrypted"), ("y.txt", "read")]


def test_a_member_packed_in_another_way_is_told(tmp_path: Path) -> None:
    data = archive(Packed(b"x.txt", BYTES, method=9), Packed(b"y.txt", BYTES))

    assert _members(tmp_path, data) == [("x.txt", "file.packing"), ("y.txt", "read")]


def test_a_damaged_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    data = archive(Packed(b"x.txt", BYTES, crc=1), Packed(b"y.txt", BYTES))

    assert _members(tmp_path, data) == [("x.txt", "file.damaged"), ("y.txt", "read")]


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    names = ("__MACOSX/._x.txt", "a/.DS_Store", ".x.txt", "a/~$x.docx", "Thumbs.db", "a/")
    left = [Packed(name.encode(), BYTES) for name in names]

    assert _members(tmp_path, archive(*left, Packed(b"x.txt", BYTES))) == [("x.txt", "read")]


@pytest.mark.parametrize("entries", [(), (Packed(b"a/"),)])
def test_an_archive_without_files_is_told(tmp_path: Path, entries: tuple[Packed, ...]) -> None:
    assert _refused(tmp_path, archive(*entries)) == "file.no_files"


def test_an_archive_in_an_archive_is_opened_and_a_third_is_not(tmp_path: Path) -> None:
    third = archive(Packed(b"z.txt", BYTES))
    second = archive(Packed(b"y.txt", BYTES), Packed(b"third.zip", third))

    members = _members(tmp_path, archive(Packed(b"second.zip", second), Packed(b"x.txt", BYTES)))

    assert members == [
        ("second.zip/y.txt", "read"),
        ("second.zip/third.zip", "file.nested"),
        ("x.txt", "read"),
    ]


def test_a_damaged_archive_in_an_archive_does_not_stop_the_others(tmp_path: Path) -> None:
    data = archive(Packed(b"a.zip", b"PK\x03\x04 junk"), Packed(b"x.txt", BYTES))

    assert _members(tmp_path, data) == [("a.zip", "file.damaged"), ("x.txt", "read")]


@pytest.mark.parametrize("name", ["件.rar", "件.7z"])
def test_other_archives_are_to_be_unpacked_first(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    magic = b"Rar!\x1a\x07\x00" if name.endswith("rar") else b"7z\xbc\xaf\x27\x1c"
    path.write_bytes(magic + bytes(64))

    with pytest.raises(InputRefused) as caught:
        FileReader().read(path)

    assert caught.value.code == "file.unpack_first"


def test_too_many_entries_are_refused_whole(tmp_path: Path) -> None:
    data = archive(*(Packed(f"{n}.txt".encode(), BYTES) for n in range(4)))

    assert _refused(tmp_path, data, entries=3) == "file.too_many_files"


def test_entries_of_inner_archives_count(tmp_path: Path) -> None:
    inner = archive(*(Packed(f"{n}.txt".encode(), BYTES) for n in range(3)))
    data = archive(Packed(b"a.zip", inner), Packed(b"b.zip", inner), Packed(b"x.txt", BYTES))

    members = _members(tmp_path, data, entries=7)

    assert [name for name, code in members if code == "file.too_many_files"] == ["b.zip"]
    assert members[-1] == ("x.txt", "read")


def test_a_member_that_unpacks_too_far_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    data = archive(Packed(b"big.txt", b"0" * 5000), Packed(b"x.txt", BYTES))

    assert _members(tmp_path, data, small=1000, ratio=10)[0] == ("big.txt", "file.bomb")
    assert _members(tmp_path, data, each=4000) == [("big.txt", "file.too_large"), ("x.txt", "read")]


def test_members_that_unpack_too_far_together_end_the_reading(tmp_path: Path) -> None:
    data = archive(*(Packed(f"{n}.txt".encode(), BYTES) for n in range(4)))

    assert _refused(tmp_path, data, total=3 * len(BYTES)) == "file.bomb"


def test_inner_archives_share_the_budget_of_the_outer(tmp_path: Path) -> None:
    inner = archive(Packed(b"x.txt", BYTES))
    data = archive(*(Packed(f"{n}.zip".encode(), inner) for n in range(8)))

    assert _refused(tmp_path, data, total=3 * (len(inner) + len(BYTES))) == "file.bomb"


def test_a_stated_size_is_not_believed(tmp_path: Path) -> None:
    data = archive(Packed(b"big.txt", b"0" * 100_000, size=10), Packed(b"x.txt", BYTES))

    assert _members(tmp_path, data) == [("big.txt", "file.damaged"), ("x.txt", "read")]


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    data = archive(*(Packed(b"x.txt", BYTES, at=0 if n else None) for n in range(5)))

    assert _refused(tmp_path, data) == "file.bomb"
