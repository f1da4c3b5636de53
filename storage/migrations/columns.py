"""Columns and constraints as the migrations spell them, apart from today's tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def text(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Text of any length."""
    return sa.Column(name, sa.String(), nullable=null)


def number(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A 32-bit number."""
    return sa.Column(name, sa.Integer(), nullable=null)


def score(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A floating-point number."""
    return sa.Column(name, sa.Float(), nullable=null)


def long(name: str) -> sa.Column[Any]:
    """A 64-bit number, never absent."""
    # SQLite counts rows only in a column that is called INTEGER.
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=False)


def time(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A moment, stored in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """The named primary key."""
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def belongs(table: str, *columns: str, to: str) -> sa.ForeignKeyConstraint:
    """A named foreign key whose rows go with the row they belong to."""
    keys = ("id",) if len(columns) == 1 else columns
    return sa.ForeignKeyConstraint(
        columns,
        [f"{to}.{name}" for name in keys],
        name=op.f(f"fk_{table}_{'_'.join(columns)}_{to}"),
        ondelete="CASCADE",
    )


def index(table: str, *columns: str) -> None:
    """A named index."""
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
