"""Old and open formats of written documents, turned into docx by LibreOffice where it is installed.

No reader of our own would do these formats justice; the suite runs without macros, links and
windows, in a profile of its own, and is ended when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from knowledge.domain.documents import ReadingWarning
from knowledge.errors import InputRefused
from knowledge.reading.loaded import Loaded
from knowledge.reading.loaders.plain_text import likelihood

PACKAGE = "libreoffice-writer"
_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 120.0
_LARGEST = 200 * 1024 * 1024
_MEMORY = 8 * 1024**3
_MANIFEST = 1024 * 1024
# What the suite is told a file is. Left to itself it reads what it does not know as plain text.
_KINDS = (
    (b"{\\rtf", "rtf", "Rich Text Format"),
    (b"PK", "odt", "writer8"),
    (b"<?xml", "xml", "MS Word 2003 XML"),
)
_WORD_97 = 0xC1
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
# No macros, no look at where links lead, no recovery of earlier documents.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/RecoveryInfo">
<prop oor:name="Enabled" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


class OfficeSuite:
    """Converts one document at a time; the profile is kept for the next."""

    def __init__(self, folder: Path, *, patience: float = _PATIENCE) -> None:
        """Nothing is started yet.

        Args:
            folder: an existing folder of this process alone, for the profile and passing files.
            patience: seconds one conversion may take.
        """
        self._folder = folder
        self._patience = patience
        self._lock = threading.Lock()

    def to_docx(self, data: bytes, name: str) -> bytes:
        """The document as docx.

        Raises:
            InputRefused: ``file.needs_libreoffice`` (package, Debian's name of it),
                ``file.too_slow``, ``file.too_heavy``, ``file.damaged``, ``file.encrypted``.
        """
        program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
        if program is None:
            raise InputRefused("file.needs_libreoffice", name=name, package=PACKAGE)
        with self._lock, tempfile.TemporaryDirectory(dir=self._folder) as passing:
            suffix, kind = _kind(data)
            given = Path(passing) / f"document.{suffix}"
            given.write_bytes(data)
            self._run([program, *kind], given, Path(passing) / "out", name)
            return _result(Path(passing) / "out" / "document.docx", data, name)

    def _run(self, program: list[str], given: Path, out: Path, name: str) -> None:
        process = subprocess.Popen(  # noqa: S603 - a program of the system's own path
            [
                *program,
                f"-env:UserInstallation={self._profile().as_uri()}",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nolockcheck",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(out),
                str(given),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=given.parent,
            env=self._environment(),
            start_new_session=True,
        )
        _bound(process.pid)
        try:
            process.wait(self._patience)
        except subprocess.TimeoutExpired as error:
            raise InputRefused("file.too_slow", name=name) from error
        finally:
            _end(process)

    def _profile(self) -> Path:
        """The suite's own settings, written before it first looks."""
        profile = (self._folder / "libreoffice").resolve()
        settings = profile / "user" / "registrymodifications.xcu"
        if not settings.exists():
            settings.parent.mkdir(parents=True, exist_ok=True)
            settings.write_text(_SETTINGS, encoding="utf-8")
        return profile

    def _environment(self) -> dict[str, str]:
        """No secrets and no way to the user's own files; caches go where the profile is."""
        kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
        return {**kept, "HOME": str(self._folder), "SAL_USE_VCLPLUGIN": "svp"}


def vouched(loaded: Loaded, data: bytes, name: str) -> Loaded:
    """What was read of a converted document, with a warning if the original carries macros.

    Raises:
        InputRefused: ``file.damaged``; the suite makes characters of a broken file's tables.
    """
    if likelihood(loaded.text) < 0:
        raise InputRefused("file.damaged", name=name)
    if _MACROS not in data or any(note.code == "file.macro" for note in loaded.warnings):
        return loaded
    return replace(loaded, warnings=(*loaded.warnings, ReadingWarning("file.macro")))


def _kind(data: bytes) -> tuple[str, list[str]]:
    """A suffix and the suite's import filter, by the contents, never by the name."""
    for magic, suffix, name in _KINDS:
        if data.lstrip().startswith(magic):
            return suffix, [f"--infilter={name}"]
    heads = list(_heads(data))
    if any(int.from_bytes(head[2:4], "little") >= _WORD_97 for head in heads):
        return "doc", ["--infilter=MS Word 97"]
    return ("doc" if heads else "wps"), []


def _bound(pid: int) -> None:
    """Bound what the suite may reserve and write, where the system can."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (2 * _LARGEST, 2 * _LARGEST))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _end(process: subprocess.Popen[bytes]) -> None:
    """The launcher's children too: killing it alone would leave the suite at work."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _result(made: Path, data: bytes, name: str) -> bytes:
    if not made.is_file():
        raise InputRefused("file.encrypted" if _locked(data) else "file.damaged", name=name)
    if made.stat().st_size > _LARGEST:
        raise InputRefused("file.too_heavy", name=name)
    return made.read_bytes()


def _locked(data: bytes) -> bool:
    """Whether a document the suite could not open asks for a password."""
    if data.startswith(b"PK"):
        with (
            suppress(Exception),
            zipfile.ZipFile(BytesIO(data)) as package,
            package.open("META-INF/manifest.xml") as manifest,
        ):
            return b"encryption-data" in manifest.read(_MANIFEST)
        return False
    return any(head[11] & 1 for head in _heads(data))


def _heads(data: bytes) -> Iterator[bytes]:
    """What may be the head of a Word stream: a sector that begins with its mark.

    [MS-DOC] 2.5.2: bytes 2-3 are the version, bit 8 of the flags at 10-11 tells encryption.
    """
    for at in range(0, len(data) - 12, 512):
        if data[at : at + 2] == b"\xec\xa5":
            yield data[at : at + 12]
