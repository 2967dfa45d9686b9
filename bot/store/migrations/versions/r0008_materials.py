"""Documents that a bureau's people put on its shelf themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import columns, keys
from bot.store.walls import build

revision = "0008"
down_revision = "0007"
TEXTS = ("title", "name", "issuer", "author", "author_name", "approver", "approver_name", "notes", "pieces", "file")
NUMBERS = ("passages", "size", "version")
SHORT = {"dated": 10, "valid_until": 10, "state": 10, "hash": 64}


def upgrade() -> None:
    """Add the table, behind the walls."""
    op.create_table(
        "materials",
        *keys(bureau=sa.String(32), number=sa.Integer),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in SHORT.items()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        *columns(made=sa.Float, updated=sa.Float),
    )
    build(op.get_bind())
