"""A lock that another keeps, a server that is not there, a file that is no database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import database as module
from storage.database import Database, open_database
from storage.errors import DatabaseUnavailable, StorageError
from storage.library import SqlLibrary
from tests.contract.storage.papers import TickingClock, file, letter


def test_a_lock_kept_for_too_long_is_named(
    url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    with closing(open_database(url)) as impatient:
        library = SqlLibrary(impatient, TickingClock())
        with database.writing(queue=True), pytest.raises(DatabaseUnavailable) as refused:
            library.store(file("a.txt", letter()))

        assert refused.value.code == "database.locked"
        assert library.store(file("a.txt", letter())).documents


def test_a_reader_never_waits_for_a_writer(library: SqlLibrary, database: Database) -> None:
    library.store(file("a.txt", letter(12)))
    with database.writing(queue=True) as connection:
        connection.execute(text("DELETE FROM number_key"))
        assert library.count() == 1
        assert library.revision() > 0


def test_an_error_inside_takes_everything_back(database: Database) -> None:
    def add_and_fail() -> None:
        with database.writing() as connection:
            connection.execute(text("INSERT INTO store_meta (key, value) VALUES ('a', 'b')"))
            raise StorageError("test.failed")

    with pytest.raises(StorageError):
        add_and_fail()
    with database.reading() as connection:
        found = connection.execute(text("SELECT value FROM store_meta WHERE key = 'a'")).all()
    assert found == []


def test_errors_never_show_what_was_stored(database: Database) -> None:
    insert = text("INSERT INTO store_meta (key, value) VALUES ('k', :v)")

    def insert_twice() -> None:
        with database.writing() as connection:
            connection.execute(insert, {"v": "王某的电话"})
            connection.execute(insert, {"v": "王某的电话"})

    with pytest.raises(IntegrityError) as raised:
        insert_twice()
    assert "王某" not in str(raised.value)


@pytest.mark.parametrize(
    "address", ["mysql://u@h/d", "sqlite://", "sqlite:///:memory:", "no address"]
)
def test_an_address_of_no_known_kind_is_refused(address: str) -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        open_database(address)
    assert refused.value.code == "database.address"


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    away = open_database("postgresql://someone:geheim@127.0.0.1:1/none")
    with pytest.raises(DatabaseUnavailable) as refused:
        away.upgrade()
    away.close()

    assert refused.value.code == "database.unavailable"
    assert "geheim" not in str(refused.value)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "dafu.db").write_text("这不是数据库。" * 200, encoding="utf-8")
    broken = open_database(f"sqlite:///{tmp_path / 'dafu.db'}")
    with pytest.raises(DatabaseUnavailable) as refused:
        broken.upgrade()
    broken.close()

    assert refused.value.code == "database.unavailable"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(DatabaseUnavailable):
        open_database(f"sqlite:///{tmp_path / 'taken' / 'dafu.db'}")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    odd = open_database(f"sqlite:///{tmp_path}")
    with pytest.raises(DatabaseUnavailable):
        odd.upgrade()
    odd.close()
