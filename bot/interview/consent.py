"""Yes and no: to the notice on personal data where it waits for one, elsewhere just on with the form."""

from __future__ import annotations

from bot.hearing.signal import Heard
from bot.interview import filling
from bot.turn.effects import Recall
from bot.turn.events import Recalled, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.team import Deed
from bot.turn.wording import say
from drafting.form.understood import Understood
from knowledge.call.definition import Call


def confirm(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A yes where the notice waits for one; elsewhere just on with the form."""
    if session.consent == "shown":
        return _consented(session, ground)
    return filling.go_on(session, ground, (), keep=True)


def _consented(session: Session, ground: Ground) -> Turn:
    given = session.but(consent="given")
    if not given.held:
        return filling.go_on(given, ground, (), keep=True)
    got = Understood(fields=given.held)
    return filling.facts(given.but(held={}), Heard("facts", got=got), ground)


def deny(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A no where the notice waits for an answer; elsewhere nothing to say no to."""
    if session.consent in ("shown", "given") and _about_consent(session, ground.call):
        # In a draft of several, what the others told of their own accord stays: who told what is asked first.
        several = len(ground.team.people) > 1
        return Turn(session, effect=Recall("notes", "refuse")) if several else _refuse(session, ground)
    return filling.told(session, say("draft.nothing_to_answer"), ground)


def refuse(session: Session, event: Recalled, ground: Ground) -> Turn:
    """A no to the notice in a draft of several: only what this person told of people is struck."""
    team = ground.team
    last = {path: note.by for note in event.notes for path in note.changed}
    personal = (key for key, field in ground.call.field_by_id.items() if field.personal)
    # What was told before names were kept is the owner's.
    others = (key for key in personal if last.get(f"fields/{key}", team.owner.chat) != team.me.chat)
    return _refuse(session, ground, tuple(others))


def _refuse(session: Session, ground: Ground, spared: tuple[str, ...] = ()) -> Turn:
    personal = tuple(key for key, field in ground.call.field_by_id.items() if field.personal)
    struck = {*personal} - {*spared}
    without = {key: value for key, value in session.draft.fields.items() if key not in struck}
    draft = session.draft.model_copy(update={"fields": without})
    # No way back leads to personal fields that were refused.
    refused = session.but(consent="refused", held={}, steps=(), offered=None, left=(), draft=draft)
    after = refused.doing(Deed(kind="strike", keys=personal, spared=spared))
    return filling.go_on(after, ground, (Reply(say("consent.refused")),))


def _about_consent(session: Session, call: Call) -> bool:
    field = call.field_by_id.get(session.asking)
    return bool(session.held) or bool(field and field.personal)
