"""What there is to be seen for a wish, as whoever wishes it may see it: each type by the one way of looking at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.desk.bureau.life import Pass, Recruiting, Things, Waiting
from bot.store.desk import applications, crew, entries, letters, materials, record, statistics, tickets
from bot.store.desk.bound import Bound, Desks, Look
from bot.store.desk.bureaus import overlay
from bot.turn.codes import new_code
from bot.turn.memory import Comer
from bot.turn.wish import Access, Consulted, Denied, Nothing, Seen, Wish


def consulted(desks: Desks, wish: Wish, comer: Comer, access: Access) -> Consulted[Seen] | Denied:
    """A wish with what the comer's scope sees of it; not even looked for where the scope doesn't allow it."""
    scope = crew.scope_of(desks, comer.user, comer.chat, comer.bureau)
    if not scope.allows(access.needs):
        return Denied(wish, scope, access.needs)
    code = wish.text if access.look is Pass else ""
    with desks.look(scope, code=code, chat=comer.chat) as bound:
        seen = LOOKS[access.look](bound, wish)
        wish = replace(wish, number=wish.number or seen.meant)
        return Consulted(wish, scope, seen, overlay(bound)[0], bound.now)


def _waiting(seen: Bound, _wish: Wish) -> Waiting:
    pending = tuple(item for item in entries.entries(seen) if item.state == "pending")
    return Waiting(tickets.waiting(seen), pending)


def _things(seen: Bound, wish: Wish) -> Things:
    entry = next((item for item in entries.entries(seen) if item.number == wish.number), None)
    return Things(tickets.held(seen, wish), entry, applications.one(seen, wish).filed)


LOOKS: Final[Mapping[type[Seen], Look]] = {
    Nothing: lambda _seen, _wish: Nothing(), Recruiting: lambda _seen, _wish: Recruiting(new_code()),
    Waiting: _waiting, Things: _things,
    **applications.LOOKS, **crew.LOOKS, **entries.LOOKS, **letters.LOOKS, **materials.LOOKS, **record.LOOKS,
    **statistics.LOOKS, **tickets.LOOKS,
}  # fmt: skip
