"""How far the drafts are that may come to a bureau, as it counts them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.walls import build

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table, behind the walls."""
    op.create_table(
        "stages",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("draft", sa.String(32), primary_key=True),
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
    )
    op.create_index("stages_person", "stages", ["person"])
    build(op.get_bind())
