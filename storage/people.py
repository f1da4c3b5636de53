"""People as the channels meet them, and the roles they were given."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from knowledge.domain.answers import PersonId, Role, TurnId
from knowledge.ports import Clock
from storage import tables
from storage.database import Database
from storage.errors import PersonUnknown
from storage.statements import insert, insert_new


class SqlPeople:
    """Accounts, people and roles.

    Args:
        database: at head; see ``Database.upgrade``.
        clock: dates first contacts and grants.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def ensure_account(self, channel: str, account: str) -> PersonId:
        """The person behind a channel's account; made at first contact."""
        known = self.person(channel, account)
        if known is not None:
            return known
        # Queued, so that two first messages at once make one person.
        with self._database.writing(queue=True) as connection:
            found = connection.execute(_behind(channel, account)).scalar()
            if found is not None:
                return PersonId(found)
            person = f"p{uuid.uuid4().hex[:16]}"
            now = self._clock.now()
            insert(connection, tables.person, [{"id": person, "created_at": now}])
            row = {"channel": channel, "account": account, "person_id": person, "created_at": now}
            insert(connection, tables.channel_account, [row])
        return PersonId(person)

    def person(self, channel: str, account: str) -> PersonId | None:
        """The person behind an account; None before first contact."""
        with self._database.reading() as connection:
            found = connection.execute(_behind(channel, account)).scalar()
        return None if found is None else PersonId(found)

    def role(self, person: PersonId) -> Role | None:
        """The highest role this person was granted; None when there is none."""
        granted = self.roles(person)
        return granted[-1] if granted else None

    def roles(self, person: PersonId) -> Sequence[Role]:
        """All roles this person was granted, lowest first."""
        grants = tables.role_grant.c
        statement = select(grants.role).where(grants.person_id == person)
        with self._database.reading() as connection:
            granted = set(connection.execute(statement).scalars())
        return [role for role in Role if role.value in granted]

    def grant(self, person: PersonId, role: Role) -> None:
        """Give a role; nothing happens when the person has it already.

        Raises:
            PersonUnknown: nobody has this id.
        """
        row = {"person_id": person, "role": role.value, "granted_at": self._clock.now()}
        try:
            with self._database.writing() as connection:
                insert_new(connection, tables.role_grant, [row])
        except IntegrityError as error:
            raise PersonUnknown("person.unknown", person=person) from error

    def revoke(self, person: PersonId, role: Role) -> bool:
        """Take a role back; False when the person did not have it."""
        grants = tables.role_grant
        given = (grants.c.person_id == person) & (grants.c.role == role.value)
        with self._database.writing() as connection:
            return connection.execute(delete(grants).where(given)).rowcount > 0

    def owner(self, turn: TurnId) -> PersonId | None:
        """Who asked a recorded turn; None when absent or asked by nobody known."""
        kept = tables.turn.c
        with self._database.reading() as connection:
            found = connection.execute(select(kept.person_id).where(kept.id == turn)).scalar()
        return None if found is None else PersonId(found)


def _behind(channel: str, account: str) -> Select[str]:
    known = tables.channel_account.c
    return select(known.person_id).where(known.channel == channel, known.account == account)
