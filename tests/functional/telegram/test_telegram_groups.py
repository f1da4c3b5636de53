"""In groups the bot speaks when spoken to, and knows no more than a guest."""

from __future__ import annotations

import pytest

from bot.catalogues import Catalogue
from knowledge.domain.answers import Role
from tests.fakes.assistant_fake import AssistantFake, card, cited_answer, source_view
from tests.telegram_server.refusals import moved
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.world import BOT_USERNAME

pytestmark = pytest.mark.usefixtures("channel")


async def test_talk_among_people_is_left_alone(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    group = telegram_server.group("提案办理群", person)
    person.send("今天谁值班？", to=group)
    person.send("@somebody_else 你看呢", to=group)
    person.send("/weather", to=group)
    person.send("/help@other_bot", to=group)
    person.send_content("photo", to=group)
    sent = person.send(f"@{BOT_USERNAME} 电梯", to=group)
    (said,) = await telegram_server.wait_for_messages(group, 1)
    assert said.reply_to is sent.message
    assert [incoming.text for incoming in assistant.asked] == ["电梯"]


async def test_a_reply_to_the_bot_is_a_question(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    group = telegram_server.group("提案办理群", person)
    person.send("/start", to=group)
    (greeting,) = await telegram_server.wait_for_messages(group, 1)
    person.send("电梯", to=group, reply_to=greeting)
    await telegram_server.wait_for_messages(group, 2)
    assert [incoming.text for incoming in assistant.asked] == ["电梯"]


async def test_the_group_asks_as_a_guest_whoever_types(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    admin = telegram_server.user("安")
    assistant.roles[str(admin.id)] = Role.ADMIN
    group = telegram_server.group("提案办理群", admin)
    admin.send(f"@{BOT_USERNAME.upper()} 电梯", to=group)
    await telegram_server.wait_for_messages(group, 1)
    (asked,) = assistant.asked
    assert (asked.sender.channel, asked.sender.account) == ("telegram-group", str(group.id))
    assert asked.conversation == f"telegram:{group.id}"


@pytest.mark.parametrize("command", ["start", "help"])
async def test_commands_in_a_group_say_what_groups_may_see(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    catalogues: dict[str, Catalogue],
    command: str,
) -> None:
    admin = telegram_server.user("安")
    assistant.roles[str(admin.id)] = Role.ADMIN
    group = telegram_server.group("提案办理群", admin)
    admin.send(f"/{command}@{BOT_USERNAME}", to=group)
    (said,) = await telegram_server.wait_for_messages(group, 1)
    assert said.text == catalogues["zh-CN"].text(f"telegram.{command}.group").strip()


async def test_a_source_in_a_group_is_looked_up_with_the_groups_rights(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    admin = telegram_server.user("安")
    group = telegram_server.group("提案办理群", admin)
    answer = cited_answer(card("关于停车的答复"), "新增泊位120个", "新增充电桩30个")
    assistant.script["停车"] = answer
    open_to_group, only_admin = answer.answer.citations
    assistant.views[answer.turn, 1, str(group.id)] = source_view(open_to_group)
    assistant.views[answer.turn, 2, str(admin.id)] = source_view(only_admin)
    admin.send(f"@{BOT_USERNAME} 停车", to=group)
    (said,) = await telegram_server.wait_for_messages(group, 1)
    assert (await admin.press(said, "〔2〕").answered()).text
    assert (await admin.press(said, "〔1〕").answered()).text is None
    await telegram_server.wait_for_messages(group, 2)


async def test_a_topic_keeps_its_own_conversation_and_gets_its_own_answers(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    group = telegram_server.group("提案办理群", person, topics=(7, 8))
    person.send(f"@{BOT_USERNAME} 电梯", to=group, thread=8)
    (said,) = await telegram_server.wait_for_messages(group, 1)
    assert said.thread == 8
    assert assistant.asked[0].conversation == f"telegram:{group.id}:8"


async def test_a_captioned_picture_that_mentions_the_bot_is_declined(
    telegram_server: TelegramServer, catalogues: dict[str, Catalogue]
) -> None:
    person = telegram_server.user("安")
    group = telegram_server.group("提案办理群", person)
    person.send_content("photo", to=group, caption=f"@{BOT_USERNAME} 这是什么")
    (said,) = await telegram_server.wait_for_messages(group, 1)
    assert said.text == catalogues["zh-CN"].text("telegram.not_text")


async def test_a_group_that_removed_the_bot_stops_nothing(telegram_server: TelegramServer) -> None:
    person = telegram_server.user("安")
    group = telegram_server.group("提案办理群", person)
    group.remove_bot()
    person.send(f"@{BOT_USERNAME} 电梯", to=group)
    person.send("电梯")
    await telegram_server.wait_for_messages(person, 1)
    assert not telegram_server.world.from_bot(group.id)


async def test_an_answer_follows_a_group_that_was_upgraded(telegram_server: TelegramServer) -> None:
    person = telegram_server.user("安")
    before, after = (telegram_server.group("提案办理群", person) for _ in range(2))
    telegram_server.faults.fail_next("sendMessage", moved(after.id))
    person.send(f"@{BOT_USERNAME} 电梯", to=before)
    (said,) = await telegram_server.wait_for_messages(after, 1)
    assert said.text == "答：电梯"
