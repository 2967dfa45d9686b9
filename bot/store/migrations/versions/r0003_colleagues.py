"""Several people at one draft: who is in it, its versions, and the codes that let somebody in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the three tables; what older conversations hold of drafts and versions is moved when they are next loaded."""
    op.create_table(
        "draft_people",
        _draft(key=True),
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("joined", sa.Float(), nullable=False),
        sa.Column("gone", sa.Float()),
        sa.Column("active", sa.Float(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Text(), nullable=False),
    )
    op.create_index("draft_people_person", "draft_people", ["person"])
    op.create_table(
        "draft_versions",
        _draft(key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("code", sa.String(16), primary_key=True),
        _draft(key=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False),
        sa.Column("used_by", sa.Text()),
        sa.Column("used", sa.Float()),
    )
    op.create_index("ix_invitations_draft", "invitations", ["draft"])


def _draft(*, key: bool) -> sa.Column[str]:
    return sa.Column(
        "draft", sa.String(32), sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=key, nullable=False
    )
