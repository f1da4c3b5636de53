"""People, roles, and the ledger of updates."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from knowledge.domain.answers import PersonId, Role
from storage.database import Database
from storage.errors import PersonUnknown
from storage.people import SqlPeople
from storage.updates import SqlUpdateLedger
from tests.contract.storage.papers import TickingClock


@pytest.fixture
def people(database: Database, clock: TickingClock) -> SqlPeople:
    return SqlPeople(database, clock)


def test_an_account_is_one_person_for_good(people: SqlPeople) -> None:
    assert people.person("telegram", "7001") is None
    first = people.ensure_account("telegram", "7001")

    assert people.ensure_account("telegram", "7001") == first
    assert people.person("telegram", "7001") == first
    assert people.ensure_account("telegram", "7002") != first
    assert people.ensure_account("console", "7001") != first


def test_first_messages_at_once_make_one_person(people: SqlPeople, database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(people.ensure_account, ["telegram"] * 12, ["7001"] * 12))
    with database.reading() as connection:
        kept = connection.execute(text("SELECT count(*) FROM person")).scalar()

    assert len(found) == 1
    assert kept == 1


def test_the_highest_role_counts(people: SqlPeople) -> None:
    person = people.ensure_account("telegram", "7001")
    assert people.role(person) is None
    for role in (Role.MEMBER, Role.APPROVER, Role.HANDLER, Role.MEMBER):
        people.grant(person, role)

    assert people.role(person) is Role.APPROVER
    assert people.roles(person) == [Role.MEMBER, Role.HANDLER, Role.APPROVER]
    assert people.revoke(person, Role.APPROVER)
    assert not people.revoke(person, Role.APPROVER)
    assert people.role(person) is Role.HANDLER


def test_nobody_has_no_role(people: SqlPeople) -> None:
    nobody = PersonId("p0")

    assert people.role(nobody) is None
    with pytest.raises(PersonUnknown):
        people.grant(nobody, Role.ADMIN)


def test_an_update_is_new_once(database: Database, clock: TickingClock) -> None:
    ledger = SqlUpdateLedger(database, clock)
    large = 2**40

    assert ledger.first_time("telegram", large)
    assert not ledger.first_time("telegram", large)
    assert ledger.first_time("telegram", large + 1)
    assert ledger.first_time("other", large)
    assert not SqlUpdateLedger(database, clock).first_time("telegram", large)


def test_an_update_that_reaches_many_threads_is_taken_by_one(
    database: Database, clock: TickingClock
) -> None:
    ledger = SqlUpdateLedger(database, clock)
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(ledger.first_time, ["telegram"] * 12, [9] * 12))

    assert taken.count(True) == 1
