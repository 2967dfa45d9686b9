"""Where things stand: what is due, and what somebody who was away finds."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.interview.show import label
from bot.turn.days import day_text
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.application.whole_form import lacking, progress
from knowledge.call.definition import Call

AWAY: Final = 7


def away(session: Session, ground: Ground) -> bool:
    """True when somebody comes back to a draft after a week or more."""
    return session.phase != "idle" and ground.seen is not None and (ground.today - ground.seen).days >= AWAY


def standing(session: Session, ground: Ground) -> tuple[Reply, ...]:
    """Where things stand, for somebody who was away: when that was, which application, how far it is, what is due."""
    item, done, of = where(session, ground.call)
    name = next((session.draft.fields[one] for one in ground.call.cover if session.draft.fields.get(one)), "")
    day = day_text(ground.seen or ground.today)
    line = say("greet.back", day=day, name=f"“{name}”" if name else "", item=item, done=done, of=of)
    return (Reply("\n".join((line, *passed(ground, coming=True)))),)


def where(session: Session, call: Call) -> tuple[str, int, int]:
    """(open item as a person calls it, things there, things wanted)."""
    there, left = progress(session.draft, call), lacking(session.draft, call)
    item = session.asking or (left[0] if left else "")
    return label(item, call) if item else "", sum(one.done for one in there), sum(one.of for one in there)


def passed(ground: Ground, *, coming: bool = False) -> tuple[str, ...]:
    """A line on each filing day that is over; `coming` ones too: what is due by then and whom it binds.

    A bureau's own day stands before what binds the bureau itself.
    """
    inner = ground.overlay.inner_deadline
    if inner is not None:
        return _inner(inner, ground, coming=coming)
    return _of_call(ground, coming=coming)


def _inner(inner: date, ground: Ground, *, coming: bool) -> tuple[str, ...]:
    over = ground.today > inner
    if not over and not coming:
        return ()
    key = "greet.inner_passed" if over else "greet.inner"
    # What binds the bureau is its own business from then on; what binds applicants stays.
    others = tuple(one for one in _of_call(ground, coming=coming, bureau=False))
    return (say(key, day=day_text(inner), reach=ground.overlay.reach or say("greet.bureau")), *others)


def _of_call(ground: Ground, *, coming: bool, bureau: bool = True) -> tuple[str, ...]:
    return tuple(
        say(
            _deadline(ground.today > one.day, one.binds),
            day=day_text(one.day),
            what=one.what,
        )
        for one in ground.call.deadlines
        if (coming or ground.today > one.day) and (bureau or one.binds != "bureau")
    )


def _deadline(over: bool, binds: str) -> str:
    return "greet.passed" if over else "greet.due_bureau" if binds == "bureau" else "greet.due"
