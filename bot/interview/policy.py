"""Questions on the notice in the middle of a conversation, and what is said that is neither question nor fact."""

from __future__ import annotations

from dataclasses import replace

from bot.hearing.routing import chatter, reserved
from bot.hearing.signal import Heard
from bot.interview import filling
from bot.turn.answering import answer_reply
from bot.turn.effects import LookUp, Read
from bot.turn.events import Found, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import REMEMBERED, Session
from bot.turn.wish import press
from bot.turn.wording import say
from drafting.kinds.kind import shortened
from drafting.reading.intents import aside

NEAR = 300


def ask(session: Session, heard: Heard, _ground: Ground, more: tuple[str, ...] = ()) -> Turn:
    """A question: to be looked up with the questions before it."""
    history = session.questions
    kept = (*history, heard.text)[-REMEMBERED:]
    return Turn(session.but(questions=kept), effect=LookUp(heard.text, history, more=more))


def try_asking(session: Session, heard: Heard, _ground: Ground) -> Turn:
    """Nothing that can be recorded: perhaps a question without the words of one."""
    return Turn(session, effect=LookUp(heard.text, session.questions, unread=True))


def found(session: Session, event: Found, ground: Ground) -> Turn:
    """The answer with its clauses, then the next question of the message, or the open one of the form again."""
    if event.unread and event.answer.status != "answered" and session.phase not in ("idle", "paused"):
        unread = say("draft.unread", text=shortened(event.question))
        if ground.model:
            return Turn(session, effect=Read(event.question, session.draft, session.asking, unread))
        return filling.told(session, unread, ground)
    if event.unread:
        # Whoever wants a person next means this, whatever it was taken for.
        session = session.but(questions=(*session.questions, event.question)[-REMEMBERED:])
    told = _judged(answer_reply(event.answer, ground.call), event, session, ground)
    session = session.but(
        near=event.answer.text.partition("\n")[0][:NEAR] if event.answer.status == "not_covered" else ""
    )
    if event.more:
        asked = ask(session, Heard("ask_policy", event.more[0]), ground, more=event.more[1:])
        return replace(asked, replies=(told,), told=event.answer)
    return Turn(session, (told, *filling.again(session, ground)), told=event.answer)


def _judged(told: Reply, event: Found, session: Session, ground: Ground) -> Reply:
    """The answer with what can be said of it where a desk is behind it: whether it helped, and a person instead."""
    if session.desk or not ground.overlay.staffed or not event.mark:
        return told
    helped = () if event.answer.status == "declined" else ("good", "bad")
    judging = tuple(Button(press(one, 0, event.mark), say(f"buttons.{one}")) for one in helped)
    return replace(told, buttons=((*judging, Button(press("human"), say("buttons.human"))),))


def remark(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A statement that confirms and changes nothing; with a model, perhaps one that says something after all."""
    promise = ground.call.of_kind("commitment")
    asked = promise is not None and session.asking.partition("/")[0] == promise.id
    told = say("promise.clear" if asked else "draft.remark")
    drafting = session.phase not in ("idle", "paused") and not asked
    if ground.model and drafting and not (chatter(heard.text) or aside(heard.text)):
        return Turn(session, effect=Read(heard.text, session.draft, session.asking, told))
    return filling.told(session, told, ground)


def reserved_(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What the applicant doesn't write: the recommending body's opinion, seal and date."""
    opinion = ground.call.of_kind("opinion")
    if opinion is None or reserved(heard.text, ground.call) != "opinion":
        return filling.told(session, say("reserved.seal"), ground)
    title = f"{opinion.number}、{opinion.title}"
    return filling.told(session, say("reserved.opinion", title=title, hint=opinion.hint, clause=opinion.clause), ground)
