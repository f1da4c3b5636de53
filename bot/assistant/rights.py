"""Who may see what: the only place where a role turns into access."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from bot.assistant.messages import Sender
from knowledge.domain.answers import PersonId, Role
from knowledge.domain.search import Access

_RANK: Final = {role: rank for rank, role in enumerate(Role)}


class People(Protocol):
    """Persons and the roles they were granted, as kept."""

    def ensure_account(self, channel: str, account: str) -> PersonId:
        """The person behind a channel account; created at first contact."""
        ...

    def role(self, person: PersonId) -> Role | None:
        """Highest role granted, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Grants:
    """Roles given by settings: Telegram ids, and the role of the local command line."""

    telegram_admins: frozenset[int] = frozenset()
    telegram_handlers: frozenset[int] = frozenset()
    local: Role = Role.ADMIN

    def role(self, sender: Sender) -> Role:
        """Role that the settings give this sender; guest where they say nothing."""
        if sender.channel in {"console", "cli"}:
            return self.local
        if sender.channel == "telegram" and sender.account.isdecimal():
            account = int(sender.account)
            if account in self.telegram_admins:
                return Role.ADMIN
            if account in self.telegram_handlers:
                return Role.HANDLER
        return Role.GUEST


class Rights:
    """Joins what settings grant with what is kept, and turns a role into access."""

    def __init__(self, people: People, grants: Grants) -> None:
        self._people = people
        self._grants = grants

    def person(self, sender: Sender) -> PersonId:
        """The person behind a sender."""
        return self._people.ensure_account(sender.channel, sender.account)

    def role(self, sender: Sender, person: PersonId | None = None) -> Role:
        """The higher of the granted and the kept role.

        A group is nobody in particular, so it never has more than a guest's rights.
        """
        granted = self._grants.role(sender)
        if sender.channel not in {"telegram", "console", "cli"}:
            return Role.GUEST
        kept = None
        if sender.channel == "telegram":
            kept = self._people.role(person or self.person(sender))
        return max(granted, kept or Role.GUEST, key=_RANK.__getitem__)


def access_of(role: Role) -> Access:
    """Handlers and above see every active document; others only what is marked open."""
    return Access(restricted=_RANK[role] >= _RANK[Role.HANDLER])
