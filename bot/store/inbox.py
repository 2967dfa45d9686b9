"""Raw updates: kept before they are acknowledged, handled once, buried when they keep failing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, Text, bindparam, case, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.engine import reading, writing
from bot.store.holding import ME, NOW, UNTIL, Holder, free, unlocked
from bot.store.tables import OPEN, inbox

# Statements are built once: building one costs as much as running it.
ROW: Final[BindParameter[int]] = bindparam("row")
SOURCE: Final = (inbox.c.channel == bindparam("of_channel"), inbox.c.bot == bindparam("of_bot"))
CHATS: Final = select(inbox.c.chat).where(*SOURCE, OPEN).distinct()
# As the channel numbered them, which is how they were said, in whatever order they came.
OLDEST: Final = (
    select(inbox.c.id)
    .where(*SOURCE, inbox.c.chat == bindparam("of_chat"), OPEN)
    .order_by(inbox.c.update_id)
    .limit(1)
    .scalar_subquery()
)
# Only the oldest can be taken, and only if nobody has it: that is what keeps a chat's updates in order everywhere. One
# that another process is just taking is left alone: two that wait for each other's chats would wait for ever.
CLAIM: Final = (
    inbox.update()
    .where(inbox.c.id.in_(unlocked(inbox, inbox.c.id == OLDEST)), OPEN, free(inbox))
    .values(claimed=NOW, holder=ME, until=UNTIL, tries=inbox.c.tries + 1)
    .returning(inbox.c.id, inbox.c.chat, inbox.c.payload, inbox.c.tries)
)
# What the person wrote is kept only if it failed; the row itself stays, so that a repeat is known.
FINISH: Final = (
    inbox.update()
    .where(
        inbox.c.id.in_(unlocked(inbox, inbox.c.id == ROW)), OPEN, or_(inbox.c.holder.is_(None), inbox.c.holder == ME)
    )
    .values(
        done=NOW,
        dead=bindparam("why"),
        payload=case((bindparam("why", type_=Text).is_(None), "null"), else_=inbox.c.payload),
    )
)


@dataclass(frozen=True)
class Update:
    """An update as a channel got it: its number there, the chat it belongs to, and all of it as JSON can hold it."""

    number: int
    chat: str
    payload: Any


@dataclass(frozen=True)
class Received:
    """An update in hand; `tries` counts this time too."""

    id: int
    chat: str
    payload: Any
    tries: int


class Inbox:
    """The updates of all channels, told apart by channel and bot."""

    def __init__(self, engine: Engine, holder: Holder):
        self._engine = engine
        self._holder = holder
        insert = (sqlite if engine.dialect.name == "sqlite" else postgresql).insert(inbox)
        once = insert.on_conflict_do_nothing(index_elements=["channel", "bot", "update_id"])
        self._receive = once.returning(inbox.c.update_id)

    def receive(self, source: tuple[str, str], updates: Sequence[Update]) -> set[int]:
        """Keep updates of (channel, bot); the numbers of those that weren't there yet. Durable on return."""
        common = {"channel": source[0], "bot": source[1], "received": self._holder.clock(), "tries": 0}
        # In order of their numbers, so that two processes that got the same ones can't wait for each other.
        rows = [
            {**common, "update_id": one.number, "chat": one.chat, "payload": json.dumps(one.payload)}
            for one in sorted(updates, key=lambda one: one.number)
        ]
        with writing(self._engine) as connection:
            return set(connection.execute(self._receive, rows).scalars()) if rows else set()

    def chats(self, source: tuple[str, str]) -> list[str]:
        """The chats with something that was received and not finished."""
        with reading(self._engine) as connection:
            return list(connection.execute(CHATS, _of(source)).scalars())

    def claim(self, source: tuple[str, str], chat: str) -> Received | None:
        """Take the chat's oldest update in hand and count the try; None when there is none or another has it."""
        with writing(self._engine) as connection:
            given = {**_of(source), "of_chat": chat, **self._holder.given()}
            found = connection.execute(CLAIM, given).one_or_none()
        return Received(found.id, found.chat, json.loads(found.payload), found.tries) if found else None

    def waits(self, source: tuple[str, str], chat: str) -> bool:
        """Whether something of the chat was received and not finished, whoever has it in hand."""
        with reading(self._engine) as connection:
            return connection.execute(select(OLDEST), {**_of(source), "of_chat": chat}).scalar() is not None

    def finish(self, connection: Connection, row: int, why: str | None = None) -> bool:
        """Within a transaction: the update needs nothing more, `why` if it failed.

        False when it was finished before, or when another process has taken it over or is about to.
        """
        given = {"row": row, "why": why, "me": self._holder.name, "now": self._holder.clock()}
        return connection.execute(FINISH, given).rowcount == 1


def _of(source: tuple[str, str]) -> dict[str, str]:
    return {"of_channel": source[0], "of_bot": source[1]}
