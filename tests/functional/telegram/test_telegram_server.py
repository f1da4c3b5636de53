"""The Bot API emulator over HTTP: offsets, limits, refusals and faults are Telegram's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import cast

import httpx
import pytest

from tests.telegram_server.faults import Fault, Pace
from tests.telegram_server.refusals import too_many
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.world import Json


class Client:
    """A bare Bot API client."""

    def __init__(self, http: httpx.AsyncClient, server: TelegramServer) -> None:
        self._http = http
        self.base = f"{server.url}/bot{server.token}"

    async def call(self, method: str, **parameters: object) -> Json:
        """A form call; the whole body of the answer."""
        data = {
            name: json.dumps(value) if isinstance(value, dict | list) else str(value)
            for name, value in parameters.items()
        }
        return cast("Json", (await self._http.post(f"{self.base}/{method}", data=data)).json())

    async def post(self, method: str, **how: object) -> Json:
        """A call in any encoding httpx knows."""
        answer = await self._http.post(f"{self.base}/{method}", **how)  # pyright: ignore[reportArgumentType] - passed through
        return cast("Json", answer.json())

    async def updates(self, **parameters: object) -> list[int]:
        """Ids of the updates that getUpdates gives."""
        found = cast("list[Json]", (await self.call("getUpdates", **parameters))["result"])
        return [cast("int", update["update_id"]) for update in found]

    async def refusal(self, method: str, **parameters: object) -> str:
        """Code and description of a refused call."""
        body = await self.call(method, **parameters)
        assert body["ok"] is False
        return f"{body['error_code']} {body['description']}"


@pytest.fixture
async def client(telegram_server: TelegramServer) -> AsyncIterator[Client]:
    async with httpx.AsyncClient(trust_env=False, timeout=20) as http:
        yield Client(http, telegram_server)


async def test_updates_come_again_until_an_offset_confirms_them(
    telegram_server: TelegramServer, client: Client
) -> None:
    person = telegram_server.user("安")
    first, second, third = (person.send(text).update for text in "甲乙丙")
    assert await client.updates() == [first, second, third]
    assert await client.updates(limit=2) == [first, second]
    assert await client.updates(offset=second) == [second, third]
    assert await client.updates() == [second, third]
    assert await client.updates(offset=-1) == [third]
    assert await client.updates(offset=0) == [third]
    assert await client.updates(offset=third + 1) == []


async def test_a_long_poll_ends_with_the_first_update(
    telegram_server: TelegramServer, client: Client
) -> None:
    poll = asyncio.create_task(client.updates(timeout=15))
    await telegram_server.world.changes.until(lambda: telegram_server.calls, 20)
    sent = telegram_server.user("安").send("问")
    assert await poll == [sent.update]


async def test_a_second_poller_ends_the_first_with_a_conflict(
    telegram_server: TelegramServer, client: Client
) -> None:
    first = asyncio.create_task(client.call("getUpdates", timeout=15))
    await telegram_server.world.changes.until(lambda: telegram_server.calls, 20)
    assert await client.updates() == []
    body = await first
    assert body["error_code"] == 409
    assert "terminated by other getUpdates request" in str(body["description"])


async def test_an_abandoned_poll_is_in_nobodys_way(
    telegram_server: TelegramServer, client: Client
) -> None:
    first = asyncio.create_task(client.call("getUpdates", timeout=15))
    await telegram_server.world.changes.until(lambda: telegram_server.calls, 20)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    sent = telegram_server.user("安").send("问")
    assert await client.updates(timeout=15) == [sent.update]


async def test_a_webhook_and_polling_exclude_each_other(client: Client) -> None:
    await client.call("setWebhook", url="https://example.org/hook")
    assert (await client.refusal("getUpdates")).startswith("409 Conflict: can't use getUpdates")
    await client.call("deleteWebhook")
    assert await client.updates() == []
    info = cast("Json", (await client.call("getWebhookInfo"))["result"])
    assert info["url"] == ""


async def test_unwanted_kinds_of_updates_are_not_kept(
    telegram_server: TelegramServer, client: Client
) -> None:
    await client.updates(allowed_updates=["edited_message"])
    person = telegram_server.user("安")
    edited = person.edit(person.send("问"), "改")
    assert await client.updates() == [edited.update]


async def test_an_update_can_be_delivered_again_after_it_was_confirmed(
    telegram_server: TelegramServer, client: Client
) -> None:
    sent = telegram_server.user("安").send("问")
    await client.updates(offset=sent.update + 1)
    telegram_server.redeliver(sent.update)
    assert await client.updates(offset=sent.update + 1) == [sent.update]
    assert await client.updates(offset=sent.update + 1) == []


async def test_forms_multipart_json_and_any_case_of_method_are_taken(
    telegram_server: TelegramServer, client: Client
) -> None:
    person = telegram_server.user("安")
    person.send("问")
    said = {"chat_id": person.id, "text": "答"}
    assert (await client.post("sendMessage", data=said))["ok"]
    assert (await client.post("SENDMESSAGE", json=said))["ok"]
    files = {name: (None, str(value)) for name, value in said.items()}
    assert (await client.post("sendmessage", files=files))["ok"]
    assert [message.text for message in telegram_server.world.from_bot(person.id)] == ["答"] * 3


async def test_messages_are_checked_as_telegram_checks_them(
    telegram_server: TelegramServer, client: Client
) -> None:
    person, stranger = telegram_server.user("安"), telegram_server.user("外")
    person.send("问")
    to = {"chat_id": person.id}
    refusals = {
        "400 Bad Request: chat not found": {"chat_id": stranger.id, "text": "x"},
        "400 Bad Request: message text is empty": to | {"text": " "},
        "400 Bad Request: message is too long": to | {"text": "字" * 4097},
        "400 Bad Request: unsupported parse_mode": to | {"text": "x", "parse_mode": "rtf"},
        "400 Bad Request: message to be replied not found": to
        | {"text": "x", "reply_parameters": {"message_id": 999}},
        "400 Bad Request: message thread not found": to | {"text": "x", "message_thread_id": 5},
        "400 Bad Request: BUTTON_DATA_INVALID": to
        | {"text": "x", "reply_markup": keyboard("字" * 22)},
        "400 Bad Request: can't parse reply_markup JSON object": to
        | {"text": "x", "reply_markup": "{"},
    }
    for description, parameters in refusals.items():
        assert await client.refusal("sendMessage", **parameters) == description
    person.block()
    blocked = await client.refusal("sendMessage", chat_id=person.id, text="x")
    assert blocked == "403 Forbidden: bot was blocked by the user"


def keyboard(data: str) -> Json:
    return {"inline_keyboard": [[{"text": "钮", "callback_data": data}]]}


async def test_edits_must_change_something_and_only_own_messages(
    telegram_server: TelegramServer, client: Client
) -> None:
    person = telegram_server.user("安")
    sent = person.send("问")
    made = cast("Json", (await client.call("sendMessage", chat_id=person.id, text="答"))["result"])
    own = {"chat_id": person.id, "message_id": made["message_id"]}
    same = await client.refusal("editMessageText", **own, text="答")
    assert same.startswith("400 Bad Request: message is not modified")
    assert (await client.call("editMessageText", **own, text="改"))["ok"]
    assert (await client.call("deleteMessage", **own))["ok"]
    gone = await client.refusal("editMessageText", **own, text="再改")
    assert gone == "400 Bad Request: message to edit not found"
    other = {"chat_id": person.id, "message_id": sent.message.id}
    foreign = await client.refusal("editMessageText", **other, text="x")
    assert foreign == "400 Bad Request: message can't be edited"


async def test_a_press_is_answered_once_and_briefly(
    telegram_server: TelegramServer, client: Client
) -> None:
    person = telegram_server.user("安")
    person.send("问")
    markup = keyboard("d")
    await client.call("sendMessage", chat_id=person.id, text="答", reply_markup=markup)
    (said,) = telegram_server.world.from_bot(person.id)
    press = person.press(said, "钮")
    query = {"callback_query_id": press.query}
    long = await client.refusal("answerCallbackQuery", **query, text="长" * 201)
    assert long == "400 Bad Request: MESSAGE_TOO_LONG"
    assert (await client.call("answerCallbackQuery", **query, text="好"))["ok"]
    assert (await press.answered()).text == "好"
    again = await client.refusal("answerCallbackQuery", **query)
    assert again.startswith("400 Bad Request: query is too old")


async def test_pace_is_one_message_a_second_in_a_chat_and_thirty_overall(
    telegram_server: TelegramServer, client: Client
) -> None:
    now = [0.0]
    telegram_server.limit_pace(Pace(lambda: now[0]))
    people = [telegram_server.user(str(number)) for number in range(31)]
    for person in people:
        person.send("问")
    bodies = [await client.call("sendMessage", chat_id=one.id, text="答") for one in people]
    assert [body["ok"] for body in bodies] == [True] * 30 + [False]
    now[0] = 0.5
    body = await client.call("sendMessage", chat_id=people[0].id, text="答")
    assert body["parameters"] == {"retry_after": 1}
    now[0] = 1.0
    assert (await client.call("sendMessage", chat_id=people[0].id, text="答"))["ok"]


async def test_faults_come_in_the_planned_order_and_are_then_over(
    telegram_server: TelegramServer, client: Client
) -> None:
    telegram_server.faults.spare_next("getMe")
    telegram_server.faults.fail_next("getMe", too_many(7))
    telegram_server.faults.fail_next("getMe", Fault(breaks="reset"))
    assert (await client.call("getMe"))["ok"]
    assert await client.refusal("getMe") == "429 Too Many Requests: retry after 7"
    with pytest.raises(httpx.TransportError):
        await client.call("getMe")
    assert (await client.call("getMe"))["ok"]


async def test_a_lost_reply_was_done_all_the_same(
    telegram_server: TelegramServer, client: Client
) -> None:
    person = telegram_server.user("安")
    person.send("问")
    telegram_server.faults.fail_next("sendMessage", Fault(breaks="lost_reply"))
    with pytest.raises(httpx.TransportError):
        await client.call("sendMessage", chat_id=person.id, text="答")
    assert len(telegram_server.world.from_bot(person.id)) == 1


async def test_a_hanging_call_never_answers(
    telegram_server: TelegramServer, client: Client
) -> None:
    telegram_server.faults.fail_next("getMe", Fault(breaks="hang"))
    with pytest.raises(httpx.ReadTimeout):
        await client.post("getMe", timeout=0.1)


async def test_methods_outside_the_allowed_set_are_not_there(
    telegram_server: TelegramServer, client: Client
) -> None:
    telegram_server.faults.allow_only(["getMe"])
    assert (await client.call("getMe"))["ok"]
    assert await client.refusal("sendMessage") == "404 Not Found: method not found"


async def test_unknown_methods_and_tokens_are_refused(
    telegram_server: TelegramServer, client: Client
) -> None:
    assert await client.refusal("sendPigeon") == "404 Not Found: method not found"
    client.base = f"{telegram_server.url}/bot1:x"
    assert await client.refusal("getMe") == "401 Unauthorized"


async def test_old_messages_carry_their_age(
    telegram_server: TelegramServer, client: Client
) -> None:
    sent = telegram_server.user("安").send("问", age=timedelta(hours=2))
    assert await client.updates() == [sent.update]
    age = telegram_server.world.now() - sent.message.date
    assert age >= timedelta(hours=2)


async def test_commands_are_checked_and_kept_by_language(
    telegram_server: TelegramServer, client: Client
) -> None:
    bad = [{"command": "Start!", "description": "x"}]
    assert await client.refusal("setMyCommands", commands=bad) == (
        "400 Bad Request: BOT_COMMAND_INVALID"
    )
    good = [{"command": "start", "description": "开始"}]
    assert (await client.call("setMyCommands", commands=good, language_code="zh"))["ok"]
    assert telegram_server.world.commands == {"zh": good}
    assert (await client.call("getMyCommands", language_code="zh"))["result"] == good
