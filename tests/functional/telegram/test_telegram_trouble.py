"""What goes wrong on Telegram's side never loses an answer."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.assistant_fake import AssistantFake, card, cited_answer, plain_answer
from tests.functional.telegram.clock import TYPING, FakeClock
from tests.functional.telegram.conftest import Open
from tests.telegram_server.faults import Fault
from tests.telegram_server.faults import Pace as FloodControl
from tests.telegram_server.refusals import Refused, bad_request, too_many
from tests.telegram_server.server import TelegramServer

BASE_METHODS = ("getMe", "getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")
SERVER_ERROR = Refused(500, "Internal Server Error")


async def test_refused_markup_falls_back_to_the_plain_text_on_record(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    assistant.script["问"] = answer = cited_answer(card("关于停车的答复"), "新增泊位120个")
    refusal = bad_request('can\'t parse entities: Unsupported start tag "x" at byte offset 0')
    telegram_server.faults.fail_next("sendMessage", refusal)
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == answer.text
    assert not said.entities
    assert said.buttons == {"〔1〕": "s:t1:1"}


async def test_markup_refused_halfway_repeats_nothing_and_loses_nothing(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    text = "\n".join(f"第{number}行" for number in range(1500))
    assistant.script["问"] = plain_answer(text)
    person = telegram_server.user("安")
    telegram_server.faults.spare_next("sendMessage")
    telegram_server.faults.fail_next("sendMessage", bad_request("can't parse entities: no"))
    async with opened():
        person.send("问")
        await telegram_server.world.changes.until(
            lambda: "\n".join(m.text for m in telegram_server.world.from_bot(person.id)) == text,
            20,
        )
    modes = [call.parameters.get("parse_mode") for call in telegram_server.calls_of("sendMessage")]
    assert modes[:3] == ["HTML", "HTML", None]


async def test_a_flood_is_waited_out_for_exactly_as_long_as_asked(
    telegram_server: TelegramServer, opened: Open, clock: FakeClock
) -> None:
    for seconds in (3, 17, 209):
        telegram_server.faults.fail_next("sendMessage", too_many(seconds))
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == "答：问"
    assert [seconds for seconds in clock.slept if seconds not in clock.held] == [3, 17, 209]


async def test_a_long_answer_survives_telegrams_flood_control(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open, clock: FakeClock
) -> None:
    text = "\n".join(f"第{number}行，内容照录。" for number in range(2500))
    assistant.script["问"] = plain_answer(text)
    telegram_server.limit_pace(FloodControl(clock.now))
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        await telegram_server.world.changes.until(
            lambda: "\n".join(m.text for m in telegram_server.world.from_bot(person.id)) == text,
            20,
        )
    assert 429 in [call.code for call in telegram_server.calls_of("sendMessage")]


@pytest.mark.parametrize(
    "fault", [SERVER_ERROR, Refused(502, "Bad Gateway"), Fault(breaks="reset")]
)
async def test_server_errors_and_lost_connections_are_retried(
    telegram_server: TelegramServer, opened: Open, clock: FakeClock, fault: Fault | Refused
) -> None:
    telegram_server.faults.fail_next("sendMessage", fault, times=3)
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == "答：问"
    assert [seconds for seconds in clock.slept if seconds not in clock.held] == [1, 2, 4]


async def test_polling_survives_errors_of_every_kind(
    telegram_server: TelegramServer, opened: Open
) -> None:
    for fault in (SERVER_ERROR, Fault(breaks="reset"), too_many(5), Refused(409, "Conflict: no")):
        telegram_server.faults.fail_next("getUpdates", fault)
    telegram_server.faults.fail_next("getMe", SERVER_ERROR, times=2)
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        await telegram_server.wait_for_messages(person, 1)
    assert not telegram_server.faults.planned("getUpdates")


async def test_a_lost_poll_reply_loses_no_question(
    telegram_server: TelegramServer, opened: Open
) -> None:
    person = telegram_server.user("安")
    person.send("问")
    telegram_server.faults.fail_next("getUpdates", Fault(breaks="lost_reply"))
    async with opened():
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == "答：问"


async def test_refused_typing_does_not_stop_an_answer(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open, clock: FakeClock
) -> None:
    refusals = (SERVER_ERROR, Fault(breaks="reset"), too_many(99), Refused(403, "Forbidden: no"))
    for refusal in refusals:
        telegram_server.faults.fail_next("sendChatAction", refusal)
    clock.held[TYPING].set()
    gate = assistant.gates["问"] = asyncio.Event()
    person = telegram_server.user("安")
    async with opened():
        person.send("问")
        await telegram_server.world.changes.until(
            lambda: not telegram_server.faults.planned("sendChatAction"), 20
        )
        gate.set()
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == "答：问"


@pytest.mark.parametrize("code", [400, 404])
async def test_a_server_that_knows_five_methods_is_enough(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open, code: int
) -> None:
    telegram_server.faults.allow_only(BASE_METHODS, code=code)
    assistant.script["问"] = cited_answer(card("关于停车的答复"), "新增泊位120个")
    person = telegram_server.user("安")
    async with opened():
        person.send("/start")
        await telegram_server.wait_for_messages(person, 1)
        person.send("问")
        _, said = await telegram_server.wait_for_messages(person, 2)
        assert (await person.press(said, "〔1〕").answered()).text
