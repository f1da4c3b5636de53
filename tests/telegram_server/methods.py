"""The Bot API methods themselves, over the world."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final, cast

from tests.telegram_server.faults import Pace
from tests.telegram_server.keyboards import checked_keyboard
from tests.telegram_server.parameters import Parameters
from tests.telegram_server.refusals import Refused, bad_request, forbidden
from tests.telegram_server.texts import message_text
from tests.telegram_server.world import CallbackAnswer, Chat, Json, Message, World

Result = object

_ACTIONS: Final = {"typing", "upload_document", "upload_photo", "choose_sticker", "find_location"}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_NOTICE: Final = 200
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


class BotApi:
    """Answers calls; knows nothing of HTTP.

    Args:
        world: what the calls read and change.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.pace: Pace | None = None
        self._methods: dict[str, Callable[[Parameters], Awaitable[Result]]] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_message_text,
            "deletemessage": self._delete_message,
            "sendchataction": self._send_chat_action,
            "answercallbackquery": self._answer_callback_query,
            "setmycommands": self._set_my_commands,
            "getmycommands": self._get_my_commands,
        }

    async def call(self, method: str, parameters: Parameters) -> Result:
        """The ``result`` of a call; names of methods do not mind their case.

        Raises:
            Refused: as Telegram would refuse it.
        """
        known = self._methods.get(method.lower())
        if known is None:
            raise Refused(404, "Not Found: method not found")
        return await known(parameters)

    async def _get_me(self, _: Parameters) -> Result:
        return self._world.bot.as_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def _get_updates(self, given: Parameters) -> Result:
        if self._world.webhook:
            raise Refused(409, _WEBHOOK_ACTIVE)
        kinds = given.structure("allowed_updates")
        if isinstance(kinds, list):
            self._world.updates.allow(tuple(str(kind) for kind in cast("list[object]", kinds)))
        limit = given.integer("limit", 100)
        return await self._world.updates.take(
            given.integer("offset"),
            limit if 1 <= limit <= 100 else 100,
            max(0, given.integer("timeout")),
        )

    async def _set_webhook(self, given: Parameters) -> Result:
        self._world.webhook = given.text("url") or ""
        return True

    async def _delete_webhook(self, _: Parameters) -> Result:
        self._world.webhook = ""
        return True

    async def _get_webhook_info(self, _: Parameters) -> Result:
        return {
            "url": self._world.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates.pending),
        }

    async def _send_message(self, given: Parameters) -> Result:
        chat = self._writable(given)
        text, entities = message_text(given.text("text") or "", given.text("parse_mode"))
        markup = checked_keyboard(given.mapping("reply_markup"))
        reply_to = self._replied(given, chat)
        thread = given.integer("message_thread_id") or None
        if thread is not None and thread not in chat.topics:
            raise bad_request("message thread not found")
        if self.pace is not None:
            self.pace.check(chat.id)
        message = Message(
            self._world.next_message_id(),
            chat,
            self._world.bot,
            self._world.now(),
            text,
            entities,
            reply_to,
            thread,
            markup,
        )
        return self._world.keep(message).as_json()

    async def _edit_message_text(self, given: Parameters) -> Result:
        message = self._own_message(given, "edit")
        text, entities = message_text(given.text("text") or "", given.text("parse_mode"))
        markup = checked_keyboard(given.mapping("reply_markup"))
        old = (message.text, message.entities, message.reply_markup)
        if old == (text, entities, markup):
            raise bad_request(_UNCHANGED)
        message.text, message.entities, message.reply_markup = text, entities, markup
        message.edited = self._world.now()
        self._world.changes.announce()
        return message.as_json()

    async def _delete_message(self, given: Parameters) -> Result:
        self._own_message(given, "delete").deleted = True
        self._world.changes.announce()
        return True

    async def _send_chat_action(self, given: Parameters) -> Result:
        chat, action = self._writable(given), given.text("action") or ""
        if action not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._world.actions.append((chat.id, action))
        self._world.changes.announce()
        return True

    async def _answer_callback_query(self, given: Parameters) -> Result:
        query, text = given.text("callback_query_id") or "", given.text("text")
        if self._world.callbacks.get(query, CallbackAnswer("", show_alert=False)) is not None:
            raise bad_request(_STALE_QUERY)
        if text is not None and len(text) > _LONGEST_NOTICE:
            raise bad_request("MESSAGE_TOO_LONG")
        self._world.callbacks[query] = CallbackAnswer(text, given.flag("show_alert"))
        self._world.changes.announce()
        return True

    async def _set_my_commands(self, given: Parameters) -> Result:
        commands = cast("list[Json]", given.structure("commands") or [])
        for command in commands:
            if not _COMMAND.fullmatch(str(command.get("command", ""))):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", ""))) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._world.commands[given.text("language_code") or ""] = commands
        self._world.changes.announce()
        return True

    async def _get_my_commands(self, given: Parameters) -> Result:
        return self._world.commands.get(given.text("language_code") or "", [])

    def _writable(self, given: Parameters) -> Chat:
        chat = self._world.chats.get(given.integer("chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        if chat.bot_refused is not None:
            raise forbidden(chat.bot_refused)
        return chat

    def _replied(self, given: Parameters, chat: Chat) -> Message | None:
        reply = given.mapping("reply_parameters")
        if reply is None:
            return None
        wanted = Parameters(reply)
        found = self._world.messages.get((chat.id, wanted.integer("message_id")))
        if found is not None and not found.deleted:
            return found
        if wanted.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def _own_message(self, given: Parameters, verb: str) -> Message:
        chat = self._writable(given)
        message = self._world.messages.get((chat.id, given.integer("message_id")))
        if message is None or message.deleted:
            raise bad_request(f"message to {verb} not found")
        if not message.sender.is_bot:
            raise bad_request(f"message can't be {verb.rstrip('e')}ed")
        return message
