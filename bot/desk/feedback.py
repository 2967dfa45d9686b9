"""Whether an answer helped, said by a button under it."""

from __future__ import annotations

from bot.desk.crew import done
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say


def _judged(session: Session, event: Consulted, ground: Ground, good: bool) -> Turn:
    if not event.wish.text or not event.scope.bureau:
        return Turn(session, (Reply(say("draft.stale")),))
    kept = done(session, event, ground, "judge", mark=event.wish.text, good=good)
    if good:
        return Turn(kept, (Reply(say("judging.good")),))
    human = ((Button(press("human"), say("buttons.human")),),) if event.overlay.staffed else ()
    return Turn(kept, (Reply(say("judging.bad"), buttons=human),))


HANDLERS = {
    "good": lambda session, event, ground: _judged(session, event, ground, good=True),
    "bad": lambda session, event, ground: _judged(session, event, ground, good=False),
}
