"""The channel's small parts: order, memory, hearing, pauses, texts."""

from __future__ import annotations

import asyncio
import tomllib
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from telegram import Chat, Message, MessageEntity, Update, User
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.catalogues import LOCALES, load_catalogue
from bot.channels.telegram.hearing import hear_message, locale_of, question_for
from bot.channels.telegram.order import ChatOrder
from bot.channels.telegram.polling import TelegramRefused, pause_after
from bot.channels.telegram.racing import unless
from bot.channels.telegram.recent import Recent
from knowledge.domain.answers import Role

BOT = User(4242, "答复", is_bot=True, username="dafu_test_bot")
PERSON = User(7, "安", is_bot=False, language_code="zh-hans")


@pytest.fixture(autouse=True)
def times_as_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def message(text: str, chat_type: str = "supergroup", **more: object) -> Message:
    chat = Chat(-5 if chat_type != "private" else 7, chat_type)
    return Message(1, datetime.now(UTC), chat, PERSON, text=text, **more)  # pyright: ignore[reportArgumentType] - fields by name


def update(number: int, chat: int) -> Update:
    return Update(number, Message(number, datetime.now(UTC), Chat(chat, "private"), PERSON))


async def test_locks_live_only_as_long_as_somebody_needs_them() -> None:
    order, gate = ChatOrder(4), asyncio.Event()
    work = [
        asyncio.create_task(order.process_update(update(n, chat=n % 3), gate.wait()))
        for n in range(9)
    ]
    await asyncio.sleep(0)
    assert order.chats == 3
    gate.set()
    await asyncio.gather(*work)
    assert order.chats == 0


async def test_no_more_chats_run_at_a_time_than_allowed() -> None:
    order, gate, running = ChatOrder(2), asyncio.Event(), list[int]()

    async def work(number: int) -> None:
        running.append(number)
        await gate.wait()

    tasks = [
        asyncio.create_task(order.process_update(update(n, chat=n), work(n))) for n in range(5)
    ]
    for _ in range(20):
        await asyncio.sleep(0)
    assert running == [0, 1]
    gate.set()
    await asyncio.gather(*tasks)
    assert sorted(running) == [0, 1, 2, 3, 4]


async def test_cancelled_updates_leave_nothing_behind() -> None:
    order, gate = ChatOrder(4), asyncio.Event()
    tasks = [
        asyncio.create_task(order.process_update(update(n, chat=1), gate.wait())) for n in range(3)
    ]
    await asyncio.sleep(0)
    assert order.cancel_all() == 3
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in results)
    assert order.chats == 0
    assert order.cancel_all() == 0


async def test_cancelling_what_runs_gives_the_turn_to_what_waits() -> None:
    order, gate = ChatOrder(4), asyncio.Event()
    first = asyncio.create_task(order.process_update(update(1, chat=1), gate.wait()))
    second = asyncio.create_task(order.process_update(update(2, chat=1), asyncio.sleep(0)))
    await asyncio.sleep(0)
    assert order.cancel_running() == 1
    await second
    assert first.cancelled()


async def test_a_failing_update_lets_the_next_one_in() -> None:
    async def broken() -> None:
        raise ValueError("broken")

    order = ChatOrder(1)
    with pytest.raises(ValueError, match="broken"):
        await order.process_update(update(1, chat=1), broken())
    await order.process_update(update(2, chat=1), asyncio.sleep(0))


async def test_stopping_ends_a_wait_and_gives_nothing() -> None:
    stop = asyncio.Event()
    stop.set()
    assert await unless(stop, asyncio.Event().wait()) is None


async def test_a_result_counts_even_when_the_stop_came_with_it() -> None:
    stop = asyncio.Event()

    async def work() -> str:
        stop.set()
        return "done"

    assert await unless(stop, work()) == "done"


def test_recent_memory_forgets_the_oldest() -> None:
    recent: Recent[int, str] = Recent(2)
    assert recent.put(1, "a") is None
    assert recent.put(1, "b") == "a"
    recent.put(2, "c")
    recent.put(3, "d")
    assert recent.put(1, "e") is None
    assert recent.put(3, "f") == "d"


@pytest.mark.parametrize(
    ("code", "locale"),
    [("zh-hans", "zh-CN"), ("zh", "zh-CN"), ("en-GB", "en"), ("EN", "en"), ("de", "zh-CN")],
)
def test_the_language_is_chinese_unless_the_client_speaks_english(code: str, locale: str) -> None:
    assert locale_of(code) == locale
    assert locale_of(None) == "zh-CN"


def test_a_mention_by_link_counts_as_addressing() -> None:
    entity = MessageEntity(MessageEntity.TEXT_MENTION, 0, 2, user=BOT)
    assert question_for(message("答复 电梯呢", entities=(entity,)), BOT) == "电梯呢"


def test_a_mention_behind_a_rare_character_is_found() -> None:
    entity = MessageEntity(MessageEntity.MENTION, 3, 14)
    assert question_for(message("𠮷 @dafu_test_bot 在哪", entities=(entity,)), BOT) == "𠮷   在哪"


def test_an_address_that_only_contains_the_name_is_no_mention() -> None:
    assert question_for(message("a@dafu_test_bot"), BOT) is None


def test_in_private_everything_is_a_question() -> None:
    private = message("电梯", "private")
    assert question_for(private, BOT) == "电梯"
    assert hear_message(private).reply_to is None


def test_a_thread_outside_forums_is_not_carried() -> None:
    assert hear_message(message("x", message_thread_id=9)).place.thread is None
    topic = message("x", message_thread_id=9, is_topic_message=True)
    assert hear_message(topic).place.thread == 9


@pytest.mark.parametrize(
    ("failure", "failures", "pause"),
    [
        (TimedOut(), 1, 1),
        (NetworkError("x"), 3, 4),
        (Conflict("x"), 90, 30),
    ],
)
def test_pauses_grow_to_half_a_minute(failure: NetworkError, failures: int, pause: float) -> None:
    assert pause_after(failure, failures) == pause


def test_a_flood_says_its_own_pause() -> None:
    assert pause_after(RetryAfter(17), 5) == 17


def test_a_wrong_token_is_no_reason_to_try_again() -> None:
    with pytest.raises(TelegramRefused):
        pause_after(InvalidToken(), 1)


def test_both_languages_have_the_same_texts_for_every_role() -> None:
    keys = {
        locale: {key for key in load_catalogue(locale).texts if key.startswith("telegram.")}
        for locale in LOCALES
    }
    assert keys["zh-CN"] == keys["en"]
    wanted = {f"telegram.{part}.{role}" for part in ("start", "help") for role in (*Role, "group")}
    assert wanted <= keys["en"]


@pytest.mark.parametrize("locale", LOCALES)
def test_notices_fit_into_an_answered_press(locale: str) -> None:
    table = tomllib.loads(
        files("bot.catalogues").joinpath(locale, "telegram.toml").read_text(encoding="utf-8")
    )
    assert len(table["source_missing"]) <= 200
    assert len(table["error"].format(error_id="12345678")) <= 200
