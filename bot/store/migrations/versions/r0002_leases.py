"""Several processes on one database: who has an update, a message or the poll in hand, and until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import columns, keys

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add holders and leases, and the indexes by which a chat's next update and message are found."""
    for table in ("inbox", "outbox"):
        op.add_column(table, sa.Column("holder", sa.String(16)))
        op.add_column(table, sa.Column("until", sa.Float()))
    op.create_table(
        "leases",
        *keys(name=sa.Text),
        *columns(holder=sa.String(16), until=sa.Float),
    )
    _index("inbox_next", "inbox", ["channel", "bot", "chat", "update_id"], "done IS NULL")
    _index("outbox_next", "outbox", ["channel", "chat", "id"], "state IN ('queued', 'sending')")
    op.drop_index("inbox_open", "inbox")


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)
