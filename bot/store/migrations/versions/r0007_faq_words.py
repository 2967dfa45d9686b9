"""An entry of the FAQ keeps what it rests on, the words that stand while it is changed, and those before them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add three columns, empty in every row: nothing is being changed, nothing was said before."""
    for name in ("source", "standing", "past"):
        op.add_column("faqs", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
