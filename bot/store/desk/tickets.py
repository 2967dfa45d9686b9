"""Tickets and what was said on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError

from bot.desk.tickets.actions import Handover
from bot.desk.tickets.life import LIVE, SPOKEN, Ticket, Word
from bot.desk.tickets.page import Elsewhere, Opening
from bot.store.columns import stored
from bot.store.desk.bound import Bound
from bot.store.desk.bureaus import at_each
from bot.store.desk.crew import clerks
from bot.store.desk.record import noted
from bot.store.desk_tables import faqs, submissions, ticket_words, tickets
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.scope import PROVINCE
from bot.turn.wish import Wish

MOST = 200
# What the asker may do to a ticket.
ASKERS = ("said", "close", "reopen")
REPLIED = ("answer", "more", "fix")


# ---------------------------------------------------------------- looked at
def opening(seen: Bound, _wish: Wish) -> Opening:
    """What there is for a new ticket."""
    mine = seen.rows(tickets, tickets.c.person == stored(seen.scope.user), tickets.c.state.in_(LIVE))
    return Opening(seen.next("tickets"), tuple((row.number, row.question) for row in mine))


def waiting(seen: Bound, _wish: Wish) -> tuple[Ticket, ...]:
    """What waits at the scope's desk, the oldest first."""
    above = tickets.c.raised == int(seen.scope.bureau == PROVINCE)
    return _all(seen, seen.rows(tickets, above, tickets.c.state.in_(LIVE), order=(tickets.c.opened,), most=MOST))


def own(seen: Bound, _wish: Wish) -> tuple[Ticket, ...]:
    """The person's own tickets at any bureau, the newest first."""
    mine = tickets.c.person == stored(seen.scope.user)
    found = [one for there in at_each(seen) for one in _all(there, there.rows(tickets, mine, most=MOST))]
    return tuple(sorted(found, key=lambda one: one.opened, reverse=True))


def held(seen: Bound, wish: Wish) -> Ticket | Elsewhere:
    """The ticket that is meant; without a number the only one in the person's hand, of an asker's own the last."""
    if not seen.scope.serves:
        return _theirs(seen, wish) or Elsewhere()
    rows = _meant(seen, wish) if wish.number else _in_hand(seen, wish)
    filed = wish.kind == "ticket" and _filed(seen, wish.number)
    if len(rows) != 1:
        return Elsewhere(tuple(row.bureau for row in rows) if wish.number else (), filed)
    found = _ticket(seen, rows[0])
    return replace(found, filed=filed, entry=_entry(seen, found) if wish.kind == "fix" else 0)


def _meant(seen: Bound, wish: Wish) -> Sequence[Row[Any]]:
    """Those of the number, of the bureau that was named, else of the scope's own; the same elsewhere is another one.

    At the province's desk those of each bureau that passed one up.
    """
    which = [tickets.c.number == wish.number]
    if wish.where or seen.scope.bureau != PROVINCE:
        which.append(tickets.c.bureau == (wish.where or seen.scope.bureau))
    return seen.rows(tickets, *which, order=(tickets.c.bureau,), most=MOST)


IN_HAND = ("answer", "more", "ask", "note", "pass", "close", "leave", "hand")


def _in_hand(seen: Bound, wish: Wish) -> Sequence[Row[Any]]:
    if wish.kind not in IN_HAND or not seen.scope.serves:
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


def handover(seen: Bound, wish: Wish) -> Handover:
    """A ticket that is to be handed over, and to whom it may be."""
    return Handover(held(seen, wish), clerks(seen))


def _theirs(seen: Bound, wish: Wish) -> Ticket | None:
    """The person's own ticket that is meant, at whichever bureau; without a number the last one that isn't over."""
    found = [one for one in own(seen, wish) if wish.number in (0, one.number) and wish.where in ("", one.bureau)]
    if not wish.number:
        live = [one for one in found if one.state != "closed"]
        # What is said of an answer means one that was answered.
        return next((one for one in live if one.state == "answered"), next(iter(live), None))
    return next((one for one in found if one.bureau == seen.scope.bureau), next(iter(found), None))


def _all(seen: Bound, rows: Sequence[Row[Any]]) -> tuple[Ticket, ...]:
    return tuple(_ticket(seen, row) for row in rows)


def _ticket(seen: Bound, row: Row[Any]) -> Ticket:
    its = (ticket_words.c.bureau == row.bureau, ticket_words.c.number == row.number)
    words = seen.rows(ticket_words, *its, order=(ticket_words.c.position,))
    context = json.loads(row.context)
    spoken = tuple(Word(one.by, one.by_name, one.kind, one.text, one.at) for one in words)
    return Ticket(
        row.bureau, row.number, row.person, row.question, row.name, cast(Any, row.state), bool(row.raised), row.holder,
        row.holder_name, row.version, row.opened, row.updated, tuple(context["earlier"]), context["near"], spoken,
    )  # fmt: skip


# ---------------------------------------------------------------- changed
def opened(bound: Bound, act: Act) -> None:
    """A new ticket under the number that its asker was told."""
    said = act.values
    context = json.dumps({"earlier": said["earlier"], "near": said["near"]})
    fresh = {"state": "open", "raised": 0, "holder": "", "holder_name": "", "version": 1, "name": act.name}
    times = {"opened": bound.now, "updated": bound.now}
    bound.take("tickets", act.number)
    try:
        bound.add(
            tickets, number=act.number, person=act.user, question=said["question"], context=context, **fresh, **times
        )
    except IntegrityError as error:
        raise StaleError from error
    noted(bound, act)


def tended(bound: Bound, act: Act) -> None:
    """Something done to a ticket, as it was decided, if it still is as it was then."""
    said, row = act.values, tickets.c
    this = (row.bureau == said["of"], row.number == act.number)
    found = bound.one(tickets, *this)
    if found is None or not (bound.scope.serves or said["doing"] in ASKERS):
        raise StaleError
    values = {name: said[name] for name in ("state", "holder", "holder_name")}
    answered = {"answered": found.answered or bound.now} if said["doing"] in REPLIED else {}
    values |= {"raised": int(said["raised"]), "version": act.was + 1, "updated": bound.now, **answered}
    # Said first: once it is handed back, whoever did so may no longer write on it.
    if said["doing"] in SPOKEN:
        _spoken(bound, act, found)
    bound.once(tickets, *this, row.version == act.was, **values)
    noted(bound, act, str(said["doing"]))


def _spoken(bound: Bound, act: Act, ticket: Row[Any]) -> None:
    its = (ticket_words.c.bureau == ticket.bureau, ticket_words.c.number == ticket.number)
    position = bound.count(ticket_words, *its)
    said = {"by": act.user, "by_name": act.name, "kind": act.values["doing"], "text": act.values["text"]}
    try:
        bound.add(
            ticket_words, ticket, number=ticket.number, position=position, person=ticket.person, at=bound.now, **said
        )
    except IntegrityError as error:
        raise StaleError from error
