"""Brings a database to the newest schema, once, however many processes start together."""

from __future__ import annotations

import uuid
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, select, text

from storage import tables
from storage.errors import DatabaseUnavailable, SchemaUnknown
from storage.migrations import HEAD, REVISIONS
from storage.statements import insert_new

if TYPE_CHECKING:
    from alembic.config import Config

    from storage.database import Database

UPGRADE_KEY = 2
"""Lock that makes starts on PostgreSQL migrate one after another."""

LOCK_SECONDS = 120.0
"""How long a start waits for another process's migration."""


def upgrade(database: Database) -> None:
    """Bring ``database`` to ``HEAD``; see ``Database.upgrade`` for what it raises."""
    with database.reading() as connection:
        if _at_head(connection):
            return
    with _one_at_a_time(database), database.writing() as connection:
        if not database.sqlite:
            connection.execute(text(f"SET LOCAL lock_timeout = {round(LOCK_SECONDS * 1000)}"))
            database.hold(connection, UPGRADE_KEY)
        if not _at_head(connection):
            _migrate(connection)


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for the shipped migrations over an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config


def revision(connection: Connection) -> str | None:
    """Revision of the schema; None for a blank database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _at_head(connection: Connection) -> bool:
    found = revision(connection)
    if found is not None and found not in REVISIONS:
        raise SchemaUnknown("database.newer", revision=found)
    return found == HEAD


def _migrate(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), HEAD)
    facts = [{"key": "store_id", "value": uuid.uuid4().hex}]
    insert_new(connection, tables.store_meta, facts)


@contextmanager
def _one_at_a_time(database: Database) -> Generator[None]:
    """Over SQLite hold a lock file and switch to WAL, which no transaction can do."""
    if not database.sqlite:
        yield
        return
    from filelock import FileLock, Timeout

    path = f"{database.engine.url.database}.upgrade.lock"
    try:
        with FileLock(path, timeout=LOCK_SECONDS):
            _write_ahead(database)
            yield
    except Timeout as error:
        raise DatabaseUnavailable("database.locked", database=path) from error


def _write_ahead(database: Database) -> None:
    raw = database.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()
    finally:
        raw.close()


def store_id(connection: Connection) -> str:
    """Random id given to this store when it was made."""
    meta = tables.store_meta
    found = connection.execute(select(meta.c.value).where(meta.c.key == "store_id"))
    return str(found.scalar_one())
