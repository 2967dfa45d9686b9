"""Buttons: each answers the item it names, if that is the one that is open."""

from __future__ import annotations

from bot.hearing.signal import Heard
from bot.interview import consent, filling
from bot.interview.asking import question
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.application.whole_form import section_of
from drafting.changes.additions import record
from drafting.form.draft import Draft
from drafting.form.understood import Understood
from drafting.kinds import kind_of
from drafting.kinds.task_table import DONE
from knowledge.call.definition import Call


def stale(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A button of a question that is no longer open."""
    return filling.told(session, say("draft.stale"), ground)


def press_idle(session: Session, heard: Heard, ground: Ground) -> Turn:
    """Without a draft only the button that opens one does anything."""
    return filling.start(session, heard, ground) if heard.text == "start" else stale(session, heard, ground)


def press(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A button answers the item it names, if that is the one that is open."""
    item, _, value = heard.text.partition("/")
    if item == "consent" and session.consent in ("none", "shown"):
        return (consent.confirm if value == "yes" else consent.deny)(session, heard, ground)
    if item not in (session.asking, session.asking.partition("/")[0]):
        return stale(session, heard, ground)
    got = _pressed(item, value, session.draft, ground.call)
    if got is None:
        return stale(session, heard, ground)
    if value != DONE and not got.problems and question(item, session.draft, ground.call).board:
        draft = record(session.draft, got, ground.call)
        return Turn(session.changed(draft), (question(item, draft, ground.call),))
    return filling.facts(session, Heard("facts", got=got), ground)


def _pressed(item: str, value: str, draft: Draft, call: Call) -> Understood | None:
    """What a button says, None when its value means nothing here."""
    section = section_of(item, call)
    return kind_of(section).pressed(section, item, value, draft, call)
