"""The house keeps to its size: small functions, short modules, no stray addresses."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

_ROOMS = ("bot", "knowledge", "storage", "prompts")
_MODULE_LINES = 300
_FUNCTION_LINES = 40
_MEDIAN_LINES = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _modules() -> list[Path]:
    return [path for room in _ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def _functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, Function):
            yield node


def _length(function: Function) -> int:
    """Lines of a function without its docstring."""
    end = function.end_lineno or function.lineno
    size = end - function.lineno + 1
    if ast.get_docstring(function):
        docstring = function.body[0]
        size -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return size


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_why_it_exists(path: Path) -> None:
    source = path.read_text("utf-8")

    assert source.count("\n") <= _MODULE_LINES
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_functions_are_small() -> None:
    sizes = {(p, f.name): _length(f) for p in _modules() for f in _functions(p)}

    assert {key: size for key, size in sizes.items() if size > _FUNCTION_LINES} == {}
    assert statistics.median(sizes.values()) < _MEDIAN_LINES


def test_constraints_pin_exact_versions_and_hold_no_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]

    assert pins
    assert all("==" in pin and "/" not in pin and "@" not in pin for pin in pins)
