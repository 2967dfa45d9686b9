"""The record of what was done at a desk and of who looked at what was handed in: only ever added to."""

from __future__ import annotations

from typing import Any

from bot.desk.bureau.life import Looked, Record
from bot.desk.life import Line
from bot.store.desk.bound import Bound
from bot.store.desk_tables import audit
from bot.turn.acts import Act, Change
from bot.turn.wish import Wish

SHOWN = 15
MOST = 100


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
