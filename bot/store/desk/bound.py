"""The first wall between bureaus: statements that are narrowed to what a scope may see before they are run."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Row, Table, and_, false, func, literal, or_, select, true
from sqlalchemy.exc import IntegrityError

from bot.store import walls
from bot.store.columns import stored
from bot.store.connection import reading, writing
from bot.store.desk_tables import DESK, bureaus, counters, groups, staff, staff_codes, ticket_words, tickets
from bot.turn.overlay import SILENT, Overlay
from bot.turn.ports import StaleError
from bot.turn.scope import EVERY, Scope
from bot.turn.wish import Seen, Wish

V = TypeVar("V")
Condition = ColumnElement[bool]
Look = Callable[["Bound", Wish], Seen]
# What an applicant never sees a row of.
INSIDE: Final = frozenset({"faqs", "materials", "audit", "broadcasts", "staff_codes", "groups"})


@dataclass(frozen=True)
class Bound:
    """A transaction seen through a scope, at a time in seconds since 1970.

    `code` is the one code and `chat` the one chat that may be looked up although nobody knows yet whose it is.
    """

    connection: Connection
    scope: Scope
    now: float
    code: str = ""
    chat: str = ""

    def rows(
        self,
        table: Table,
        *which: Condition,
        order: Sequence[Any] = (),
        most: int | None = None,
        only: Sequence[ColumnElement[Any]] = (),
    ) -> list[Row[Any]]:
        """The rows of a table that the scope may see, of those that are asked for; with `only`, those columns of it."""
        query = select(*only) if only else select(table)
        query = query.where(self._seen(table), *which).order_by(*order).limit(most)
        return list(self.connection.execute(query).all())

    def one(self, table: Table, *which: Condition) -> Row[Any] | None:
        """The first such row, None where there is none to be seen."""
        rows = self.rows(table, *which, most=1)
        return rows[0] if rows else None

    def count(self, table: Table, *which: Condition) -> int:
        """How many rows the scope may see."""
        query = select(func.count()).select_from(table).where(self._seen(table), *which)
        return int(self.connection.execute(query).scalar_one())

    def add(self, table: Table, of: Row[Any] | None = None, /, **values: Any) -> None:
        """A row of the scope's own bureau, or of that of a row it was shown; StaleError when there is such a one."""
        bureau = self.scope.bureau if of is None else of.bureau
        try:
            # Without asking for its number back: whoever may write a row may not always read it.
            self.connection.execute(table.insert().inline().values(bureau=bureau, **values))
        except IntegrityError as error:
            raise StaleError from error

    def next(self, kind: str) -> int:
        """The number that comes next within the bureau, of a kind of thing."""
        row = self.one(counters, counters.c.bureau == self.scope.bureau, counters.c.kind == kind)
        return (row.value if row else 0) + 1

    def take(self, kind: str, number: int) -> None:
        """Use up the number that came next; StaleError when somebody else has it by now."""
        mine = (counters.c.bureau == self.scope.bureau, counters.c.kind == kind)
        if number == 1:
            self.add(counters, kind=kind, value=1)
        else:
            self.once(counters, *mine, counters.c.value == number - 1, value=number)

    def begin(self, table: Table, number: int, **values: Any) -> None:
        """A thing's first row under the number that came next of its kind; StaleError when somebody else has it."""
        self.take(table.name, number)
        self.add(table, number=number, updated=self.now, **values)

    def change(self, table: Table, *which: Condition, **values: Any) -> int:
        """Change rows that the scope may see; how many there were."""
        return int(self.connection.execute(table.update().where(self._seen(table), *which).values(**values)).rowcount)

    def once(self, table: Table, *which: Condition, **values: Any) -> None:
        """Change the one row that is meant; StaleError when it is no longer as it was, or not to be seen."""
        if self.change(table, *which, **values) != 1:
            raise StaleError

    def drop(self, table: Table, *which: Condition) -> int:
        """Remove rows that the scope may see; how many there were."""
        return int(self.connection.execute(table.delete().where(self._seen(table), *which)).rowcount)

    def _seen(self, table: Table) -> Condition:
        return SEEN.get(table.name, _their)(self, table)


def _own(bound: Bound, table: Table) -> Condition:
    scope = bound.scope
    if scope.bureau == EVERY:
        return true() if scope.role == "operator" else false()
    return table.c.bureau == literal(scope.bureau)


def _inside(bound: Bound, table: Table) -> Condition:
    """What only those who work there see."""
    return _own(bound, table) if bound.scope.serves else false()


def _their(bound: Bound, table: Table) -> Condition:
    """What those who work there see all of, and anybody else as far as it is theirs."""
    if table.name in INSIDE:
        return _inside(bound, table)
    mine = table.c.person == stored(bound.scope.user)
    return _own(bound, table) if bound.scope.serves else and_(_own(bound, table), mine)


def _ticket(bound: Bound, table: Table) -> Condition:
    raised = table.c.raised == 1
    return or_(_their(bound, table), raised) if bound.scope.role == "province" else _their(bound, table)


def _word(bound: Bound, table: Table) -> Condition:
    if bound.scope.role != "province":
        return _their(bound, table)
    above = select(tickets.c.number).where(
        tickets.c.raised == 1, tickets.c.bureau == ticket_words.c.bureau, tickets.c.number == ticket_words.c.number
    )
    return or_(_their(bound, table), above.exists())


SEEN: Final[dict[str, Callable[[Bound, Table], Condition]]] = {
    bureaus.name: _own,
    counters.name: _own,
    staff.name: lambda bound, table: or_(_inside(bound, table), table.c.person == stored(bound.scope.user)),
    staff_codes.name: lambda bound, table: or_(_inside(bound, table), table.c.code == bound.code),
    groups.name: lambda bound, table: or_(_inside(bound, table), table.c.chat == stored(bound.chat)),
    tickets.name: _ticket,
    ticket_words.name: _word,
}
assert {table.name for table in DESK} >= set(SEEN)


def value_of(kind: Callable[..., V], row: Row[Any], **parsed: Any) -> V:
    """A row as a value of a kind whose parts it has by their names, but for those that it keeps in another shape."""
    held = row._mapping
    return kind(**{name: held[name] for name in _parts(kind) if name in held and name not in parsed}, **parsed)


@lru_cache(maxsize=16)
def _parts(kind: Callable[..., object]) -> tuple[str, ...]:
    return tuple(inspect.signature(kind).parameters)


@contextmanager
def bound(connection: Connection, scope: Scope, now: float, code: str = "", chat: str = "") -> Iterator[Bound]:
    """A transaction seen through a scope for the length of the block, by both walls."""
    with walls.within(connection, scope, code, chat):
        yield Bound(connection, scope, now, code, chat)


# For so many seconds what bureaus say of themselves is not looked up again.
FRESH: Final = 2.0


class Desks:
    """The only way in from outside: every look and every change names the scope it is made in."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self.clock = engine, clock
        self._said: dict[str, tuple[float, Overlay]] = {}

    @contextmanager
    def look(self, scope: Scope, code: str = "", chat: str = "") -> Iterator[Bound]:
        """What is there, as the scope sees it."""
        with reading(self._engine) as connection, bound(connection, scope, self.clock(), code, chat) as seen:
            yield seen

    @contextmanager
    def change(self, scope: Scope, code: str = "", chat: str = "") -> Iterator[Bound]:
        """A transaction that changes what the scope may change: all of the block or nothing."""
        with writing(self._engine) as connection, bound(connection, scope, self.clock(), code, chat) as seen:
            yield seen

    def overlay(self, bureau: str) -> Overlay:
        """What a bureau says of itself, as it said it a moment ago."""
        if not bureau:
            return SILENT
        until, said = self._said.get(bureau, (0.0, SILENT))
        if time.monotonic() >= until:
            with self.look(Scope(bureau, "applicant", "")) as seen:
                row = seen.one(bureaus)
            said = Overlay.model_validate_json(row.settings) if row else SILENT
            self._said[bureau] = (time.monotonic() + FRESH, said)
        return said

    def forget(self) -> None:
        """Somebody changed what a bureau says of itself."""
        self._said.clear()
