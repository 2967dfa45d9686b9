"""The tables of the bureaus' desks; each row is one bureau's, and `person` names whose it is besides."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKeyConstraint, Index, Integer, String, Table, text

from bot.store.columns import RowId, Text
from bot.store.tables import metadata

__all__ = [
    "DESK", "asked", "audit", "broadcasts", "bureaus", "counters", "faqs", "groups", "materials", "metadata", "staff",
    "staff_codes", "stages", "submissions", "subscriptions", "ticket_words", "tickets", "told", "topics",
]  # fmt: skip
BUREAU = 32

bureaus = Table(
    "bureaus",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("settings", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated", Float, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("role", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("joined", Float, nullable=False),
    Column("gone", Float),
    Index("staff_person", "person"),
)

staff_codes = Table(
    "staff_codes",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("bureau", String(BUREAU), nullable=False, index=True),
    Column("role", String(8), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made", Float, nullable=False),
    Column("expires", Float, nullable=False),
    Column("used_by", Text),
    Column("used", Float),
)

# Chats in which several read along; each belongs to one bureau: its applicants' (`public`) or its people's (`staff`).
groups = Table(
    "groups",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("bureau", String(BUREAU), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made", Float, nullable=False),
)

# `raised` is 1 for one that was passed to the province.
tickets = Table(
    "tickets",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("raised", Integer, nullable=False),
    Column("holder", Text, nullable=False),
    Column("holder_name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened", Float, nullable=False),
    Column("updated", Float, nullable=False),
    Column("answered", Float),
    Column("recalled", Float),
    Index("tickets_person", "person"),
    Index("tickets_state", "bureau", "state"),
)

ticket_words = Table(
    "ticket_words",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("person", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Float, nullable=False),
    ForeignKeyConstraint(["bureau", "number"], ["tickets.bureau", "tickets.number"], ondelete="CASCADE"),
)

# `standing` and `past` are words as JSON: those that answer while the row's own are a change, and those before them.
faqs = Table(
    "faqs",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("similar", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("state", String(10), nullable=False),
    Column("author", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("approver", Text, nullable=False),
    Column("approver_name", Text, nullable=False),
    Column("ticket", Integer, nullable=False),
    Column("document", String(32), nullable=False),
    Column("valid_until", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("made", Float, nullable=False),
    Column("updated", Float, nullable=False),
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
    Column("bureau", String(BUREAU), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("dated", String(10), nullable=False),
    Column("valid_until", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("author", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("approver", Text, nullable=False),
    Column("approver_name", Text, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("notes", Text, nullable=False),
    Column("pieces", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("made", Float, nullable=False),
    Column("updated", Float, nullable=False),
)

# What was handed in: frozen facts, or the file that came by mail; `rank` is 0 until it is ranked.
submissions = Table(
    "submissions",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("draft", String(32), nullable=False),
    Column("source", String(8), nullable=False),
    Column("title", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("findings", Text, nullable=False),
    Column("comments", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made", Float, nullable=False),
    Column("updated", Float, nullable=False),
    Index("submissions_person", "person"),
    Index("submissions_state", "bureau", "state"),
)

# Every act at a desk and every look at what an applicant handed in; only ever added to.
audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("bureau", String(BUREAU), nullable=False),
    Column("at", Float, nullable=False),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("act", String(24), nullable=False),
    Column("number", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Index("audit_bureau", "bureau", "id"),
)

# Questions as they count in statistics; `thumb` is 1 or -1 once somebody judged the answer, `ticket` 0 for none.
asked = Table(
    "asked",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("bureau", String(BUREAU), nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("status", String(16), nullable=False),
    Column("topic", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("ticket", Integer, nullable=False),
    Column("thumb", Integer, nullable=False),
    Column("mark", String(16), nullable=False),
    Index("asked_bureau", "bureau", "at"),
    Index("asked_person", "person"),
)

# How far the drafts are that may come to a bureau; nothing of what stands in them.
stages = Table(
    "stages",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("draft", String(32), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("stage", String(8), nullable=False),
    Column("at", Float, nullable=False),
    Index("stages_person", "person"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("since", Float, nullable=False),
    Column("stopped", Float),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("made", Float, nullable=False),
    Column("updated", Float, nullable=False),
)

# What was sent to somebody on a bureau's behalf, by a key of its own, so that it is never sent twice.
told = Table(
    "told",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("at", Float, nullable=False),
)

# The last number of each kind of thing within a bureau.
counters = Table(
    "counters",
    metadata,
    Column("bureau", String(BUREAU), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("value", Integer, nullable=False),
)

# Where a channel keeps a conversation on one matter: its thread in a chat, by the matter's key.
topics = Table(
    "topics",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("key", String(24), primary_key=True),
    Column("thread", Text, nullable=False),
    Column("made", Float, nullable=False),
    Index("topics_thread", "channel", "chat", "thread"),
)

DESK = (
    bureaus, staff, staff_codes, groups, tickets, ticket_words, faqs, materials, submissions, audit, asked, stages,
    subscriptions, broadcasts, told, counters,
)  # fmt: skip
