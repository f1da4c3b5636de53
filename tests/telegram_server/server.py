"""The HTTP face of the emulator and the handle that tests hold."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import unquote

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from tests.telegram_server.faults import Fault, Faults, Pace
from tests.telegram_server.methods import BotApi
from tests.telegram_server.parameters import Parameters
from tests.telegram_server.people import Group, User
from tests.telegram_server.refusals import Refused
from tests.telegram_server.world import BOT_ID, Chat, Json, Message, Profile, World

TOKEN: Final = f"{BOT_ID}:AAtests-only_invented-token_0123456789"
_RESET = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class Call:
    """One call as it arrived; ``code`` is the HTTP status it got, None when it got nothing."""

    method: str
    parameters: Json
    code: int | None = None


class TelegramServer:
    """A Bot API server on loopback and the people it serves.

    Attributes:
        calls: every call, in order of arrival.
        faults: what shall go wrong.
        world: state, for looking inside.
    """

    def __init__(self) -> None:
        self.token = TOKEN
        self.url = ""
        self.calls: list[Call] = []
        self.faults = Faults()
        self.world = World()
        self._api = BotApi(self.world)
        self._http: HTTPServer | None = None
        self._people = 0

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        routes = [(r"/bot([^/]+)/([^/]+)", _Handler, {"server": self})]
        # Tornado would log the paths, and the paths hold the token.
        application = Application(routes, log_function=_keep_quiet)
        http = self._http = HTTPServer(application)
        sockets = bind_sockets(0, "127.0.0.1", family=socket.AF_INET)
        http.add_sockets(sockets)
        self.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        if self._http is not None:
            self._http.stop()
            await self._http.close_all_connections()

    def user(self, name: str, language: str | None = "zh-hans") -> User:
        """A new person; they meet the bot by writing to it."""
        self._people += 1
        return User(self.world, Profile(10_000 + self._people, name, language))

    def group(self, name: str, *members: User, topics: tuple[int, ...] = ()) -> Group:
        """A new supergroup with the bot and these people, a forum when it has topics."""
        chat = Chat(-100_000 - len(self.world.chats), "supergroup", name)
        chat.members.update(member.id for member in members)
        chat.topics.update(topics)
        self.world.chats[chat.id] = chat
        return Group(self.world, chat)

    def limit_pace(self, pace: Pace | None) -> None:
        """Switch flood control on or off."""
        self._api.pace = pace

    def redeliver(self, update: int) -> None:
        """Send an update to the bot once more."""
        self.world.updates.redeliver(update)

    async def wait_for_messages(
        self, chat: User | Group | int, count: int, deadline: float = 20.0
    ) -> list[Message]:
        """The bot's messages in a chat once there are at least ``count``.

        Raises:
            TimeoutError: fewer within ``deadline`` seconds.
        """
        place = chat if isinstance(chat, int) else chat.id
        await self.world.changes.until(lambda: len(self.world.from_bot(place)) >= count, deadline)
        return self.world.from_bot(place)

    async def wait_for_calls(self, method: str, count: int, deadline: float = 20.0) -> list[Call]:
        """The calls of a method once ``count`` of them were dealt with.

        Raises:
            TimeoutError: fewer within ``deadline`` seconds.
        """
        await self.world.changes.until(lambda: len(self.calls_of(method)) >= count, deadline)
        return self.calls_of(method)

    async def wait_until_confirmed(self, update: int, deadline: float = 20.0) -> None:
        """Return once a poller has confirmed an update.

        Raises:
            TimeoutError: not within ``deadline`` seconds.
        """
        await self.world.changes.until(lambda: update not in self.world.updates.pending, deadline)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of a method that were dealt with."""
        return [call for call in self.calls if call.method == method and call.code is not None]

    async def answer(self, method: str, given: Json) -> tuple[Call, Json, Fault | None]:
        """Do one call: its record, the body of the answer, and a broken connection if any."""
        call = Call(method, given)
        self.calls.append(call)
        fault = self.faults.next_for(method)
        try:
            if fault is not None and fault.refusal is not None:
                raise fault.refusal
            if fault is not None and fault.breaks != "lost_reply":
                return call, {}, fault
            result = await self._api.call(method, Parameters(given))
        except Refused as refusal:
            call.code = refusal.code
            return call, refusal.as_json(), None
        call.code = 200
        return call, {"ok": True, "result": result}, fault


def _keep_quiet(_: RequestHandler) -> None:
    return


class _Handler(RequestHandler):
    def initialize(self, server: TelegramServer) -> None:
        self._server = server
        self._work: asyncio.Task[Any] | None = None
        self._gone = asyncio.Event()

    async def get(self, token: str, method: str) -> None:
        await self._serve(token, method)

    async def post(self, token: str, method: str) -> None:
        await self._serve(token, method)

    def on_connection_close(self) -> None:
        self._gone.set()
        if self._work is not None:
            self._work.cancel()

    async def _serve(self, token: str, method: str) -> None:
        if unquote(token) != self._server.token:
            self._write(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
            return
        self._work = asyncio.create_task(self._server.answer(method, self._given()))
        try:
            call, body, fault = await self._work
        except asyncio.CancelledError:
            return
        if fault is not None:
            await self._break(fault)
        else:
            self._write(call.code or 200, body)
        self._server.world.changes.announce()

    def _given(self) -> Json:
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            return cast("Json", json.loads(self.request.body or b"{}"))
        return {
            name: values[-1].decode("utf-8", "replace")
            for name, values in self.request.arguments.items()
        }

    def _write(self, code: int, body: Json) -> None:
        self.set_status(code)
        self.set_header("Content-Type", "application/json")
        cast("Any", self).write(json.dumps(body))

    async def _break(self, fault: Fault) -> None:
        self._auto_finish = False
        if fault.breaks == "hang":
            await self._gone.wait()
            return
        stream = cast("IOStream", cast("Any", self.request.connection).stream)
        cast("socket.socket", stream.socket).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        stream.close()
