"""The other end of the bot: people and groups who type, edit, press and block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from tests.telegram_server.texts import detected_entities
from tests.telegram_server.world import CallbackAnswer, Chat, Json, Message, Profile, World

_FILE: Final[Json] = {"file_id": "f", "file_unique_id": "u"}
_CONTENT: Final[dict[str, object]] = {
    "photo": [_FILE | {"width": 1, "height": 1}],
    "voice": _FILE | {"duration": 1},
    "sticker": _FILE
    | {"width": 1, "height": 1, "type": "regular", "is_animated": False, "is_video": False},
    "document": _FILE | {"file_name": "提案.docx"},
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person sent, and the update that tells the bot of it."""

    message: Message
    update: int


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button that waits for the bot's answer."""

    world: World
    query: str
    update: int

    async def answered(self, deadline: float = 20.0) -> CallbackAnswer:
        """The bot's answer to this press.

        Raises:
            TimeoutError: none within ``deadline`` seconds.
        """
        answer = await self.world.changes.until(lambda: self.world.callbacks[self.query], deadline)
        assert answer is not None
        return answer


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat with the bot in it."""

    world: World
    chat: Chat

    @property
    def id(self) -> int:
        """The chat's id, negative."""
        return self.chat.id

    def remove_bot(self) -> None:
        """From now on the bot may not write here."""
        self.chat.bot_refused = "bot was kicked from the group chat"


@dataclass(frozen=True, slots=True)
class User:
    """A person; in private chats the chat's id is the person's."""

    world: World
    profile: Profile

    @property
    def id(self) -> int:
        """The person's id, and that of their chat with the bot."""
        return self.profile.id

    def send(
        self,
        text: str,
        *,
        to: Group | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
        age: timedelta = timedelta(0),
        extra: Json | None = None,
    ) -> Sent:
        """Type a message to the bot or into a group.

        Sent ``age`` ago; ``extra`` holds further fields as the Bot API gives them.
        """
        message = Message(
            self.world.next_message_id(),
            self._chat(to),
            self.profile,
            self.world.now(age),
            text,
            detected_entities(text),
            reply_to,
            thread,
            extra=extra or {},
        )
        self.world.keep(message)
        return Sent(message, self.world.updates.put("message", message.as_json()))

    def send_content(
        self, kind: str, *, to: Group | None = None, caption: str = "", album: str = ""
    ) -> Sent:
        """Send a ``photo``, ``voice``, ``sticker`` or ``document``."""
        extra: Json = {kind: _CONTENT[kind]}
        if caption:
            entities = [entity.as_json() for entity in detected_entities(caption)]
            extra |= {"caption": caption, "caption_entities": entities}
        if album:
            extra["media_group_id"] = album
        return self.send("", to=to, extra=extra)

    def edit(self, sent: Sent, text: str) -> Sent:
        """Change the text of an own message; the same text tells the bot all the same."""
        message = sent.message
        message.text, message.entities = text, detected_entities(text)
        message.edited = self.world.now()
        return Sent(message, self.world.updates.put("edited_message", message.as_json()))

    def press(
        self, message: Message, label: str | None = None, *, data: str | None = None
    ) -> Press:
        """Press the button with this label, or send ``data`` as a forged client would."""
        chosen = message.buttons[label] if label is not None else data
        query = f"{self.id}{len(self.world.callbacks) + 1:012d}"
        self.world.callbacks[query] = None
        payload: Json = {
            "id": query,
            "from": self.profile.as_json(),
            "message": message.as_json(),
            "chat_instance": str(message.chat.id),
            "data": chosen,
        }
        return Press(self.world, query, self.world.updates.put("callback_query", payload))

    def block(self) -> None:
        """Block the bot: it may not write to this person any more."""
        self._chat(None).bot_refused = "bot was blocked by the user"

    def _chat(self, group: Group | None) -> Chat:
        if group is not None:
            assert self.id in group.chat.members, "only members write into a group"
            return group.chat
        private = Chat(self.id, "private", self.profile.name)
        return self.world.chats.setdefault(self.id, private)
