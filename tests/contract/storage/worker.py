"""A process of its own that stores letters; started by the tests of several processes.

Usage: ``worker URL COMMAND START COUNT``. ``store`` stores letters START… and prints each;
``stall`` does so until the last, which it leaves in the middle of its transaction.
"""

from __future__ import annotations

import sys
from typing import Any

from sqlalchemy import event

from storage.database import Database, open_database
from storage.library import SqlLibrary
from tests.contract.storage.papers import TickingClock, file, letter, record


def main(url: str, command: str, start: int, count: int) -> None:
    database = open_database(url)
    database.upgrade()
    library = SqlLibrary(database, TickingClock())
    for case in range(start, start + count):
        if command == "stall" and case == start + count - 1:
            _stall_before_the_change_log(database)
        library.store(file(f"{case}.txt", record(case), letter(case)))
        say(str(case))
    say(f"done {library.store_id()}")
    database.close()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stall_before_the_change_log(database: Database) -> None:
    def stall(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO change_log"):
            say("inside")
            sys.stdin.read()

    event.listen(database.engine, "before_cursor_execute", stall)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
