"""Which handler answers which kind of wish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot import filling
from bot.desk import crew, faq, faq_gaps, faq_publish, settings
from bot.desk.wish import PRESS, needed, pressed, typed
from bot.events import Compared, Consult, Consulted, Turn
from bot.filling import Ground
from bot.heard import Heard
from bot.session import Session
from bot.wording import say

Handler = Callable[[Session, Consulted, Ground], Turn]
HANDLERS: Final[Mapping[str, Handler]] = {
    **crew.HANDLERS, **settings.HANDLERS, **faq.HANDLERS, **faq_publish.HANDLERS, **faq_gaps.HANDLERS,
}  # fmt: skip
COMPARED: Final[Mapping[str, Callable[[Session, Compared, Ground], Turn]]] = {**faq_publish.COMPARED}


def wished(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What is wished is looked up first, as what the person is by the rows."""
    said = heard.text
    wish = pressed(said) if said.startswith(PRESS) else typed(said, serves=bool(session.desk))
    if wish is None:
        return filling.told(session, say("draft.stale"), ground)
    return Turn(session, effect=Consult(wish))


def consulted(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What comes of it; who isn't what it takes is told so, and nothing more."""
    if not event.may:
        lost = session.but(desk="") if session.desk and not event.scope.serves else session
        return filling.told(lost, say(f"desk.no_{needed(event.wish.kind) or 'anyone'}"), ground)
    return HANDLERS[event.wish.kind](session, event, ground)


def compared(session: Session, event: Compared, ground: Ground) -> Turn:
    """What comes of it once questions were compared."""
    return COMPARED[event.wanted.consulted.wish.kind](session, event, ground)
