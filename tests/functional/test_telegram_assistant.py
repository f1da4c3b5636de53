"""The real assistant on Telegram: handlers get cited answers, strangers only what is open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest

from bot.settings import load_settings
from bot.wiring import open_telegram
from tests.functional.conftest import Json, Office
from tests.telegram_server.plugin import telegram_server
from tests.telegram_server.server import TelegramServer

__all__ = ["telegram_server"]

_DRONES = "我们以前怎么答复无人机配送的提案？"
_BASE = ("getMe", "getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")


@asynccontextmanager
async def _bot(server: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[None]:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", server.token)
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", server.url)
    stop = asyncio.Event()
    async with open_telegram(load_settings(None)) as channel:
        running = asyncio.create_task(channel.run(stop))
        yield
        stop.set()
        async with asyncio.timeout(60):
            await running


def _closed_letter(folder: Path) -> Path:
    path = folder / "letter.txt"
    path.write_text(
        "青禾县交通运输局\n关于县政协九届二次会议第031号提案的答复\n\n周明远委员：\n"
        "您提出的《关于用无人机派送快递的建议》收悉，现答复如下：\n"
        "关于您提出的无人机配送快递的建议，我局已在三个山区乡镇开展试飞，年底前开通航线两条。\n"
        "青禾县交通运输局\n2023年6月1日\n",
        encoding="utf-8",
    )
    return path


async def test_a_handler_is_answered_with_sources_that_open_and_a_stranger_is_not(
    office: Office,
    tmp_path: Path,
    telegram_server: TelegramServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await asyncio.to_thread(office.json, "ingest", _closed_letter(tmp_path))
    handler, stranger = telegram_server.user("安"), telegram_server.user("路人")
    monkeypatch.setenv("TELEGRAM_HANDLERS", str(handler.id))

    async with _bot(telegram_server, monkeypatch):
        handler.send("/start")
        handler.send(_DRONES)
        stranger.send(_DRONES)
        _, answer = await telegram_server.wait_for_messages(handler, 2)
        (denied,) = await telegram_server.wait_for_messages(stranger, 1)
        await handler.press(answer, "〔1〕").answered()
        *_, opened = await telegram_server.wait_for_messages(handler, 3)
        press = await stranger.press(answer, "〔1〕").answered()

    assert "第031号" in answer.text
    assert "我局已在三个山区乡镇开展试飞" in answer.text
    assert "我局已在三个山区乡镇开展试飞" in opened.text
    assert "031" not in denied.text
    assert press.text
    turns = cast("list[Json]", (await asyncio.to_thread(office.json, "log", "export"))["turns"])
    assert {(t["channel"], t["role"], t["outcome"]) for t in turns} == {
        ("telegram", "handler", "answered"),
        ("telegram", "guest", "not_found"),
    }


@pytest.mark.usefixtures("sample_office")
async def test_a_stranger_gets_open_documents_and_only_those(
    telegram_server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = telegram_server.user("路人")

    async with _bot(telegram_server, monkeypatch):
        stranger.send("加装电梯每部补助多少钱？")
        (lifts,) = await telegram_server.wait_for_messages(stranger, 1)
        stranger.send("城区防洪工程三个方案的投资是多少？")
        _, floods = await telegram_server.wait_for_messages(stranger, 2)

    assert "【示例】" in lifts.text
    assert "20万元" in lifts.text
    assert "9.8亿元" not in floods.text
    assert "防洪" not in floods.text.replace("城区防洪工程三个方案", "")


@pytest.mark.usefixtures("sample_office")
async def test_a_server_that_knows_only_the_basic_methods_is_enough(
    telegram_server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram_server.faults.allow_only(_BASE)
    person = telegram_server.user("安")
    monkeypatch.setenv("TELEGRAM_HANDLERS", str(person.id))

    async with _bot(telegram_server, monkeypatch):
        person.send("/start")
        person.send(_DRONES)
        _, answer = await telegram_server.wait_for_messages(person, 2)
        await person.press(answer, "〔1〕").answered()
        *_, opened = await telegram_server.wait_for_messages(person, 3)

    assert "无人机" in answer.text
    assert opened.text.startswith("〔1〕")
