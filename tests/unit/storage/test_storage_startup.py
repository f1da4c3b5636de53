"""Starting with a store at head loads nothing that only migrations need."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from storage.database import open_database

START = """
import sys
from storage.database import open_database
database = open_database(sys.argv[1])
database.upgrade()
database.close()
print(sorted({name.split(".")[0] for name in sys.modules} & {"alembic", "filelock", "mako"}))
"""


def start(url: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", START, url],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    return ran.stdout.strip()


def test_only_the_first_start_loads_the_migrations(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dafu.db'}"

    assert start(url) == "['alembic', 'filelock', 'mako']"
    assert start(url) == "[]"


def test_a_store_is_written_ahead_and_checks_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "dafu.db"
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    with database.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 15000,
    }


def test_a_closed_store_leaves_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "dafu.db"
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    database.close()

    assert not path.with_name("dafu.db-wal").exists()
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()
