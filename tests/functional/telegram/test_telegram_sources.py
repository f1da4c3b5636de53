"""Buttons under answers: sources open for those who may see them, and only for them."""

from __future__ import annotations

import pytest

from bot.catalogues import Catalogue
from tests.fakes.assistant_fake import AssistantFake, card, cited_answer, source_view
from tests.telegram_server.people import User
from tests.telegram_server.refusals import Refused
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.world import Message

pytestmark = pytest.mark.usefixtures("channel")

BASE_METHODS = ("getMe", "getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")


async def ask(server: TelegramServer, assistant: AssistantFake, person: User) -> Message:
    """Ask a question with two sources and give the answer; only ``person`` may open them."""
    answer = cited_answer(card("关于加装电梯的答复"), "已加装32部", "年内再装10部")
    assistant.script["电梯"] = answer
    for found in answer.answer.citations:
        view = source_view(found, before="经研究，", after="。下一步将继续推进。")
        assistant.views[answer.turn, found.marker, str(person.id)] = view
    person.send("电梯")
    (said,) = await server.wait_for_messages(person, 1)
    return said


async def test_a_pressed_source_opens_with_its_passage_and_place(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    answer = await ask(telegram_server, assistant, person)
    press = person.press(answer, "〔2〕")
    assert (await press.answered()).text is None
    _, opened = await telegram_server.wait_for_messages(person, 2)
    assert opened.reply_to is answer
    assert opened.text.startswith("〔2〕 《关于加装电梯的答复》\n云山市教育局")
    assert "云教函〔2024〕12号" in opened.text
    assert "2024-05-06" in opened.text
    assert "一、关于诉求；全文第 101–107 字" in opened.text
    assert opened.styled("blockquote") == ["经研究，年内再装10部。下一步将继续推进。"]
    assert opened.styled("bold") == ["《关于加装电梯的答复》", "年内再装10部"]


async def test_closing_takes_the_source_away_and_leaves_the_answer(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    answer = await ask(telegram_server, assistant, person)
    await person.press(answer, "〔1〕").answered()
    _, opened = await telegram_server.wait_for_messages(person, 2)
    await person.press(opened, "收起").answered()
    await telegram_server.world.changes.until(lambda: opened.deleted, 20)
    assert not answer.deleted


async def test_closing_folds_the_source_where_deleting_is_refused(
    telegram_server: TelegramServer, assistant: AssistantFake, catalogues: dict[str, Catalogue]
) -> None:
    telegram_server.faults.allow_only(BASE_METHODS)
    person = telegram_server.user("安")
    answer = await ask(telegram_server, assistant, person)
    await person.press(answer, "〔1〕").answered()
    _, opened = await telegram_server.wait_for_messages(person, 2)
    await person.press(opened, "收起").answered()
    await telegram_server.wait_for_calls("editMessageText", 1)
    assert opened.text == catalogues["zh-CN"].text("telegram.closed")
    assert not opened.buttons


@pytest.mark.parametrize(("language", "locale"), [("zh-hans", "zh-CN"), ("en", "en")])
async def test_a_strangers_press_is_denied_in_their_language(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    catalogues: dict[str, Catalogue],
    language: str,
    locale: str,
) -> None:
    person, stranger = telegram_server.user("安"), telegram_server.user("外", language)
    answer = await ask(telegram_server, assistant, person)
    denial = await stranger.press(answer, "〔1〕").answered()
    assert denial.text == catalogues[locale].text("telegram.source_missing")
    assert len(telegram_server.world.from_bot(person.id)) == 1
    assert not telegram_server.world.from_bot(stranger.id)


@pytest.mark.parametrize("data", ["s:t1:99", "s:t9:1", "s:t1", "s:t1:1:1", "a:1", "s::1", "x", ""])
async def test_forged_button_data_is_denied(
    telegram_server: TelegramServer,
    assistant: AssistantFake,
    catalogues: dict[str, Catalogue],
    data: str,
) -> None:
    person = telegram_server.user("安")
    answer = await ask(telegram_server, assistant, person)
    denial = await person.press(answer, data=data).answered()
    assert denial.text == catalogues["zh-CN"].text("telegram.source_missing")
    assert denial.show_alert


async def test_a_forged_close_takes_no_answer_away(
    telegram_server: TelegramServer, assistant: AssistantFake, catalogues: dict[str, Catalogue]
) -> None:
    person = telegram_server.user("安")
    answer = await ask(telegram_server, assistant, person)
    denial = await person.press(answer, data="x:").answered()
    assert denial.text == catalogues["zh-CN"].text("telegram.source_missing")
    assert not answer.deleted


async def test_a_press_too_old_to_be_answered_still_opens_the_source(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    answer = await ask(telegram_server, assistant, person)
    stale = Refused(400, "Bad Request: query is too old and response timeout expired")
    telegram_server.faults.fail_next("answerCallbackQuery", stale)
    person.press(answer, "〔1〕")
    assert len(await telegram_server.wait_for_messages(person, 2)) == 2


async def test_a_source_longer_than_a_message_comes_whole_with_one_close_button(
    telegram_server: TelegramServer, assistant: AssistantFake
) -> None:
    person = telegram_server.user("安")
    answer = await ask(telegram_server, assistant, person)
    short, after = assistant.views["t1", 1, str(person.id)], "后文。" * 2000
    assistant.views["t1", 1, str(person.id)] = source_view(short.citation, after=after)
    person.press(answer, "〔1〕")
    said = await telegram_server.wait_for_messages(person, 3)
    assert after in "".join(message.text for message in said[1:])
    assert [bool(message.buttons) for message in said[1:]] == [False, True]
