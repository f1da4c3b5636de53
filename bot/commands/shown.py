"""How a field's value looks to a person: the printed words first, then what they mean."""

from __future__ import annotations

from typing import Final

from bot.catalogues import Catalogue
from knowledge.domain.facts import (
    Article,
    CaseNumber,
    Commitment,
    Consultation,
    CopyTo,
    Figure,
    Labelled,
    PolicyReference,
    Session,
)

WORDS: Final = frozenset(
    {"body", "case_kind", "openness", "addressee_kind", "role", "satisfaction", "status"}
)
"""Fields whose values are the contract's own words."""


def shown(name: str, value: object, texts: Catalogue) -> str:
    """One value on one line.

    Args:
        name: the field's name.
        value: its typed value.
        texts: sentences of the person's language.
    """
    match value:
        case Session():
            text = _session(value, texts)
        case CaseNumber(literal, number, _, year, subject):
            more = [str(part) for part in (number, year, subject) if part is not None]
            text = literal if more == [literal] else f"{literal}（{'，'.join(more)}）"
        case PolicyReference():
            text = _policy(value, texts)
        case Consultation(day, method, person):
            text = " ".join(str(part) for part in (day, method, person) if part)
        case Commitment(promise, due):
            text = f"{promise}（{texts.text('fields.shown.due', due=due)}）" if due else promise
        case CopyTo(receiver, copies):
            count = texts.text("fields.shown.copies", count=copies)
            text = f"{receiver}（{count}）" if copies else receiver
        case Labelled(label, kept):
            text = f"{label}：{kept}"
        case Figure(text=text) | Article(label=text):
            pass
        case str() if name in WORDS:
            text = texts.text(f"fields.value.{value}")
        case _:
            text = str(value)
    return " ".join(text.split())


def _session(session: Session, texts: Catalogue) -> str:
    level = texts.text(f"fields.value.{session.level}") if session.level else ""
    numbers = texts.text(
        "fields.shown.session", term=session.term or "？", meeting=session.meeting or "？"
    )
    return " ".join(part for part in (session.place, level, numbers) if part)


def _policy(policy: PolicyReference, texts: Catalogue) -> str:
    title = f"《{policy.title}》" if policy.title else ""
    number = f"（{policy.number}）" if policy.number and title else policy.number
    force = None if policy.in_force is not False else texts.text("fields.shown.not_in_force")
    parts = (policy.issuer, title + (number or ""), policy.article, force)
    return " ".join(part for part in parts if part)
