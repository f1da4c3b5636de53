"""Migrations lead from a blank database to the tables and back, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage.database import Database, open_database
from storage.errors import SchemaUnknown
from storage.migrations import HEAD, REVISIONS
from storage.schema import alembic_config, revision
from storage.tables import METADATA
from tests.contract.storage.conftest import ENGINES


@pytest.fixture(params=ENGINES)
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'new' / 'dafu.db'}"
    else:
        address = request.getfixturevalue("postgres_schema")
    database = open_database(address)
    yield database
    with database.writing() as connection:
        METADATA.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    database.close()


def test_a_blank_database_becomes_what_the_tables_say(blank: Database) -> None:
    blank.upgrade()
    with blank.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
        assert revision(connection) == HEAD


def test_every_name_of_a_constraint_is_the_tables_own(blank: Database) -> None:
    blank.upgrade()
    with blank.reading() as connection:
        seen = inspect(connection)
        for table in METADATA.tables.values():
            keys = {str(key["name"]) for key in seen.get_foreign_keys(table.name)}
            assert keys == {str(key.name) for key in table.foreign_key_constraints}
            indexes = {str(index["name"]) for index in seen.get_indexes(table.name)}
            uniques = {str(rule["name"]) for rule in seen.get_unique_constraints(table.name)}
            assert indexes - uniques == {str(index.name) for index in table.indexes}


def test_a_database_can_be_taken_back_to_blank(blank: Database) -> None:
    blank.upgrade()
    with blank.writing() as connection:
        command.downgrade(alembic_config(connection), "base")
    with blank.reading() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    blank.upgrade()
    with blank.reading() as connection:
        assert revision(connection) == HEAD


def test_each_step_of_the_way_can_be_resumed(blank: Database) -> None:
    with blank.writing() as connection:
        command.upgrade(alembic_config(connection), REVISIONS[0])
    blank.upgrade()
    with blank.reading() as connection:
        assert revision(connection) == HEAD


def test_a_database_of_a_newer_program_is_left_alone(blank: Database) -> None:
    blank.upgrade()
    with blank.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'ffff'"))

    with pytest.raises(SchemaUnknown) as refused:
        blank.upgrade()
    assert refused.value.code == "database.newer"
    assert refused.value.details == {"revision": "ffff"}


def test_the_listed_revisions_are_those_alembic_finds(blank: Database) -> None:
    with blank.reading() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
    found = [script.revision for script in scripts.walk_revisions()]

    assert tuple(reversed(found)) == REVISIONS
    assert scripts.get_heads() == [HEAD]
