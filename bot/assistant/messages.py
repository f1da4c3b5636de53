"""What goes into the assistant and what comes out: the whole vocabulary of a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from knowledge.domain.answers import Answer, Citation, ConversationId, Role, TurnId
from knowledge.domain.library import Passage


@dataclass(frozen=True, slots=True)
class Sender:
    """Who speaks, as the channel knows them; rights are looked up by the assistant.

    Attributes:
        channel: ``console``, ``cli`` or ``telegram``.
        account: the channel's permanent account key; on Telegram the numeric id as text.
        name: for greetings only, never for rights.
    """

    channel: str
    account: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a person; ``locale`` is ``zh-CN`` or ``en``."""

    conversation: ConversationId
    sender: Sender
    text: str
    locale: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class Stage:
    """Work has reached a stage; ``text`` says so in the person's language."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerReady:
    """A checked answer that is already on record.

    Attributes:
        turn: id under which it is kept; buttons refer to it.
        text: the whole answer as plain text, markers 〔1〕 in place.
        answer: the same, structured, for channels that render richer.
    """

    turn: TurnId
    text: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Refusal:
    """The message cannot be taken as it is; ``text`` says what to do."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Something broke; it is logged under ``error_id`` and ``text`` apologises with that id."""

    error_id: str
    text: str


Event = Stage | AnswerReady | Refusal | Failure


@dataclass(frozen=True, slots=True)
class SourceView:
    """A cited source opened by the person it was shown to."""

    citation: Citation
    passage: Passage


class AssistantService(Protocol):
    """What a channel may call."""

    def reply(self, incoming: Incoming) -> AsyncIterator[Event]:
        """Answer one message: any number of stages, then exactly one closing event."""
        ...

    async def source(self, turn: TurnId, marker: int, sender: Sender) -> SourceView | None:
        """One source of a turn; None when absent or not (any longer) for this person."""
        ...

    async def role(self, sender: Sender) -> Role:
        """The person's role, for menus and help; never for rights."""
        ...

    async def backlog(self) -> int:
        """How many passages still wait for their vectors; 0 when none or no dense arm."""
        ...


class UpdateLedger(Protocol):
    """Remembers which updates of a channel were taken, across restarts and processes."""

    def first_time(self, channel: str, update: int) -> bool:
        """True exactly once for each update id of a channel."""
        ...
