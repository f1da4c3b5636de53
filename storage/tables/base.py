"""What all tables share: one metadata with named constraints, and how Core sees a table."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import BigInteger, Integer, MetaData, Table
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can drop it on every engine."""


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """Parent of all rows; keeps their metadata apart from any other SQLModel's."""


def long_key() -> TypeEngine[Any]:
    """64-bit key; SQLite counts rows only in a column that is called INTEGER."""
    return BigInteger().with_variant(Integer, "sqlite")


def core(row: type[Base]) -> Table:
    """The Core table behind a row class."""
    return cast("Table", getattr(row, "__table__"))  # noqa: B009 - the attribute is not in SQLModel's types
