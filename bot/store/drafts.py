"""Drafts as rows of their own: what a turn did to them, who is in them, and what was kept of them."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from bot.store.columns import stored
from bot.store.deeds import By, enter, perform
from bot.store.tables import conversations, draft_events, draft_people, draft_versions, drafts, invitations
from bot.turn.outcome import DraftStep, Outcome, Saved, SavedDraft
from bot.turn.ports import StaleError
from bot.turn.team import Note, Person, Team, Version

# What every turn asks is built once.
PEOPLE: Final = (
    draft_people.select()
    .where(draft_people.c.draft == bindparam("of"))
    .order_by(draft_people.c.joined, draft_people.c.person)
)
INVITED: Final = select(invitations.c.unit).where(
    invitations.c.draft == bindparam("of"), invitations.c.role == "unit", invitations.c.used.is_(None)
)
EVENTS: Final = (
    draft_events.select()
    .where(draft_events.c.draft == bindparam("of"), draft_events.c.version > bindparam("since"))
    .order_by(draft_events.c.version, draft_events.c.position)
)


# ---------------------------------------------------------------- loading
def team(connection: Connection, draft: str, version: int, chat: str) -> Team | None:
    """Who is in a draft, with the news since the chat saw it last; None when the chat is not in it."""
    rows = connection.execute(PEOPLE, {"of": draft}).all()
    own = stored(chat)
    mine = next((row for row in rows if row.person == own and row.gone is None), None)
    if mine is None:
        return None
    people = tuple(replace(one, chat=chat) if one.chat == own else one for one in map(person, rows))
    invited = tuple(connection.execute(INVITED, {"of": draft}).scalars())
    since = notes(connection, draft, mine.seen) if version > mine.seen else ()
    news = tuple(one for one in since if one.by != chat)
    return Team(replace(person(mine), chat=chat), people, invited, news)


def person(row: Row[Any]) -> Person:
    """Somebody in a draft as they are kept."""
    return Person(row.person, row.role, row.name, row.unit, row.confirmed, row.active, row.gone is None)


def notes(connection: Connection, draft: str, since: int = 0) -> tuple[Note, ...]:
    """Who changed what after a version, oldest first; events of a time when nobody was named are left out."""
    rows = connection.execute(EVENTS, {"of": draft, "since": since}).all()
    told = ((row.at, json.loads(row.event)) for row in rows)
    return tuple(Note(event["by"], at, event["changed"]) for at, event in told if "by" in event)


def versions(connection: Connection, draft: str) -> tuple[Version, ...]:
    """The versions that were kept, oldest first."""
    query = draft_versions.select().where(draft_versions.c.draft == draft).order_by(draft_versions.c.number)
    return tuple(Version(row.number, row.told, json.loads(row.facts)) for row in connection.execute(query))


# ---------------------------------------------------------------- saving
def save(connection: Connection, saved: Saved, outcome: Outcome, by: By) -> str | None:
    """Within a transaction: everything a turn did to drafts; the id of the draft the chat works on from now on."""
    if saved.draft:
        _attend(connection, saved.draft, outcome, by)
    if outcome.left:
        _step(connection, saved, outcome.left, by)
    here = _step(connection, saved, outcome.draft, by)
    for deed in outcome.deeds:
        perform(connection, deed if deed.draft else deed.model_copy(update={"draft": here}), by)
    return here if outcome.current is None else outcome.current or None


def _attend(connection: Connection, known: SavedDraft, outcome: Outcome, by: By) -> None:
    """Note that the person was here and what they saw; StaleError when they are not, or not what they were."""
    stepped = any(step and step.id == known.id for step in (outcome.draft, outcome.left))
    me, row = known.team.me, draft_people.c
    mine = (row.draft == known.id) & (row.person == by.chat) & row.gone.is_(None)
    same = (row.role == me.role) & (row.unit == me.unit)
    values = {"active": by.at, "seen": known.version + stepped} | ({"name": by.name} if by.name else {})
    if connection.execute(draft_people.update().where(mine & same).values(values)).rowcount != 1:
        raise StaleError


def _step(connection: Connection, saved: Saved, step: DraftStep | None, by: By) -> str | None:
    """Save what a turn did to one draft; its id, or that of the draft there was when nothing was done."""
    if step is None:
        return saved.draft.id if saved.draft else None
    known = saved.draft if step.id else None
    if step.id and (known is None or known.id != step.id):
        raise ValueError(f"draft {step.id} is not the one of this chat")
    version = known.version + 1 if known else 1
    values = {"call": step.call, "facts": json.dumps(step.facts), "version": version, "updated": by.at}
    if known:
        mine = (drafts.c.id == known.id) & (drafts.c.version == known.version)
        if connection.execute(drafts.update().where(mine).values(values)).rowcount != 1:
            raise StaleError
    id_ = known.id if known else _begun(connection, values, by)
    same = {"draft": id_, "version": version, "at": by.at, "who": by.user}
    rows = [same | {"position": position, "event": json.dumps(event)} for position, event in enumerate(step.events)]
    if rows:
        connection.execute(draft_events.insert(), rows)
    return id_


def _begun(connection: Connection, values: dict[str, Any], by: By) -> str:
    id_ = secrets.token_hex(8)
    connection.execute(drafts.insert().values(id=id_, owner=by.chat, **values))
    enter(connection, id_, Person(by.chat, "owner", by.name), by.at)
    return id_


# ---------------------------------------------------------------- conversations of earlier releases
def unsettled(row: Row[Any], state: dict[str, Any]) -> bool:
    """True for a conversation that keeps versions or other drafts in its state, or whose draft has nobody in it."""
    return bool({"shelf", "kept"} & set(state)) or (row.id is not None and row.person is None)


def settle(connection: Connection, chat: str, now: float) -> None:
    """Within a transaction: versions and other drafts out of the state into rows, and the owner into the draft."""
    row = connection.execute(conversations.select().where(conversations.c.chat == chat)).one()
    state = json.loads(row.state)
    shelf, kept = state.pop("shelf", ()), state.pop("kept", ())
    if row.draft:
        _own(connection, row.draft, now)
    by = By(chat, "", chat, now)
    if kept:
        here = row.draft or _begun(connection, _values(state, {}, now), by)
        _keep_all(connection, here, kept, by)
    call = connection.execute(select(drafts.c.call).where(drafts.c.id == row.draft)).scalar() or ""
    for one in shelf:
        _keep_all(connection, _begun(connection, _values(one["draft"], call, now), by), one.get("kept", ()), by)
    values = {"state": json.dumps(state), "version": row.version + 1}
    connection.execute(conversations.update().where(conversations.c.chat == chat).values(values))


def _values(facts: dict[str, Any], call: Any, now: float) -> dict[str, Any]:
    return {"call": call or "", "facts": json.dumps(facts), "version": 1, "updated": now}


def _own(connection: Connection, draft: str, now: float) -> None:
    """The draft's owner as somebody in it, where nobody is."""
    if connection.execute(select(func.count()).where(draft_people.c.draft == draft)).scalar_one():
        return
    row = connection.execute(drafts.select().where(drafts.c.id == draft)).one()
    enter(connection, draft, Person(row.owner), now)


def _keep_all(connection: Connection, draft: str, kept: Any, by: By) -> None:
    most = select(func.max(draft_versions.c.number)).where(draft_versions.c.draft == draft)
    first = (connection.execute(most).scalar() or 0) + 1
    for number, one in enumerate(kept, first):
        told = {"told": one["at"], "facts": json.dumps(one["draft"]), "person": by.chat, "made": by.at}
        connection.execute(draft_versions.insert().values(draft=draft, number=number, **told))
