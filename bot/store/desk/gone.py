"""A person erased from every desk: their questions and what they handed in are gone, what they did is nobody's."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Connection

from bot.store import desk_tables as tables
from bot.store.columns import stored
from bot.store.desk.bound import bound
from bot.store.desk.bureaus import counted
from bot.store.desk.entries import forgotten
from bot.turn.scope import operator

THEIRS: Final = (
    tables.ticket_words, tables.tickets, tables.asked, tables.stages, tables.submissions, tables.subscriptions,
    tables.told,
)  # fmt: skip


def unknown(connection: Connection, person: str) -> None:
    """Within a transaction: what is the person's is removed; where they worked, somebody unknown did."""
    nobody = f"gone:{secrets.token_hex(6)}"
    mine = stored(person)
    with bound(connection, operator(), 0.0) as seen:
        for table in THEIRS:
            seen.drop(table, table.c.person == mine)
        seen.change(tables.ticket_words, tables.ticket_words.c.by == mine, by=nobody, by_name="")
        seen.change(tables.tickets, tables.tickets.c.holder == mine, holder="", holder_name="")
        for table in (tables.faqs, tables.materials):
            for name in ("author", "approver"):
                seen.change(table, table.c[name] == mine, **{name: nobody, f"{name}_name": ""})
        forgotten(seen, mine, nobody)
        seen.change(tables.audit, tables.audit.c.person == mine, person=nobody, name="")
        left = seen.rows(tables.staff, tables.staff.c.person == mine, tables.staff.c.gone.is_(None))
        seen.drop(tables.staff, tables.staff.c.person == mine)
        for column in (tables.staff_codes.c.made_by, tables.staff_codes.c.used_by):
            seen.change(tables.staff_codes, column == mine, **{column.name: nobody})
        seen.change(tables.groups, tables.groups.c.made_by == mine, made_by=nobody)
    for row in left:
        with bound(connection, operator(row.bureau), 0.0) as there:
            counted(there, -1)


def everything(connection: Connection, person: Collection[str]) -> dict[str, Any]:
    """Within a transaction: what desks keep of a person, by all the names they go by, as JSON has it."""
    mine = [stored(one) for one in person]
    with bound(connection, operator(), 0.0) as seen:
        return {
            table.name: [dict(row._mapping) for row in seen.rows(table, table.c.person.in_(mine))] for table in THEIRS
        }
