"""Conversations and drafts: what a turn changed is saved with its messages, in one transaction or not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, Row, bindparam, select
from sqlalchemy.exc import IntegrityError

from bot.ports import NO_WORK, Outcome, Saved, SavedDraft, StaleError, Work
from bot.store.answers import Given, given, keep
from bot.store.documents import Documents
from bot.store.drafts import By, save, settle, team, unsettled
from bot.store.engine import connect, examine, reading, writing
from bot.store.inbox import Inbox, finish
from bot.store.outbox import Outbox, queue
from bot.store.past import PastOf
from bot.store.tables import consents, conversations, draft_events, draft_people, drafts

# Statements of every turn are built once: building one costs as much as running it.
CHAT: Final[BindParameter[str]] = bindparam("of")
LOAD: Final = (
    select(
        conversations,
        drafts.c.id,
        drafts.c.call,
        drafts.c.facts,
        drafts.c.version.label("draft_version"),
        draft_people.c.person,
    )
    .join_from(conversations, drafts, isouter=True)
    .join(
        draft_people,
        (draft_people.c.draft == drafts.c.id) & (draft_people.c.person == conversations.c.chat),
        isouter=True,
    )
    .where(conversations.c.chat == CHAT)
)
CONSENTED: Final = select(consents.c.version).where(consents.c.chat == CHAT).order_by(consents.c.id.desc()).limit(1)
SAVE: Final = conversations.update().where(conversations.c.chat == CHAT, conversations.c.version == bindparam("was"))


def open_store(address: str, clock: Callable[[], float] = time.time) -> Store:
    """The store at a database address, made on first use; StoreError says in a sentence why it can't be used."""
    return Store(connect(address), clock)


class Store:
    """Everything that must outlive the process. Its methods block, may be called from any thread, raise StoreError."""

    def __init__(self, engine: Engine, clock: Callable[[], float]):
        self._engine = engine
        self._clock = clock
        self.inbox = Inbox(engine, clock)
        self.outbox = Outbox(engine, clock)
        self.documents = Documents(engine, clock)

    @property
    def one_writer(self) -> bool:
        """Whether writers take turns anyway, so that more threads than one gain nothing."""
        return self._engine.dialect.name == "sqlite"

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
            consented = connection.execute(CONSENTED, {"of": chat}).scalar() or ""
            draft = _draft(connection, row, chat) if row else None
        past = PastOf(self._engine, self._clock, chat, draft.id if draft else "")
        if row is None:
            return Saved(chat, consented=consented, past=past)
        state = json.loads(row.state)
        if again and unsettled(row, state):
            with writing(self._engine) as connection:
                settle(connection, chat, self._clock())
            return self._load(chat, again=False)
        removed = row.id is not None and draft is None
        return Saved(chat, state, row.version, draft, consented, row.updated, removed, past)

    def commit(self, saved: Saved, outcome: Outcome, who: str = "", work: Work = NO_WORK) -> None:
        """Save a turn: state, draft and events, consent, answers, messages, and the update as done; all or nothing.

        StaleError when `saved` is no longer the last, or when the update was finished by somebody else.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            draft = save(connection, saved, outcome, By(saved.chat, outcome.name, who, now))
            _save_state(connection, saved, {"state": json.dumps(outcome.state), "draft": draft, "updated": now})
            if outcome.consented:
                agreed = {"chat": saved.chat, "who": who, "version": outcome.consented, "at": now}
                connection.execute(consents.insert().values(agreed))
            keep(connection, saved.chat, (now, who), outcome.answers)
            _close(connection, work, now, None)

    def answers(self, chat: str, most: int = 100) -> Sequence[Given]:
        """The last answers a chat was given, oldest first, each with what it rests on."""
        with reading(self._engine) as connection:
            return given(connection, chat, most)

    def finish(self, work: Work, dead: str | None = None) -> None:
        """Be done with an update that changes no conversation, with what is answered; `dead` says why it failed."""
        with writing(self._engine) as connection:
            _close(connection, work, self._clock(), dead)

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


def _close(connection: Connection, work: Work, now: float, dead: str | None) -> None:
    if work.update is not None and not finish(connection, work.update, now, dead):
        raise StaleError
    queue(connection, work, now)


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
