"""The bureaus' desks: who works there, tickets, FAQ, applications that were handed in; walls between them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.walls import build

revision = "0004"
down_revision = "0003"

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables of the desks, and the walls between their rows where the database has such."""
    _people()
    _matters()
    _records()
    build(op.get_bind())


def _people() -> None:
    op.create_table(
        "bureaus",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Float(), nullable=False),
    )
    op.create_table(
        "staff",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("joined", sa.Float(), nullable=False),
        sa.Column("gone", sa.Float()),
    )
    op.create_index("staff_person", "staff", ["person"])
    op.create_table(
        "staff_codes",
        sa.Column("code", sa.String(16), primary_key=True),
        sa.Column("bureau", sa.String(32), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False),
        sa.Column("used_by", sa.Text()),
        sa.Column("used", sa.Float()),
    )
    op.create_index("ix_staff_codes_bureau", "staff_codes", ["bureau"])
    op.create_table(
        "groups",
        sa.Column("chat", sa.Text(), primary_key=True),
        sa.Column("bureau", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
    )
    op.create_index("ix_groups_bureau", "groups", ["bureau"])


def _matters() -> None:
    op.create_table(
        "tickets",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("raised", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("holder_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Float(), nullable=False),
        sa.Column("updated", sa.Float(), nullable=False),
        sa.Column("answered", sa.Float()),
        sa.Column("recalled", sa.Float()),
    )
    op.create_index("tickets_person", "tickets", ["person"])
    op.create_index("tickets_state", "tickets", ["bureau", "state"])
    op.create_table(
        "ticket_words",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["bureau", "number"], ["tickets.bureau", "tickets.number"], ondelete="CASCADE"),
    )
    op.create_table(
        "faqs",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("similar", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=False),
        sa.Column("approver_name", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(32), nullable=False),
        sa.Column("valid_until", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("updated", sa.Float(), nullable=False),
    )
    op.create_index("faqs_state", "faqs", ["bureau", "state"])
    op.create_table(
        "submissions",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("draft", sa.String(32), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("updated", sa.Float(), nullable=False),
    )
    op.create_index("submissions_person", "submissions", ["person"])
    op.create_index("submissions_state", "submissions", ["bureau", "state"])


def _records() -> None:
    op.create_table(
        "audit",
        sa.Column("id", LONG, primary_key=True),
        sa.Column("bureau", sa.String(32), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("act", sa.String(24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
    )
    op.create_index("audit_bureau", "audit", ["bureau", "id"])
    op.create_table(
        "asked",
        sa.Column("id", LONG, primary_key=True),
        sa.Column("bureau", sa.String(32), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("thumb", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(16), nullable=False),
    )
    op.create_index("asked_bureau", "asked", ["bureau", "at"])
    op.create_index("asked_person", "asked", ["person"])
    op.create_table(
        "subscriptions",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("kind", sa.String(12), primary_key=True),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("stopped", sa.Float()),
    )
    op.create_table(
        "broadcasts",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("updated", sa.Float(), nullable=False),
    )
    op.create_table(
        "told",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("at", sa.Float(), nullable=False),
    )
    op.create_table(
        "counters",
        sa.Column("bureau", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("value", sa.Integer(), nullable=False),
    )
    op.create_table(
        "topics",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.Text(), primary_key=True),
        sa.Column("key", sa.String(24), primary_key=True),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
    )
    op.create_index("topics_thread", "topics", ["channel", "chat", "thread"])
