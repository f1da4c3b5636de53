"""Who speaks, where, in which language, and whether the bot is meant."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Chat, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from bot.assistant.messages import Sender
from bot.channels.telegram.delivery import Place
from knowledge.domain.answers import ConversationId


@dataclass(frozen=True, slots=True)
class Heard:
    """A person's message or press, reduced to what the assistant needs.

    Attributes:
        private: a chat with one person; elsewhere only a guest's rights hold.
        reply_to: message to answer to, where a reply shows which question is meant.
    """

    place: Place
    sender: Sender
    locale: str
    private: bool
    reply_to: int | None = None

    @property
    def conversation(self) -> ConversationId:
        """Id of the conversation: the chat, and the topic in forums."""
        thread = "" if self.place.thread is None else f":{self.place.thread}"
        return ConversationId(f"telegram:{self.place.chat}{thread}")


def locale_of(language_code: str | None) -> str:
    """``zh-CN`` or ``en``; Chinese unless the person's client speaks English."""
    return "en" if (language_code or "").lower().startswith("en") else "zh-CN"


def hear_message(message: Message) -> Heard:
    """The sender and place of a message."""
    private = message.chat.type == ChatType.PRIVATE
    thread = message.message_thread_id if message.is_topic_message else None
    return Heard(
        Place(message.chat.id, thread),
        _sender(message.chat, message.from_user),
        locale_of(message.from_user.language_code if message.from_user else None),
        private,
        None if private and message.edit_date is None else message.message_id,
    )


def hear_press(query: CallbackQuery) -> Heard | None:
    """The sender and place of a pressed button; None when its message is not known."""
    message = query.message
    if message is None:
        return None
    thread = None
    if isinstance(message, Message) and message.is_topic_message:
        thread = message.message_thread_id
    return Heard(
        Place(message.chat.id, thread),
        _sender(message.chat, query.from_user),
        locale_of(query.from_user.language_code),
        message.chat.type == ChatType.PRIVATE,
        message.message_id,
    )


def hear(update: Update) -> Heard | None:
    """The sender and place of whatever came; None when there is nobody to speak to."""
    if update.callback_query is not None:
        return hear_press(update.callback_query)
    message = update.effective_message
    return hear_message(message) if message is not None else None


def question_for(message: Message, bot: User) -> str | None:
    """What the bot is asked; None when it is not addressed.

    In private chats everything is meant for the bot; in groups replies to its messages
    and texts that mention it, the mention left out.
    """
    text = message.text or message.caption or ""
    if message.chat.type == ChatType.PRIVATE:
        return text
    mentions = _mentions(message, bot)
    replied = message.reply_to_message
    meant = replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
    if not mentions and not meant:
        return None
    for mention in mentions:
        text = text.replace(mention, " ")
    return text.strip()


def _mentions(message: Message, bot: User) -> list[str]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    name = f"@{bot.username}".lower()
    return [
        text
        for entity, text in found.items()
        if text.lower() == name or (entity.user is not None and entity.user.id == bot.id)
    ]


def _sender(chat: Chat, person: User | None) -> Sender:
    """The person in private; the whole group elsewhere, so that it has a guest's rights."""
    if chat.type == ChatType.PRIVATE and person is not None:
        return Sender("telegram", str(person.id), person.full_name)
    return Sender("telegram-group", str(chat.id), person.full_name if person else "")
