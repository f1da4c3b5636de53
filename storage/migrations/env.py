"""Alembic's entry: migrates the connection it is handed, within that transaction."""

from typing import cast

from alembic import context
from sqlalchemy import Connection

from storage.tables import METADATA

connection = cast("Connection", context.config.attributes["connection"])
context.configure(
    connection=connection,
    target_metadata=METADATA,
    # SQLite changes a column only by copying its table.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
