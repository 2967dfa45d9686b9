"""What there is to be seen for each kind of wish, as whoever wishes it may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from bot.desk import crew
from bot.desk.ambiguity import Things
from bot.desk.entries.entry import Item, View
from bot.desk.tickets import actions
from bot.desk.tickets.life import Ticket
from bot.desk.tickets.page import Waiting
from bot.hearing.wishes import needed
from bot.store.columns import stored
from bot.store.desk import applications, entries, letters, materials, tickets
from bot.store.desk.bound import Bound, Desks
from bot.store.desk.bureaus import overlay
from bot.store.desk.crew import clerks
from bot.store.desk.people import scope_of
from bot.store.desk.statistics import figures
from bot.store.desk_tables import audit, groups, staff, staff_codes
from bot.turn.codes import new_code
from bot.turn.memory import Comer
from bot.turn.scope import Scope
from bot.turn.wish import Consulted, Wish

SHOWN: Final = 15
Look = Callable[[Bound, Wish], Any]


def consulted(desks: Desks, wish: Wish, comer: Comer) -> Consulted:
    """A wish with what the comer's scope sees of it; not even looked for where the scope doesn't allow it."""
    scope = scope_of(desks, comer.user, comer.chat, comer.bureau)
    if not allowed(wish.kind, scope):
        return Consulted(wish, scope, may=False)
    code = wish.text if wish.kind == "enter" else ""
    with desks.look(scope, code=code, chat=comer.chat) as seen:
        found = LOOKS[wish.kind](seen, wish) if wish.kind in LOOKS else None
        return Consulted(_meant(wish, found), scope, overlay(seen)[0], found, at=seen.now)


def _meant(wish: Wish, found: Any) -> Wish:
    """A wish without a number with that of the only thing it can be about."""
    one = found.item if isinstance(found, View) else found.found if isinstance(found, actions.Handover) else found
    return replace(wish, number=one.number) if isinstance(one, Ticket | Item) and not wish.number else wish


def allowed(kind: str, scope: Scope) -> bool:
    """Whether this kind of wish is for somebody like that."""
    needs = needed(kind)
    if needs == "rules":
        return scope.rules or (scope.role == "province" and kind in ("settings", "set", "recruit", "audit"))
    return needs == "anyone" or (needs == "serves" and scope.serves)


def _pass(seen: Bound, wish: Wish) -> crew.Pass | None:
    row = seen.one(staff_codes, staff_codes.c.code == wish.text)
    if row is None:
        return None
    here = seen.one(staff, staff.c.person == stored(seen.scope.user), staff.c.gone.is_(None))
    state = "used" if row.used is not None else "open" if row.expires > seen.now else "expired"
    return crew.Pass(row.bureau, row.role, state, here.bureau if here else "")


def _place(seen: Bound, _wish: Wish) -> crew.Place:
    row = seen.one(groups, groups.c.chat == stored(seen.chat))
    return crew.Place(row.bureau, row.kind) if row else crew.Place()


def _record(seen: Bound, wish: Wish) -> tuple[crew.Line, ...]:
    rows = seen.rows(audit, order=(audit.c.id.desc(),), most=min(wish.number or SHOWN, 100))
    return tuple(crew.Line(row.at, row.name, row.act, row.number, row.detail) for row in rows)


def _crew(seen: Bound, _wish: Wish) -> tuple[crew.Clerk, ...]:
    return clerks(seen)


def _waiting(seen: Bound, wish: Wish) -> Waiting:
    pending = tuple(one for one in entries.entries(seen) if one.state == "pending")
    return Waiting(tickets.waiting(seen, wish), pending)


def _things(seen: Bound, wish: Wish) -> Things:
    entry = next((one for one in entries.entries(seen) if one.number == wish.number), None)
    ticket = tickets.held(seen, wish)
    return Things(ticket, entry, applications.one(seen, wish))


LOOKS: Final[dict[str, Look]] = {
    "enter": _pass, "recruit": lambda _seen, _wish: new_code(), "crew": _crew, "dismiss": _crew, "quit": _crew,
    "bind": _place, "audit": _record,
    "human": tickets.opening, "mine": tickets.own, "queue": _waiting, "either": _things,
    "write": letters.addressed, "send": letters.addressed, "unsend": letters.addressed,
    "figures": figures, "figures_table": figures,
    **dict.fromkeys(actions.ON_TICKET, tickets.held), "hand": tickets.handover,
    "submit": applications.handing, "handed": applications.everywhere, "filed": applications.listed,
    **dict.fromkeys(("opened", "report", "accepts", "returns", "reopens"), applications.one),
    **dict.fromkeys(("withdraw", "removes", "spot"), applications.one),
    "word": applications.whole, "rank": applications.ranking, "pack": applications.ranked,
    "mailed": applications.mailbox,
    **dict.fromkeys(entries.KINDS, entries.view),
    **dict.fromkeys(materials.KINDS, materials.stock),
}  # fmt: skip
