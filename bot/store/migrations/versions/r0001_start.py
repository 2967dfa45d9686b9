"""Everything as it was when migrations began; databases of before have a part of it, which is left as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make what isn't there, and forget the number that used to count versions."""
    _conversations()
    _updates()
    _library()
    op.drop_table("schema_version", if_exists=True)


def _table(name: str, *parts: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(name, *parts, if_not_exists=True)


def _index(name: str, table: str, columns: list[str], where: str | None = None) -> None:
    only = sa.text(where) if where else None
    op.create_index(name, table, columns, if_not_exists=True, sqlite_where=only, postgresql_where=only)


def _conversations() -> None:
    _table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Float(), nullable=False),
    )
    _table(
        "draft_events",
        sa.Column("draft", sa.String(32), sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
    )
    _table(
        "conversations",
        sa.Column("chat", sa.Text(), primary_key=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("draft", sa.String(32), sa.ForeignKey("drafts.id", ondelete="SET NULL")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Float(), nullable=False),
    )
    _table(
        "consents",
        sa.Column("id", LONG, primary_key=True),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
    )
    _index("ix_consents_chat", "consents", ["chat"])
    _table(
        "answers",
        sa.Column("id", LONG, primary_key=True),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("pack", sa.String(64), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
    )
    _index("ix_answers_chat", "answers", ["chat"])


def _updates() -> None:
    _table(
        "inbox",
        sa.Column("id", LONG, primary_key=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received", sa.Float(), nullable=False),
        sa.Column("claimed", sa.Float()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.Float()),
        sa.Column("dead", sa.Text()),
        sa.UniqueConstraint("channel", "bot", "update_id"),
    )
    _index("inbox_open", "inbox", ["channel", "bot"], "done IS NULL")
    _table(
        "outbox",
        sa.Column("id", LONG, primary_key=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.Column("updated", sa.Float(), nullable=False),
    )
    _index("outbox_chat", "outbox", ["channel", "chat", "state"])


def _library() -> None:
    _table(
        "documents",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("bureau", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("dated", sa.String(10), nullable=False),
        sa.Column("valid_until", sa.String(10), nullable=False),
        sa.Column("authority", sa.String(16), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("added", sa.Float(), nullable=False),
    )
    _index("documents_scope", "documents", ["collection", "bureau"])
    _table(
        "passages",
        sa.Column("document", sa.String(32), sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ways", sa.Text(), nullable=False),
    )
    _table(
        "scopes",
        sa.Column("collection", sa.Text(), primary_key=True),
        sa.Column("bureau", sa.Text(), primary_key=True),
        sa.Column("revision", LONG, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("scopes", "revision", type_=sa.BigInteger())
