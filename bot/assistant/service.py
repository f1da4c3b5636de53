"""The assistant: authorise, answer, put on record, hand back; all that a channel calls."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from bot.assistant.messages import (
    AnswerReady,
    Event,
    Failure,
    Incoming,
    Refusal,
    Sender,
    SourceView,
    Stage,
)
from bot.assistant.rendering import answer_text, language_of
from bot.assistant.rights import Rights, access_of
from bot.assistant.sources import opened_source
from bot.catalogues import Catalogue
from knowledge.domain.answers import Answer, Outcome, PersonId, Role, Route, TurnId, TurnRecord
from knowledge.domain.search import Access
from knowledge.ports import Clock, Library, TurnLog

_LOG: Final = logging.getLogger(__name__)
LONGEST_QUESTION: Final = 2000
"""Code points; longer texts are files, not questions."""


class Answers(Protocol):
    """The use case behind a question."""

    def answer(self, text: str, *, access: Access) -> Answer:
        """Answer one question for what ``access`` lets the person see."""
        ...


_REFUSED: Final = Answer(Outcome.REFUSED, Route.UNCLEAR, "assistant.refused")


@dataclass(frozen=True, slots=True)
class Office:
    """What the assistant works with; built by the wiring.

    Attributes:
        refresh: brings the word index up to date with what other processes stored.
        backlog: how many passages still wait for their vectors.
    """

    answers: Answers
    library: Library
    log: TurnLog
    rights: Rights
    clock: Clock
    catalogues: Mapping[str, Catalogue]
    refresh: Callable[[], None]
    backlog: Callable[[], int]
    guest_answers: bool = True


@dataclass(frozen=True, slots=True)
class _Turn:
    """A message with what is known of it before it is answered."""

    incoming: Incoming
    person: PersonId
    role: Role
    locale: str
    asked_at: datetime


class Assistant:
    """The one service; blocking work runs in threads, so chats never wait for each other."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def reply(self, incoming: Incoming) -> AsyncIterator[Event]:
        """Answer one message: stages, then exactly one closing event; never raises."""
        incoming = replace(incoming, text=_storable(incoming.text))
        locale = language_of(incoming.text, incoming.locale)
        texts = self._texts(locale)
        try:
            turn = await asyncio.to_thread(self._open, incoming, locale)
            refusal = self._refusal(turn)
            if refusal is not None:
                await asyncio.to_thread(self._record, turn, _REFUSED, refusal.text, None)
                yield refusal
                return
            yield Stage("searching", texts.text("assistant.stage_searching"))
            yield await asyncio.to_thread(self._answer, turn)
        except Exception:  # noqa: BLE001 - the channel's edge: log first, then speak
            error_id = _error_id()
            _LOG.exception("turn failed [%s]", error_id)
            yield Failure(error_id, texts.text("assistant.failure", error_id=error_id))

    async def source(self, turn: TurnId, marker: int, sender: Sender) -> SourceView | None:
        """One source of a turn, as far as this person may see it now."""
        return await asyncio.to_thread(self._source, turn, marker, sender)

    async def role(self, sender: Sender) -> Role:
        """The person's role, for menus and help."""
        return await asyncio.to_thread(self._office.rights.role, sender)

    async def backlog(self) -> int:
        """How many passages still wait for their vectors."""
        return await asyncio.to_thread(self._office.backlog)

    def _texts(self, locale: str) -> Catalogue:
        return self._office.catalogues[locale]

    def _open(self, incoming: Incoming, locale: str) -> _Turn:
        person = self._office.rights.person(incoming.sender)
        role = self._office.rights.role(incoming.sender, person)
        return _Turn(incoming, person, role, locale, self._office.clock.now())

    def _refusal(self, turn: _Turn) -> Refusal | None:
        texts = self._texts(turn.locale)
        question = turn.incoming.text.strip()
        if turn.role is Role.GUEST and not self._office.guest_answers:
            return Refusal("guest", texts.text("assistant.refused_guest"))
        if not question:
            return Refusal("empty", texts.text("assistant.refused_empty"))
        if len(question) > LONGEST_QUESTION:
            limit = LONGEST_QUESTION
            return Refusal("long", texts.text("assistant.refused_long", limit=limit))
        return None

    def _answer(self, turn: _Turn) -> AnswerReady | Failure:
        """Answer and record; a failed turn is recorded too."""
        texts = self._texts(turn.locale)
        try:
            self._office.refresh()
            answer = self._office.answers.answer(
                turn.incoming.text.strip(), access=access_of(turn.role)
            )
        except Exception:  # noqa: BLE001 - recorded with its id, so that nothing is lost
            error_id = _error_id()
            _LOG.exception("no answer [%s]", error_id)
            failed = Answer(Outcome.FAILED, Route.UNCLEAR, "assistant.failure")
            text = texts.text("assistant.failure", error_id=error_id)
            self._record(turn, failed, text, error_id)
            return Failure(error_id, text)
        text = answer_text(answer, texts)
        return AnswerReady(self._record(turn, answer, text, None), text, answer)

    def _record(self, turn: _Turn, answer: Answer, text: str, error_id: str | None) -> TurnId:
        turn_id = TurnId(secrets.token_hex(8))
        record = TurnRecord(
            id=turn_id,
            conversation=turn.incoming.conversation,
            person=turn.person,
            channel=turn.incoming.sender.channel,
            role=turn.role,
            locale=turn.locale,
            question=turn.incoming.text,
            text=text,
            answer=answer,
            store_revision=self._office.library.revision(),
            asked_at=turn.asked_at,
            answered_at=self._office.clock.now(),
            error_id=error_id,
        )
        self._office.log.record(record)
        return turn_id

    def _source(self, turn: TurnId, marker: int, sender: Sender) -> SourceView | None:
        office = self._office
        person = office.rights.person(sender)
        access = access_of(office.rights.role(sender, person))
        return opened_source(
            office.log.source(turn, marker), person=person, access=access, library=office.library
        )


def _storable(text: str) -> str:
    """The text without what no database keeps: halves of characters, NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _error_id() -> str:
    return secrets.token_hex(4)
