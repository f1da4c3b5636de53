"""One parsing process as its parent holds it: started without secrets, always reaped."""

from __future__ import annotations

import os
import subprocess
import sys
import weakref
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import knowledge
from knowledge.reading.isolation.frames import Header, read_frame, write_frame

ENTRY = "knowledge.reading.isolation.worker"
_PATIENCE = 2.0
"""Seconds a child has to end after its pipe was closed."""
_NEEDED = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "OMP_NUM_THREADS",
    "PATH",
    "PYTHONPATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "VIRTUAL_ENV",
)
_INSTALLED = ("site-packages", "dist-packages")


class Child:
    """A started parser."""

    def __init__(self, folder: Path, entry: str = ENTRY) -> None:
        """Start it.

        Args:
            folder: where it runs; relative paths of a parser must not meet the user's files.
            entry: the module that is its main program.
        """
        self._process = subprocess.Popen(  # noqa: S603 - a module of ours
            [sys.executable, "-P", "-m", entry],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        self._net = weakref.finalize(self, _end, self._process)

    def send(self, header: Header, body: bytes) -> None:
        """Ask for a file.

        Raises:
            OSError: it is gone.
        """
        write_frame(cast("BinaryIO", self._process.stdin), header, body)

    def receive(self) -> tuple[Header, bytes]:
        """Its next frame.

        Raises:
            FrameBroken: it is gone.
        """
        return read_frame(cast("BinaryIO", self._process.stdout))

    def kill(self) -> None:
        """End it now; safe from any thread."""
        self._process.kill()

    def close(self) -> int:
        """End it and tell how it ended: its exit status, negative for a signal."""
        self._net()
        return self._process.returncode


def _environment(folder: Path) -> dict[str, str]:
    """What a parser needs and nothing else: tokens and keys stay with the parent.

    Caches of libraries go to the folder, and onnxruntime is told not to report to its maker.
    """
    chosen = {name: value for name, value in os.environ.items() if name.upper() in _NEEDED}
    root = Path(knowledge.__path__[0]).resolve().parent
    if root.name not in _INSTALLED:
        # The child must run the same sources, from wherever the parent was started.
        chosen["PYTHONPATH"] = os.pathsep.join(
            filter(None, (str(root), chosen.get("PYTHONPATH", "")))
        )
    return {
        **chosen,
        "HOME": str(folder),
        "ORT_DISABLE_TELEMETRY": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close its pipe, wait, kill if need be; leaves neither zombie nor open file."""
    with suppress(OSError):
        cast("BinaryIO", process.stdin).close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    cast("BinaryIO", process.stdout).close()
