"""The assistant: every message ends in one closing event and one record, whatever happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from bot.assistant.messages import AnswerReady, Event, Failure, Incoming, Refusal, Sender, Stage
from bot.assistant.rights import Grants, Rights
from bot.assistant.service import LONGEST_QUESTION, Assistant, Office
from bot.catalogues import LOCALES, load_catalogue
from knowledge.domain.answers import (
    Answer,
    AnswerItem,
    Citation,
    ConversationId,
    Outcome,
    PersonId,
    Role,
    Route,
    TurnId,
    TurnRecord,
)
from knowledge.domain.library import Passage, PassageId
from knowledge.domain.search import Access
from knowledge.errors import IndexUnavailable
from tests.fakes.clock import FixedClock
from tests.fakes.passages import make_passage

_NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
_PASSAGE = make_passage("全县已建成服务站126个。")
_CITATION = Citation(1, _PASSAGE.document, _PASSAGE.id, _PASSAGE.text, _PASSAGE.span)
_ANSWER = Answer(
    Outcome.ANSWERED,
    Route.QUESTION,
    "answers.facts",
    (AnswerItem(_PASSAGE.document, (_CITATION,)),),
)


class _Answers:
    def __init__(self, answer: Answer | Exception) -> None:
        self.answer_or_error = answer
        self.asked: list[tuple[str, Access]] = []

    def answer(self, text: str, *, access: Access) -> Answer:
        self.asked.append((text, access))
        if isinstance(self.answer_or_error, Exception):
            raise self.answer_or_error
        return self.answer_or_error


class _Log:
    def __init__(self) -> None:
        self.kept: list[TurnRecord] = []

    def record(self, turn: TurnRecord) -> None:
        self.kept.append(turn)

    def turns(self, **_: object) -> Sequence[Mapping[str, object]]:
        return []

    def source(self, turn: str, marker: int) -> Mapping[str, object] | None:
        for kept in self.kept:
            for citation in kept.answer.citations:
                if (kept.id, citation.marker) == (turn, marker):
                    span = citation.span
                    return {
                        "marker": marker,
                        "person": kept.person,
                        "passage": citation.passage,
                        "quote": citation.quote,
                        "start": span.start,
                        "end": span.end,
                    }
        return None


class _Library:
    def __init__(self) -> None:
        self.open_to_all = True

    def revision(self) -> int:
        return 7

    def passages(self, ids: Sequence[PassageId], *, access: Access) -> Sequence[Passage]:
        return (
            [_PASSAGE] if ids == [_PASSAGE.id] and (access.restricted or self.open_to_all) else []
        )


class _People:
    def ensure_account(self, channel: str, account: str) -> PersonId:
        return PersonId(f"{channel}:{account}")

    def role(self, person: PersonId) -> Role | None:
        del person
        return None


class _House:
    """An assistant over fakes that a test can look into."""

    def __init__(self, answer: Answer | Exception = _ANSWER, *, guest_answers: bool = True) -> None:
        self.answers, self.log, self.library = _Answers(answer), _Log(), _Library()
        self.refreshed = 0
        grants = Grants(telegram_handlers=frozenset({2}))
        self.assistant = Assistant(
            Office(
                answers=self.answers,
                library=self.library,  # pyright: ignore[reportArgumentType] - the part the assistant asks
                log=self.log,
                rights=Rights(_People(), grants),
                clock=FixedClock(_NOW),
                catalogues={locale: load_catalogue(locale) for locale in LOCALES},
                refresh=self._refresh,
                backlog=lambda: 3,
                guest_answers=guest_answers,
            )
        )

    def _refresh(self) -> None:
        self.refreshed += 1

    async def say(self, text: str, account: str = "2") -> list[Event]:
        sender = Sender("telegram", account)
        incoming = Incoming(ConversationId("c1"), sender, text)
        return [event async for event in self.assistant.reply(incoming)]


async def test_a_question_ends_in_one_answer_that_is_already_on_record() -> None:
    house = _House()

    stage, ready = await house.say("服务站有多少个")

    assert isinstance(stage, Stage)
    assert isinstance(ready, AnswerReady)
    (turn,) = house.log.kept
    assert (turn.id, turn.text, turn.question) == (ready.turn, ready.text, "服务站有多少个")
    assert (turn.role, turn.person, turn.store_revision) == (Role.HANDLER, "telegram:2", 7)
    assert (turn.asked_at, turn.answered_at) == (_NOW, _NOW)
    assert "〔1〕“全县已建成服务站126个。”" in ready.text


async def test_the_word_index_is_brought_up_to_date_before_each_answer() -> None:
    house = _House()
    await house.say("一")
    await house.say("二")

    assert house.refreshed == 2


@pytest.mark.parametrize(("account", "restricted"), [("2", True), ("3", False)])
async def test_what_may_be_found_follows_from_who_asks(account: str, *, restricted: bool) -> None:
    house = _House()
    await house.say("服务站", account)

    assert house.answers.asked[0][1] == Access(restricted=restricted)


async def test_an_english_question_is_framed_in_english() -> None:
    *_, ready = await _House().say("how many stations")

    assert isinstance(ready, AnswerReady)
    assert ready.text.startswith("What the documents say")


@pytest.mark.parametrize("error", [RuntimeError("secret detail"), IndexUnavailable("index.locked")])
async def test_a_failure_apologises_with_an_id_that_is_on_record(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    house = _House(error)

    *_, failure = await house.say("服务站")

    assert isinstance(failure, Failure)
    assert failure.error_id in failure.text
    assert "secret" not in failure.text
    (turn,) = house.log.kept
    assert (turn.answer.outcome, turn.error_id) == (Outcome.FAILED, failure.error_id)
    assert failure.error_id in caplog.text


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "empty"), ("长" * (LONGEST_QUESTION + 1), "long")]
)
async def test_a_message_that_is_no_question_is_refused_with_what_to_do(
    text: str, code: str
) -> None:
    house = _House()

    (refusal,) = await house.say(text)

    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert house.answers.asked == []
    assert [turn.answer.outcome for turn in house.log.kept] == [Outcome.REFUSED]


async def test_an_office_may_keep_the_public_out() -> None:
    house = _House(guest_answers=False)

    (refusal,) = await house.say("服务站", account="3")

    assert isinstance(refusal, Refusal)
    assert refusal.code == "guest"
    assert isinstance((await house.say("服务站", account="2"))[-1], AnswerReady)


async def test_a_source_opens_for_the_person_it_was_shown_to_and_nobody_else() -> None:
    house = _House()
    *_, ready = await house.say("服务站")
    assert isinstance(ready, AnswerReady)

    mine = await house.assistant.source(ready.turn, 1, Sender("telegram", "2"))
    theirs = await house.assistant.source(ready.turn, 1, Sender("telegram", "3"))

    assert mine is not None
    assert mine.citation.quote == _PASSAGE.text
    assert theirs is None
    assert await house.assistant.source(ready.turn, 9, Sender("telegram", "2")) is None
    assert await house.assistant.source(TurnId("no"), 1, Sender("telegram", "2")) is None


async def test_a_source_closed_since_does_not_open_again() -> None:
    house = _House()
    *_, ready = await house.say("服务站", account="3")
    assert isinstance(ready, AnswerReady)
    house.library.open_to_all = False

    assert await house.assistant.source(ready.turn, 1, Sender("telegram", "3")) is None


async def test_role_and_backlog_are_told_for_menus() -> None:
    house = _House()

    assert await house.assistant.role(Sender("telegram", "2")) is Role.HANDLER
    assert await house.assistant.backlog() == 3
