"""The one door to the database: engine, short transactions, schema at head."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import ContentRefused, DatabaseUnavailable

BUSY_SECONDS = 15.0
"""How long one process waits for another's write on a shared SQLite file."""

WRITER_KEY = 0x6461_6675
"""PostgreSQL advisory lock that makes writers of the library queue up, as SQLite's do."""

_WRITE = "dafu_write"


class Database:
    """An engine with short transactions; safe for threads and for several processes.

    Args:
        engine: made by ``open_database``; tests may hand in their own.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(**{_WRITE: True})

    @property
    def sqlite(self) -> bool:
        """True over a SQLite file, False over PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A transaction that only reads.

        Raises:
            DatabaseUnavailable: the database does not answer.
        """
        with self._named_errors(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, *, queue: bool = False) -> Generator[Connection]:
        """A transaction that writes; committed at the end, rolled back on any error.

        Args:
            queue: wait for all other queued writers to commit, so that numbers given out
                become visible in their order. SQLite has one writer at a time anyway.

        Raises:
            DatabaseUnavailable: the database does not answer, or stays locked.
            ContentRefused: a value holds characters the database cannot keep.
        """
        with self._named_errors(), self._writer.begin() as connection:
            if queue and not self.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": WRITER_KEY})
            yield connection

    def upgrade(self) -> None:
        """Bring the schema to head; quick when it is there already.

        Raises:
            DatabaseUnavailable: the database does not answer or another start holds the lock.
            SchemaUnknown: a newer program wrote this database.
        """
        from storage.schema import upgrade

        upgrade(self)

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()

    @contextmanager
    def _named_errors(self) -> Generator[None]:
        try:
            yield
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            code = "database.locked" if "locked" in str(error) else "database.unavailable"
            raise DatabaseUnavailable(code, database=shown(self.engine.url)) from error
        except (DataError, UnicodeEncodeError) as error:
            raise ContentRefused("database.content") from error


def open_database(url: str) -> Database:
    """Open ``sqlite:///FILE`` or ``postgresql+psycopg://…``; connects at first use.

    The folder of a SQLite file is made when it is missing.

    Raises:
        DatabaseUnavailable: the address is of no known kind, or the folder cannot be made.
    """
    address = _known(url)
    if address.get_backend_name() == "postgresql":
        return Database(create_engine(address, pool_pre_ping=True))
    _make_folder(address)
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def shown(address: URL) -> str:
    """The address without its password, for messages."""
    return address.render_as_string(hide_password=True)


def _known(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnavailable("database.address") from error
    if address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite" and address.database not in {None, "", ":memory:"}:
        return address.set(drivername="sqlite+pysqlite")
    raise DatabaseUnavailable("database.address", database=shown(address))


def _make_folder(address: URL) -> None:
    try:
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable("database.unavailable", database=shown(address)) from error


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: _begin_sqlite says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another process
    # wrote meanwhile; one that begins as a writer waits for its turn.
    writes = bool(connection.get_execution_options().get(_WRITE))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
