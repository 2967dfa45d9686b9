"""Who works at which desk: by rows alone, whatever somebody says, presses or which group they are in."""

from __future__ import annotations

from typing import Final

from bot.desk.bureau.life import Crew, Dismissed, GroupBound, Joined, Pass, Place, Recruited
from bot.desk.life import A, Approved, Clerk, alone
from bot.store.columns import stored
from bot.store.desk.bound import Bound, Desks, Look
from bot.store.desk.bureaus import counted
from bot.store.desk.record import noted, of
from bot.store.desk_tables import groups, staff, staff_codes
from bot.turn.acts import Act, Change
from bot.turn.ports import StaleError
from bot.turn.scope import PROVINCE, Scope
from bot.turn.wish import Seen, Wish

VALID = 7 * 24 * 3600.0


def scope_of(desks: Desks, user: str, chat: str, bureau: str) -> Scope:
    """As what somebody comes from a chat whose bureau is `bureau`: as one of the desk they work at, else an applicant.

    In a group that belongs to a bureau they are what they are there.
    """
    with desks.look(Scope("", "applicant", user), chat=chat) as seen:
        mine = seen.rows(staff, staff.c.person == stored(user), staff.c.gone.is_(None))
        group = seen.one(groups, groups.c.chat == stored(chat)) if chat != user else None
    if group is not None:
        mine = [row for row in mine if group.kind == "staff" and row.bureau == group.bureau]
        bureau = group.bureau
    if not mine:
        return Scope(bureau, "applicant", user)
    row = mine[0]
    return Scope(row.bureau, "province" if row.bureau == PROVINCE else row.role, user)


def attest(bound: Bound, act: Act[Change]) -> None:
    """StaleError when the scope is one that its person no longer has, or one that doesn't do such a thing."""
    scope = bound.scope
    if not scope.allows(act.change.needs):
        raise StaleError
    if not scope.serves or scope.role == "operator":
        return
    row = bound.one(staff, staff.c.person == stored(scope.user), staff.c.bureau == scope.bureau, staff.c.gone.is_(None))
    if row is None or scope.role not in ("province", row.role):
        raise StaleError


def as_seen(act: Act[Change], thing: A | None) -> A:
    """A thing as an act was decided on; StaleError when it is another by now, or no such step is taken with it."""
    if thing is None or thing.version != act.was or not thing.may(act.change.kind):
        raise StaleError
    return thing


def approves(bound: Bound, thing: Approved) -> None:
    """StaleError where it is one's own, unless one works there alone or is the operator."""
    if thing.own(bound.scope.user) and bound.scope.role != "operator" and not alone(clerks(bound)):
        raise StaleError


# ---------------------------------------------------------------- looked at
def clerks(seen: Bound) -> tuple[Clerk, ...]:
    """Everybody who works at the scope's desk now, in the order in which they came."""
    mine = staff.c.bureau == seen.scope.bureau
    rows = seen.rows(staff, mine, staff.c.gone.is_(None), order=(staff.c.joined, staff.c.person))
    return tuple(Clerk(row.person, row.role, row.name, row.joined) for row in rows)


def crew(seen: Bound, _wish: Wish) -> Crew:
    """Who works there."""
    return Crew(clerks(seen))


def opened(seen: Bound, wish: Wish) -> Pass:
    """What a code opens."""
    row = seen.one(staff_codes, staff_codes.c.code == wish.text)
    if row is None:
        return Pass()
    here = seen.one(staff, staff.c.person == stored(seen.scope.user), staff.c.gone.is_(None))
    state = "used" if row.used is not None else "open" if row.expires > seen.now else "expired"
    return Pass(row.bureau, row.role, state, here.bureau if here else "")


def place(seen: Bound, _wish: Wish) -> Place:
    """Whose the group is in which it was said."""
    row = seen.one(groups, groups.c.chat == stored(seen.chat))
    return Place(row.bureau, row.kind) if row else Place()


# ---------------------------------------------------------------- changed
def recruited(bound: Bound, act: Act[Recruited]) -> None:
    """A code with which one more comes to work at the desk."""
    made = {"code": act.change.code, "role": act.change.role, "made_by": act.scope.user}
    bound.add(staff_codes, **made, made=bound.now, expires=bound.now + VALID)
    noted(bound, act, act.change.role)


def joined(bound: Bound, act: Act[Joined]) -> None:
    """A code used up by the person of the scope, who works at its bureau from now on."""
    user, code, row = act.scope.user, act.change.code, staff_codes.c
    unused = bound.one(staff_codes, row.code == code, row.used.is_(None), row.expires > bound.now)
    if unused is None or unused.bureau != bound.scope.bureau:
        raise StaleError
    bound.once(staff_codes, row.code == code, row.used.is_(None), used_by=user, used=bound.now)
    here = {"role": unused.role, "name": act.name, "joined": bound.now, "gone": None}
    if not bound.change(staff, staff.c.person == stored(user), staff.c.bureau == unused.bureau, **here):
        bound.add(staff, person=user, **here)
    counted(bound, 1)
    noted(bound, act, unused.role)


def dismissed(bound: Bound, act: Act[Dismissed]) -> None:
    """Somebody who works there no longer, at once."""
    bound.once(staff, staff.c.person == stored(act.change.person), staff.c.gone.is_(None), gone=bound.now)
    counted(bound, -1)
    noted(bound, act, act.change.called)


def bind(bound: Bound, act: Act[GroupBound]) -> None:
    """A group that is the bureau's from now on; one of another bureau stays where it is."""
    chat, use = act.change.chat, act.change.use
    here = {"kind": use, "made_by": act.scope.user, "made": bound.now}
    if not bound.change(groups, groups.c.chat == stored(chat), groups.c.bureau == bound.scope.bureau, **here):
        bound.add(groups, chat=chat, **here)
    noted(bound, act, use)


CHANGES: Final = (of(Recruited, recruited), of(Joined, joined), of(Dismissed, dismissed), of(GroupBound, bind))
LOOKS: Final[dict[type[Seen], Look]] = {Pass: opened, Crew: crew, Place: place}
