"""Raw updates: kept before they are acknowledged, handled once, buried when they keep failing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, Text, bindparam, case
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.engine import reading, writing
from bot.store.tables import inbox

# Statements are built once: building one costs as much as running it.
OPEN: Final = inbox.c.done.is_(None)
ROW: Final[BindParameter[int]] = bindparam("row")
UNFINISHED: Final = (
    inbox.select()
    .with_only_columns(inbox.c.id, inbox.c.chat)
    .where(inbox.c.channel == bindparam("channel"), inbox.c.bot == bindparam("bot"), OPEN)
    .order_by(inbox.c.id)
)
CLAIM: Final = (
    inbox.update()
    .where(inbox.c.id == ROW, OPEN)
    .values(claimed=bindparam("now"), tries=inbox.c.tries + 1)
    .returning(inbox.c.chat, inbox.c.payload, inbox.c.tries)
)
# What the person wrote is kept only if it failed; the row itself stays, so that a repeat is known.
FINISH: Final = (
    inbox.update()
    .where(inbox.c.id == ROW, OPEN)
    .values(
        done=bindparam("now"),
        dead=bindparam("why"),
        payload=case((bindparam("why", type_=Text).is_(None), "null"), else_=inbox.c.payload),
    )
)


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
        insert = (sqlite if engine.dialect.name == "sqlite" else postgresql).insert(inbox)
        once = insert.on_conflict_do_nothing(index_elements=["channel", "bot", "update_id"])
        self._receive = once.returning(inbox.c.id)

    def receive(self, source: tuple[str, str], update_id: int, chat: str, payload: object) -> int | None:
        """Keep an update of (channel, bot); its row, or None if it is there already. Durable on return."""
        values = {
            "channel": source[0],
            "bot": source[1],
            "update_id": update_id,
            "chat": chat,
            "payload": json.dumps(payload),
            "received": self._clock(),
            "tries": 0,
        }
        with writing(self._engine) as connection:
            return connection.execute(self._receive, values).scalar()

    def unfinished(self, source: tuple[str, str]) -> list[tuple[int, str]]:
        """Row and chat of what was received and not finished, oldest first."""
        given = {"channel": source[0], "bot": source[1]}
        with reading(self._engine) as connection:
            return [(row.id, row.chat) for row in connection.execute(UNFINISHED, given)]

    def claim(self, row: int) -> Received | None:
        """Take an update in hand and count the try; None when it is finished already."""
        with writing(self._engine) as connection:
            found = connection.execute(CLAIM, {"row": row, "now": self._clock()}).one_or_none()
        return Received(row, found.chat, json.loads(found.payload), found.tries) if found else None


def finish(connection: Connection, row: int, now: float, why: str | None = None) -> bool:
    """Within a transaction: the update needs nothing more, `why` if it failed; False when it was finished before."""
    return connection.execute(FINISH, {"row": row, "now": now, "why": why}).rowcount == 1
