"""How far drafts are, a row a draft at the bureau it may come to; written with the turn that got it there."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from bot.store.columns import stored
from bot.store.desk.bound import Bound, bound
from bot.store.desk_tables import stages
from bot.turn.outcome import Stage
from bot.turn.scope import Scope


def told(connection: Connection, person: str, of: tuple[str, float], stage: Stage) -> None:
    """Within a transaction: a draft's stage, `of` being its id and when; the bureau that knew before forgets it."""
    draft, now = of
    mine = (stages.c.draft == draft, stages.c.person == stored(person))
    if stage.was:
        with bound(connection, Scope(stage.was, "applicant", person), now) as seen:
            seen.drop(stages, *mine)
    if not stage.bureau:
        return
    with bound(connection, Scope(stage.bureau, "applicant", person), now) as seen:
        if not seen.change(stages, *mine, stage=stage.stage, at=now):
            seen.add(stages, draft=draft, person=person, stage=stage.stage, at=now)


def counted(seen: Bound, handed: Collection[str]) -> list[str]:
    """The stage of each draft that may come to the scope's bureau, without those `handed` in."""
    rows = seen.rows(stages, stages.c.bureau == seen.scope.bureau, order=(stages.c.at,))
    return list({row.draft: row.stage for row in rows if row.draft not in handed}.values())
