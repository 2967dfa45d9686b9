"""How far a draft is, told to the bureau it may come to: a word on how much is there, nothing of what it is."""

from __future__ import annotations

from typing import Final

from bot.desk.applications.page import recommended
from bot.turn.outcome import Stage
from bot.turn.session import Session
from bot.turn.team import Team
from drafting.application.whole_form import progress
from knowledge.call.definition import Call

STAGES: Final = ("begun", "half", "complete")


def staged(before: Session, after: Session, team: Team, at: tuple[Call, str]) -> tuple[Session, Stage | None]:
    """The session with what its bureau was told last, and what it is to be told now; None when it knows.

    `at` is the call and the code of the bureau that answers; a draft counts for the recommender of its form before.
    Only its owner's turns count, so that a draft of several counts once.
    """
    call, answering = at
    if after.phase == "idle" or team.me.role != "owner":
        return after, None
    if after.staged and (after.draft, after.bureau) == (before.draft, before.bureau):
        return after, None
    code = recommended(after.draft, call) or answering
    known, _, last = after.staged.partition("/")
    stage = how_far(after, call) if code else ""
    if (known, last) == (code, stage):
        return after, None
    return after.but(staged=f"{code}/{stage}"), Stage(code, stage, known if known != code else "")


def how_far(session: Session, call: Call) -> str:
    """One of STAGES: everything is there, half of it, less."""
    there = progress(session.draft, call)
    done, of = sum(one.done for one in there), sum(one.of for one in there)
    if done == of:
        return "complete"
    return "half" if done * 2 >= of else "begun"
