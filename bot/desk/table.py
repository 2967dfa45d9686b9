"""Which handler answers which kind of wish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot import filling
from bot.cities import meant
from bot.desk import (
    applying,
    crew,
    either,
    faq,
    faq_back,
    faq_gaps,
    faq_publish,
    figures,
    judging,
    letters,
    mailing,
    packing,
    privacy,
    ranking,
    recorded,
    reviewing,
    settings,
    stock,
    stock_shelf,
    tending,
    ticketing,
)
from bot.desk.tickets import Ticket
from bot.desk.wish import PRESS, Wish, needed, pressed, typed
from bot.effects import Consult
from bot.events import Compared, Consulted, Given, Turn
from bot.filling import Ground
from bot.heard import Heard
from bot.replies import Reply
from bot.session import Session
from bot.wording import say

Handler = Callable[[Session, Consulted, Ground], Turn]
HANDLERS: Final[Mapping[str, Handler]] = {
    **crew.HANDLERS,
    **settings.HANDLERS,
    **recorded.HANDLERS,
    **ticketing.HANDLERS,
    **tending.HANDLERS,
    **either.HANDLERS,
    **judging.HANDLERS,
    **privacy.HANDLERS,
    **applying.HANDLERS,
    **reviewing.HANDLERS,
    **ranking.HANDLERS,
    **packing.HANDLERS,
    **mailing.HANDLERS,
    **stock.HANDLERS,
    **stock_shelf.HANDLERS,
    **figures.HANDLERS,
    **letters.HANDLERS,
    **faq.HANDLERS,
    **faq_back.HANDLERS,
    **faq_publish.HANDLERS,
    **faq_gaps.HANDLERS,
}
COMPARED: Final[Mapping[str, Callable[[Session, Compared, Ground], Turn]]] = {**faq_publish.COMPARED}


def wished(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What is wished is looked up first, as what the person is by the rows."""
    said = heard.text
    wish = pressed(said) if said.startswith(PRESS) else typed(said, serves=bool(session.desk))
    if wish is None:
        return filling.told(session, say("draft.stale"), ground)
    placed = _placed(wish, said, ground)
    return Turn(session, effect=Consult(placed, _of(placed, ground) or applying.towards(wish, session, ground)))


def _placed(wish: Wish, said: str, ground: Ground) -> Wish:
    """A wish about a ticket with whose it is: named with it, or the one that the message answers."""
    if wish.kind not in tending.ON_TICKET:
        return wish
    if said.startswith(PRESS):
        return replace(wish, where=wish.text, text="")
    where, _, number = ground.matter.partition("/")
    if not wish.number and number.isdecimal():
        return replace(wish, number=int(number), where=where)
    found = meant(wish.where, ground.call)
    return replace(wish, where=found.code if found else "")


def _of(wish: Wish, ground: Ground) -> str:
    """The bureau whose ticket is meant, whichever the person chose since; empty for no ticket and for no bureau."""
    codes = {one.code for one in ground.call.recommenders}
    return wish.where if wish.kind in tending.ON_TICKET and wish.where in codes else ""


def given(session: Session, event: Given, ground: Ground) -> Turn:
    """What was made, handed over with what is said with it."""
    if event.wanted.raw and event.file is None:
        return filling.told(session, say("stock.no_file"), ground)
    told = Reply(event.wanted.text, file=event.picture or event.file)
    more = (Reply("", file=event.file),) if event.picture and event.file else ()
    return Turn(session, (told, *more, *filling.again(session, ground)))


def answered(session: Session, text: str, ground: Ground) -> Turn | None:
    """What is said in answer to a message about a ticket, taken for that; None for anything else."""
    where, _, number = ground.matter.partition("/")
    if not ground.replying or not number.isdecimal() or typed(text, serves=bool(session.desk)):
        return None
    wish = Wish("reply", int(number), text.strip(), where)
    return Turn(session, effect=Consult(wish, _of(wish, ground)))


def consulted(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What comes of it; who isn't what it takes is told so, and nothing more."""
    if not event.may:
        lost = session.but(desk="") if session.desk and not event.scope.serves else session
        return filling.told(lost, say(f"desk.no_{needed(event.wish.kind) or 'anyone'}"), ground)
    if (other := _elsewhere(event)) is not None:
        return Turn(session, effect=other)
    return HANDLERS[event.wish.kind](session, event, ground)


def _elsewhere(event: Consulted) -> Consult | None:
    """The same wish at the bureau that was asked, where that is no longer the asker's; None when it is."""
    ticket = event.found
    if event.scope.serves or not isinstance(ticket, Ticket) or ticket.bureau == event.scope.bureau:
        return None
    return Consult(replace(event.wish, number=ticket.number, where=ticket.bureau), ticket.bureau)


def compared(session: Session, event: Compared, ground: Ground) -> Turn:
    """What comes of it once questions were compared."""
    return COMPARED[event.wanted.consulted.wish.kind](session, event, ground)
