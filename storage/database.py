"""The one door to the database: engine, short transactions, schema at head."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    DBAPIError,
    InterfaceError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import ContentRefused, DatabaseUnavailable

BUSY_SECONDS = 15.0
"""How long one process waits for another's write."""

CONNECT_SECONDS = 10.0
"""How long a PostgreSQL server may take to accept a connection."""

WRITER_KEY = 1
"""Lock that makes writers of the library queue up on PostgreSQL, as SQLite's do anyway."""

_WRITE = "dafu_write"
_LOCK_NOT_AVAILABLE = "55P03"


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
            if queue:
                self.hold(connection, WRITER_KEY)
            yield connection

    def hold(self, connection: Connection, key: int) -> None:
        """Hold a lock of this store until the transaction ends, whichever process asks.

        Over SQLite a writing transaction is that lock already.
        """
        if not self.sqlite:
            # Locks belong to the whole database; the schema tells its stores apart.
            lock = text("SELECT pg_advisory_xact_lock(:key, hashtext(current_schema()))")
            connection.execute(lock, {"key": key})

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
        except (DataError, UnicodeEncodeError) as error:
            raise ContentRefused("database.content") from error
        except PoolTimeout as error:
            raise self._unavailable("database.locked") from error
        except DBAPIError as error:
            if not _is_outage(error):
                raise
            code = "database.locked" if _is_lock(error) else "database.unavailable"
            raise self._unavailable(code) from error

    def _unavailable(self, code: str) -> DatabaseUnavailable:
        return DatabaseUnavailable(code, database=shown(self.engine.url))


def open_database(url: str) -> Database:
    """Open ``sqlite:///FILE`` or ``postgresql+psycopg://…``; connects at first use.

    The folder of a SQLite file is made when it is missing.

    Raises:
        DatabaseUnavailable: the address is of no known kind, or the folder cannot be made.
    """
    address = _known(url)
    if address.get_backend_name() == "postgresql":
        engine = _engine(address, {"connect_timeout": round(CONNECT_SECONDS)})
        event.listen(engine, "connect", _prepare_postgres)
        return Database(engine)
    _make_folder(address)
    engine = _engine(address, {"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def shown(address: URL) -> str:
    """The address without its password, for messages."""
    return address.render_as_string(hide_password=True)


def _engine(address: URL, connect_args: dict[str, Any]) -> Engine:
    return create_engine(
        address,
        connect_args=connect_args,
        # Parameters are letters and questions: they must not reach a log through an error.
        hide_parameters=True,
        # A server may have been restarted since; a file is always there.
        pool_pre_ping=address.get_backend_name() == "postgresql",
    )


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
    # Writing the log back is what costs time while many files are stored: do it every 32 MB.
    cursor.execute("PRAGMA wal_autocheckpoint = 8000")
    cursor.close()


def _prepare_postgres(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Outside a transaction, or the pool's first rollback would undo it.
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = {round(BUSY_SECONDS * 1000)}")
    cursor.close()
    connection.autocommit = False


def _is_outage(error: DBAPIError) -> bool:
    """Whether the database is at fault; a broken constraint is the caller's business."""
    # A damaged file comes as the bare parent class of all these.
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def _is_lock(error: DBAPIError) -> bool:
    """Whether another process held a lock for too long."""
    state = getattr(error.orig, "sqlstate", None)
    return state == _LOCK_NOT_AVAILABLE or "locked" in str(error.orig)


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another process
    # wrote meanwhile; one that begins as a writer waits for its turn.
    writes = bool(connection.get_execution_options().get(_WRITE))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
