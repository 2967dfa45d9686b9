"""Who works at the scope's desk now."""

from __future__ import annotations

from bot.desk.crew import Clerk
from bot.store.desk.bound import Bound
from bot.store.desk_tables import staff


def clerks(seen: Bound) -> tuple[Clerk, ...]:
    """Everybody there, in the order in which they came."""
    mine = staff.c.bureau == seen.scope.bureau
    rows = seen.rows(staff, mine, staff.c.gone.is_(None), order=(staff.c.joined, staff.c.person))
    return tuple(Clerk(row.person, row.role, row.name, row.joined) for row in rows)
