"""How far the drafts are that may come to a bureau, as it counts them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import columns, keys
from bot.store.walls import build

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table, behind the walls."""
    op.create_table(
        "stages",
        *keys(bureau=sa.String(32), draft=sa.String(32), person=sa.Text),
        *columns(stage=sa.String(8), at=sa.Float),
    )
    op.create_index("stages_person", "stages", ["person"])
    build(op.get_bind())
