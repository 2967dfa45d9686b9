"""What numbers are made of: questions and stages of drafts, kept with the turn that brings them, judged, summed up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from bot.desk.applications.life import LIVE
from bot.desk.bureau.life import Figures, Judged
from bot.desk.counting import DAYS, FEWEST, Asked, Counted, Handed, numbers
from bot.process.masking import masked
from bot.store.columns import stored
from bot.store.desk.bound import Bound, Look, bound
from bot.store.desk.bureaus import codes
from bot.store.desk.record import of
from bot.store.desk_tables import asked, stages, submissions, tickets
from bot.turn.acts import Act
from bot.turn.outcome import AnswerRecord, Stage
from bot.turn.scope import PROVINCE, Scope, operator
from bot.turn.wish import Seen, Wish

DAY = 24 * 3600.0


# ---------------------------------------------------------------- kept
def count(connection: Connection, person: str, answers: Sequence[AnswerRecord], now: float) -> None:
    """Within a transaction: each answered question of a turn, for the bureau that was asked; not its own people's."""
    for answer in answers:
        if not (answer.bureau and answer.mark):
            continue
        topic = answer.citations[0].locator if answer.citations else ""
        with bound(connection, Scope(answer.bureau, "applicant", person), now) as seen:
            seen.add(
                asked, person=person, at=now, status=answer.status, topic=topic, question=masked(answer.question),
                ticket=0, thumb=0, mark=answer.mark,
            )  # fmt: skip


def judged(bound: Bound, act: Act[Judged]) -> None:
    """An answer that somebody found good or bad; what they press last counts."""
    mine = (asked.c.person == stored(act.scope.user), asked.c.mark == act.change.mark[:16])
    bound.change(asked, *mine, thumb=1 if act.change.good else -1)


def staged(connection: Connection, person: str, of: tuple[str, float], stage: Stage) -> None:
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


# ---------------------------------------------------------------- summed up
def figures(seen: Bound, _wish: Wish) -> Figures:
    """The numbers of the scope's bureau; for the province those of each, without any of a few people."""
    if seen.scope.bureau != PROVINCE:
        return Figures((numbers(seen.scope.bureau, _counted(seen)),))
    figures_ = []
    for code in codes(seen):
        with bound(seen.connection, operator(code), seen.now) as one:
            figures_.append(numbers(code, _counted(one), least=FEWEST))
    return Figures(tuple(figures_))


def _counted(seen: Bound) -> Counted:
    since, mine = seen.now - DAYS * DAY, seen.scope.bureau
    questions = seen.rows(asked, asked.c.bureau == mine, asked.c.at >= since)
    opened = seen.rows(tickets, tickets.c.bureau == mine, tickets.c.opened >= since)
    only = (submissions.c.state, submissions.c.findings, submissions.c.draft)
    handed = seen.rows(submissions, submissions.c.bureau == mine, only=only)
    # How far each draft is that may come here, without those handed in.
    live = {row.draft for row in handed if row.state in LIVE}
    drafts = seen.rows(stages, stages.c.bureau == mine, order=(stages.c.at,))
    return Counted(
        [Asked(row.person, row.at, row.status, row.topic, row.thumb) for row in questions],
        [Handed(row.opened, row.answered, row.person) for row in opened],
        [row.state for row in handed],
        [str(one.get("code", "")) for row in handed for one in json.loads(row.findings or "[]")],
        list({row.draft: row.stage for row in drafts if row.draft not in live}.values()),
    )


LOOKS: Final[dict[type[Seen], Look]] = {Figures: figures}
CHANGES: Final = (of(Judged, judged),)
