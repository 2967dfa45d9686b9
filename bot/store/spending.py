"""What was used up of a day's budgets: counted once for all processes on a database, never beyond what there is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.connection import writing
from bot.store.tables import spent
from bot.turn.budget import Share, What

KEY: Final = ("day", "what", "whose", "name")
NOW: Final[BindParameter[float]] = bindparam("now_")
MOST: Final[BindParameter[int]] = bindparam("most_")
# The day itself, in China and wherever the server is, is over by then.
KEPT_DAYS: Final = 2


class SpentError(Exception):
    """A share is used up; what was counted in the others is undone."""


class Spending:
    """Counts on the database of `engine`; called from many threads and processes at once."""

    def __init__(self, engine: Engine, clock: Callable[[], float]):
        self._engine, self._clock = engine, clock
        one_writer = engine.dialect.name == "sqlite"
        # Threads that wait here need no connection, and don't wake each other in vain.
        self._turn: AbstractContextManager[Any] = threading.Lock() if one_writer else nullcontext()
        insert = (sqlite if one_writer else postgresql).insert(spent)
        first = insert.values({name: bindparam(f"{name}_") for name in KEY} | {"times": 1, "at": NOW})
        more = {"times": spent.c.times + 1, "at": NOW}
        self._count = first.on_conflict_do_update(
            index_elements=list(KEY), set_=more, where=spent.c.times < MOST
        ).returning(spent.c.times)

    def spend(self, what: What, day: date, shares: Sequence[Share]) -> bool:
        """Whether every share has some left on that day; it is then less by one in each, else in none."""
        if any(share.most < 1 for share in shares):
            return False
        if not shares:
            return True
        try:
            with self._turn, writing(self._engine) as connection, connection.begin_nested():
                for share in shares:
                    self._take(connection, share, {"day_": day.isoformat(), "what_": what})
        except SpentError:
            return False
        return True

    def _take(self, connection: Connection, share: Share, of: dict[str, str]) -> None:
        # Always in the order of the shares, so that two who count never wait for each other.
        values = of | {"whose_": share.whose, "name_": share.name, "most_": share.most, "now_": self._clock()}
        if connection.execute(self._count, values).scalar() is None:
            raise SpentError


def used(connection: Connection, person: str) -> list[dict[str, Any]]:
    """Within a transaction: what is kept of a person, as JSON has it."""
    rows = connection.execute(spent.select().where(*_theirs(person)).order_by(spent.c.day, spent.c.what)).all()
    return [{"day": row.day, "what": row.what, "times": row.times} for row in rows]


def unused(connection: Connection, person: str) -> None:
    """Within a transaction: forget what a person used up."""
    connection.execute(spent.delete().where(*_theirs(person)))


def _theirs(person: str) -> tuple[Any, ...]:
    return spent.c.whose == "person", spent.c.name == person


def sweep(connection: Connection, now: float) -> None:
    """Within a transaction: drop the days that are over."""
    connection.execute(spent.delete().where(spent.c.at < now - KEPT_DAYS * 24 * 3600.0))
