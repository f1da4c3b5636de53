"""What breaks is apologised for and logged, without showing anything that is nobody's business."""

from __future__ import annotations

import asyncio
import logging
import re

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.polling import TelegramRefused
from bot.channels.telegram.timing import Pace
from tests.fakes.assistant_fake import AssistantFake, LedgerFake, card, cited_answer, plain_answer
from tests.functional.telegram.conftest import Open
from tests.telegram_server.faults import Fault
from tests.telegram_server.refusals import Refused
from tests.telegram_server.server import TelegramServer

SERVER_ERROR = Refused(500, "Internal Server Error")


@pytest.fixture(autouse=True)
def log_everything(caplog: pytest.LogCaptureFixture, telegram_server: TelegramServer) -> LogGuard:
    caplog.set_level(logging.DEBUG)
    return LogGuard(caplog, telegram_server.token)


class LogGuard:
    """Looks into the log of the running test."""

    def __init__(self, caplog: pytest.LogCaptureFixture, token: str) -> None:
        self._caplog = caplog
        self._secret = token.partition(":")[2]

    def check(self, *private: str) -> str:
        """The whole log, once it is sure to hold neither the token nor these texts."""
        text = self._caplog.text
        assert self._secret not in text
        for piece in private:
            assert piece not in text
        return text


async def test_a_broken_assistant_is_apologised_for_without_its_inside(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    opened: Open,
    log_everything: LogGuard,
) -> None:
    assistant.script["私事"] = RuntimeError("私事 in /srv/secret.py")
    person = telegram_server.user("安", "en")
    async with opened():
        person.send("私事")
        (said,) = await telegram_server.wait_for_messages(person, 1)
        person.send("next")
        await telegram_server.wait_for_messages(person, 2)
    number = re.search(r"number (\w{8})", said.text)
    assert number is not None
    assert "Traceback" not in said.text
    assert "secret" not in said.text
    log = log_everything.check("私事", "secret.py")
    assert number[1] in log
    assert "RuntimeError" in log


async def test_an_assistant_that_never_ends_is_apologised_for(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    assistant.gates["永远"] = asyncio.Event()
    person = telegram_server.user("安")
    async with opened(Pace(answer_limit=0)):
        person.send("永远")
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert "编号" in said.text


async def test_an_empty_answer_is_apologised_for(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    assistant.script["问"] = plain_answer(" \n ")
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert "编号" in said.text


async def test_a_broken_source_answers_the_press_with_an_apology(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    opened: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("no database")

    monkeypatch.setattr(assistant, "source", broken)
    assistant.script["问"] = cited_answer(card("关于停车的答复"), "新增泊位120个")
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        (said,) = await telegram_server.wait_for_messages(person, 1)
        answer = await person.press(said, "〔1〕").answered()
    assert answer.show_alert
    assert "编号" in (answer.text or "")


async def test_a_broken_ledger_gives_an_apology_and_no_answer(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    ledger: LedgerFake,
    opened: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> bool:
        raise OSError("disk full")

    monkeypatch.setattr(ledger, "first_time", broken)
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert "编号" in said.text
    assert not assistant.asked


async def test_a_person_who_blocked_the_bot_stops_nobody_else(
    telegram_server: TelegramServer, opened: Open, log_everything: LogGuard
) -> None:
    ann, bo = telegram_server.user("安"), telegram_server.user("博")
    ann.send("问")
    ann.block()
    async with opened():
        bo.send("问")
        await telegram_server.wait_for_messages(bo, 1)
        await telegram_server.wait_for_calls("sendMessage", 2)
    assert not telegram_server.world.from_bot(ann.id)
    assert "takes no messages" in log_everything.check()


async def test_an_answer_that_cannot_be_delivered_is_logged_with_an_id(
    telegram_server: TelegramServer, opened: Open, log_everything: LogGuard
) -> None:
    telegram_server.faults.fail_next("sendMessage", SERVER_ERROR, times=6)
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        (said,) = await telegram_server.wait_for_messages(person, 1)
    number = re.search(r"编号 (\w{8})", said.text)
    assert number is not None
    assert number[1] in log_everything.check("答：问")


async def test_neither_token_nor_peoples_words_are_ever_logged(
    telegram_server: TelegramServer, opened: Open, log_everything: LogGuard
) -> None:
    telegram_server.faults.fail_next("sendMessage", Fault(breaks="reset"))
    telegram_server.faults.fail_next("setMyCommands", SERVER_ERROR)
    person = telegram_server.user("安静的人")
    async with opened():
        person.send("只说给你听")
        await telegram_server.wait_for_messages(person, 1)
        await telegram_server.wait_for_calls("setMyCommands", 3)
    log = log_everything.check("只说给你听", "安静的人")
    assert "command menu not set" in log


async def test_a_refused_token_ends_the_channel_without_showing_it(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    ledger: LedgerFake,
    catalogues: dict[str, object],
    log_everything: LogGuard,
) -> None:
    token = f"{telegram_server.token}x"
    channel = TelegramChannel(
        assistant,
        ledger,
        catalogues,  # pyright: ignore[reportArgumentType] - never read here
        token=token,
        api_base_url=telegram_server.url,
    )
    with pytest.raises(TelegramRefused) as refused:
        await channel.run(asyncio.Event())
    assert token not in str(refused.value)
    assert refused.value.code == "telegram.token_refused"
    log_everything.check()
