"""The tables; times are seconds since 1970, contents are JSON that only their owners read."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.store.columns import RowId, Text

metadata = MetaData()

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("call", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated", Float, nullable=False),
)

draft_events = Table(
    "draft_events",
    metadata,
    Column("draft", ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("who", Text, nullable=False),
    Column("event", Text, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("draft", ForeignKey("drafts.id", ondelete="SET NULL")),
    Column("version", Integer, nullable=False),
    Column("updated", Float, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat", Text, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("at", Float, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat", Text, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("status", String(16), nullable=False),
    Column("pack", String(64), nullable=False),
    Column("model", Text, nullable=False),
    Column("record", Text, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("received", Float, nullable=False),
    Column("claimed", Float),
    Column("tries", Integer, nullable=False, default=0),
    Column("done", Float),
    Column("dead", Text),
    Column("holder", String(16)),
    Column("until", Float),
    UniqueConstraint("channel", "bot", "update_id"),
)
OPEN = inbox.c.done.is_(None)
NEXT_UPDATE = (inbox.c.channel, inbox.c.bot, inbox.c.chat, inbox.c.update_id)
Index("inbox_next", *NEXT_UPDATE, sqlite_where=OPEN, postgresql_where=OPEN)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("board", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("not_before", Float, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("message", Text),
    Column("why", Text),
    Column("updated", Float, nullable=False),
    Column("holder", String(16)),
    Column("until", Float),
)
Index("outbox_chat", outbox.c.channel, outbox.c.chat, outbox.c.state)
# Written out, because an index of a part is used only where that part is asked for in the same words.
WAITING = text("state IN ('queued', 'sending')")
NEXT_MESSAGE = (outbox.c.channel, outbox.c.chat, outbox.c.id)
Index("outbox_next", *NEXT_MESSAGE, sqlite_where=WAITING, postgresql_where=WAITING)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", String(16), nullable=False),
    Column("until", Float, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("collection", Text, nullable=False),
    Column("bureau", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("dated", String(10), nullable=False),
    Column("valid_until", String(10), nullable=False),
    Column("authority", String(16), nullable=False),
    Column("passages", Integer, nullable=False),
    Column("added", Float, nullable=False),
    Index("documents_scope", "collection", "bureau"),
)

passages = Table(
    "passages",
    metadata,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("ways", Text, nullable=False),
)

scopes = Table(
    "scopes",
    metadata,
    Column("collection", Text, primary_key=True),
    Column("bureau", Text, primary_key=True),
    # Seconds since 1970 and more, which 32 bits hold until 2038.
    Column("revision", RowId, nullable=False),
)

# What was used up of a day's budgets by a person, a bureau, all together (`whose`). It is the service's own, not a
# bureau's: a bureau is in it by its code and a number, nobody at a desk reads any of it, and no row leads to another.
spent = Table(
    "spent",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("what", String(8), primary_key=True),
    Column("whose", String(8), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("at", Float, nullable=False),
)

# A person is the name of their private chat.
draft_people = Table(
    "draft_people",
    metadata,
    Column("draft", ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("role", String(8), nullable=False),
    Column("unit", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("joined", Float, nullable=False),
    Column("gone", Float),
    Column("active", Float, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("confirmed", Text, nullable=False),
    Index("draft_people_person", "person"),
)

draft_versions = Table(
    "draft_versions",
    metadata,
    Column("draft", ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("told", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("made", Float, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("draft", ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("role", String(8), nullable=False),
    Column("unit", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made", Float, nullable=False),
    Column("expires", Float, nullable=False),
    Column("used_by", Text),
    Column("used", Float),
)
