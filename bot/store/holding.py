"""Who has what in hand: a process holds it until its lease ends, renews it while it lives, lets go when it stops.

When that is, the database server says, the same for all processes on it.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.connection import StoreError, reading, writing
from bot.store.tables import OPEN, WAITING, inbox, leases, outbox

log = logging.getLogger(__name__)

# How often within a lease it is renewed, and after how long without a sign of life it is not any more.
BEATS: Final = 10
HANGING: Final = 30.0
# An answer that was so long under way says little about what time it is now.
SLOW: Final = 0.1

ME: Final[BindParameter[str]] = bindparam("me")
NOW: Final[BindParameter[float]] = bindparam("now")
UNTIL: Final[BindParameter[float]] = bindparam("until_")


class ServerClock:
    """Seconds since 1970 as the server counts them; asked for once and whenever `sync` is called."""

    def __init__(self, engine: Engine, passing: Callable[[], float] = time.monotonic):
        self._engine = engine
        self._passing = passing
        self._ahead: float | None = None
        self.sync()

    def __call__(self) -> float:
        """The time now."""
        assert self._ahead is not None
        return self._passing() + self._ahead

    def sync(self) -> None:
        """Ask the server again: a machine that slept has lost count.

        What a busy machine measures is off by as long as it waited: it only moves the time out of what can't be.
        """
        with reading(self._engine) as connection:
            asked = self._passing()
            now = float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
            heard = self._passing()
        low, high = now - heard, now - asked
        if self._ahead is None or heard - asked <= SLOW:
            self._ahead = (low + high) / 2
        self._ahead = min(max(self._ahead, low), high)


@dataclass(frozen=True)
class Holder:
    """This process on this database: its name, its clock in seconds since 1970, and how long a lease of its lasts.

    With a lease of nothing whatever anybody holds may be taken: right where there is one process only, since what
    another one held it left behind.
    """

    clock: Callable[[], float]
    lease: float
    name: str = field(default_factory=lambda: secrets.token_hex(8))

    def given(self) -> dict[str, Any]:
        """The parameters of a statement that takes something in hand."""
        now = self.clock()
        return {"me": self.name, "now": now, "until_": now + self.lease}


def free(table: Table) -> ColumnElement[bool]:
    """The condition that a row is nobody's, ours, or of one whose lease has ended."""
    return or_(table.c.holder.is_(None), table.c.holder == ME, table.c.until <= NOW)


def unlocked(table: Table, which: ColumnElement[bool]) -> Select[Any]:
    """The keys of rows, locked from now on, without those that another transaction has locked."""
    return select(*table.primary_key.columns).where(which).with_for_update(skip_locked=True)


def in_hand(holder: Holder) -> tuple[tuple[Table, ColumnElement[bool]], ...]:
    """Every kind of row that may be held, with the condition that it is held by this process."""
    mine = [table.c.holder == holder.name for table in (inbox, outbox, leases)]
    return (inbox, OPEN & mine[0]), (outbox, WAITING & mine[1]), (leases, mine[2])


class Leases:
    """Leases by name, and those on updates and messages, renewed and given back together."""

    def __init__(self, engine: Engine, holder: Holder):
        self._engine = engine
        self._holder = holder
        insert = (sqlite if engine.dialect.name == "sqlite" else postgresql).insert(leases)
        values = {"holder": ME, "until": UNTIL}
        taken = insert.values(name=bindparam("name_"), **values)
        self._hold = taken.on_conflict_do_update(index_elements=["name"], set_=values, where=free(leases)).returning(
            leases.c.name
        )

    def hold(self, name: str) -> bool:
        """Whether the name is ours from now on, until the lease ends or is renewed."""
        with writing(self._engine) as connection:
            return connection.execute(self._hold, {"name_": name, **self._holder.given()}).scalar() is not None

    def renew(self) -> None:
        """Put off the end of everything in hand."""
        self._all_until(self._holder.given()["until_"])

    def release(self) -> None:
        """Let go of everything, so that others need not wait for the lease to end."""
        self._all_until(0.0)

    def _all_until(self, until: float) -> None:
        # What is locked is just being finished or taken, and needs nothing from us.
        with writing(self._engine) as connection:
            for table, mine in in_hand(self._holder):
                (key,) = table.primary_key.columns
                connection.execute(update(table).where(key.in_(unlocked(table, mine))).values(until=until))

    def orphans(self, source: tuple[str, str]) -> tuple[dict[str, int], dict[str, int]]:
        """What of (channel, bot) waits and nobody has in hand: chats with how many updates, and how many messages."""
        channel, bot = source
        updates = inbox.c.channel == channel, inbox.c.bot == bot, OPEN, free(inbox)
        messages = outbox.c.channel == channel, WAITING, free(outbox), outbox.c.not_before <= NOW
        with reading(self._engine) as connection:
            return self._counted(connection, inbox, updates), self._counted(connection, outbox, messages)

    def _counted(self, connection: Connection, table: Table, which: Sequence[Any]) -> dict[str, int]:
        query = select(table.c.chat, func.count()).where(*which).group_by(table.c.chat)
        rows = connection.execute(query, self._holder.given())
        return {chat: count for chat, count in rows}  # noqa: C416 - rows are no pairs to the type checker


class Pulse:
    """Renews what is in hand from a thread of its own, however much else there is to do in the process.

    A process that gives no sign of life for HANGING seconds is left to die: what it has in hand goes to others.
    """

    def __init__(self, leases: Leases, seconds: float, passing: Callable[[], float] = time.monotonic):
        self._leases = leases
        self._seconds = seconds
        self._passing = passing
        self._alive = passing()
        self._ask: Callable[[], object] = self.alive
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def start(self, ask: Callable[[], object]) -> None:
        """Renew from now on, and `ask` for a sign of life each time; nothing where nobody else can be."""
        self._ask = ask
        if self._seconds:
            self._thread.start()

    def alive(self) -> None:
        """A sign of life."""
        self._alive = self._passing()

    def beat(self) -> None:
        """Renew once, unless the process hangs; a database that is away is asked again next time."""
        self._ask()
        if self._passing() - self._alive > HANGING:
            return
        try:
            self._leases.renew()
        except StoreError as error:
            log.warning("what is in hand could not be renewed: %s", error)

    def _run(self) -> None:
        while not self._ended.wait(self._seconds / BEATS):
            self.beat()

    def stop(self) -> None:
        """Renew no more."""
        self._ended.set()
        if self._thread.ident:
            self._thread.join()
