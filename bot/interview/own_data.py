"""A person's own data: handed over on request, erased after a second word."""

from __future__ import annotations

from bot.desk.crew import title
from bot.hearing.signal import Heard
from bot.interview import drafts, filling
from bot.turn.effects import Erase, Gather, Recall
from bot.turn.events import Erased, Gathered, Recalled, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.team import Deed, Shelved
from bot.turn.wording import say
from drafting.form.draft import Draft
from knowledge.call.definition import Call


def forget(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What there is to be erased is looked up first; a group is nobody's to erase."""
    if not ground.private:
        return Turn(session, (Reply(say("data.private")),))
    return Turn(session, effect=Recall("drafts", "forget", heard.text))


def told(session: Session, event: Recalled, ground: Ground) -> Turn:
    """What would be erased, and the word that does it."""
    desk = [say("data.desk", bureau=title(session.desk, ground.call))] if session.desk else []
    lines = [say("data.forget"), *(_line(one, ground.call) for one in event.drafts), *desk, say("data.sure")]
    return Turn(session.but(erasing=True), (Reply("\n".join(lines)),))


def _line(one: Shelved, call: Call) -> str:
    name = drafts.title(Draft.model_validate(one.facts), call)
    full = [other for other in one.team.others if other.role != "unit"]
    if one.team.me.role != "owner":
        return say("data.left", name=name)
    return say("data.handed", name=name, who=one.team.called(full[0].chat)) if full else say("data.gone", name=name)


def erase(session: Session, heard: Heard, ground: Ground) -> Turn:
    """The second word; without the first one it is what begins."""
    return Turn(session, effect=Erase()) if session.erasing and ground.private else forget(session, heard, ground)


def erased(session: Session, _event: Erased, _ground: Ground) -> Turn:
    """Nothing is left but the chat itself."""
    empty = Session(put_by=session.draft).doing(Deed(kind="forget"))
    return Turn(empty, (Reply(say("data.done")),))


def mine(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """Everything that is kept of the person, as a file; never where others read along."""
    if not ground.private:
        return Turn(session, (Reply(say("data.private")),))
    return Turn(session, effect=Gather())


def gathered(session: Session, event: Gathered, ground: Ground) -> Turn:
    """The file, or that there is none to be had now."""
    reply = Reply(say("data.file"), file=event.path) if event.path else Reply(say("data.no_file"))
    return Turn(session, (reply, *filling.again(session, ground)))
