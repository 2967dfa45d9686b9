"""Somebody of a participating unit: fills the unit's own part, confirms it, sees the rest, changes none of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.hearing.routing import CITY, hear
from bot.hearing.signal import Heard, Signal
from bot.interview import city, colleagues, drafts, filling, own_data
from bot.interview.asking import question
from bot.interview.show import preview
from bot.turn.effects import Draw
from bot.turn.events import Pressed, Said, Sent, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.team import Deed, mark
from bot.turn.wording import say
from drafting.application.whole_form import lacking
from drafting.changes.additions import record
from drafting.changes.history import changes, only
from drafting.form.draft import Draft, Member
from drafting.form.duties import numbers
from drafting.form.understood import Understood
from drafting.kinds.kind import shortened
from drafting.phrasebook import pattern
from drafting.reading.own import own
from knowledge.call.definition import Call

Handler = Callable[[Session, Heard, Ground], Turn]
CONFIRM: Final = "unit/confirm"
SAYS: Final = ("facts", "unread", "remark", "confirm", "deny", "start", "ask_policy", "skip")


def stepped(session: Session, event: Said | Pressed | Sent, ground: Ground, ask: Handler) -> Turn:
    """The turn of a unit's person; `ask` answers questions about the notice."""
    heard = _hear(session, event, ground)
    return TABLE[heard.signal](session, heard, ground) if heard.signal in TABLE else _else(session, heard, ground, ask)


def guarded(session: Session, turn: Turn, ground: Ground) -> Turn:
    """The turn with the draft as it was but for the own part, where somebody of a unit did it."""
    after = turn.session
    if not ground.team.unit or after.put_by is not None or after.draft == session.draft:
        return turn
    there = _member(session.draft, ground) is not None
    own_path = f"members/{ground.team.unit}" if there else ""
    mine = [path for path in changes(session.draft, after.draft) if path == own_path]
    return replace(turn, session=after.but(draft=only(session.draft, after.draft, mine)))


def _hear(session: Session, event: Said | Pressed | Sent, ground: Ground) -> Heard:
    if isinstance(event, Pressed):
        kind: Signal = "city" if event.id.startswith(CITY) else "press"
        return Heard("sure" if event.id == CONFIRM else kind, event.id)
    heard = hear(session.but(asking="", phase="filling"), event, ground.call)
    if heard.signal == "confirm" and pattern("own.confirms").search(heard.text):
        return Heard("sure", heard.text)
    if not isinstance(event, Said) or heard.signal not in SAYS:
        return heard
    got = own(event.text, ground.team.unit, session.draft, ground.call)
    return Heard("facts", event.text, got) if got.says_facts or got.problems else heard


def _else(session: Session, heard: Heard, ground: Ground, ask: Handler) -> Turn:
    if heard.signal == "ask_policy":
        return ask(session, heard, ground)
    if heard.signal in ("unread", "remark"):
        return _told(session, say("unit.unread", unit=ground.team.unit), ground)
    return _refused(session, ground)


def _refused(session: Session, ground: Ground) -> Turn:
    """What the unit's person can't do here, and who can."""
    text = say("unit.refused", who=ground.team.called(ground.team.owner.chat), unit=ground.team.unit)
    return Turn(session, (Reply(text), *again(session, ground)))


def again(session: Session, ground: Ground) -> tuple[Reply, ...]:
    """What the unit still lacks, nothing when it is all there."""
    item = f"unit/{ground.team.unit}"
    if session.phase != "filling" or item not in lacking(session.draft, ground.call):
        return ()
    return (question(item, session.draft, ground.call, brief=True),)


def _told(session: Session, text: str, ground: Ground) -> Turn:
    return Turn(session, (Reply(text), *again(session, ground)))


# ---------------------------------------------------------------- the own part
def facts(session: Session, heard: Heard, ground: Ground) -> Turn:
    """The own part put down and repeated; the rest of the message is refused with who can say it."""
    unit, said = ground.team.unit, heard.got
    if _member(session.draft, ground) is None:
        return _told(session, say("unit.gone", unit=unit), ground)
    mine = tuple(one for one in said.members if one.name == unit)
    own_problems = tuple(one for one in said.problems if one.on == unit or one.code == "unknown_task")
    got = Understood(members=mine, problems=own_problems)
    after = record(session.draft, got, ground.call)
    lines = [say("draft.noted", what=_noted(_member(after, ground), session.draft, ground))] if mine else []
    lines += [say("draft.refused", text=one.text) for one in got.problems]
    if said != got:
        lines.append(say("unit.rest", who=ground.team.called(ground.team.owner.chat)))
    told = (Reply("\n".join(lines), problems=got.problems),)
    return filling.go_on(session.changed(after).but(phase="filling"), ground, told)


def _member(draft: Draft, ground: Ground) -> Member | None:
    return next((one for one in draft.members if one.name == ground.team.unit), None)


def _noted(now: Member | None, before: Draft, ground: Ground) -> str:
    was = _member(before, ground)
    if now is None or now == was:
        return say("unit.same")
    old = was or Member(name=now.name)
    parts = [say("unit.intro", text=shortened(now.intro))] if now.intro != old.intro else []
    parts += [say("paths.task", number=numbers(now.part.tasks))] if now.part.tasks != old.part.tasks else []
    parts += [say("unit.duty", text=shortened(now.part.duty))] if now.part.duty != old.part.duty else []
    return "；".join(parts)


def sure(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The own part is confirmed as it stands, and the owner is told; what still lacks is asked for first."""
    unit, team = ground.team.unit, ground.team
    if _member(session.draft, ground) is None:
        return _told(session, say("unit.gone", unit=unit), ground)
    if f"unit/{unit}" in lacking(session.draft, ground.call):
        return _told(session, say("unit.not_yet"), ground)
    after = session.doing(Deed(kind="confirm", unit=unit, text=mark(session.draft, unit)))
    word = Reply(say("unit.confirmed", who=team.called(team.me.chat), unit=unit), chat=team.owner.chat)
    return Turn(after, (Reply(say("unit.thanks", unit=unit)), word))


# ---------------------------------------------------------------- the rest, to look at
def veiled(draft: Draft, call: Call) -> Draft:
    """The draft with its personal fields hidden."""
    fields = {key: say("unit.veiled") if call.field_by_id[key].personal else said for key, said in draft.fields.items()}
    return draft.model_copy(update={"fields": fields})


def show(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The whole draft without personal fields."""
    return _told(session, preview(veiled(session.draft, ground.call), ground.call), ground)


def progress(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """How far all of it is."""
    return Turn(session, effect=Draw(veiled(session.draft, ground.call)))


def help_(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """What can be done here."""
    return _told(session, say("unit.help", unit=ground.team.unit), ground)


def empty(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """Nothing was said."""
    return _told(session, say("input.empty"), ground)


def on(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """On with what lacks."""
    return filling.go_on(session, ground, ())


def cancel(session: Session, _heard: Heard, _ground: Ground) -> Turn:
    """Enough for now."""
    return Turn(session.but(phase="paused", asking=""), (Reply(say("draft.kept")),))


TABLE: Final[dict[Signal, Handler]] = {
    "facts": facts, "sure": sure, "progress": progress, "preview": show, "help": help_, "undo": filling.undo,
    "start": on, "greet": on, "skip": on, "confirm": on, "people": colleagues.people, "authors": colleagues.authors,
    "leave": colleagues.leave, "join": colleagues.join, "fresh": drafts.fresh, "switch": drafts.recall,
    "cancel": cancel, "blank": empty, "forget": own_data.forget, "erase": own_data.erase, "mine": own_data.mine,
    "city": city.city,
}  # fmt: skip
