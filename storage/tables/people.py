"""People, their roles and accounts, and the updates that were taken."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlmodel import Field

from storage.tables.base import Base, long_key


class Person(Base, table=True):
    """Someone who speaks to the assistant; made at first contact."""

    __tablename__: ClassVar[Any] = "person"

    id: str = Field(primary_key=True)
    created_at: dt.datetime


class RoleGrant(Base, table=True):
    """A role a person was given."""

    __tablename__: ClassVar[Any] = "role_grant"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    role: str = Field(primary_key=True)
    granted_at: dt.datetime


class ChannelAccount(Base, table=True):
    """A channel's permanent account key and the person behind it."""

    __tablename__: ClassVar[Any] = "channel_account"

    channel: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    created_at: dt.datetime


class BindingCode(Base, table=True):
    """A one-time code that binds an account to a person; only its digest is kept."""

    __tablename__: ClassVar[Any] = "binding_code"

    code_sha256: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    created_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None = None


class ProcessedUpdate(Base, table=True):
    """An update of a channel that was taken, so that it is never taken twice."""

    __tablename__: ClassVar[Any] = "processed_update"

    channel: str = Field(primary_key=True)
    update_id: int = Field(primary_key=True, sa_type=long_key())
    taken_at: dt.datetime
