"""The tables of the bureaus' desks; each row is one bureau's, and `person` names whose it is besides."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKeyConstraint, Index, Integer, String, Table, text

from bot.store.columns import RowId, Text, columns, keys, maybe
from bot.store.tables import metadata

__all__ = [
    "DESK", "asked", "audit", "broadcasts", "bureaus", "counters", "faqs", "groups", "materials", "metadata", "staff",
    "staff_codes", "stages", "submissions", "subscriptions", "ticket_words", "tickets", "told", "topics",
]  # fmt: skip
BUREAU = 32

bureaus = Table(
    "bureaus",
    metadata,
    *keys(bureau=String(BUREAU)),
    *columns(settings=Text, version=Integer, updated=Float),
)

staff = Table(
    "staff",
    metadata,
    *keys(bureau=String(BUREAU), person=Text),
    *columns(role=String(8), name=Text, joined=Float),
    *maybe(gone=Float),
    Index("staff_person", "person"),
)

staff_codes = Table(
    "staff_codes",
    metadata,
    *keys(code=String(16)),
    Column("bureau", String(BUREAU), nullable=False, index=True),
    *columns(role=String(8), made_by=Text, made=Float, expires=Float),
    *maybe(used_by=Text, used=Float),
)

# Chats in which several read along; each belongs to one bureau: its applicants' (`public`) or its people's (`staff`).
groups = Table(
    "groups",
    metadata,
    *keys(chat=Text),
    Column("bureau", String(BUREAU), nullable=False, index=True),
    *columns(kind=String(8), made_by=Text, made=Float),
)

# `raised` is 1 for one that was passed to the province.
tickets = Table(
    "tickets",
    metadata,
    *keys(bureau=String(BUREAU), number=Integer),
    *columns(person=Text, name=Text, question=Text, context=Text, state=String(10), raised=Integer),
    *columns(holder=Text, holder_name=Text, version=Integer, opened=Float, updated=Float),
    *maybe(answered=Float, recalled=Float),
    Index("tickets_person", "person"),
    Index("tickets_state", "bureau", "state"),
)

ticket_words = Table(
    "ticket_words",
    metadata,
    *keys(bureau=String(BUREAU), number=Integer, position=Integer),
    *columns(person=Text, by=Text, by_name=Text, kind=String(10), text=Text, at=Float),
    ForeignKeyConstraint(["bureau", "number"], ["tickets.bureau", "tickets.number"], ondelete="CASCADE"),
)

# `standing` and `past` are words as JSON: those that answer while the row's own are a change, and those before them.
faqs = Table(
    "faqs",
    metadata,
    *keys(bureau=String(BUREAU), number=Integer),
    *columns(question=Text, answer=Text, similar=Text, kind=String(8), state=String(10), author=Text),
    *columns(author_name=Text, approver=Text, approver_name=Text, ticket=Integer, document=String(32)),
    *columns(valid_until=String(10), version=Integer, made=Float, updated=Float),
    Column("source", Text, nullable=False, server_default=text("''")),
    Column("standing", Text, nullable=False, server_default=text("''")),
    Column("past", Text, nullable=False, server_default=text("''")),
    Index("faqs_state", "bureau", "state"),
)

# Documents of a bureau's shelf that its people sent: `file` as it came, in base64; `pieces` and `notes` what its reader
# made of it, as JSON. What is published stands among the documents besides.
materials = Table(
    "materials",
    metadata,
    *keys(bureau=String(BUREAU), number=Integer),
    *columns(title=Text, name=Text, issuer=Text, dated=String(10), valid_until=String(10), state=String(10)),
    *columns(author=Text, author_name=Text, approver=Text, approver_name=Text, passages=Integer, size=Integer),
    *columns(hash=String(64), version=Integer, notes=Text, pieces=Text, file=Text, made=Float, updated=Float),
)

# What was handed in: frozen facts, or the file that came by mail; `rank` is 0 until it is ranked.
submissions = Table(
    "submissions",
    metadata,
    *keys(bureau=String(BUREAU), number=Integer),
    *columns(person=Text, name=Text, draft=String(32), source=String(8), title=Text, facts=Text, file=Text),
    *columns(hash=String(64), findings=Text, comments=Text, state=String(10), rank=Integer, version=Integer),
    *columns(made=Float, updated=Float),
    Index("submissions_person", "person"),
    Index("submissions_state", "bureau", "state"),
)

# Every act at a desk and every look at what an applicant handed in; only ever added to.
audit = Table(
    "audit",
    metadata,
    *keys(id=RowId),
    *columns(bureau=String(BUREAU), at=Float, person=Text, name=Text, role=String(10), act=String(24)),
    *columns(number=Integer, detail=Text),
    Index("audit_bureau", "bureau", "id"),
)

# Questions as they count in statistics; `thumb` is 1 or -1 once somebody judged the answer, `ticket` 0 for none.
asked = Table(
    "asked",
    metadata,
    *keys(id=RowId),
    *columns(bureau=String(BUREAU), person=Text, at=Float, status=String(16), topic=Text, question=Text),
    *columns(ticket=Integer, thumb=Integer, mark=String(16)),
    Index("asked_bureau", "bureau", "at"),
    Index("asked_person", "person"),
)

# How far the drafts are that may come to a bureau; nothing of what stands in them.
stages = Table(
    "stages",
    metadata,
    *keys(bureau=String(BUREAU), draft=String(32), person=Text),
    *columns(stage=String(8), at=Float),
    Index("stages_person", "person"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    *keys(bureau=String(BUREAU), person=Text, kind=String(12)),
    *columns(since=Float),
    *maybe(stopped=Float),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    *keys(bureau=String(BUREAU), number=Integer),
    *columns(text=Text, author=Text, author_name=Text, state=String(10), made=Float, updated=Float),
)

# What was sent to somebody on a bureau's behalf, by a key of its own, so that it is never sent twice.
told = Table(
    "told",
    metadata,
    *keys(bureau=String(BUREAU), person=Text, key=String(40)),
    *columns(at=Float),
)

# The last number of each kind of thing within a bureau.
counters = Table(
    "counters",
    metadata,
    *keys(bureau=String(BUREAU), kind=String(16)),
    *columns(value=Integer),
)

# Where a channel keeps a conversation on one matter: its thread in a chat, by the matter's key.
topics = Table(
    "topics",
    metadata,
    *keys(channel=String(16), chat=Text, key=String(24)),
    *columns(thread=Text, made=Float),
    Index("topics_thread", "channel", "chat", "thread"),
)

DESK = (
    bureaus, staff, staff_codes, groups, tickets, ticket_words, faqs, materials, submissions, audit, asked, stages,
    subscriptions, broadcasts, told, counters,
)  # fmt: skip
