"""Daily budgets: what was used up of them by a person, a bureau, and all together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.walls import reserve

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table, where no desk reaches it."""
    op.create_table(
        "spent",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("what", sa.String(8), primary_key=True),
        sa.Column("whose", sa.String(8), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
    )
    reserve(op.get_bind())
