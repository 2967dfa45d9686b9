"""Conversations and drafts: what a turn changed is saved with its messages, in one transaction or not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import BindParameter, Connection, Engine, Row, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from bot.process.crashpoints import point
from bot.store.answer_log import Given, given, keep
from bot.store.connection import connect, examine, joined, reading, together, writing
from bot.store.deeds import By
from bot.store.desk.bound import Desks
from bot.store.desk.letters import Plan, brought, due
from bot.store.desk.perform import perform
from bot.store.desk.statistics import count, staged
from bot.store.documents import Documents
from bot.store.drafts import save, settle, team, unsettled
from bot.store.erasing import expire, prune
from bot.store.holding import Holder, Leases, Pulse, ServerClock
from bot.store.inbox import Inbox, Received
from bot.store.matters import Topics
from bot.store.memory import Kept, PastOf
from bot.store.outbox import Letter, Outbox
from bot.store.spending import Spending, sweep
from bot.store.tables import OPEN, WAITING, consents, conversations, draft_events, draft_people, drafts, inbox, outbox
from bot.turn.acts import Act, Change
from bot.turn.channel import PULLED, channel_of
from bot.turn.outcome import NO_WORK, Outcome, Post, Saved, SavedDraft, Work
from bot.turn.ports import StaleError, TakenError

T = TypeVar("T")

# A process that has not renewed what it has in hand for so many seconds is taken for dead.
LEASE: Final = 5.0
DAY: Final = 24 * 3600.0
# How long it is known which updates were handled and where boards stand.
DONE_DAYS: Final = 30
# Who tells people what is due: one process at a time.
NOTICES: Final = "notices"

# Statements of every turn are built once: building one costs as much as running it.
CHAT: Final[BindParameter[str]] = bindparam("of")
CONSENTED: Final = select(consents.c.version).where(consents.c.chat == CHAT).order_by(consents.c.id.desc()).limit(1)
DRAFT: Final = (drafts.c.id, drafts.c.call, drafts.c.facts, drafts.c.version.label("draft_version"))
LOAD: Final = (
    select(conversations, *DRAFT, draft_people.c.person, CONSENTED.scalar_subquery().label("consented"))
    .join_from(conversations, drafts, isouter=True)
    .join(
        draft_people,
        (draft_people.c.draft == drafts.c.id) & (draft_people.c.person == conversations.c.chat),
        isouter=True,
    )
    .where(conversations.c.chat == CHAT)
)
PUSHES: Final = outbox.c.channel != PULLED
SAVE: Final = conversations.update().where(conversations.c.chat == CHAT, conversations.c.version == bindparam("was"))


def open_store(address: str, clock: Callable[[], float] | None = None, lease: float = LEASE) -> Store:
    """The store at a database address, made on first use; StoreError says in a sentence why it can't be used."""
    return Store(connect(address), clock, lease)


@dataclass(frozen=True)
class Tended:
    """Whether the lease asked for is ours, and how many updates and messages of which chats wait for somebody."""

    ours: bool
    updates: Mapping[str, int]
    messages: Mapping[str, int]


class Store:
    """Everything that must outlive the process. Its methods block, may be called from any thread, raise StoreError."""

    def __init__(self, engine: Engine, clock: Callable[[], float] | None, lease: float):
        self._engine = engine
        self._clock = clock or (time.time if self.one_writer else ServerClock(engine))
        # On SQLite one process runs at a time, so whatever another one has in hand it left behind.
        self._holder = Holder(self._clock, 0.0 if self.one_writer else lease)
        self.inbox = Inbox(engine, self._holder)
        self.outbox = Outbox(engine, self._holder)
        self.leases = Leases(engine, self._holder)
        self.documents = Documents(engine, self._clock)
        self.topics = Topics(engine, self._clock)
        self.desks = Desks(engine, self._clock)
        self._kept = Kept(engine, self.desks, Spending(engine, self._clock))

    @property
    def one_writer(self) -> bool:
        """Whether writers take turns anyway, so that more threads than one gain nothing."""
        return self._engine.dialect.name == "sqlite"

    @property
    def lease(self) -> float:
        """For how many seconds what is in hand is ours without being renewed; 0 where no other process can be."""
        return self._holder.lease

    def together(self, works: Sequence[Callable[[], T]]) -> list[T | Exception]:
        """What each piece of work with this store comes to, all of it in one transaction; failures stay apart."""
        return together(self._engine, works)

    @property
    def engine(self) -> Engine:
        """The database itself, for what is done with all of it."""
        return self._engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def examine(self) -> None:
        """Look for damage in the whole database; StoreError when there is."""
        examine(self._engine)

    def load(self, chat: str) -> Saved:
        """The chat as saved last; a chat never seen has no state."""
        return self._load(chat, again=True)

    def _load(self, chat: str, *, again: bool) -> Saved:
        with reading(self._engine) as connection:
            row = connection.execute(LOAD, {"of": chat}).one_or_none()
            if row is None:
                consented = connection.execute(CONSENTED, {"of": chat}).scalar() or ""
                return Saved(chat, consented=consented, past=PastOf(self._kept, chat))
            draft = _draft(connection, row, chat)
            letters = self.outbox.pulled(connection, chat) if channel_of(chat) == PULLED else ()
        past = PastOf(self._kept, chat, draft.id if draft else "")
        state = json.loads(row.state)
        if again and unsettled(row, state):
            with writing(self._engine) as connection:
                settle(connection, chat, self._clock())
            return self._load(chat, again=False)
        removed = row.id is not None and draft is None
        return Saved(chat, state, row.version, draft, row.consented or "", row.updated, removed, letters, past)

    def tend(self, source: tuple[str, str], name: str) -> Tended:
        """Renew the lease of that name, and look for what nobody has in hand."""
        if isinstance(self._clock, ServerClock):
            self._clock.sync()
        with joined(self._engine):
            return Tended(self.leases.hold(name), *self.leases.orphans(source))

    def pulse(self) -> Pulse:
        """What renews everything in hand, to be started and stopped."""
        return Pulse(self.leases, self.lease)

    def take(self, source: tuple[str, str], chat: str, patience: float = 0.0) -> tuple[Received, Saved] | None:
        """The chat's oldest update, in hand, and the chat as saved last; None when there is none or another has it.

        With patience one whose number does not follow on is left so long for what may be arriving before it.
        """
        with joined(self._engine):
            received = self.inbox.claim(source, chat, patience)
            return (received, self.load(chat)) if received else None

    def commit(self, saved: Saved, outcome: Outcome, who: str = "", work: Work = NO_WORK) -> Letter | None:
        """Save a turn: state, draft and events, consent, answers, messages, and the update as done; all or nothing.

        The message that is in hand already, if there is one. StaleError when `saved` is no longer the last,
        TakenError when the update was finished or taken over by somebody else.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            # First, because who has the update has the chat: nobody then waits for anybody further down.
            self._finish(connection, work, None)
            draft = save(connection, saved, outcome, By(saved.chat, outcome.name, who, now))
            _save_state(connection, saved, {"state": json.dumps(outcome.state), "draft": draft, "updated": now})
            if outcome.consented:
                agreed = {"chat": saved.chat, "who": who, "version": outcome.consented, "at": now}
                connection.execute(consents.insert().values(agreed))
            keep(connection, saved.chat, (now, who), outcome.answers)
            count(connection, who or saved.chat, outcome.answers, now)
            if outcome.stage and draft:
                staged(connection, who or saved.chat, (draft, now), outcome.stage)
            self._do(connection, outcome.acts, now)
            self.outbox.told(connection, saved.letters)
            letter = self.outbox.queue(connection, work, saved.chat)
            point("written")
        return letter

    def perform(self, acts: Sequence[Act[Change]]) -> None:
        """Do what acts at a desk say, all of it or nothing; StaleError when one has no right to it or came too late."""
        with writing(self._engine) as connection:
            self._do(connection, acts, self._clock())

    def notify(self, plan: Plan, most: int) -> tuple[str, ...]:
        """Queue at most so many letters that are due, each once however many ask; the chats they go to."""
        with joined(self._engine) as connection:
            if not self.leases.hold(NOTICES):
                return ()
            posts = brought(self.desks, due(connection, plan, self._clock(), most))
            self.outbox.queue(connection, Work(posts=posts))
        return tuple(dict.fromkeys(post.chat for post in posts if post.channel != PULLED))

    def _do(self, connection: Connection, acts: Sequence[Act[Change]], now: float) -> None:
        perform(connection, acts, now)
        if acts:
            self.desks.forget()

    def addressed(self, posts: Sequence[Post]) -> list[Post]:
        """The same letters, those to desks brought to where their people are now."""
        return brought(self.desks, posts)

    def answers(self, chat: str, most: int = 100) -> Sequence[Given]:
        """The last answers a chat was given, oldest first, each with what it rests on."""
        with reading(self._engine) as connection:
            return given(connection, chat, most)

    def finish(self, work: Work, dead: str | None = None) -> None:
        """Be done with an update that changes no conversation, with what is answered; `dead` says why it failed."""
        with writing(self._engine) as connection:
            self._finish(connection, work, dead)
            self.outbox.queue(connection, work)

    def _finish(self, connection: Connection, work: Work, dead: str | None) -> None:
        if work.update is not None and not self.inbox.finish(connection, work.update, dead):
            raise TakenError

    def waiting(self) -> dict[str, int]:
        """How many updates wait to be handled, and how many messages to be sent."""
        with reading(self._engine) as connection:
            return {
                "inbox": connection.execute(select(func.count()).select_from(inbox).where(OPEN)).scalar_one(),
                "outbox": connection.execute(
                    select(func.count()).select_from(outbox).where(WAITING, PUSHES)
                ).scalar_one(),
            }

    def expire(self, days: float) -> int:
        """Erase some of those silent for so many days, 0 for none; how many.

        What was done a month ago is dropped, and what was used up of a day that is over.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            prune(connection, now - DONE_DAYS * DAY)
            sweep(connection, now)
            return expire(connection, now - days * DAY) if days else 0

    def events(self, draft: str) -> list[dict[str, Any]]:
        """Everything that ever happened to a draft, oldest first, as {"at", "who", "event"}."""
        mine = draft_events.c.draft == draft
        query = draft_events.select().where(mine).order_by(draft_events.c.version, draft_events.c.position)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [{"at": row.at, "who": row.who, "event": json.loads(row.event)} for row in rows]


def _draft(connection: Connection, row: Row[Any], chat: str) -> SavedDraft | None:
    """The draft of a conversation, None when there is none or the person is not in it."""
    seen = team(connection, row.id, row.draft_version, chat) if row.id else None
    return SavedDraft(row.id, row.call, json.loads(row.facts), row.draft_version, seen) if seen else None


def _save_state(connection: Connection, saved: Saved, values: dict[str, Any]) -> None:
    values |= {"version": saved.version + 1}
    if saved.version:
        if connection.execute(SAVE, values | {"of": saved.chat, "was": saved.version}).rowcount != 1:
            raise StaleError
        return
    try:
        connection.execute(conversations.insert(), values | {"chat": saved.chat})
    except IntegrityError as error:
        raise StaleError from error
