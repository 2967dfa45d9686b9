"""A person erased: what was theirs alone is gone, what others go on with no longer knows them."""

from __future__ import annotations

import json
import secrets
from typing import Any

from sqlalchemy import Connection, Table, select

from bot.store.columns import stored
from bot.store.desk.gone import unknown
from bot.store.spending import unused
from bot.store.tables import (
    answers,
    consents,
    conversations,
    draft_events,
    draft_people,
    draft_versions,
    drafts,
    inbox,
    invitations,
    outbox,
)
from bot.turn.channel import PULLED


def forget(connection: Connection, chat: str, user: str = "") -> None:
    """Within a transaction: erase everything of a person but the conversation's own row and what is on its way.

    At desks a person goes by `user`, where a channel tells that from the chat.
    """
    for draft in _drafts(connection, chat):
        _leave(connection, draft, chat)
    for table in (answers, consents):
        connection.execute(table.delete().where(table.c.chat == chat))
    unused(connection, chat)
    for person in {chat, user or chat}:
        unknown(connection, person)
    connection.execute(inbox.delete().where(inbox.c.chat == chat, inbox.c.done.is_not(None)))
    over = outbox.c.state.in_(("sent", "dead")) | (outbox.c.channel == PULLED)
    connection.execute(outbox.delete().where(outbox.c.chat == chat, over))


def expire(connection: Connection, before: float, most: int = 200) -> int:
    """Within a transaction: erase those who were silent since `before`, at most so many; how many that were.

    Whoever fills a draft together with somebody who was there later stays.
    """
    silent = conversations.select().where(conversations.c.updated < before).limit(most)
    gone = [row.chat for row in connection.execute(silent).all() if not _needed(connection, row.chat, before)]
    for chat in gone:
        forget(connection, chat)
        connection.execute(conversations.delete().where(conversations.c.chat == chat))
    return len(gone)


def prune(connection: Connection, before: float) -> None:
    """Within a transaction: drop what was handled and sent long ago; nobody delivers an update again so late."""
    connection.execute(inbox.delete().where(inbox.c.done < before))
    connection.execute(outbox.delete().where(outbox.c.state.in_(("sent", "dead")), outbox.c.updated < before))


def _needed(connection: Connection, chat: str, before: float) -> bool:
    mine = select(draft_people.c.draft).where(draft_people.c.person == chat, draft_people.c.gone.is_(None))
    later = select(draft_people.c.person).where(draft_people.c.draft.in_(mine), draft_people.c.active >= before)
    return connection.execute(later.limit(1)).first() is not None


def _drafts(connection: Connection, chat: str) -> list[str]:
    return list(connection.execute(select(draft_people.c.draft).where(draft_people.c.person == chat)).scalars())


def _leave(connection: Connection, draft: str, chat: str) -> None:
    """Out of one draft: it goes when nobody is left who may fill all of it, else to the one who joined first."""
    here = (draft_people.c.draft == draft) & draft_people.c.gone.is_(None) & (draft_people.c.person != chat)
    others = connection.execute(draft_people.select().where(here).order_by(draft_people.c.joined)).all()
    heir = next((row.person for row in others if row.role in ("owner", "editor")), None)
    if heir is None and _owns(connection, draft, chat):
        connection.execute(drafts.delete().where(drafts.c.id == draft))
        return
    if _owns(connection, draft, chat):
        theirs = (draft_people.c.draft == draft) & (draft_people.c.person == heir)
        connection.execute(draft_people.update().where(theirs).values(role="owner"))
        connection.execute(drafts.update().where(drafts.c.id == draft).values(owner=heir))
    _rename(connection, draft, chat, f"gone:{secrets.token_hex(6)}")


def _owns(connection: Connection, draft: str, chat: str) -> bool:
    return connection.execute(select(drafts.c.owner).where(drafts.c.id == draft)).scalar() == stored(chat)


def _rename(connection: Connection, draft: str, chat: str, nobody: str) -> None:
    """What the person did stays as done by somebody whom nothing leads back to."""
    mine = (draft_people.c.draft == draft) & (draft_people.c.person == chat)
    left = {"person": nobody, "name": "", "gone": draft_people.c.active, "role": "editor"}
    connection.execute(draft_people.update().where(mine).values(left))
    for table, column in ((draft_versions, "person"), (invitations, "made_by"), (invitations, "used_by")):
        _replace(connection, table, column, draft, (chat, nobody))
    rows = connection.execute(draft_events.select().where(draft_events.c.draft == draft)).all()
    for row in rows:
        event: dict[str, Any] = json.loads(row.event)
        if event.get("by") == chat:
            this = (draft_events.c.draft == draft) & (draft_events.c.version == row.version)
            values = {"who": nobody, "event": json.dumps({**event, "by": nobody})}
            connection.execute(
                draft_events.update().where(this, draft_events.c.position == row.position).values(values)
            )


def _replace(connection: Connection, table: Table, column: str, draft: str, names: tuple[str, str]) -> None:
    old, new = names
    its = (table.c.draft == draft) & (table.c[column] == old)
    connection.execute(table.update().where(its).values({column: new}))
