"""Acts carried out: which function does what, after the rights to it were looked at once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection

from bot.store.desk import (
    applications,
    bureaus,
    entries,
    letters,
    materials,
    people,
    questions,
    record,
    sayings,
    tickets,
)
from bot.store.desk.bound import Bound, bound
from bot.turn.acts import Act

ACTS: Final[dict[str, Callable[[Bound, Act], None]]] = {
    "settle": bureaus.settle, "recruit": people.recruited, "join": people.joined, "dismiss": people.dismissed,
    "bind": people.bind, "look": record.looked, "shelve": sayings.shelve,
    "ticket": tickets.opened, "tend": tickets.tended,
    "judge": questions.judged, "subscribe": letters.subscribed, "broadcast": letters.written, "send": letters.sent,
    "apply": applications.applied, "renew": applications.renewed, "vet": applications.vetted,
    "mail": applications.mailed, "rank": applications.ordered,
    **entries.ACTS,
    **materials.ACTS,
}  # fmt: skip


def perform(connection: Connection, acts: Sequence[Act], now: float) -> None:
    """Within a transaction: do what the acts say, in order; StaleError when one came too late or has no right to it."""
    for act in acts:
        with bound(connection, act.scope, now, code=str(act.values.get("code", ""))) as seen:
            if act.kind != "join":
                people.attest(seen, act)
            ACTS[act.kind](seen, act)
