"""Questions as they count: kept with the turn that answered them, judged by who asked, erased with the person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from bot.desk.bureau.life import Judged
from bot.process.logs import masked
from bot.store.columns import stored
from bot.store.desk.bound import Bound, bound
from bot.store.desk.record import of
from bot.store.desk_tables import asked
from bot.turn.acts import Act
from bot.turn.outcome import AnswerRecord
from bot.turn.scope import Scope


def count(connection: Connection, person: str, answers: Sequence[AnswerRecord], now: float) -> None:
    """Within a transaction: each answered question of a turn, for the bureau that was asked; not its own people's."""
    for one in answers:
        if not (one.bureau and one.mark):
            continue
        topic = one.citations[0].locator if one.citations else ""
        with bound(connection, Scope(one.bureau, "applicant", person), now) as seen:
            seen.add(
                asked, person=person, at=now, status=one.status, topic=topic, question=masked(one.question), ticket=0,
                thumb=0, mark=one.mark,
            )  # fmt: skip


def judged(bound: Bound, act: Act[Judged]) -> None:
    """An answer that somebody found good or bad; what they press last counts."""
    mine = (asked.c.person == stored(act.scope.user), asked.c.mark == act.change.mark[:16])
    bound.change(asked, *mine, thumb=1 if act.change.good else -1)


CHANGES: Final = (
    of(Judged, judged),
)  # fmt: skip
