"""The record of what was done at a desk and of who looked at what was handed in: only ever added to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from bot.desk.bureau.life import Looked, Record
from bot.desk.life import Line
from bot.store.desk.bound import Bound, Look
from bot.store.desk_tables import audit
from bot.turn.acts import Act, Change
from bot.turn.wish import Seen, Wish

SHOWN = 15
MOST = 100
C = TypeVar("C", bound=Change)
Performed = Callable[[Bound, Act[Change]], None]


def of(change: type[C], perform: Callable[[Bound, Act[C]], None]) -> tuple[type[Change], Performed]:
    """A kind of change with the function that carries it out, which gets it as what it is."""

    def performed(bound: Bound, act: Act[Change]) -> None:
        assert isinstance(act.change, change)
        perform(bound, Act(act.scope, act.change, act.number, act.was, act.name))

    return change, performed


def noted(bound: Bound, act: Act[Change], detail: str = "") -> None:
    """An act in the record, under its own kind."""
    scope = act.scope
    who = {"person": scope.user, "name": act.name, "role": scope.role}
    bound.add(audit, at=bound.now, **who, act=act.change.kind, number=act.number, detail=detail)


def looked(bound: Bound, act: Act[Looked]) -> None:
    """A look at something that an applicant handed in."""
    noted(bound, act, act.change.detail)


def record(seen: Bound, wish: Wish) -> Record:
    """The last acts, as many as are asked for."""
    return Record(lines(seen, most=min(wish.number or SHOWN, MOST)))


def lines(seen: Bound, *which: Any, most: int = 1) -> tuple[Line, ...]:
    """The last lines of the record that are asked for, newest first."""
    rows = seen.rows(audit, *which, order=(audit.c.id.desc(),), most=most)
    return tuple(Line(row.at, row.name, row.act, row.number, row.detail) for row in rows)


CHANGES: Final = (of(Looked, looked),)
LOOKS: Final[dict[type[Seen], Look]] = {Record: record}
