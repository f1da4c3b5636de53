"""The console: answers line by line, shows sources, survives whatever is typed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from bot.assistant.messages import Failure, Refusal, Sender
from bot.catalogues import load_catalogue
from bot.channels.console import ConsoleChannel
from tests.fakes.assistant_fake import AssistantFake, card, cited_answer, source_view

_TEXTS = load_catalogue("zh-CN")


async def _typed(
    monkeypatch: pytest.MonkeyPatch,
    assistant: AssistantFake,
    lines: Sequence[str],
    *,
    interactive: bool = False,
) -> str:
    """What the console shows when these lines are typed and the input ends."""
    out = io.StringIO()
    console = Console(file=out, width=100, highlight=False)
    typed = iter([*lines, None])

    def read(_: ConsoleChannel) -> str | None:
        return next(typed)

    monkeypatch.setattr(ConsoleChannel, "_read", read)
    channel = ConsoleChannel(
        assistant,
        _TEXTS,
        sender=Sender("console", "local"),
        interactive=interactive,
        console=console,
    )
    await channel.run()
    return out.getvalue()


def _cited(assistant: AssistantFake) -> None:
    answer = cited_answer(card("关于加装电梯的答复"), "已加装32部", "年内再装10部")
    assistant.script["电梯"] = answer
    for citation in answer.answer.citations:
        view = source_view(citation, before="经研究，", after="。")
        assistant.views[answer.turn, citation.marker, "local"] = view


async def test_a_question_is_answered_and_its_sources_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assistant = AssistantFake()
    _cited(assistant)

    shown = await _typed(monkeypatch, assistant, ["电梯", "/sources", "/sources 2"])

    assert "> 电梯" in shown
    assert shown.count("经研究，已加装32部") == 1
    assert shown.count("年内再装10部。") == 2


async def test_sources_without_an_answer_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = await _typed(monkeypatch, AssistantFake(), ["/sources"])

    assert _TEXTS.text("console.no_sources") in shown


async def test_blank_lines_ask_nothing_and_quit_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = AssistantFake()
    _cited(assistant)

    shown = await _typed(monkeypatch, assistant, ["", "   ", "/quit", "电梯"])

    assert "已加装32部" not in shown


async def test_an_unknown_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = await _typed(monkeypatch, AssistantFake(), ["/dance now"])

    assert "/dance" in shown


@pytest.mark.parametrize(
    "event", [Refusal("long", "[bold]太长了[/]"), Failure("ab12", "抱歉，编号 ab12")]
)
async def test_refusals_and_failures_are_shown_as_their_text(
    monkeypatch: pytest.MonkeyPatch, event: Refusal | Failure
) -> None:
    assistant = AssistantFake()
    assistant.script["问"] = event

    shown = await _typed(monkeypatch, assistant, ["问"])

    assert event.text in shown


async def test_a_person_is_welcomed_and_told_of_waiting_vectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = await _typed(monkeypatch, AssistantFake(), ["/help"], interactive=True)

    assert _TEXTS.text("console.welcome") in shown
    assert "/sources" in shown
