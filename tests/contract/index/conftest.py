"""A real Chroma server for the session, or one to be stopped and started again."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

_DEADLINE_SECONDS = 60


class ChromaServer:
    """A Chroma server of our own on a free port.

    Args:
        folder: keeps its data and its log.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Returns once it answers; skips the test when it cannot."""
        command = Path(sys.executable).with_name("chroma")
        if not command.exists():
            pytest.skip("the chroma command is not installed beside this Python")
        place = ["--path", self._folder / "data", "--host", "127.0.0.1", "--port", str(self._port)]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [command, "run", *place], stdout=log, stderr=subprocess.STDOUT, cwd=self._folder
            )
        if not self._answers(self._process):
            said = (self._folder / "server.log").read_text()[-300:]
            self.stop()
            pytest.skip(f"no Chroma server started: {said}")

    def stop(self) -> None:
        """Ends it, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None

    def _answers(self, process: subprocess.Popen[bytes]) -> bool:
        heartbeat = f"{self.url}/api/v2/heartbeat"
        deadline = monotonic() + _DEADLINE_SECONDS
        while monotonic() < deadline and process.poll() is None:
            try:
                with urllib.request.urlopen(heartbeat, timeout=1):  # noqa: S310 - our own server
                    return True
            except (urllib.error.URLError, OSError):
                sleep(0.05)
        return False


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Chroma server of this session's own."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def chroma_server(tmp_path: Path) -> Iterator[ChromaServer]:
    """A Chroma server of this test's own, running."""
    server = ChromaServer(tmp_path)
    server.start()
    yield server
    server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
