"""A scripted assistant and an in-memory ledger: what a channel may call, with no luck involved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

from bot.assistant.messages import AnswerReady, Event, Incoming, Sender, SourceView, Stage
from knowledge.domain.answers import Answer, AnswerItem, Citation, Outcome, Role, Route, TurnId
from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, DocumentId, Passage, PassageId, Provenance
from knowledge.domain.text import Span


class AssistantFake:
    """Answers what it was told to answer.

    Attributes:
        script: closing event, or error to raise, by question; others are answered with an echo.
        gates: a question with a gate waits until it is opened.
        asked: everything that came, in order.
        roles: by account; others are guests.
        views: sources by turn, marker and account.
    """

    def __init__(self) -> None:
        self.script: dict[str, Event | Exception] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.asked: list[Incoming] = []
        self.roles: dict[str, Role] = {}
        self.views: dict[tuple[str, int, str], SourceView] = {}
        self.waiting = 0
        self.arrived = asyncio.Condition()

    async def reply(self, incoming: Incoming) -> AsyncIterator[Event]:
        """A stage, the gate if there is one, the scripted ending."""
        async with self.arrived:
            self.asked.append(incoming)
            self.arrived.notify_all()
        yield Stage("searching", "正在检索…")
        if gate := self.gates.get(incoming.text):
            await gate.wait()
        ending = self.script.get(incoming.text) or plain_answer(f"答：{incoming.text}")
        if isinstance(ending, Exception):
            raise ending
        yield ending

    async def source(self, turn: TurnId, marker: int, sender: Sender) -> SourceView | None:
        """What was put into ``views`` for exactly this account."""
        return self.views.get((turn, marker, sender.account))

    async def role(self, sender: Sender) -> Role:
        """From ``roles``."""
        return self.roles.get(sender.account, Role.GUEST)

    async def backlog(self) -> int:
        """From ``waiting``."""
        return self.waiting

    async def wait_for(self, *questions: str, deadline: float = 20.0) -> None:
        """Return once all these questions have come.

        Raises:
            TimeoutError: not within ``deadline`` seconds.
        """
        async with asyncio.timeout(deadline), self.arrived:
            await self.arrived.wait_for(
                lambda: set(questions) <= {incoming.text for incoming in self.asked}
            )


class LedgerFake:
    """Remembers updates in memory; hand the same one to two channels to share it."""

    def __init__(self) -> None:
        self.taken: set[tuple[str, int]] = set()

    def first_time(self, channel: str, update: int) -> bool:
        """True exactly once for each update of a channel."""
        known = (channel, update) in self.taken
        self.taken.add((channel, update))
        return not known


def plain_answer(text: str, turn: str = "t0") -> AnswerReady:
    """An answer without documents."""
    return AnswerReady(
        TurnId(turn), text, Answer(Outcome.ANSWERED, Route.QUESTION, "answers.facts")
    )


def card(title: str, *, sample: bool = False) -> DocumentCard:
    """A reply with every field that head lines show."""
    return DocumentCard(
        DocumentId("d1"),
        1,
        DocumentKind.REPLY,
        title,
        document_number="云教函〔2024〕12号",
        case_number="0123",
        unit="云山市教育局",
        date=date(2024, 5, 6),
        result_class="A",
        provenance=Provenance.SAMPLE if sample else Provenance.OWN,
    )


def citation(marker: int, document: DocumentCard, quote: str, start: int = 100) -> Citation:
    """A quote at ``start`` of its document."""
    span = Span(start, start + len(quote))
    return Citation(marker, document, PassageId(f"p{marker}"), quote, span, ("一、关于诉求",))


def cited_answer(document: DocumentCard, *quotes: str, turn: str = "t1") -> AnswerReady:
    """An answer with one document and its quotes, as the assistant writes it."""
    citations = tuple(citation(marker, document, quote) for marker, quote in enumerate(quotes, 1))
    sample = "【示例】" if document.provenance is Provenance.SAMPLE else ""
    head = f"1. {sample}《{document.title}》\n{document.unit} · {document.number}"
    lines = [f"〔{found.marker}〕“{found.quote}”" for found in citations]
    text = "\n".join(["资料中的原文如下：", "", head, *lines])
    item = AnswerItem(document, citations)
    answer = Answer(Outcome.ANSWERED, Route.QUESTION, "answers.facts", (item,))
    return AnswerReady(TurnId(turn), text, answer)


def source_view(found: Citation, before: str = "", after: str = "") -> SourceView:
    """The source of a citation, its passage reaching beyond the quote on both sides."""
    text = f"{before}{found.quote}{after}"
    start = found.span.start - len(before)
    span = Span(start, start + len(text))
    passage = Passage(found.passage, found.document, 0, text, span, found.heading_path)
    return SourceView(found, passage)
