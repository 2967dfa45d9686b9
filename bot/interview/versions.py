"""Versions of a draft: kept, listed, compared, brought back."""

from __future__ import annotations

from bot.hearing.signal import Heard
from bot.interview import filling
from bot.interview.paths import section_labels
from bot.turn.days import day_text
from bot.turn.effects import Recall
from bot.turn.events import Recalled, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.team import Deed, Version
from bot.turn.wording import say
from drafting.changes.differences import compared
from drafting.changes.history import changes
from drafting.form.draft import Draft
from drafting.phrasebook import pattern
from knowledge.call.definition import Call

LISTED = 20


def kept(session: Session, ground: Ground, number: int = 0) -> Session:
    """The session with its draft to be kept as a version, which it is unless nothing changed since the last one."""
    at = " ".join(part for part in (day_text(ground.today), ground.now) if part)
    return session.doing(Deed(kind="keep", text=at, number=number, facts=session.draft.model_dump(mode="json")))


def recall(session: Session, heard: Heard, _ground: Ground) -> Turn:
    """What is asked about versions needs them first."""
    return Turn(session, effect=Recall("versions", heard.signal, heard.text))


def keep(session: Session, event: Recalled, ground: Ground) -> Turn:
    """The draft as it is now, to come back to."""
    if _is_last(session.draft, event.versions):
        return filling.told(session, say("versions.kept", number=event.versions[-1].number), ground)
    number = event.versions[-1].number + 1 if event.versions else 1
    return filling.told(kept(session, ground, number), say("versions.kept", number=number), ground)


def _is_last(draft: Draft, versions: tuple[Version, ...]) -> bool:
    return bool(versions) and _draft(versions[-1]) == draft


def _draft(version: Version) -> Draft:
    return Draft.model_validate(version.facts)


def versions(session: Session, event: Recalled, ground: Ground) -> Turn:
    """A line a version: when, and what changed since the one before."""
    if not event.versions:
        return filling.told(session, say("versions.none"), ground)
    before = [Draft(), *map(_draft, event.versions)]
    lines = [
        say("versions.line", number=one.number, at=one.at, what=_changed(old, _draft(one), ground.call))
        for old, one in zip(before, event.versions, strict=False)
    ]
    return filling.told(session, "\n".join([*lines[-LISTED:], say("versions.how")]), ground)


def _changed(old: Draft, new: Draft, call: Call) -> str:
    return section_labels(changes(old, new), call) or say("versions.same")


def compare(session: Session, event: Recalled, ground: Ground) -> Turn:
    """What two versions say differently, a line a thing."""
    one, other = (_version(number, event) for number in pattern("clauses.numbers").findall(event.wanted.text)[:2])
    if one is None or other is None:
        return filling.told(session, say("versions.unknown", count=len(event.versions)), ground)
    lines = compared(_draft(one), _draft(other), ground.call)
    return filling.told(session, "\n".join(lines) or say("versions.same"), ground)


def restore(session: Session, event: Recalled, ground: Ground) -> Turn:
    """An earlier version as the draft; what was there is kept as a version of its own."""
    number = pattern("clauses.numbers").findall(event.wanted.text)[0]
    found = _version(number, event)
    if found is None:
        return filling.told(session, say("versions.unknown", count=len(event.versions)), ground)
    back = kept(session, ground).changed(_draft(found)).but(asking="", skipped=(), trail=())
    return filling.go_on(back, ground, (Reply(say("versions.restored", number=number, at=found.at)),))


def _version(number: str, event: Recalled) -> Version | None:
    return next((one for one in event.versions if str(one.number) == number.lstrip("0")), None)
