"""Parsers in a process of their own: whatever they do, a text or a refusal comes out."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import InputRefused
from knowledge.reading.isolation.isolated import IsolatedLoader
from knowledge.reading.isolation.limits import Limits
from knowledge.reading.isolation.watch import Watch
from knowledge.reading.loaded import Loaded, silent
from knowledge.reading.sniffing import Format
from tests.unit.reading.rogue_worker import RICH

ROGUE = "tests.unit.reading.rogue_worker"


@pytest.fixture
def loader(tmp_path: Path) -> Iterator[IsolatedLoader]:
    loader = _loader(tmp_path)
    yield loader
    loader.close()


def _loader(folder: Path, limits: Limits | None = None) -> IsolatedLoader:
    return IsolatedLoader(limits or Limits(), lambda: folder, ROGUE)


def _load(loader: IsolatedLoader, page: str) -> Loaded:
    return loader.load(Format.HTML, page.encode(), "页.html", silent)


def _refused(loader: IsolatedLoader, page: str) -> str:
    with pytest.raises(InputRefused) as caught:
        _load(loader, page)
    assert caught.value.details["name"] == "页.html"
    return caught.value.code


def _child(loader: IsolatedLoader) -> int:
    return int(_load(loader, "place").text.split()[0])


def _is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_one_child_serves_many_files(loader: IsolatedLoader) -> None:
    assert _child(loader) == _child(loader) != os.getpid()


def test_a_child_runs_in_the_folder_given_and_sees_no_input(
    loader: IsolatedLoader, tmp_path: Path
) -> None:
    _, folder, rest = _load(loader, "place").text.split(maxsplit=2)

    assert Path(folder) == tmp_path.resolve()
    assert rest == "''"


def test_all_that_a_loader_tells_comes_through(loader: IsolatedLoader) -> None:
    assert _load(loader, "rich") == RICH


def test_stray_prints_of_a_parser_do_no_harm(loader: IsolatedLoader) -> None:
    assert _load(loader, "print").text == "页.html read"
    assert _load(loader, "甲").text == "甲甲甲"


def test_progress_comes_through(loader: IsolatedLoader) -> None:
    told: list[tuple[int, int]] = []

    loader.load(Format.HTML, b"pages", "页.html", lambda done, pages: told.append((done, pages)))

    assert told == [(1, 2), (2, 2)]


def test_secrets_stay_with_the_parent(
    loader: IsolatedLoader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "geheim")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "geheim")

    names = _load(loader, "secrets").text.split()

    assert {"PATH", "ORT_DISABLE_TELEMETRY"} <= set(names)
    assert not {"OPENAI_API_KEY", "TELEGRAM_BOT_TOKEN"} & set(names)


def test_a_parser_that_says_nothing_is_stopped(tmp_path: Path) -> None:
    loader = _loader(tmp_path, Limits(silence=0.05))

    assert _refused(loader, "hang") == "file.too_slow"
    loader.close()


def test_a_parser_that_never_ends_is_stopped_however_much_it_says(tmp_path: Path) -> None:
    loader = _loader(tmp_path, Limits(total=1.0))

    assert _refused(loader, "chatter") == "file.too_slow"
    loader.close()


def test_a_sign_of_life_gives_more_time_up_to_the_cap() -> None:
    now = [0.0]
    watch = Watch(Limits(silence=120, total=200), lambda: None, lambda: now[0])
    with watch:
        now[0] = 100.0
        assert watch.left() == 20
        watch.heard()
        assert watch.left() == 100
        now[0] = 150.0
        watch.heard()
        assert watch.left() == 50

    assert not watch.expired


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("signal:SIGSEGV", "file.damaged"),
        ("signal:SIGKILL", "file.too_heavy"),
        ("signal:SIGABRT", "file.too_heavy"),
        ("exit", "file.damaged"),
        ("fail", "file.damaged"),
        ("hog", "file.too_heavy"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_parser_that_fails_is_told_and_the_next_file_is_read(
    loader: IsolatedLoader, end: str, code: str, *, first: bool
) -> None:
    if not first:
        _load(loader, "甲")

    assert _refused(loader, end) == code
    assert _load(loader, "乙").text == "乙乙乙"


def test_a_child_that_died_meanwhile_is_no_fault_of_the_file(loader: IsolatedLoader) -> None:
    os.kill(_child(loader), 9)

    assert _load(loader, "甲").text == "甲甲甲"


def test_a_parser_out_of_memory_gives_its_memory_back(loader: IsolatedLoader) -> None:
    process = _child(loader)

    _refused(loader, "hog")

    assert _is_gone(process)


def test_halves_of_characters_are_marked_in_place(loader: IsolatedLoader) -> None:
    assert _load(loader, "half").text == "甲\ufffd乙"


def test_a_text_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    loader = _loader(tmp_path, Limits(characters=8))

    assert _load(loader, "甲甲").text == "甲" * 6
    assert _refused(loader, "甲甲甲") == "file.too_long"
    assert _load(loader, "甲").text == "甲甲甲"
    loader.close()


def test_an_interrupt_leaves_no_answer_behind_for_the_next_file(loader: IsolatedLoader) -> None:
    def interrupt(_done: int, _pages: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loader.load(Format.HTML, b"pages", "页.html", interrupt)

    assert _load(loader, "甲").text == "甲甲甲"


def test_threads_take_turns(loader: IsolatedLoader) -> None:
    texts: dict[str, str] = {}

    def read(page: str) -> None:
        texts[page] = _load(loader, page).text

    threads = [threading.Thread(target=read, args=(page,)) for page in "甲乙丙丁"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert texts == {page: page * 3 for page in "甲乙丙丁"}


def test_closing_ends_the_child_and_the_next_file_starts_another(loader: IsolatedLoader) -> None:
    process = _child(loader)

    loader.close()

    assert _is_gone(process)
    assert _load(loader, "甲").text == "甲甲甲"


def test_a_forgotten_loader_takes_its_child_along(tmp_path: Path) -> None:
    loader = _loader(tmp_path)
    process = _child(loader)

    del loader
    gc.collect()

    assert _is_gone(process)


def test_the_most_memory_a_child_used_is_told(loader: IsolatedLoader) -> None:
    _load(loader, "甲")

    assert 0 < loader.peak < 200 * 1024 * 1024
