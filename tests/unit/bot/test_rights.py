"""Roles come from settings and from what is kept; a role decides what may be found."""

from __future__ import annotations

import pytest

from bot.assistant.messages import Sender
from bot.assistant.rights import Grants, Rights, access_of
from knowledge.domain.answers import PersonId, Role


class _People:
    def __init__(self, role: Role | None = None) -> None:
        self._role = role

    def ensure_account(self, channel: str, account: str) -> PersonId:
        return PersonId(f"{channel}:{account}")

    def role(self, person: PersonId) -> Role | None:
        del person
        return self._role


def _rights(kept: Role | None = None, local: Role = Role.ADMIN) -> Rights:
    grants = Grants(frozenset({1}), frozenset({2}), local)
    return Rights(_People(kept), grants)


@pytest.mark.parametrize(
    ("account", "role"),
    [("1", Role.ADMIN), ("2", Role.HANDLER), ("3", Role.GUEST), ("mallory", Role.GUEST)],
)
def test_settings_grant_roles_to_numeric_telegram_ids(account: str, role: Role) -> None:
    assert _rights().role(Sender("telegram", account)) is role


def test_a_kept_role_counts_when_settings_grant_less() -> None:
    assert _rights(kept=Role.MEMBER).role(Sender("telegram", "3")) is Role.MEMBER
    assert _rights(kept=Role.MEMBER).role(Sender("telegram", "2")) is Role.HANDLER


def test_a_group_has_a_guests_rights_whoever_writes_in_it() -> None:
    assert _rights(kept=Role.ADMIN).role(Sender("telegram-group", "1")) is Role.GUEST


def test_the_local_command_line_has_the_role_it_was_started_with() -> None:
    assert _rights(local=Role.MEMBER).role(Sender("cli", "local")) is Role.MEMBER
    assert _rights().role(Sender("console", "local")) is Role.ADMIN


def test_an_id_given_to_the_command_line_is_not_a_telegram_id() -> None:
    assert _rights(local=Role.GUEST).role(Sender("cli", "1")) is Role.GUEST


@pytest.mark.parametrize(
    ("role", "restricted"),
    [
        (Role.GUEST, False),
        (Role.MEMBER, False),
        (Role.HANDLER, True),
        (Role.APPROVER, True),
        (Role.ADMIN, True),
    ],
)
def test_only_handlers_and_above_find_what_is_not_marked_open(
    role: Role, *, restricted: bool
) -> None:
    assert access_of(role).restricted is restricted
