"""Daily budgets: what was used up of them by a person, a bureau, and all together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import columns, keys
from bot.store.walls import reserve

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table, where no desk reaches it."""
    op.create_table(
        "spent",
        *keys(day=sa.String(10), what=sa.String(8), whose=sa.String(8), name=sa.Text),
        *columns(times=sa.Integer, at=sa.Float),
    )
    reserve(op.get_bind())
