"""The whole product over a home of its own: commands run in this process, JSON comes back."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from bot.cli import main
from tests.places import SAMPLES

Json = dict[str, object]


@dataclass(frozen=True)
class Told:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Json:
        return cast("Json", json.loads(self.out))


@dataclass(frozen=True)
class Office:
    """A home and its commands."""

    home: Path
    captured: pytest.CaptureFixture[str]

    def run(self, *words: str | Path) -> Told:
        self.captured.readouterr()
        status = main([str(word) for word in words])
        out, err = self.captured.readouterr()
        return Told(status, out, err)

    def json(self, *words: str | Path) -> Json:
        told = self.run(*words, "--json")
        assert told.out, told.err
        return told.json

    def environment(self) -> dict[str, str]:
        """For commands that run in a process of their own."""
        return {**os.environ, "DAFU_HOME": str(self.home)}

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "bot"]


@pytest.fixture(autouse=True)
def settings_of_a_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test; words only unless a test wants vectors."""
    from bot.settings import Settings

    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DAFU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EMBEDDING_MODEL", "none")


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str], settings_of_a_test: None) -> Office:
    """An empty office."""
    del settings_of_a_test
    return Office(tmp_path / "home", capsys)


@pytest.fixture
def sample_office(office: Office) -> Office:
    """An office with the sample library, findable by words."""
    told = office.run("ingest", SAMPLES, "--json")
    assert told.status == 0, told.err
    return office
