"""What a turn does besides facts: versions, invitations, people who come and go; StaleError when it came too late."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from bot.store.erasing import forget
from bot.store.tables import draft_people, draft_versions, drafts, invitations
from bot.turn.ports import StaleError
from bot.turn.team import Deed, Person

VALID: Final = 7 * 24 * 3600.0


@dataclass(frozen=True)
class By:
    """Whose turn it is: the chat, what it is called, the user for the record, and when."""

    chat: str
    name: str
    user: str
    at: float


def perform(connection: Connection, deed: Deed, doer: By) -> None:
    """Within a transaction: do what the deed says, to the draft it names."""
    DEEDS[deed.kind](connection, deed, doer)


def enter(connection: Connection, draft: str, who: Person, now: float) -> None:
    """Within a transaction: somebody is in a draft from now on; whoever was there before comes back."""
    version = connection.execute(select(drafts.c.version).where(drafts.c.id == draft)).scalar_one()
    values: dict[str, Any] = {"role": who.role, "unit": who.unit, "name": who.name, "joined": now, "gone": None}
    values |= {"active": now, "seen": version, "confirmed": ""}
    row = draft_people.c
    back = (row.draft == draft) & (row.person == who.chat) & row.gone.is_not(None)
    if connection.execute(draft_people.update().where(back).values(values)).rowcount == 1:
        return
    try:
        connection.execute(draft_people.insert().values(draft=draft, person=who.chat, **values))
    except IntegrityError as error:
        raise StaleError from error


def _once(done: Any) -> None:
    if done.rowcount != 1:
        raise StaleError


# ---------------------------------------------------------------- versions
def _keep(connection: Connection, deed: Deed, doer: By) -> None:
    """The draft as a version, unless it is the same as the last one; `number` is what the person was told."""
    mine = draft_versions.c.draft == deed.draft
    newest = draft_versions.select().where(mine).order_by(draft_versions.c.number.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    if last and json.loads(last.facts) == deed.facts:
        return
    number = last.number + 1 if last else 1
    if deed.number and deed.number != number:
        raise StaleError
    values = {"told": deed.text, "person": doer.chat, "facts": json.dumps(deed.facts), "made": doer.at}
    connection.execute(draft_versions.insert().values(draft=deed.draft, number=number, **values))


def _strike(connection: Connection, deed: Deed, doer: By) -> None:
    """Fields out of all versions of the draft, but those spared; and out of every draft that is the person's alone."""
    _strike_versions(connection, deed.draft, set(deed.keys) - set(deed.spared))
    mine = select(draft_people.c.draft).where(draft_people.c.person == doer.chat)
    alone = (
        select(draft_people.c.draft)
        .where(draft_people.c.draft.in_(mine), draft_people.c.draft != deed.draft)
        .group_by(draft_people.c.draft)
        .having(func.count() == 1)
    )
    for draft in connection.execute(alone).scalars().all():
        _strike_versions(connection, draft, set(deed.keys))
        facts = connection.execute(select(drafts.c.facts).where(drafts.c.id == draft)).scalar_one()
        left = json.dumps(_without(json.loads(facts), set(deed.keys)))
        struck = {"facts": left, "version": drafts.c.version + 1, "updated": doer.at}
        connection.execute(drafts.update().where(drafts.c.id == draft).values(struck))


def _strike_versions(connection: Connection, draft: str, keys: set[str]) -> None:
    rows = connection.execute(draft_versions.select().where(draft_versions.c.draft == draft)).all()
    for row in rows:
        this = (draft_versions.c.draft == draft) & (draft_versions.c.number == row.number)
        left = json.dumps(_without(json.loads(row.facts), keys))
        connection.execute(draft_versions.update().where(this).values(facts=left))


def _without(facts: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    fields = facts.get("fields", {})
    return {**facts, "fields": {key: value for key, value in fields.items() if key not in keys}}


# ---------------------------------------------------------------- people
def _invite(connection: Connection, deed: Deed, doer: By) -> None:
    values = {"draft": deed.draft, "role": deed.role, "unit": deed.unit, "made_by": doer.chat, "made": doer.at}
    try:
        connection.execute(invitations.insert().values(code=deed.code, expires=doer.at + VALID, **values))
    except IntegrityError as error:
        raise StaleError from error


def _join(connection: Connection, deed: Deed, doer: By) -> None:
    """A code used up by somebody, who is in its draft from now on, as what it says."""
    chat, name, now = doer.chat, doer.name, doer.at
    row = invitations.c
    valid = (row.code == deed.code) & row.used.is_(None) & (row.expires > now)
    _once(connection.execute(invitations.update().where(valid).values(used_by=chat, used=now)))
    made = connection.execute(invitations.select().where(row.code == deed.code)).one()
    enter(connection, made.draft, Person(chat, made.role, name, made.unit), now)


def _remove(connection: Connection, deed: Deed, doer: By) -> None:
    """Somebody out of the draft; never its owner, who hands over first."""
    row = draft_people.c
    there = (row.draft == deed.draft) & (row.person == deed.person) & row.gone.is_(None) & (row.role != "owner")
    _once(connection.execute(draft_people.update().where(there).values(gone=doer.at)))


def _hand(connection: Connection, deed: Deed, doer: By) -> None:
    row = draft_people.c
    here = (row.draft == deed.draft) & row.gone.is_(None)
    mine = here & (row.person == doer.chat) & (row.role == "owner")
    _once(connection.execute(draft_people.update().where(mine).values(role="editor")))
    theirs = here & (row.person == deed.person)
    _once(connection.execute(draft_people.update().where(theirs).values(role="owner", unit="", confirmed="")))
    connection.execute(drafts.update().where(drafts.c.id == deed.draft).values(owner=deed.person))


def _confirm(connection: Connection, deed: Deed, doer: By) -> None:
    """The unit's part is confirmed by its person as `text` marks it."""
    row = draft_people.c
    mine = (row.draft == deed.draft) & (row.person == doer.chat) & (row.unit == deed.unit) & row.gone.is_(None)
    _once(connection.execute(draft_people.update().where(mine).values(confirmed=deed.text)))


def _rename(connection: Connection, deed: Deed, _doer: By) -> None:
    """A unit has another name: its people and its invitations go along."""
    for table in (draft_people, invitations):
        its = (table.c.draft == deed.draft) & (table.c.unit == deed.text)
        connection.execute(table.update().where(its).values(unit=deed.unit))


def _forget(connection: Connection, _deed: Deed, doer: By) -> None:
    """Everything of the person is gone, by whichever name they go."""
    forget(connection, doer.chat, doer.user)


DEEDS: Final[dict[str, Callable[[Connection, Deed, By], None]]] = {
    "keep": _keep, "invite": _invite, "join": _join, "remove": _remove, "hand": _hand, "confirm": _confirm,
    "rename": _rename, "strike": _strike, "forget": _forget,
}  # fmt: skip
