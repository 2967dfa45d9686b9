"""Several drafts of one person, their own and those they were invited to: begun, listed, changed to."""

from __future__ import annotations

from dataclasses import replace

from bot.hearing.signal import Heard
from bot.interview import filling
from bot.turn.effects import Recall
from bot.turn.events import Recalled, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.team import Shelved
from bot.turn.wording import say
from drafting.application.whole_form import progress
from drafting.form.draft import Draft
from drafting.phrasebook import pattern
from knowledge.call.definition import Call


def fresh(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A new draft; the one so far is a row of its own and stays."""
    empty = session.draft == Draft() and not ground.team.others
    if empty or ground.barred:
        return filling.start(session, heard, ground)
    alone = replace(ground, team=replace(ground.team, me=replace(ground.team.me, role="owner"), people=(), news=()))
    return filling.start(session.moved("", Draft()), heard, alone)


def recall(session: Session, heard: Heard, ground: Ground) -> Turn:
    """Which drafts there are is asked first."""
    if ground.barred:
        return Turn(session, (Reply(ground.barred),))
    return Turn(session, effect=Recall("drafts", heard.signal, heard.text))


def switch(session: Session, event: Recalled, ground: Ground) -> Turn:
    """Another of the person's drafts; without saying which, a list of them, unless there is but one other."""
    text = event.wanted.text
    wanted = pattern("clauses.switch").sub("", text).strip(" 第份。“”")
    others = [one for one in event.drafts if one.draft != session.place]
    at = next((at for at, one in enumerate(others) if wanted and _is(wanted, at, one, ground.call)), None)
    if at is None and len(others) == 1 and not wanted and pattern("clauses.other").match(text):
        at = 0
    if at is None:
        return filling.told(session, _listed(session, others, ground), ground)
    chosen = others[at]
    return enter(session, chosen, ground)


def enter(session: Session, chosen: Shelved, ground: Ground, told: tuple[Reply, ...] = ()) -> Turn:
    """On with another draft, as what the person is in that one; without a word of welcome, where it stands."""
    there, here = session.moved(chosen.draft, _draft(chosen)), replace(ground, team=chosen.team, seen=None)
    return filling.go_on(there, here, told) if told else filling.resume(there, Heard("start"), here)


def _is(wanted: str, place: int, one: Shelved, call: Call) -> bool:
    return wanted == str(place + 2) or (not wanted.isdigit() and wanted in title(_draft(one), call))


def _listed(session: Session, others: list[Shelved], ground: Ground) -> str:
    if not others:
        return say("shelf.one" if session.phase != "idle" else "shelf.none")
    lines = [say("shelf.here", name=title(session.draft, ground.call))] if session.phase != "idle" else []
    return "\n".join([*lines, *(_line(at, one, ground.call) for at, one in enumerate(others, 2)), say("shelf.how")])


def _line(number: int, one: Shelved, call: Call) -> str:
    draft = _draft(one)
    done = sum(part.done for part in progress(draft, call))
    owner = one.team.owner
    whose = "" if one.team.me.role == "owner" else say("shelf.whose", who=one.team.called(owner.chat))
    return say("shelf.line", number=number, name=title(draft, call), whose=whose, done=done)


def _draft(one: Shelved) -> Draft:
    return Draft.model_validate(one.facts)


def title(draft: Draft, call: Call) -> str:
    """What a draft goes by: the first name on its cover."""
    return next((draft.fields[one] for one in call.cover if draft.fields.get(one)), say("shelf.unnamed"))
