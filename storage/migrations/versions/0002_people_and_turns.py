"""People and the record of turns.

Revision: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import belongs, index, key, long, number, score, text, time

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "conversation",
    "person",
    "processed_update",
    "binding_code",
    "channel_account",
    "role_grant",
    "turn",
    "answer",
    "citation",
    "retrieval_hit",
)
"""In the order of their foreign keys."""


def upgrade() -> None:
    """Make the tables."""
    _conversation()
    _person()
    _processed_update()
    _binding_code()
    _channel_account()
    _role_grant()
    _turn()
    _answer()
    _citation()
    _retrieval_hit()


def downgrade() -> None:
    """Drop the tables with their indexes."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _conversation() -> None:
    op.create_table(
        "conversation",
        text("id"),
        text("channel"),
        time("started_at"),
        key("conversation", "id"),
    )


def _person() -> None:
    op.create_table(
        "person",
        text("id"),
        time("created_at"),
        key("person", "id"),
    )


def _processed_update() -> None:
    op.create_table(
        "processed_update",
        text("channel"),
        long("update_id"),
        time("taken_at"),
        key("processed_update", "channel", "update_id"),
    )


def _binding_code() -> None:
    op.create_table(
        "binding_code",
        text("code_sha256"),
        text("person_id"),
        time("created_at"),
        time("expires_at"),
        time("used_at", null=True),
        key("binding_code", "code_sha256"),
        belongs("binding_code", "person_id", to="person"),
    )
    index("binding_code", "person_id")


def _channel_account() -> None:
    op.create_table(
        "channel_account",
        text("channel"),
        text("account"),
        text("person_id"),
        time("created_at"),
        key("channel_account", "channel", "account"),
        belongs("channel_account", "person_id", to="person"),
    )
    index("channel_account", "person_id")


def _role_grant() -> None:
    op.create_table(
        "role_grant",
        text("person_id"),
        text("role"),
        time("granted_at"),
        key("role_grant", "person_id", "role"),
        belongs("role_grant", "person_id", to="person"),
    )


def _turn() -> None:
    op.create_table(
        "turn",
        long("seq"),
        text("id"),
        text("conversation_id"),
        text("person_id", null=True),
        text("channel"),
        text("role"),
        text("locale"),
        text("question"),
        time("asked_at"),
        key("turn", "seq"),
        belongs("turn", "conversation_id", to="conversation"),
        sa.UniqueConstraint("id", name=op.f("uq_turn_id")),
        sqlite_autoincrement=True,
    )
    index("turn", "conversation_id")
    index("turn", "person_id")


def _answer() -> None:
    op.create_table(
        "answer",
        text("turn_id"),
        text("route"),
        text("outcome"),
        text("text"),
        long("store_revision"),
        text("fingerprints"),
        text("timings_ms"),
        text("error_id", null=True),
        time("answered_at"),
        key("answer", "turn_id"),
        belongs("answer", "turn_id", to="turn"),
    )


def _citation() -> None:
    op.create_table(
        "citation",
        text("turn_id"),
        number("marker"),
        text("document_id"),
        number("version"),
        text("passage_id"),
        text("title"),
        text("number", null=True),
        text("document_number", null=True),
        text("case_number", null=True),
        text("unit", null=True),
        text("quote"),
        number("span_start"),
        number("span_end"),
        key("citation", "turn_id", "marker"),
        belongs("citation", "turn_id", to="turn"),
    )
    index("citation", "document_id")


def _retrieval_hit() -> None:
    op.create_table(
        "retrieval_hit",
        text("turn_id"),
        number("rank"),
        text("passage_id"),
        text("document_id"),
        score("score"),
        score("lexical", null=True),
        score("dense", null=True),
        key("retrieval_hit", "turn_id", "rank"),
        belongs("retrieval_hit", "turn_id", to="turn"),
    )
