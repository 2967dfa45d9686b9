"""Several people at one draft: who is in it, its versions, and the codes that let somebody in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import columns, keys, maybe

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the three tables; what older conversations hold of drafts and versions is moved when they are next loaded."""
    op.create_table(
        "draft_people",
        _draft(key=True),
        *keys(person=sa.Text),
        *columns(role=sa.String(8), unit=sa.Text, name=sa.Text, joined=sa.Float),
        *maybe(gone=sa.Float),
        *columns(active=sa.Float, seen=sa.Integer, confirmed=sa.Text),
    )
    op.create_index("draft_people_person", "draft_people", ["person"])
    op.create_table(
        "draft_versions",
        _draft(key=True),
        *keys(number=sa.Integer),
        *columns(told=sa.Text, person=sa.Text, facts=sa.Text, made=sa.Float),
    )
    op.create_table(
        "invitations",
        *keys(code=sa.String(16)),
        _draft(key=False),
        *columns(role=sa.String(8), unit=sa.Text, made_by=sa.Text, made=sa.Float, expires=sa.Float),
        *maybe(used_by=sa.Text, used=sa.Float),
    )
    op.create_index("ix_invitations_draft", "invitations", ["draft"])


def _draft(*, key: bool) -> sa.Column[str]:
    return sa.Column(
        "draft", sa.String(32), sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=key, nullable=False
    )
