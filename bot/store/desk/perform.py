"""Acts carried out: which function does what, after the rights to it were looked at once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from sqlalchemy import Connection

from bot.desk.applications.life import Applied, Mailed, Ordered, Renewed, Vetted
from bot.desk.bureau.life import (
    Dismissed,
    GroupBound,
    Joined,
    Judged,
    Looked,
    NewsSent,
    NewsWritten,
    Recruited,
    Settled,
    Subscribed,
)
from bot.desk.entries.life import EntryBegun, EntryEdited, EntryLed
from bot.desk.materials.life import MaterialBegun, MaterialEdited, MaterialLed
from bot.desk.sayings import Shelved
from bot.desk.tickets.life import TicketOpened, TicketTended
from bot.store.desk import (
    applications,
    bureaus,
    crew,
    entries,
    letters,
    materials,
    questions,
    record,
    sayings,
    tickets,
)
from bot.store.desk.bound import Bound, bound
from bot.turn.acts import Act, Change

C = TypeVar("C", bound=Change)
Performed = Callable[[Bound, Act[Change]], None]


def _of(change: type[C], perform_: Callable[[Bound, Act[C]], None]) -> tuple[type[Change], Performed]:
    """A kind of change with its function, which gets it as what it is."""

    def performed(seen: Bound, act: Act[Change]) -> None:
        assert isinstance(act.change, change)
        perform_(seen, Act(act.scope, act.change, act.number, act.was, act.name))

    return change, performed


PERFORMED: Final[dict[type[Change], Performed]] = dict((
    _of(Settled, bureaus.settle), _of(Shelved, sayings.shelve), _of(Looked, record.looked),
    _of(Recruited, crew.recruited), _of(Joined, crew.joined), _of(Dismissed, crew.dismissed),
    _of(GroupBound, crew.bind),
    _of(TicketOpened, tickets.opened), _of(TicketTended, tickets.tended), _of(Judged, questions.judged),
    _of(Subscribed, letters.subscribed), _of(NewsWritten, letters.written), _of(NewsSent, letters.sent),
    _of(Applied, applications.applied), _of(Renewed, applications.renewed), _of(Mailed, applications.mailed),
    _of(Vetted, applications.vetted), _of(Ordered, applications.ordered),
    _of(EntryBegun, entries.new), _of(EntryEdited, entries.edited), _of(EntryLed, entries.step),
    _of(MaterialBegun, materials.new), _of(MaterialEdited, materials.edited), _of(MaterialLed, materials.step),
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
