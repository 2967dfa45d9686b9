"""Raw updates: kept before they are acknowledged, handled once, buried when they keep failing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, Text, and_, bindparam, case, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.connection import reading, writing
from bot.store.holding import ME, NOW, UNTIL, Holder, free, unlocked
from bot.store.tables import OPEN, inbox

FOR_EVER: Final = 1e12
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
BEFORE: Final = inbox.alias("before")
FOLLOWS: Final = (
    select(BEFORE.c.id)
    .where(
        BEFORE.c.channel == inbox.c.channel, BEFORE.c.bot == inbox.c.bot, BEFORE.c.update_id == inbox.c.update_id - 1
    )
    .exists()
)
# Only the oldest can be taken, and only if nobody has it: that is what keeps a chat's updates in order everywhere. One
# that another process is just taking is left alone, and what can't be taken isn't locked: who has it may be about to
# finish it. Where the one before, of whichever chat, is still on its way, it is waited for until `arrived`.
CLAIM: Final = (
    inbox.update()
    .where(
        inbox.c.id.in_(
            unlocked(
                inbox,
                and_(inbox.c.id == OLDEST, OPEN, free(inbox), or_(inbox.c.received <= bindparam("arrived"), FOLLOWS)),
            )
        )
    )
    .values(claimed=NOW, holder=ME, until=UNTIL, tries=inbox.c.tries + 1)
    .returning(inbox.c.id, inbox.c.chat, inbox.c.payload, inbox.c.tries)
)
# What the person wrote is kept only if it failed; the row itself stays, so that a repeat is known.
FINISH: Final = (
    inbox.update()
    .where(inbox.c.id == ROW, OPEN, or_(inbox.c.holder.is_(None), inbox.c.holder == ME))
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

    def claim(self, source: tuple[str, str], chat: str, patience: float = 0.0) -> Received | None:
        """Take the chat's oldest update in hand and count the try; None when there is none or another has it.

        Behind a gap in the numbers it is left for so many seconds after it came: what is missing may be just arriving.
        """
        with writing(self._engine) as connection:
            taken = self._holder.given()
            arrived = taken["now"] - patience if patience else FOR_EVER
            given = {**_of(source), "of_chat": chat, "arrived": arrived, **taken}
            found = connection.execute(CLAIM, given).one_or_none()
        return Received(found.id, found.chat, json.loads(found.payload), found.tries) if found else None

    def waits(self, source: tuple[str, str], chat: str) -> bool:
        """Whether something of the chat was received and not finished, whoever has it in hand."""
        with reading(self._engine) as connection:
            return connection.execute(select(OLDEST), {**_of(source), "of_chat": chat}).scalar() is not None

    def finish(self, connection: Connection, row: int, why: str | None = None) -> bool:
        """Within a transaction: the update needs nothing more, `why` if it failed.

        False when it was finished before, or when another process has taken it over.
        """
        given = {"row": row, "why": why, "me": self._holder.name, "now": self._holder.clock()}
        return connection.execute(FINISH, given).rowcount == 1


def _of(source: tuple[str, str]) -> dict[str, str]:
    return {"of_channel": source[0], "of_bot": source[1]}
