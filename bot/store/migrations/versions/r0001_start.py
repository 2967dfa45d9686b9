"""Everything as it was when migrations began; databases of before have a part of it, which is left as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import columns, keys, maybe

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
        *keys(id=sa.String(32)),
        *columns(owner=sa.Text, call=sa.Text, facts=sa.Text, version=sa.Integer, updated=sa.Float),
    )
    _table(
        "draft_events",
        sa.Column("draft", sa.String(32), sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
        *keys(version=sa.Integer, position=sa.Integer),
        *columns(at=sa.Float, who=sa.Text, event=sa.Text),
    )
    _table(
        "conversations",
        *keys(chat=sa.Text),
        *columns(state=sa.Text),
        sa.Column("draft", sa.String(32), sa.ForeignKey("drafts.id", ondelete="SET NULL")),
        *columns(version=sa.Integer, updated=sa.Float),
    )
    _table(
        "consents",
        *keys(id=LONG),
        *columns(chat=sa.Text, who=sa.Text, version=sa.Text, at=sa.Float),
    )
    _index("ix_consents_chat", "consents", ["chat"])
    _table(
        "answers",
        *keys(id=LONG),
        *columns(chat=sa.Text, who=sa.Text, at=sa.Float, status=sa.String(16), pack=sa.String(64)),
        *columns(model=sa.Text, record=sa.Text),
    )
    _index("ix_answers_chat", "answers", ["chat"])


def _updates() -> None:
    _table(
        "inbox",
        *keys(id=LONG),
        *columns(channel=sa.Text, bot=sa.Text, update_id=sa.BigInteger, chat=sa.Text, payload=sa.Text),
        *columns(received=sa.Float),
        *maybe(claimed=sa.Float),
        *columns(tries=sa.Integer),
        *maybe(done=sa.Float, dead=sa.Text),
        sa.UniqueConstraint("channel", "bot", "update_id"),
    )
    _index("inbox_open", "inbox", ["channel", "bot"], "done IS NULL")
    _table(
        "outbox",
        *keys(id=LONG),
        *columns(channel=sa.Text, chat=sa.Text, board=sa.Text, payload=sa.Text, state=sa.String(8)),
        *columns(not_before=sa.Float, tries=sa.Integer),
        *maybe(message=sa.Text, why=sa.Text),
        *columns(updated=sa.Float),
    )
    _index("outbox_chat", "outbox", ["channel", "chat", "state"])


def _library() -> None:
    _table(
        "documents",
        *keys(id=sa.String(32)),
        *columns(collection=sa.Text, bureau=sa.Text, name=sa.Text, version=sa.Text, title=sa.Text),
        *columns(issuer=sa.Text, dated=sa.String(10), valid_until=sa.String(10), authority=sa.String(16)),
        *columns(passages=sa.Integer, added=sa.Float),
    )
    _index("documents_scope", "documents", ["collection", "bureau"])
    _table(
        "passages",
        sa.Column("document", sa.String(32), sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        *keys(position=sa.Integer),
        *columns(id=sa.Text, locator=sa.Text, source=sa.Text, text=sa.Text, ways=sa.Text),
    )
    _table(
        "scopes",
        *keys(collection=sa.Text, bureau=sa.Text),
        *columns(revision=LONG),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("scopes", "revision", type_=sa.BigInteger())
