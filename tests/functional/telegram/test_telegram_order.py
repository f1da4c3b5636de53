"""Order within a chat, chats side by side, nothing twice, and an orderly end."""

from __future__ import annotations

import asyncio

from bot.catalogues import Catalogue
from bot.channels.telegram.timing import Pace
from tests.fakes.assistant_fake import AssistantFake, card, cited_answer, source_view
from tests.functional.telegram.conftest import Open
from tests.telegram_server.server import TelegramServer


def gated(assistant: AssistantFake, *questions: str) -> list[asyncio.Event]:
    gates = [asyncio.Event() for _ in questions]
    assistant.gates.update(zip(questions, gates, strict=True))
    return gates


async def test_one_chat_stays_in_order_while_another_is_answered(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    (gate,) = gated(assistant, "慢")
    ann, bo = telegram_server.user("安"), telegram_server.user("博")
    async with opened():
        ann.send("慢")
        ann.send("快")
        await assistant.wait_for("慢")
        bo.send("别人的问题")
        (to_bo,) = await telegram_server.wait_for_messages(bo, 1)
        assert to_bo.text == "答：别人的问题"
        assert "快" not in [incoming.text for incoming in assistant.asked]
        gate.set()
        said = await telegram_server.wait_for_messages(ann, 2)
    assert [message.text for message in said] == ["答：慢", "答：快"]


async def test_a_button_does_not_wait_for_a_running_answer(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    (gate,) = gated(assistant, "慢")
    person = telegram_server.user("安")
    answer = cited_answer(card("关于停车的答复"), "新增泊位120个")
    assistant.script["停车"] = answer
    (found,) = answer.answer.citations
    assistant.views[answer.turn, 1, str(person.id)] = source_view(found)
    async with opened():
        person.send("停车")
        (said,) = await telegram_server.wait_for_messages(person, 1)
        person.send("慢")
        await assistant.wait_for("慢")
        await person.press(said, "〔1〕").answered()
        await telegram_server.wait_for_messages(person, 2)
        gate.set()
        await telegram_server.wait_for_messages(person, 3)


async def test_a_chat_full_of_waiting_questions_takes_one_place_only(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    (gate,) = gated(assistant, "慢")
    ann, bo = telegram_server.user("安"), telegram_server.user("博")
    async with opened(Pace(parallel=2)):
        ann.send("慢")
        for number in range(5):
            ann.send(f"第{number}问")
        await assistant.wait_for("慢")
        bo.send("别人的问题")
        await telegram_server.wait_for_messages(bo, 1)
        gate.set()
        said = await telegram_server.wait_for_messages(ann, 6)
    assert [message.text for message in said[1:]] == [f"答：第{number}问" for number in range(5)]


async def test_a_duplicate_update_is_answered_once(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    person = telegram_server.user("安")
    async with opened():
        sent = person.send("问")
        await telegram_server.wait_for_messages(person, 1)
        telegram_server.redeliver(sent.update)
        telegram_server.redeliver(sent.update)
        person.send("下一问")
        said = await telegram_server.wait_for_messages(person, 2)
    assert [message.text for message in said] == ["答：问", "答：下一问"]
    assert len(assistant.asked) == 2


async def test_an_update_taken_before_a_restart_is_not_answered_again(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    person = telegram_server.user("安")
    async with opened():
        sent = person.send("问")
        await telegram_server.wait_for_messages(person, 1)
    telegram_server.redeliver(sent.update)
    async with opened():
        person.send("下一问")
        said = await telegram_server.wait_for_messages(person, 2)
    assert [message.text for message in said] == ["答：问", "答：下一问"]
    assert len(assistant.asked) == 2


async def test_a_question_sent_while_the_bot_was_down_is_answered_after_the_start(
    telegram_server: TelegramServer, opened: Open
) -> None:
    person = telegram_server.user("安")
    person.send("还在吗")
    async with opened():
        (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == "答：还在吗"
    assert not telegram_server.world.updates.pending


async def test_stopping_waits_for_a_running_answer(
    telegram_server: TelegramServer, assistant: AssistantFake, opened: Open
) -> None:
    (gate,) = gated(assistant, "慢")
    person = telegram_server.user("安")
    async with opened():
        person.send("慢")
        await assistant.wait_for("慢")
        asyncio.get_running_loop().call_later(0, gate.set)
    assert [message.text for message in telegram_server.world.from_bot(person.id)] == ["答：慢"]


async def test_what_outlasts_the_grace_is_apologised_for_and_so_is_what_waits(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    catalogues: dict[str, Catalogue],
    opened: Open,
) -> None:
    gated(assistant, "永远")
    person = telegram_server.user("安")
    async with opened(Pace(grace=0)):
        person.send("永远")
        waiting = person.send("排在后面")
        await assistant.wait_for("永远")
        await telegram_server.wait_until_confirmed(waiting.update)
    apology = catalogues["zh-CN"].text("telegram.restarting")
    said = telegram_server.world.from_bot(person.id)
    assert [message.text for message in said] == [apology, apology]
    assert len(assistant.asked) == 1
