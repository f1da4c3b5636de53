"""Both engines behind one fixture: a fresh SQLite file, or an emptied PostgreSQL schema."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import delete, make_url

from storage import tables
from storage.database import Database, open_database
from storage.library import SqlLibrary
from storage.tables import METADATA
from tests.contract.storage.papers import TickingClock

ENGINES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def blank_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows, to be copied."""
    path = tmp_path_factory.mktemp("blank") / "dafu.db"
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


@pytest.fixture(scope="module")
def postgres_schema() -> Iterator[str]:
    """Address of a PostgreSQL schema of this module's own; dropped afterwards."""
    address = os.environ.get("DAFU_TEST_POSTGRES") or (
        "postgresql+psycopg://postgres@127.0.0.1:5432/test"
    )
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"dafu_{uuid.uuid4().hex[:12]}"
    try:
        connection = psycopg.connect(plain, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL answers at DAFU_TEST_POSTGRES or its default: {error}")
    with connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        joint = "&" if "?" in address else "?"
        yield f"{address}{joint}options=-csearch_path%3D{name}"
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))
    connection.close()


@pytest.fixture(scope="module")
def migrated_postgres(postgres_schema: str) -> str:
    """The schema at head."""
    database = open_database(postgres_schema)
    database.upgrade()
    database.close()
    return postgres_schema


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a migrated store without rows."""
    if request.param == "sqlite":
        blank: Path = request.getfixturevalue("blank_sqlite")
        shutil.copy(blank, tmp_path / "dafu.db")
        return f"sqlite:///{tmp_path / 'dafu.db'}"
    address: str = request.getfixturevalue("migrated_postgres")
    database = open_database(address)
    _empty(database)
    database.close()
    return address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def library(database: Database, clock: TickingClock) -> SqlLibrary:
    return SqlLibrary(database, clock)


def _empty(database: Database) -> None:
    with database.writing() as connection:
        for table in reversed(METADATA.sorted_tables):
            if table is not tables.store_meta:
                connection.execute(delete(table))
