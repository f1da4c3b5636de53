"""Statements that several repositories need and that differ between the engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")

BATCH = 500
"""How many values one IN list takes; far below either engine's bound on parameters."""


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows and skip those whose key is taken."""
    if rows:
        statement = _insert_new(table, connection.dialect.name)
        connection.execute(statement, [dict(row) for row in rows])


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken; says whether it was new."""
    # SQLAlchemy lets the count of an INSERT go unless it is asked to keep it.
    statement = _insert_new(table, connection.dialect.name)
    counted = statement.execution_options(preserve_rowcount=True)
    return connection.execute(counted, dict(row)).rowcount == 1


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in one call; nothing happens without rows."""
    if rows:
        connection.execute(_insert(table), [dict(row) for row in rows])


def batches(values: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """The values in order, at most ``size`` at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


@cache
def _insert_new(table: Table, dialect: str) -> Insert:
    module = sqlite if dialect == "sqlite" else postgresql
    return module.insert(table).on_conflict_do_nothing()


@cache
def _insert(table: Table) -> Insert:
    return table.insert()
