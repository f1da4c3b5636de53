"""Who and what there is: people, chats and messages as the server keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from tests.telegram_server.changes import Changes
from tests.telegram_server.html import Entity
from tests.telegram_server.updates import UpdateQueue

Json = dict[str, object]

BOT_ID: Final = 4242
BOT_USERNAME: Final = "dafu_test_bot"


@dataclass(frozen=True, slots=True)
class Profile:
    """A person or a bot as messages name them."""

    id: int
    name: str
    language: str | None = None
    username: str | None = None
    is_bot: bool = False

    def as_json(self) -> Json:
        """The Bot API's User."""
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        extra = {"language_code": self.language, "username": self.username}
        return body | {key: value for key, value in extra.items() if value is not None}


@dataclass(slots=True)
class Chat:
    """A private chat or a group; ``members`` counts in groups only."""

    id: int
    type: str
    name: str
    members: set[int] = field(default_factory=set[int])
    topics: set[int] = field(default_factory=set[int])
    bot_refused: str | None = None

    def as_json(self) -> Json:
        """The Bot API's Chat."""
        called = "first_name" if self.type == "private" else "title"
        body: Json = {"id": self.id, "type": self.type, called: self.name}
        return body | ({"is_forum": True} if self.topics else {})


@dataclass(slots=True)
class Message:
    """A message in a chat; offsets of ``entities`` are UTF-16 units.

    Attributes:
        extra: what a message without text carries instead, e.g. ``{"sticker": {...}}``.
    """

    id: int
    chat: Chat
    sender: Profile
    date: datetime
    text: str = ""
    entities: tuple[Entity, ...] = ()
    reply_to: Message | None = None
    thread: int | None = None
    reply_markup: Json | None = None
    edited: datetime | None = None
    deleted: bool = False
    extra: Json = field(default_factory=dict[str, object])

    @property
    def buttons(self) -> dict[str, str]:
        """Callback data by label, in reading order."""
        rows = cast("list[list[Json]]", (self.reply_markup or {}).get("inline_keyboard", []))
        return {
            str(button["text"]): str(button["callback_data"])
            for row in rows
            for button in row
            if "callback_data" in button
        }

    def styled(self, kind: str) -> list[str]:
        """The stretches of text under entities of one kind."""
        raw = self.text.encode("utf-16-le")
        return [
            raw[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")
            for entity in self.entities
            if entity.type == kind
        ]

    def as_json(self, *, with_reply: bool = True) -> Json:
        """The Bot API's Message."""
        body: Json = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.date.timestamp()),
        }
        if self.text:
            body["text"] = self.text
            body["entities"] = [entity.as_json() for entity in self.entities]
        if self.thread is not None:
            body |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.reply_to is not None and with_reply:
            body["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        if self.reply_markup is not None:
            body["reply_markup"] = self.reply_markup
        if self.edited is not None:
            body["edit_date"] = int(self.edited.timestamp())
        return body | self.extra


@dataclass(slots=True)
class CallbackAnswer:
    """How the bot answered a pressed button."""

    text: str | None
    show_alert: bool


class World:
    """The server's whole state, in memory.

    Args:
        now: the server's wall clock, aware.
    """

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or (lambda: datetime.now(UTC))
        self.changes = Changes()
        self.updates = UpdateQueue(self.changes)
        self.bot = Profile(BOT_ID, "答复", username=BOT_USERNAME, is_bot=True)
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], Message] = {}
        self.callbacks: dict[str, CallbackAnswer | None] = {}
        self.commands: dict[str, list[Json]] = {}
        self.actions: list[tuple[int, str]] = []
        self.webhook = ""
        self._last_message = 0

    def now(self, age: timedelta = timedelta(0)) -> datetime:
        """The server's time, ``age`` ago."""
        return self._now() - age

    def next_message_id(self) -> int:
        """A fresh message id."""
        self._last_message += 1
        return self._last_message

    def keep(self, message: Message) -> Message:
        """Add a message to its chat."""
        self.messages[message.chat.id, message.id] = message
        self.changes.announce()
        return message

    def from_bot(self, chat: int) -> list[Message]:
        """What the bot said in a chat and did not delete, oldest first."""
        return [
            message
            for (place, _), message in self.messages.items()
            if place == chat and message.sender.is_bot and not message.deleted
        ]
