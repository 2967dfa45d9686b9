"""Who works at which desk: by rows alone, whatever somebody says, presses or which group they are in."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.store.columns import stored
from bot.store.desk.bound import Bound, Desks
from bot.store.desk.bureaus import counted
from bot.store.desk.record import noted
from bot.store.desk_tables import groups, staff, staff_codes
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.scope import PROVINCE, Scope

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


# Acts that are anybody's, as far as what they are done to is theirs; and those that only who rules there does.
ANYBODYS = frozenset({"ticket", "tend", "judge", "join", "subscribe", "apply", "vet"})
RULERS = frozenset({"settle", "recruit", "bind", "broadcast", "send"})


def attest(bound: Bound, act: Act) -> None:
    """StaleError when the scope is one that its person no longer has, or one that doesn't do such a thing."""
    scope = bound.scope
    if act.kind not in ANYBODYS and not scope.serves:
        raise StaleError
    if act.kind in RULERS and not (scope.rules or scope.role == "province"):
        raise StaleError
    if not scope.serves or scope.role == "operator":
        return
    row = bound.one(staff, staff.c.person == stored(scope.user), staff.c.bureau == scope.bureau, staff.c.gone.is_(None))
    if row is None or scope.role not in ("province", row.role):
        raise StaleError


def recruited(bound: Bound, act: Act) -> None:
    """A code with which one more comes to work at the desk."""
    try:
        made = {"code": act.values["code"], "role": act.values["role"], "made_by": act.user}
        bound.add(staff_codes, **made, made=bound.now, expires=bound.now + VALID)
    except IntegrityError as error:
        raise StaleError from error
    noted(bound, act, act.values["role"])


def joined(bound: Bound, act: Act) -> None:
    """A code used up by the person of the scope, who works at its bureau from now on."""
    code = act.values["code"]
    row = staff_codes.c
    found = bound.one(staff_codes, row.code == code, row.used.is_(None), row.expires > bound.now)
    if found is None or found.bureau != bound.scope.bureau:
        raise StaleError
    bound.once(staff_codes, row.code == code, row.used.is_(None), used_by=act.user, used=bound.now)
    here = {"role": found.role, "name": act.name, "joined": bound.now, "gone": None}
    if not bound.change(staff, staff.c.person == stored(act.user), staff.c.bureau == found.bureau, **here):
        bound.add(staff, person=act.user, **here)
    counted(bound, 1)
    noted(bound, act, found.role)


def dismissed(bound: Bound, act: Act) -> None:
    """Somebody who works there no longer, at once."""
    who = act.values["person"]
    bound.once(staff, staff.c.person == stored(who), staff.c.gone.is_(None), gone=bound.now)
    counted(bound, -1)
    noted(bound, act, act.values.get("called", ""))


def bind(bound: Bound, act: Act) -> None:
    """A group that is the bureau's from now on; one of another bureau stays where it is."""
    chat, kind = act.values["chat"], act.values["kind"]
    here = {"kind": kind, "made_by": act.user, "made": bound.now}
    if not bound.change(groups, groups.c.chat == stored(chat), groups.c.bureau == bound.scope.bureau, **here):
        try:
            bound.add(groups, chat=chat, **here)
        except IntegrityError as error:
            raise StaleError from error
    noted(bound, act, kind)
