"""Acts carried out, after the rights to them were looked at once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from bot.desk.bureau.life import Joined
from bot.store.desk import (
    applications,
    bureaus,
    crew,
    entries,
    letters,
    materials,
    record,
    sayings,
    statistics,
    tickets,
)  # fmt: skip
from bot.store.desk.bound import bound
from bot.store.desk.record import Performed
from bot.turn.acts import Act, Change

PERFORMED: Final[Mapping[type[Change], Performed]] = dict((
    *applications.CHANGES, *bureaus.CHANGES, *crew.CHANGES, *entries.CHANGES, *letters.CHANGES, *materials.CHANGES,
    *statistics.CHANGES, *record.CHANGES, *sayings.CHANGES, *tickets.CHANGES,
))  # fmt: skip


def perform(connection: Connection, acts: Sequence[Act[Change]], now: float) -> None:
    """Within a transaction: do what the acts say, in order; StaleError when one came too late or has no right to it."""
    for act in acts:
        joins = act.change if isinstance(act.change, Joined) else None
        with bound(connection, act.scope, now, code=joins.code if joins else "") as seen:
            # Whoever joins has no right yet but the code.
            if joins is None:
                crew.attest(seen, act)
            PERFORMED[type(act.change)](seen, act)
