"""Who asked for reminders and word from a bureau, and what they were sent: each thing once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, Protocol

from sqlalchemy import Connection, or_

from bot.desk.bureau.life import KINDS, Addressed, NewsSent, NewsWritten, Subscribed
from bot.desk.life import DESK, desk_chat
from bot.desk.tickets.life import Ticket
from bot.store.columns import stored
from bot.store.desk.bound import Bound, Desks, Look, bound
from bot.store.desk.bureaus import overlay
from bot.store.desk.crew import clerks
from bot.store.desk.record import noted, of
from bot.store.desk_tables import broadcasts, bureaus, subscriptions, tickets, told
from bot.turn.acts import Act
from bot.turn.channel import channel_of
from bot.turn.outcome import Post
from bot.turn.overlay import Overlay
from bot.turn.scope import PROVINCE, operator
from bot.turn.wish import Seen, Wish

HOUR = 3600.0
NOBODYS = ""


class Plan(Protocol):
    """What is due, and how it reads."""

    def due(self, bureau: str, said: Overlay) -> Sequence[tuple[str, str]]:
        """(key, text) of today's reminders."""

    def news(self, bureau: str, text: str) -> str:
        """Word from a bureau."""

    def waiting(self, number: int, question: str, hours: float) -> str:
        """Word to a desk on a ticket."""


# ---------------------------------------------------------------- asked for
def subscribed(bound: Bound, act: Act[Subscribed]) -> None:
    """Somebody wants reminders and word from the bureau, or no more of them."""
    mine = subscriptions.c.person == stored(act.scope.user)
    if not act.change.on:
        bound.change(subscriptions, mine, subscriptions.c.stopped.is_(None), stopped=bound.now)
        return
    for kind in KINDS:
        this = (mine, subscriptions.c.kind == kind)
        if not bound.change(subscriptions, *this, since=bound.now, stopped=None):
            bound.add(subscriptions, person=act.scope.user, kind=kind, since=bound.now, stopped=None)


def addressed(seen: Bound, wish: Wish) -> Addressed:
    """A word to everybody: the next one, or the one of that number."""
    people = seen.count(subscriptions, subscriptions.c.kind == "news", subscriptions.c.stopped.is_(None))
    if not wish.number:
        return Addressed(seen.next("broadcasts"), people)
    row = seen.one(broadcasts, broadcasts.c.number == wish.number)
    return Addressed(row.number, people, row.text, row.state) if row else Addressed()


def written(bound: Bound, act: Act[NewsWritten]) -> None:
    """Word to everybody, kept until somebody says that it should go."""
    author = {"author": act.scope.user, "author_name": act.name}
    bound.begin(broadcasts, act.number, text=act.change.text, state="draft", made=bound.now, **author)
    noted(bound, act)


def sent(bound: Bound, act: Act[NewsSent]) -> None:
    """It goes, or it doesn't."""
    this = (broadcasts.c.number == act.number, broadcasts.c.state == "draft")
    bound.once(broadcasts, *this, state=act.change.state, updated=bound.now)
    noted(bound, act, act.change.state)


# ---------------------------------------------------------------- sent
def due(connection: Connection, plan: Plan, now: float, most: int) -> list[Post]:
    """Within a transaction: at most so many letters that are due, marked as sent by it."""
    with bound(connection, operator(), now) as all_:
        said = {row.bureau: Overlay.model_validate_json(row.settings) for row in all_.rows(bureaus)}
    posts: list[Post] = []
    for bureau in (NOBODYS, *said):
        with bound(connection, operator(bureau), now) as seen:
            posts += islice(_of(seen, plan, said.get(bureau, Overlay())), most - len(posts))
    return posts


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
    wanted = (subscriptions.c.kind == kind, subscriptions.c.stopped.is_(None))
    for one in seen.rows(subscriptions, *wanted, order=(subscriptions.c.since, subscriptions.c.person)):
        if one.person not in had:
            seen.add(told, person=one.person, key=key, at=seen.now)
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


# ---------------------------------------------------------------- brought to where people are
def brought(desks: Desks, posts: Sequence[Post]) -> list[Post]:
    """The same letters, those to desks to chats that can be written to; to a desk without people none goes."""
    return [one for post in posts for one in (_each(desks, post) if post.chat.startswith(DESK) else (post,))]


def _each(desks: Desks, post: Post) -> Sequence[Post]:
    with desks.look(operator(post.chat.removeprefix(DESK))) as seen:
        room = overlay(seen)[0].staff_chat
        chats = (room,) if room else tuple(one.person for one in clerks(seen))
    return [replace(post, chat=chat, channel=channel_of(chat)) for chat in chats]


CHANGES: Final = (of(Subscribed, subscribed), of(NewsWritten, written), of(NewsSent, sent))
LOOKS: Final[dict[type[Seen], Look]] = {Addressed: addressed}
