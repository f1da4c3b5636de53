"""Reads a question: what it wants (its route), in which language, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from knowledge.answering.terms import Term, TermReader
from knowledge.domain.answers import Route
from knowledge.domain.text import legible
from knowledge.script import simplified

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_DOCUMENT_NUMBER: Final = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[【（(﹝]\s*(?:19|20)\d{2}\s*[〕\]】）)﹞]\s*第?\s*\d{1,5}\s*号"
)
_CASE_NUMBER: Final = re.compile(
    r"第\s*([A-Za-z\u4e00-\u9fff]{0,3}\d{1,12})\s*号(?!文)"
    r"|(?<![A-Za-z0-9])([A-Z]{1,3}\d{3,12})(?![A-Za-z0-9])"
    r"|(?<!\d)(\d{1,9})\s*号\s*(?:提案|建议|议案)"
    r"|^\s*(\d{1,9})\s*号?\s*[?？。]?\s*$"
)
_TITLE: Final = re.compile(r"《([^《》]{4,80})》")

_ROUTES: Final = (Route.GREETING, Route.STATUS, Route.DRAFT, Route.OUT_OF_SCOPE)
"""Routes told by their wording alone, in the order they are tried."""


@dataclass(frozen=True, slots=True)
class QuestionRules:
    """How people word what they want (knowledge/rules/questions.toml), compiled."""

    routes: Mapping[Route, re.Pattern[str]]
    frame: re.Pattern[str]
    asked: Mapping[str, re.Pattern[str]]
    given: Mapping[str, re.Pattern[str]]

    @staticmethod
    def of(rules: Mapping[str, object]) -> QuestionRules:
        """Compile the lists of questions.toml."""
        wants = cast("dict[str, dict[str, object]]", rules["wants"])
        return QuestionRules(
            routes={
                route: _alternation(rules[route.value]) for route in (*_ROUTES, Route.PRECEDENT)
            },
            frame=_alternation(rules["frame"]),
            asked={name: _alternation(want["asked"]) for name, want in wants.items()},
            given={name: _alternation(want["given"]) for name, want in wants.items()},
        )


def _alternation(patterns: object) -> re.Pattern[str]:
    return re.compile("|".join(cast("list[str]", patterns)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    Attributes:
        text: as typed.
        subject: in simplified characters, without the words that only frame the question;
            what search looks for.
        terms: the ideas it is about, weighted.
        document_number, case_number, title: what it names exactly, if anything.
        given: what sentences look like that give the kinds of facts asked for.
    """

    text: str
    route: Route
    subject: str
    terms: tuple[Term, ...]
    document_number: str | None = None
    case_number: str | None = None
    title: str | None = None
    given: tuple[re.Pattern[str], ...] = ()

    @property
    def expansions(self) -> tuple[str, ...]:
        """What else its ideas are called, translations included, each once."""
        words = (word for term in self.terms for word in term.alternatives if word.strip())
        return tuple(dict.fromkeys(word for word in words if word not in self.subject))


class QuestionReader:
    """Understands questions by rules; needs no model."""

    def __init__(self, terms: TermReader, rules: QuestionRules) -> None:
        self._terms = terms
        self._rules = rules

    def read(self, text: str) -> Question:
        """Route a question and find what it is about, in whichever script it is typed."""
        typed = legible(text)
        plain = simplified(typed)
        document = _DOCUMENT_NUMBER.search(plain)
        case = None if document else _CASE_NUMBER.search(plain)
        title = _TITLE.search(plain)
        rest = _without(plain, document, case)
        subject = (
            " ".join(self._rules.frame.sub(" ", rest).split())
            if _HAN.search(rest)
            else rest.strip()
        )
        return Question(
            text=text,
            route=self._route(plain, named=bool(document or case)),
            subject=subject,
            terms=self._terms.terms(subject),
            document_number="".join(typed[slice(*document.span())].split()) if document else None,
            case_number=next((g for g in case.groups() if g), None) if case else None,
            title=typed[slice(*title.span(1))] if title else None,
            given=self._given(plain),
        )

    def _given(self, text: str) -> tuple[re.Pattern[str], ...]:
        rules = self._rules
        return tuple(rules.given[name] for name, asked in rules.asked.items() if asked.search(text))

    def _route(self, text: str, *, named: bool) -> Route:
        routes = self._rules.routes
        for route in _ROUTES:
            if routes[route].search(text.strip()):
                return route
        if named:
            return Route.LOOKUP
        return Route.PRECEDENT if routes[Route.PRECEDENT].search(text) else Route.QUESTION


def _without(text: str, *matches: re.Match[str] | None) -> str:
    for match in matches:
        if match is not None:
            text = text.replace(match.group(), " ")
    return text
