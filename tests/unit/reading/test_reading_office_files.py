"""Documents only an office suite opens: converted without macros, in bounds, or told why not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from knowledge.domain.documents import ReplyFields
from knowledge.errors import InputRefused
from knowledge.reading.loaders.office_suite import OfficeSuite
from knowledge.reading.reader import FileReader
from tests.unit.reading.letters import TITLE, letter

LETTER = letter(body="一、巡查\n\n我局已对沿线设施逐一登记。")
LINES = [line for line in LETTER.splitlines() if line]
needs_suite = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileReader]:
    """One for all, so that the suite's profile is made once."""
    with FileReader(isolated=False, workdir=tmp_path_factory.mktemp("work")) as reader:
        yield reader


def rtf(lines: list[str]) -> bytes:
    def spelled(char: str) -> str:
        code = ord(char)
        return char if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?"

    body = "".join("".join(map(spelled, line)) + "\\par\n" for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0 " + body + "}").encode("ascii")


def _docx(lines: list[str]) -> bytes:
    document, buffer = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


def _converted(folder: Path, kind: str) -> bytes:
    """The letter as the suite itself writes it."""
    (folder / "letter.docx").write_bytes(_docx(LINES))
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(folder / "letter.docx"),
        ],
        check=True,
        capture_output=True,
    )
    return (folder / f"letter.{kind}").read_bytes()


def _assert_letter(reader: FileReader, path: Path) -> None:
    (document,) = reader.read(path).documents
    assert isinstance(document.fields, ReplyFields)
    assert document.fields.title is not None
    assert document.fields.title.value == TITLE
    assert [field.value for field in document.fields.addressees] == ["林知秋"]


def _refused(reader: FileReader, path: Path) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        reader.read(path)
    return caught.value


@needs_suite
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_a_letter_in_an_old_format_is_read(reader: FileReader, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"复文.{kind}"
    path.write_bytes(_converted(tmp_path, kind))

    _assert_letter(reader, path)


@needs_suite
@pytest.mark.parametrize("suffix", [".wps", ".docx", ".txt", ".pdf", ""])
def test_an_old_format_is_known_under_any_name(
    reader: FileReader, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"复文{suffix}"
    path.write_bytes(rtf(LINES))

    _assert_letter(reader, path)


def test_characters_made_of_a_broken_files_tables_are_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(
        _docx(["\ua5ec\u0101\u040d1\u10f0\u00bf11\u1100\u0800", "慃汯湡〸\u0e3d\u15282"])
    )
    _copying_suite(tmp_path, monkeypatch, made)
    path = tmp_path / "复文.rtf"
    path.write_bytes(rtf(LINES))

    assert _refused(FileReader(isolated=False), path).code == "file.damaged"


def test_macros_of_an_old_document_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(_docx(LINES))
    _copying_suite(tmp_path, monkeypatch, made)
    path = tmp_path / "复文.doc"
    streams = "WordDocument\0_VBA_PROJECT\0".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + streams)

    (document,) = FileReader(isolated=False).read(path).documents

    assert "file.macro" in {warning.code for warning in document.warnings}


@pytest.mark.parametrize("kind", ["docx", "html", "txt"])
def test_an_old_name_over_a_new_format_needs_no_suite(
    reader: FileReader, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>"
    data = {"docx": _docx(LINES), "html": page.encode(), "txt": LETTER.encode("gb18030")}
    path = tmp_path / "复文.doc"
    path.write_bytes(data[kind])

    _assert_letter(reader, path)


def test_without_the_suite_the_package_to_install_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "复文.rtf"
    path.write_bytes(rtf(LINES))

    refusal = _refused(FileReader(isolated=False), path)

    assert refusal.code == "file.needs_libreoffice"
    assert refusal.details == {"name": "复文.rtf", "package": "libreoffice-writer"}


def _suite(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program of the suite's name that does what the script says."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")


def _copying_suite(folder: Path, monkeypatch: pytest.MonkeyPatch, made: Path) -> None:
    """A suite whose every result is the same file."""
    copy = f'while [ "$1" != --outdir ]; do shift; done; mkdir -p $2; cp {made} $2/document.docx'
    _suite(folder, monkeypatch, copy)


def test_a_suite_that_hangs_is_stopped_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    _suite(tmp_path, monkeypatch, f"tail -f /dev/null > {pipe} & wait")
    suite = OfficeSuite(tmp_path, patience=0.5)
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    with pytest.raises(InputRefused) as caught:
        suite.to_docx(rtf(LINES), "复文.rtf")

    os.set_blocking(held, True)
    assert caught.value.code == "file.too_slow"
    assert os.read(held, 1) == b""
    os.close(held)


def test_a_suite_that_makes_nothing_leaves_the_file_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _suite(tmp_path, monkeypatch, "exit 0")

    with pytest.raises(InputRefused) as caught:
        OfficeSuite(tmp_path).to_docx(rtf(LINES), "复文.rtf")

    assert caught.value.code == "file.damaged"


def test_the_suite_gets_neither_secrets_nor_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _suite(tmp_path, monkeypatch, f'env > {tmp_path}/env; echo "$@" > {tmp_path}/args')
    monkeypatch.setenv("OPENAI_API_KEY", "geheim")

    with pytest.raises(InputRefused):
        OfficeSuite(tmp_path).to_docx(rtf(LINES), "$(reboot).rtf")

    assert "geheim" not in (tmp_path / "env").read_text("utf-8")
    told = (tmp_path / "args").read_text("utf-8")
    assert "reboot" not in told
    assert f"-env:UserInstallation=file://{tmp_path}" in told


@needs_suite
def test_nothing_is_left_where_the_file_lies(tmp_path: Path) -> None:
    inbox, work = tmp_path / "in", tmp_path / "work"
    inbox.mkdir()
    (inbox / "复文.rtf").write_bytes(rtf(LINES))

    with FileReader(isolated=False, workdir=work) as reader:
        _assert_letter(reader, inbox / "复文.rtf")

    assert [path.name for path in inbox.iterdir()] == ["复文.rtf"]
    assert list(work.iterdir()) == []


def test_a_locked_word_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _suite(tmp_path, monkeypatch, "exit 0")
    magic, stream = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "WordDocument\0".encode("utf-16-le")
    mark = b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01"
    path = tmp_path / "密.doc"
    path.write_bytes((magic + stream).ljust(512, b"\0") + mark.ljust(512, b"\0"))

    assert _refused(FileReader(isolated=False), path).code == "file.encrypted"


def test_a_locked_open_document_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _suite(tmp_path, monkeypatch, "exit 0")
    path = tmp_path / "密.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")

    assert _refused(FileReader(isolated=False), path).code == "file.encrypted"


def test_an_ofd_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "公文.ofd"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("OFD.xml", "<ofd:OFD/>")

    assert _refused(FileReader(), path).code == "file.ofd"
