"""What there is to be seen for a wish, as whoever wishes it may see it: each type by the one way of looking at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.desk.applications.life import (
    Filed,
    FiledOwn,
    FiledSeen,
    FiledWhole,
    HandedIn,
    Handing,
    Mailbox,
    RankedFiles,
    Ranking,
)
from bot.desk.bureau.life import Addressed, Crew, Figures, Pass, Place, Record, Recruiting, Things, Waiting
from bot.desk.entries.life import Asked, Keeping, View
from bot.desk.materials.life import Stock, Stocked, StockFile
from bot.desk.tickets.life import Handover, Opening, OwnTickets, TicketSeen
from bot.store.desk import applications, crew, entries, letters, materials, record, statistics, tickets
from bot.store.desk.bound import Bound, Desks
from bot.store.desk.bureaus import overlay
from bot.turn.codes import new_code
from bot.turn.memory import Comer
from bot.turn.wish import Access, Consulted, Denied, Nothing, Seen, Wish


def consulted(desks: Desks, wish: Wish, comer: Comer, access: Access) -> Consulted[Seen] | Denied:
    """A wish with what the comer's scope sees of it; not even looked for where the scope doesn't allow it."""
    scope = crew.scope_of(desks, comer.user, comer.chat, comer.bureau)
    if not scope.allows(access.needs):
        return Denied(wish, scope, access.needs)
    code = wish.text if access.look is Pass else ""
    with desks.look(scope, code=code, chat=comer.chat) as bound:
        seen = LOOKS[access.look](bound, wish)
        wish = replace(wish, number=wish.number or seen.meant)
        return Consulted(wish, scope, seen, overlay(bound)[0], bound.now)


def _waiting(seen: Bound, _wish: Wish) -> Waiting:
    pending = tuple(item for item in entries.entries(seen) if item.state == "pending")
    return Waiting(tickets.waiting(seen), pending)


def _things(seen: Bound, wish: Wish) -> Things:
    entry = next((item for item in entries.entries(seen) if item.number == wish.number), None)
    return Things(tickets.held(seen, wish), entry, applications.one(seen, wish).filed)


LOOKS: Final[Mapping[type[Seen], Callable[[Bound, Wish], Seen]]] = {
    Nothing: lambda _seen, _wish: Nothing(), Recruiting: lambda _seen, _wish: Recruiting(new_code()),
    Pass: crew.opened, Crew: crew.crew, Place: crew.place, Record: record.record, Figures: statistics.figures,
    Addressed: letters.addressed, Waiting: _waiting, Things: _things,
    Opening: tickets.opening, OwnTickets: tickets.own, TicketSeen: tickets.held, Handover: tickets.handover,
    Handing: applications.handing, HandedIn: applications.everywhere, Filed: applications.listed,
    FiledSeen: applications.one, FiledOwn: applications.own, FiledWhole: applications.whole,
    Ranking: applications.ranking, RankedFiles: applications.ranked, Mailbox: applications.mailbox,
    View: entries.view, Asked: entries.asked_too, Keeping: entries.keeping,
    Stock: materials.stock, StockFile: materials.with_file, Stocked: materials.stocked,
}  # fmt: skip
