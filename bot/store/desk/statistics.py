"""What numbers are made of: the rows of a bureau in some days; for the province each bureau's, summed up here."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.desk.applications.life import LIVE
from bot.desk.counting import DAYS, FEWEST, Asked, Counted, Handed, Numbers, numbers
from bot.store.desk import draft_stages
from bot.store.desk.bound import Bound, bound
from bot.store.desk.bureaus import codes
from bot.store.desk_tables import asked, submissions, tickets
from bot.turn.scope import PROVINCE, operator
from bot.turn.wish import Wish

DAY = 24 * 3600.0


def figures(seen: Bound, _wish: Wish) -> Sequence[Numbers]:
    """The numbers of the scope's bureau; for the province those of each, without any of a few people."""
    if seen.scope.bureau != PROVINCE:
        return (numbers(seen.scope.bureau, _counted(seen)),)
    found = []
    for code in codes(seen):
        with bound(seen.connection, operator(code), seen.now) as one:
            found.append(numbers(code, _counted(one), least=FEWEST))
    return found


def _counted(seen: Bound) -> Counted:
    since, mine = seen.now - DAYS * DAY, seen.scope.bureau
    questions = seen.rows(asked, asked.c.bureau == mine, asked.c.at >= since)
    opened = seen.rows(tickets, tickets.c.bureau == mine, tickets.c.opened >= since)
    only = (submissions.c.state, submissions.c.findings, submissions.c.draft)
    handed = seen.rows(submissions, submissions.c.bureau == mine, only=only)
    return Counted(
        [Asked(row.person, row.at, row.status, row.topic, row.thumb) for row in questions],
        [Handed(row.opened, row.answered, row.person) for row in opened],
        [row.state for row in handed],
        [str(one.get("code", "")) for row in handed for one in json.loads(row.findings or "[]")],
        draft_stages.counted(seen, {row.draft for row in handed if row.state in LIVE}),
    )
