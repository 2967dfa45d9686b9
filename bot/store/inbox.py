"""Raw updates: kept before they are acknowledged, handled once, buried when they keep failing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.engine import reading, writing
from bot.store.tables import inbox


@dataclass(frozen=True)
class Received:
    """An update in hand; `tries` counts this time too."""

    id: int
    chat: str
    payload: Any
    tries: int


class Inbox:
    """The updates of all channels, told apart by channel and bot."""

    def __init__(self, engine: Engine, clock: Callable[[], float]):
        self._engine = engine
        self._clock = clock
        self._insert = (sqlite if engine.dialect.name == "sqlite" else postgresql).insert

    def receive(self, source: tuple[str, str], update_id: int, chat: str, payload: object) -> int | None:
        """Keep an update of (channel, bot); its row, or None if it is there already. Durable on return."""
        channel, bot = source
        new = self._insert(inbox).values(
            channel=channel,
            bot=bot,
            update_id=update_id,
            chat=chat,
            payload=json.dumps(payload),
            received=self._clock(),
        )
        once = new.on_conflict_do_nothing(index_elements=["channel", "bot", "update_id"]).returning(inbox.c.id)
        with writing(self._engine) as connection:
            return connection.execute(once).scalar()

    def unfinished(self, source: tuple[str, str]) -> list[tuple[int, str]]:
        """Row and chat of what was received and not finished, oldest first."""
        channel, bot = source
        mine = (inbox.c.channel == channel) & (inbox.c.bot == bot) & inbox.c.done.is_(None)
        query = inbox.select().with_only_columns(inbox.c.id, inbox.c.chat).where(mine).order_by(inbox.c.id)
        with reading(self._engine) as connection:
            return [(row.id, row.chat) for row in connection.execute(query)]

    def claim(self, row: int) -> Received | None:
        """Take an update in hand and count the try; None when it is finished already."""
        change = (
            inbox.update()
            .where(inbox.c.id == row, inbox.c.done.is_(None))
            .values(claimed=self._clock(), tries=inbox.c.tries + 1)
            .returning(inbox.c.chat, inbox.c.payload, inbox.c.tries)
        )
        with writing(self._engine) as connection:
            found = connection.execute(change).one_or_none()
        return Received(row, found.chat, json.loads(found.payload), found.tries) if found else None


def finish(connection: Connection, row: int, now: float, dead: str | None = None) -> bool:
    """Within a transaction: the update needs nothing more; False when it was finished before.

    What the person wrote is kept only if it failed; the row itself stays, so that a repeat is known.
    """
    values = {"done": now, "dead": dead} | ({} if dead else {"payload": "null"})
    change = inbox.update().where(inbox.c.id == row, inbox.c.done.is_(None)).values(values)
    return connection.execute(change).rowcount == 1
