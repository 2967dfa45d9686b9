"""Tickets and what was said on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Row

from bot.desk.life import Doer
from bot.desk.tickets import life
from bot.desk.tickets.life import LIVE, Ticket, TicketSeen
from bot.store.columns import stored
from bot.store.desk.bound import Bound, Look, value_of
from bot.store.desk.bureaus import at_each
from bot.store.desk.crew import clerks
from bot.store.desk.record import noted, of
from bot.store.desk_tables import faqs, submissions, ticket_words, tickets
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.scope import PROVINCE
from bot.turn.wish import Seen, Wish

MOST = 200
REPLIED = ("answer", "more", "fix")


# ---------------------------------------------------------------- looked at
def opening(seen: Bound, _wish: Wish) -> life.Opening:
    """What there is for a new ticket."""
    mine = seen.rows(tickets, tickets.c.person == stored(seen.scope.user), tickets.c.state.in_(LIVE))
    return life.Opening(seen.next("tickets"), tuple((row.number, row.question) for row in mine))


def waiting(seen: Bound) -> tuple[Ticket, ...]:
    """What waits at the scope's desk, the oldest first."""
    above = tickets.c.raised == int(seen.scope.bureau == PROVINCE)
    return _all(seen, seen.rows(tickets, above, tickets.c.state.in_(LIVE), order=(tickets.c.opened,), most=MOST))


def own(seen: Bound, _wish: Wish) -> life.OwnTickets:
    """The person's own tickets at any bureau, the newest first."""
    mine = tickets.c.person == stored(seen.scope.user)
    theirs = [ticket for there in at_each(seen) for ticket in _all(there, there.rows(tickets, mine, most=MOST))]
    return life.OwnTickets(tuple(sorted(theirs, key=lambda ticket: ticket.opened, reverse=True)))


def held(seen: Bound, wish: Wish) -> TicketSeen:
    """The ticket that is meant; without a number the only one in the person's hand, of an asker's own the last."""
    if not seen.scope.serves:
        return TicketSeen(_theirs(seen, wish))
    rows = _meant(seen, wish) if wish.number else _in_hand(seen, wish)
    filed = wish.kind == "ticket" and _filed(seen, wish.number)
    if len(rows) != 1:
        return TicketSeen(None, tuple(row.bureau for row in rows) if wish.number else (), filed)
    ticket = as_ticket(seen, rows[0])
    return TicketSeen(replace(ticket, entry=_entry(seen, ticket) if wish.kind == "fix" else 0), filed=filed)


def _meant(seen: Bound, wish: Wish) -> Sequence[Row[Any]]:
    """Those of the number, of the bureau that was named, else of the scope's own; the same elsewhere is another one.

    At the province's desk those of each bureau that passed one up.
    """
    which = [tickets.c.number == wish.number]
    if wish.where or seen.scope.bureau != PROVINCE:
        which.append(tickets.c.bureau == (wish.where or seen.scope.bureau))
    return seen.rows(tickets, *which, order=(tickets.c.bureau,), most=MOST)


def _in_hand(seen: Bound, wish: Wish) -> Sequence[Row[Any]]:
    if wish.kind not in life.IN_HAND or not seen.scope.serves:
        return ()
    live = LIVE if wish.kind != "more" else ("answered",)
    mine = (tickets.c.holder == stored(seen.scope.user), tickets.c.state.in_(live))
    above = tickets.c.raised == int(seen.scope.bureau == PROVINCE)
    return seen.rows(tickets, *mine, above, order=(tickets.c.opened,), most=MOST)


def _filed(seen: Bound, number: int) -> bool:
    this = (submissions.c.bureau == seen.scope.bureau, submissions.c.number == number)
    return bool(seen.count(submissions, *this, submissions.c.state != "withdrawn"))


def _entry(seen: Bound, ticket: Ticket) -> int:
    """The number of the entry that was made of a ticket at its own desk, 0 for none."""
    this = (faqs.c.bureau == seen.scope.bureau, faqs.c.ticket == ticket.number, faqs.c.state != "withdrawn")
    row = seen.one(faqs, *this) if seen.scope.bureau == ticket.bureau else None
    return int(row.number) if row else 0


def handover(seen: Bound, wish: Wish) -> life.Handover:
    """A ticket that is to be handed over, and to whom it may be."""
    meant = held(seen, wish)
    return life.Handover(meant.ticket, meant.places, meant.filed, clerks(seen))


def _theirs(seen: Bound, wish: Wish) -> Ticket | None:
    """The person's own ticket that is meant, at whichever bureau; without a number the last one that isn't over."""
    mine = own(seen, wish).tickets
    near = [each for each in mine if wish.number in (0, each.number) and wish.where in ("", each.bureau)]
    if not wish.number:
        live = [ticket for ticket in near if ticket.state != "closed"]
        # What is said of an answer means one that was answered.
        return next((ticket for ticket in live if ticket.state == "answered"), next(iter(live), None))
    return next((ticket for ticket in near if ticket.bureau == seen.scope.bureau), next(iter(near), None))


def _all(seen: Bound, rows: Sequence[Row[Any]]) -> tuple[Ticket, ...]:
    return tuple(as_ticket(seen, row) for row in rows)


def as_ticket(seen: Bound, row: Row[Any]) -> Ticket:
    """A ticket with what was said on it."""
    its = (ticket_words.c.bureau == row.bureau, ticket_words.c.number == row.number)
    words = seen.rows(ticket_words, *its, order=(ticket_words.c.position,))
    context = json.loads(row.context or '{"earlier": [], "near": ""}')
    spoken = tuple(life.Word(word.by, word.by_name, word.kind, word.text, word.at) for word in words)
    more = {"earlier": tuple(context["earlier"]), "near": context["near"], "raised": bool(row.raised)}
    return value_of(Ticket, row, words=spoken, **more)


# ---------------------------------------------------------------- changed
def opened(bound: Bound, act: Act[life.TicketOpened]) -> None:
    """A new ticket under the number that its asker was told."""
    asked = act.change
    context = json.dumps({"earlier": asked.earlier, "near": asked.near})
    fresh = {"state": "open", "raised": 0, "holder": "", "holder_name": "", "version": 1, "name": act.name}
    bound.begin(
        tickets, act.number, person=act.scope.user, question=asked.question, context=context, opened=bound.now, **fresh
    )
    noted(bound, act)


def tended(bound: Bound, act: Act[life.TicketTended]) -> None:
    """Something done to a ticket, as it was decided, if it still is as it was then."""
    tend, scope, row = act.change, bound.scope, tickets.c
    this = (row.bureau == tend.of, row.number == act.number)
    stands = bound.one(tickets, *this)
    if stands is None or not (scope.serves or tend.step in life.ASKERS):
        raise StaleError
    doer = Doer(scope.user, act.name, not scope.serves, scope.bureau == PROVINCE, tend.to, tend.to_name)
    made = life.after(as_ticket(bound, stands), tend.step, doer)
    values = {"state": made.state, "holder": made.holder, "holder_name": made.holder_name, "raised": int(made.raised)}
    values |= {"answered": stands.answered or bound.now} if tend.step in REPLIED else {}
    # Said first: once it is handed back, whoever did so may no longer write on it.
    if tend.step not in life.SILENT:
        _spoken(bound, act, stands)
    bound.once(tickets, *this, row.version == act.was, version=act.was + 1, updated=bound.now, **values)
    noted(bound, act, tend.step)


def _spoken(bound: Bound, act: Act[life.TicketTended], ticket: Row[Any]) -> None:
    its = (ticket_words.c.bureau == ticket.bureau, ticket_words.c.number == ticket.number)
    position = bound.count(ticket_words, *its)
    said = {"by": act.scope.user, "by_name": act.name, "kind": act.change.step, "text": act.change.text}
    bound.add(ticket_words, ticket, number=ticket.number, position=position, person=ticket.person, at=bound.now, **said)


CHANGES: Final = (of(life.TicketOpened, opened), of(life.TicketTended, tended))
LOOKS: Final[dict[type[Seen], Look]] = {
    life.Opening: opening, life.OwnTickets: own, TicketSeen: held, life.Handover: handover,
}  # fmt: skip
