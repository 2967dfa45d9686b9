"""Who asked for reminders and word from a bureau, and what they were sent: each thing once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol

from sqlalchemy import Connection, or_
from sqlalchemy.exc import IntegrityError

from bot.desk.crew import desk_chat
from bot.desk.letters import KINDS, Addressed
from bot.desk.tickets.life import Ticket
from bot.store.columns import stored
from bot.store.desk.bound import Bound, bound
from bot.store.desk.record import noted
from bot.store.desk_tables import broadcasts, bureaus, subscriptions, tickets, told
from bot.turn.acts import Act
from bot.turn.channel import channel_of
from bot.turn.outcome import Post
from bot.turn.overlay import Overlay
from bot.turn.ports import StaleError
from bot.turn.scope import PROVINCE, operator
from bot.turn.wish import Wish

HOUR = 3600.0
NOBODYS = ""


class Plan(Protocol):
    """What is due, and how it reads."""

    def due(self, bureau: str, said: Overlay) -> Sequence[tuple[str, str]]:
        """(key, text) of today's reminders."""
        ...

    def news(self, bureau: str, text: str) -> str:
        """Word from a bureau."""
        ...

    def waiting(self, number: int, question: str, hours: float) -> str:
        """Word to a desk on a ticket."""
        ...


# ---------------------------------------------------------------- asked for
def subscribed(bound: Bound, act: Act) -> None:
    """Somebody wants reminders and word from the bureau, or no more of them."""
    mine = subscriptions.c.person == stored(act.user)
    if not act.values["on"]:
        bound.change(subscriptions, mine, subscriptions.c.stopped.is_(None), stopped=bound.now)
        return
    for kind in KINDS:
        this = (mine, subscriptions.c.kind == kind)
        if not bound.change(subscriptions, *this, since=bound.now, stopped=None):
            bound.add(subscriptions, person=act.user, kind=kind, since=bound.now, stopped=None)


def addressed(seen: Bound, wish: Wish) -> Addressed | None:
    """A word to everybody: the next one, or the one of that number."""
    people = seen.count(subscriptions, subscriptions.c.kind == "news", subscriptions.c.stopped.is_(None))
    if not wish.number:
        return Addressed(seen.next("broadcasts"), people)
    row = seen.one(broadcasts, broadcasts.c.number == wish.number)
    return Addressed(row.number, people, row.text, row.state) if row else None


def written(bound: Bound, act: Act) -> None:
    """Word to everybody, kept until somebody says that it should go."""
    number = act.values["number"]
    bound.take("broadcasts", number)
    times = {"made": bound.now, "updated": bound.now}
    bound.add(
        broadcasts,
        number=number,
        text=act.values["text"],
        author=act.user,
        author_name=act.name,
        state="draft",
        **times,
    )
    noted(bound, act.model_copy(update={"number": number}))


def sent(bound: Bound, act: Act) -> None:
    """It goes, or it doesn't."""
    this = (broadcasts.c.number == act.number, broadcasts.c.state == "draft")
    bound.once(broadcasts, *this, state=act.values["state"], updated=bound.now)
    noted(bound, act, act.values["state"])


# ---------------------------------------------------------------- sent
def due(connection: Connection, plan: Plan, now: float, most: int) -> list[Post]:
    """Within a transaction: at most so many letters that are due, marked as sent by it."""
    with bound(connection, operator(), now) as all_:
        said = {row.bureau: Overlay.model_validate_json(row.settings) for row in all_.rows(bureaus)}
    found: list[Post] = []
    for bureau in (NOBODYS, *said):
        with bound(connection, operator(bureau), now) as seen:
            found += islice(_of(seen, plan, said.get(bureau, Overlay())), most - len(found))
    return found


def _of(seen: Bound, plan: Plan, said: Overlay) -> Iterator[Post]:
    bureau = seen.scope.bureau
    for key, text in plan.due(bureau, said):
        yield from _once(seen, "deadline", key, text)
    for row in seen.rows(broadcasts, broadcasts.c.bureau == bureau, broadcasts.c.state == "sending"):
        yield from _once(seen, "news", f"news/{row.number}", plan.news(bureau, row.text))
        seen.change(broadcasts, broadcasts.c.number == row.number, state="sent", updated=seen.now)
    if said.staffed:
        yield from _waiting(seen, plan, said)


def _once(seen: Bound, kind: str, key: str, text: str) -> Iterator[Post]:
    """The letter for each who wants such and was not sent it."""
    had = {row.person for row in seen.rows(told, told.c.key == key)}
    wanted = (
        subscriptions.c.kind == kind,
        subscriptions.c.stopped.is_(None),
    )
    for one in seen.rows(subscriptions, *wanted, order=(subscriptions.c.since, subscriptions.c.person)):
        if one.person not in had:
            try:
                seen.add(told, person=one.person, key=key, at=seen.now)
            except IntegrityError as error:
                raise StaleError from error
            yield Post(one.person, {"text": text, "entities": []}, channel=channel_of(one.person))


def _waiting(seen: Bound, plan: Plan, said: Overlay) -> Iterator[Post]:
    """Word to the desk on each ticket that waits longer than the bureau wants, again after as long."""
    before, row = seen.now - said.wait_hours * HOUR, tickets.c
    late = (row.state.in_(("open", "taken")), row.updated < before, or_(row.recalled.is_(None), row.recalled < before))
    for one in seen.rows(tickets, row.bureau == seen.scope.bureau, *late, order=(row.updated,)):
        seen.change(tickets, row.number == one.number, row.bureau == one.bureau, recalled=seen.now)
        text = plan.waiting(one.number, one.question, (seen.now - one.updated) / HOUR)
        matter = Ticket(one.bureau, one.number, one.person, one.question).matter
        where = desk_chat(PROVINCE if one.raised else one.bureau)
        yield Post(where, {"text": text, "entities": [], "matter": matter, "topic": text[:40]}, board=f"@{matter}")
