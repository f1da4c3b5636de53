"""The library: documents, passages, references, vectors, change log.

Revision: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import belongs, index, key, long, number, text, time

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "change_log",
    "document",
    "embedding",
    "raw_text",
    "store_meta",
    "document_version",
    "number_key",
    "fingerprint",
    "duplicate",
    "document_source",
    "passage",
    "reference",
)
"""In the order of their foreign keys."""


def upgrade() -> None:
    """Make the tables."""
    _change_log()
    _document()
    _embedding()
    _raw_text()
    _store_meta()
    _document_version()
    _number_key()
    _fingerprint()
    _duplicate()
    _document_source()
    _passage()
    _reference()


def downgrade() -> None:
    """Drop the tables with their indexes."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _change_log() -> None:
    op.create_table(
        "change_log",
        long("seq"),
        text("document_id"),
        text("reason"),
        text("retired", null=True),
        time("at"),
        key("change_log", "seq"),
        sqlite_autoincrement=True,
    )
    index("change_log", "document_id")


def _document() -> None:
    op.create_table(
        "document",
        text("id"),
        number("version"),
        text("kind"),
        text("title"),
        text("document_number", null=True),
        text("case_number", null=True),
        number("case_value", null=True),
        text("genre", null=True),
        text("body", null=True),
        text("session", null=True),
        text("unit", null=True),
        text("place", null=True),
        sa.Column("date", sa.Date(), nullable=True),
        text("result_class", null=True),
        text("openness", null=True),
        text("status"),
        text("provenance"),
        text("policy_status", null=True),
        sa.Column("effective", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        text("number_norm", null=True),
        text("title_norm"),
        text("operator_openness", null=True),
        text("operator_unit", null=True),
        key("document", "id"),
    )
    index("document", "date")
    index("document", "number_norm")
    index("document", "provenance")
    index("document", "title_norm")


def _embedding() -> None:
    op.create_table(
        "embedding",
        text("model"),
        text("text_sha256"),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        key("embedding", "model", "text_sha256"),
    )
    index("embedding", "text_sha256")


def _raw_text() -> None:
    op.create_table(
        "raw_text",
        text("sha256"),
        text("text"),
        key("raw_text", "sha256"),
    )


def _store_meta() -> None:
    op.create_table(
        "store_meta",
        text("key"),
        text("value"),
        key("store_meta", "key"),
    )


def _document_version() -> None:
    op.create_table(
        "document_version",
        text("document_id"),
        number("version"),
        text("text_sha256"),
        text("identity", null=True),
        text("raw_sha256"),
        number("span_start"),
        number("span_end"),
        text("fields_json"),
        text("warnings_json"),
        time("stored_at"),
        key("document_version", "document_id", "version"),
        belongs("document_version", "document_id", to="document"),
        sa.ForeignKeyConstraint(
            ["raw_sha256"],
            ["raw_text.sha256"],
            name=op.f("fk_document_version_raw_sha256_raw_text"),
        ),
    )
    index("document_version", "identity")
    index("document_version", "raw_sha256")
    index("document_version", "text_sha256")


def _number_key() -> None:
    op.create_table(
        "number_key",
        text("document_id"),
        text("key"),
        key("number_key", "document_id", "key"),
        belongs("number_key", "document_id", to="document"),
    )
    index("number_key", "key")


def _fingerprint() -> None:
    op.create_table(
        "fingerprint",
        text("document_id"),
        long("mark"),
        key("fingerprint", "document_id", "mark"),
        belongs("fingerprint", "document_id", to="document"),
    )
    index("fingerprint", "mark", "document_id")


def _duplicate() -> None:
    op.create_table(
        "duplicate",
        text("document_id"),
        text("other_id"),
        sa.Column("main", sa.Boolean(), nullable=False),
        key("duplicate", "document_id", "other_id"),
        belongs("duplicate", "document_id", to="document"),
        belongs("duplicate", "other_id", to="document"),
    )
    index("duplicate", "other_id")


def _document_source() -> None:
    op.create_table(
        "document_source",
        text("path"),
        text("document_id"),
        number("version"),
        number("ordinal"),
        text("sha256"),
        time("stored_at"),
        key("document_source", "path", "document_id"),
        belongs("document_source", "document_id", "version", to="document_version"),
    )
    index("document_source", "document_id", "version")


def _passage() -> None:
    op.create_table(
        "passage",
        text("id"),
        text("document_id"),
        number("version"),
        number("ordinal"),
        number("span_start"),
        number("span_end"),
        text("text"),
        text("heading_path"),
        text("text_sha256"),
        key("passage", "id"),
        belongs("passage", "document_id", "version", to="document_version"),
    )
    index("passage", "document_id", "version")
    index("passage", "text_sha256")


def _reference() -> None:
    op.create_table(
        "reference",
        long("id"),
        text("document_id"),
        number("version"),
        text("title", null=True),
        text("number", null=True),
        text("title_norm", null=True),
        text("number_norm", null=True),
        text("article", null=True),
        text("relation"),
        number("span_start", null=True),
        number("span_end", null=True),
        key("reference", "id"),
        belongs("reference", "document_id", "version", to="document_version"),
        sqlite_autoincrement=True,
    )
    index("reference", "document_id", "version")
    index("reference", "number_norm")
    index("reference", "title_norm")
