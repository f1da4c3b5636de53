"""Greeting, help, questions and everything else people send, over real HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.assistant.messages import Failure, Refusal
from bot.catalogues import Catalogue
from bot.channels.telegram.channel import TelegramChannel
from knowledge.domain.answers import Role
from tests.fakes.assistant_fake import AssistantFake, card, cited_answer, plain_answer
from tests.telegram_server.server import TelegramServer

pytestmark = pytest.mark.usefixtures("channel")


async def test_start_greets_by_role_and_language(
    telegram_server: TelegramServer, assistant: AssistantFake, catalogues: dict[str, Catalogue]
) -> None:
    guest, handler = telegram_server.user("安"), telegram_server.user("Bo", "en-GB")
    assistant.roles[str(handler.id)] = Role.HANDLER
    guest.send("/start")
    handler.send("/start")
    (to_guest,) = await telegram_server.wait_for_messages(guest, 1)
    (to_handler,) = await telegram_server.wait_for_messages(handler, 1)
    assert to_guest.text == catalogues["zh-CN"].text("telegram.start.guest").strip()
    assert to_handler.text == catalogues["en"].text("telegram.start.handler").strip()


@pytest.mark.parametrize("role", list(Role))
async def test_help_speaks_to_every_role(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    catalogues: dict[str, Catalogue],
    role: Role,
) -> None:
    person = telegram_server.user("安", None)
    assistant.roles[str(person.id)] = role
    person.send("/help")
    (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == catalogues["zh-CN"].text(f"telegram.help.{role}").strip()


async def test_a_handler_is_told_how_far_the_index_is(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    handler = telegram_server.user("安")
    assistant.roles[str(handler.id)] = Role.HANDLER
    assistant.waiting = 731
    handler.send("/start")
    (said,) = await telegram_server.wait_for_messages(handler, 1)
    assert "731" in said.text


async def test_a_question_reaches_the_assistant_with_its_sender_and_place(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    person.send("以前怎么答复加装电梯？")
    (said,) = await telegram_server.wait_for_messages(person, 1)
    (asked,) = assistant.asked
    assert said.text == "答：以前怎么答复加装电梯？"
    assert said.reply_to is None
    assert (asked.sender.channel, asked.sender.account) == ("telegram", str(person.id))
    assert asked.conversation == f"telegram:{person.id}"
    assert asked.locale == "zh-CN"


async def test_an_answer_shows_heads_and_quotes_and_source_buttons(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    document = card("关于加装电梯的答复", sample=True)
    assistant.script["电梯"] = answer = cited_answer(document, "已加装32部", "年内再装10部")
    person = telegram_server.user("安")
    person.send("电梯")
    (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == answer.text
    assert said.styled("bold") == ["1. 【示例】《关于加装电梯的答复》"]
    assert said.styled("blockquote") == ["〔1〕“已加装32部”", "〔2〕“年内再装10部”"]
    assert said.buttons == {"〔1〕": "s:t1:1", "〔2〕": "s:t1:2"}


async def test_markup_in_questions_titles_and_quotes_is_only_text(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    evil = '<b>&lt;粗</b> & <a href="tg://user?id=1">点我</a>'
    assistant.script[evil] = answer = cited_answer(card(evil), evil)
    person = telegram_server.user("<i>安</i>")
    person.send(evil)
    (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == answer.text
    assert {entity.type for entity in said.entities} == {"bold", "blockquote"}


async def test_previews_of_links_are_off(telegram_server: TelegramServer) -> None:
    person = telegram_server.user("安")
    person.send("https://example.org")
    await telegram_server.wait_for_messages(person, 1)
    (call,) = telegram_server.calls_of("sendMessage")
    assert call.parameters["link_preview_options"] == '{"is_disabled": true}'


@pytest.mark.parametrize("closing", [Refusal("long", "太长了"), Failure("e1", "抱歉，编号 e1")])
async def test_refusals_and_failures_are_shown_as_their_text(
    telegram_server: TelegramServer, assistant: AssistantFake, closing: Refusal | Failure
) -> None:
    assistant.script["问"] = closing
    person = telegram_server.user("安")
    person.send("问")
    (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == closing.text


async def test_a_long_answer_arrives_whole_and_in_order(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    paragraphs = [f"第{number}段：𠮷野家旁的无障碍通道已完工。" * 8 for number in range(120)]
    assistant.script["长"] = plain_answer("\n\n".join(paragraphs))
    person = telegram_server.user("安")
    person.send("长")
    last = paragraphs[-1]
    await telegram_server.world.changes.until(
        lambda: any(m.text.endswith(last) for m in telegram_server.world.from_bot(person.id)), 20
    )
    said = telegram_server.world.from_bot(person.id)
    assert len(said) > 4
    assert "\n\n".join(message.text for message in said) == "\n\n".join(paragraphs)


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document"])
async def test_other_content_is_declined_politely(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    catalogues: dict[str, Catalogue],
    kind: str,
) -> None:
    person = telegram_server.user("安")
    person.send_content(kind, caption="这是什么？")
    (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == catalogues["zh-CN"].text("telegram.not_text")
    assert not assistant.asked


async def test_an_album_is_declined_once(telegram_server: TelegramServer) -> None:
    person = telegram_server.user("安")
    for _ in range(3):
        person.send_content("photo", album="a1")
    person.send("之后的问题")
    said = await telegram_server.wait_for_messages(person, 2)
    assert [message.text for message in said][1:] == ["答：之后的问题"]


async def test_an_unknown_command_points_to_help(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    person.send("/draft 12")
    (said,) = await telegram_server.wait_for_messages(person, 1)
    assert "/help" in said.text
    assert not assistant.asked


async def test_an_edited_question_is_answered_anew_only_if_its_text_changed(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    sent = person.send("电梯")
    await telegram_server.wait_for_messages(person, 1)
    person.edit(sent, "电梯")
    person.edit(sent, "老旧小区电梯")
    said = await telegram_server.wait_for_messages(person, 2)
    assert [message.text for message in said] == ["答：电梯", "答：老旧小区电梯"]
    assert said[1].reply_to is sent.message
    assert [incoming.text for incoming in assistant.asked] == ["电梯", "老旧小区电梯"]


async def test_an_old_question_gets_an_apology_instead_of_an_answer(
    telegram_server: TelegramServer, assistant: AssistantFake, catalogues: dict[str, Catalogue]
) -> None:
    person = telegram_server.user("安")
    sent = person.send("昨天的问题", age=timedelta(hours=9))
    (said,) = await telegram_server.wait_for_messages(person, 1)
    assert said.text == catalogues["zh-CN"].text("telegram.stale")
    assert said.reply_to is sent.message
    assert not assistant.asked


async def test_typing_is_shown_while_the_assistant_works(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    gate = assistant.gates["问"] = asyncio.Event()
    person = telegram_server.user("安")
    person.send("问")
    await telegram_server.wait_for_calls("sendChatAction", 1)
    gate.set()
    await telegram_server.wait_for_messages(person, 1)
    assert telegram_server.world.actions == [(person.id, "typing")]


async def test_the_command_menu_is_published_in_both_languages(
    telegram_server: TelegramServer, channel: TelegramChannel
) -> None:
    assert channel
    await telegram_server.wait_for_calls("setMyCommands", 3)
    menus = telegram_server.world.commands
    assert set(menus) == {"", "zh", "en"}
    assert menus[""] == menus["zh"] != menus["en"]
