"""Going to another place of the form: the question for it, with what stands there."""

from __future__ import annotations

from bot.hearing.signal import Heard
from bot.interview import filling
from bot.interview.show import said
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.application.whole_form import items, section_of
from drafting.form.draft import Draft
from drafting.form.locating import place
from drafting.kinds import kind_of
from knowledge.call.definition import Call


def goto(session: Session, heard: Heard, ground: Ground) -> Turn:
    """The question for a place, with what stands there now; a draft is opened for it if there is none."""
    return to(session, place(heard.text, ground.call), ground)


def to(session: Session, named: str, ground: Ground, told: tuple[Reply, ...] = ()) -> Turn:
    """The question for an item behind what is told of it; a figure that isn't asked for leads to its section."""
    item = _item(named, session.draft, ground.call)
    if not filling.exists(item, session.draft, ground.call):
        item = section_of(item, ground.call).id
    if ground.barred:
        return Turn(session, (Reply(ground.barred),))
    if filling.closed_to(item, session, ground):
        return filling.told(session, say("consent.refused"), ground)
    opened = session.but(skipped=tuple(one for one in session.skipped if one != item))
    section = section_of(item, ground.call)
    now = said(kind_of(section).standing(section, item, session.draft, ground.call))
    return filling.ask_for(opened, item, ground, (*told, *((Reply(say("jump.now", what=now)),) if now else ())))


def _item(named: str, draft: Draft, call: Call) -> str:
    """What to ask of a place: in a section of several items the first that is still open."""
    section = next((one for one in call.sections if one.id == named), None)
    if section is None or not kind_of(section).stepwise:
        return named
    open_ = (item for item, there in items(section, draft, call) if not there)
    return next(open_, section.fields[0].id if section.fields else named)
