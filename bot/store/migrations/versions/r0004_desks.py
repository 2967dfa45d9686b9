"""The bureaus' desks: who works there, tickets, FAQ, applications that were handed in; walls between them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import columns, keys, maybe
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
        *keys(bureau=sa.String(32)),
        *columns(settings=sa.Text, version=sa.Integer, updated=sa.Float),
    )
    op.create_table(
        "staff",
        *keys(bureau=sa.String(32), person=sa.Text),
        *columns(role=sa.String(8), name=sa.Text, joined=sa.Float),
        *maybe(gone=sa.Float),
    )
    op.create_index("staff_person", "staff", ["person"])
    op.create_table(
        "staff_codes",
        *keys(code=sa.String(16)),
        *columns(bureau=sa.String(32), role=sa.String(8), made_by=sa.Text, made=sa.Float, expires=sa.Float),
        *maybe(used_by=sa.Text, used=sa.Float),
    )
    op.create_index("ix_staff_codes_bureau", "staff_codes", ["bureau"])
    op.create_table(
        "groups",
        *keys(chat=sa.Text),
        *columns(bureau=sa.String(32), kind=sa.String(8), made_by=sa.Text, made=sa.Float),
    )
    op.create_index("ix_groups_bureau", "groups", ["bureau"])


def _matters() -> None:
    op.create_table(
        "tickets",
        *keys(bureau=sa.String(32), number=sa.Integer),
        *columns(person=sa.Text, name=sa.Text, question=sa.Text, context=sa.Text, state=sa.String(10)),
        *columns(raised=sa.Integer, holder=sa.Text, holder_name=sa.Text, version=sa.Integer, opened=sa.Float),
        *columns(updated=sa.Float),
        *maybe(answered=sa.Float, recalled=sa.Float),
    )
    op.create_index("tickets_person", "tickets", ["person"])
    op.create_index("tickets_state", "tickets", ["bureau", "state"])
    op.create_table(
        "ticket_words",
        *keys(bureau=sa.String(32), number=sa.Integer, position=sa.Integer),
        *columns(person=sa.Text, by=sa.Text, by_name=sa.Text, kind=sa.String(10), text=sa.Text, at=sa.Float),
        sa.ForeignKeyConstraint(["bureau", "number"], ["tickets.bureau", "tickets.number"], ondelete="CASCADE"),
    )
    op.create_table(
        "faqs",
        *keys(bureau=sa.String(32), number=sa.Integer),
        *columns(question=sa.Text, answer=sa.Text, similar=sa.Text, kind=sa.String(8), state=sa.String(10)),
        *columns(author=sa.Text, author_name=sa.Text, approver=sa.Text, approver_name=sa.Text),
        *columns(ticket=sa.Integer, document=sa.String(32), valid_until=sa.String(10), version=sa.Integer),
        *columns(made=sa.Float, updated=sa.Float),
    )
    op.create_index("faqs_state", "faqs", ["bureau", "state"])
    op.create_table(
        "submissions",
        *keys(bureau=sa.String(32), number=sa.Integer),
        *columns(person=sa.Text, name=sa.Text, draft=sa.String(32), source=sa.String(8), title=sa.Text),
        *columns(facts=sa.Text, file=sa.Text, hash=sa.String(64), findings=sa.Text, comments=sa.Text),
        *columns(state=sa.String(10), rank=sa.Integer, version=sa.Integer, made=sa.Float, updated=sa.Float),
    )
    op.create_index("submissions_person", "submissions", ["person"])
    op.create_index("submissions_state", "submissions", ["bureau", "state"])


def _records() -> None:
    op.create_table(
        "audit",
        *keys(id=LONG),
        *columns(bureau=sa.String(32), at=sa.Float, person=sa.Text, name=sa.Text, role=sa.String(10)),
        *columns(act=sa.String(24), number=sa.Integer, detail=sa.Text),
    )
    op.create_index("audit_bureau", "audit", ["bureau", "id"])
    op.create_table(
        "asked",
        *keys(id=LONG),
        *columns(bureau=sa.String(32), person=sa.Text, at=sa.Float, status=sa.String(16), topic=sa.Text),
        *columns(question=sa.Text, ticket=sa.Integer, thumb=sa.Integer, mark=sa.String(16)),
    )
    op.create_index("asked_bureau", "asked", ["bureau", "at"])
    op.create_index("asked_person", "asked", ["person"])
    op.create_table(
        "subscriptions",
        *keys(bureau=sa.String(32), person=sa.Text, kind=sa.String(12)),
        *columns(since=sa.Float),
        *maybe(stopped=sa.Float),
    )
    op.create_table(
        "broadcasts",
        *keys(bureau=sa.String(32), number=sa.Integer),
        *columns(text=sa.Text, author=sa.Text, author_name=sa.Text, state=sa.String(10), made=sa.Float),
        *columns(updated=sa.Float),
    )
    op.create_table(
        "told",
        *keys(bureau=sa.String(32), person=sa.Text, key=sa.String(40)),
        *columns(at=sa.Float),
    )
    op.create_table(
        "counters",
        *keys(bureau=sa.String(32), kind=sa.String(16)),
        *columns(value=sa.Integer),
    )
    op.create_table(
        "topics",
        *keys(channel=sa.String(16), chat=sa.Text, key=sa.String(24)),
        *columns(thread=sa.Text, made=sa.Float),
    )
    op.create_index("topics_thread", "topics", ["channel", "chat", "thread"])
