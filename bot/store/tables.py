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

from bot.store.columns import RowId, Text, columns, keys, maybe

metadata = MetaData()

drafts = Table(
    "drafts",
    metadata,
    *keys(id=String(32)),
    *columns(owner=Text, call=Text, facts=Text, version=Integer, updated=Float),
)

draft_events = Table(
    "draft_events",
    metadata,
    *keys(draft=ForeignKey("drafts.id", ondelete="CASCADE"), version=Integer, position=Integer),
    *columns(at=Float, who=Text, event=Text),
)

conversations = Table(
    "conversations",
    metadata,
    *keys(chat=Text),
    *columns(state=Text),
    *maybe(draft=ForeignKey("drafts.id", ondelete="SET NULL")),
    *columns(version=Integer, updated=Float),
)

consents = Table(
    "consents",
    metadata,
    *keys(id=RowId),
    Column("chat", Text, nullable=False, index=True),
    *columns(who=Text, version=Text, at=Float),
)

answers = Table(
    "answers",
    metadata,
    *keys(id=RowId),
    Column("chat", Text, nullable=False, index=True),
    *columns(who=Text, at=Float, status=String(16), pack=String(64), model=Text, record=Text),
)

inbox = Table(
    "inbox",
    metadata,
    *keys(id=RowId),
    *columns(channel=Text, bot=Text, update_id=BigInteger, chat=Text, payload=Text, received=Float),
    *maybe(claimed=Float),
    Column("tries", Integer, nullable=False, default=0),
    *maybe(done=Float, dead=Text, holder=String(16), until=Float),
    UniqueConstraint("channel", "bot", "update_id"),
)
OPEN = inbox.c.done.is_(None)
NEXT_UPDATE = (inbox.c.channel, inbox.c.bot, inbox.c.chat, inbox.c.update_id)
Index("inbox_next", *NEXT_UPDATE, sqlite_where=OPEN, postgresql_where=OPEN)

outbox = Table(
    "outbox",
    metadata,
    *keys(id=RowId),
    *columns(channel=Text, chat=Text, board=Text, payload=Text, state=String(8), not_before=Float),
    Column("tries", Integer, nullable=False, default=0),
    *maybe(message=Text, why=Text),
    *columns(updated=Float),
    *maybe(holder=String(16), until=Float),
)
Index("outbox_chat", outbox.c.channel, outbox.c.chat, outbox.c.state)
# Written out, because an index of a part is used only where that part is asked for in the same words.
WAITING = text("state IN ('queued', 'sending')")
NEXT_MESSAGE = (outbox.c.channel, outbox.c.chat, outbox.c.id)
Index("outbox_next", *NEXT_MESSAGE, sqlite_where=WAITING, postgresql_where=WAITING)

leases = Table(
    "leases",
    metadata,
    *keys(name=Text),
    *columns(holder=String(16), until=Float),
)

documents = Table(
    "documents",
    metadata,
    *keys(id=String(32)),
    *columns(collection=Text, bureau=Text, name=Text, version=Text, title=Text, issuer=Text, dated=String(10)),
    *columns(valid_until=String(10), authority=String(16), passages=Integer, added=Float),
    Index("documents_scope", "collection", "bureau"),
)

passages = Table(
    "passages",
    metadata,
    *keys(document=ForeignKey("documents.id", ondelete="CASCADE"), position=Integer),
    *columns(id=Text, locator=Text, source=Text, text=Text, ways=Text),
)

scopes = Table(
    "scopes",
    metadata,
    *keys(collection=Text, bureau=Text),
    # Seconds since 1970 and more, which 32 bits hold until 2038.
    *columns(revision=RowId),
)

# What was used up of a day's budgets by a person, a bureau, all together (`whose`). It is the service's own, not a
# bureau's: a bureau is in it by its code and a number, nobody at a desk reads any of it, and no row leads to another.
spent = Table(
    "spent",
    metadata,
    *keys(day=String(10), what=String(8), whose=String(8), name=Text),
    *columns(times=Integer, at=Float),
)

# A person is the name of their private chat.
draft_people = Table(
    "draft_people",
    metadata,
    *keys(draft=ForeignKey("drafts.id", ondelete="CASCADE"), person=Text),
    *columns(role=String(8), unit=Text, name=Text, joined=Float),
    *maybe(gone=Float),
    *columns(active=Float, seen=Integer, confirmed=Text),
    Index("draft_people_person", "person"),
)

draft_versions = Table(
    "draft_versions",
    metadata,
    *keys(draft=ForeignKey("drafts.id", ondelete="CASCADE"), number=Integer),
    *columns(told=Text, person=Text, facts=Text, made=Float),
)

invitations = Table(
    "invitations",
    metadata,
    *keys(code=String(16)),
    Column("draft", ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False, index=True),
    *columns(role=String(8), unit=Text, made_by=Text, made=Float, expires=Float),
    *maybe(used_by=Text, used=Float),
)
