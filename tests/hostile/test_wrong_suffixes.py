"""Every kind of file under every suffix: what it holds decides, and a guess never crashes."""

from __future__ import annotations

import shutil

import pytest

from knowledge.reading.sniffing import SUFFIXES
from tests.hostile.conftest import READ, Desk
from tests.hostile.makers import honest

_FILES = honest()
_KNOWN = ("docx", "pdf", "xlsx", "zip", "png", "rtf")
"""Kinds that show themselves in their first bytes."""
_SLOW, _FEW = ("png", "rtf"), (".doc", ".docx", ".txt", "", ".xyz")
_SUITE = shutil.which("soffice") is not None
_NAMES = sorted({*SUFFIXES, "", ".xyz", ".18的答复"})


@pytest.mark.parametrize("kind", [kind for kind in _FILES if kind != "rtf" or _SUITE])
def test_a_file_under_any_suffix_is_read_or_refused(desk: Desk, kind: str) -> None:
    honest_verdict = desk.verdict(f"honest.{kind}", _FILES[kind])

    for suffix in _NAMES if kind not in _SLOW else _FEW:
        verdict = desk.verdict(f"file{suffix}", _FILES[kind])
        assert verdict == READ or verdict.startswith("file.")
        if kind in _KNOWN:
            assert verdict == honest_verdict, suffix
        (desk.inbox / f"file{suffix}").unlink()


@pytest.mark.parametrize("kind", ["txt", "md", "html"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".csv", ".doc", ".wps", ".xls", ".et", ""])
def test_a_text_under_an_office_name_is_read(desk: Desk, kind: str, suffix: str) -> None:
    assert desk.verdict(f"file{suffix}", _FILES[kind]) == READ


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xls", ".xlsx", ".et"])
def test_a_table_as_text_under_a_spreadsheets_name_is_read(desk: Desk, suffix: str) -> None:
    assert desk.verdict(f"table{suffix}", _FILES["csv"]) == READ
