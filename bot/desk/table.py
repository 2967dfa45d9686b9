"""Which handler answers which kind of wish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.desk import ambiguity, audit, bureau, crew, feedback, letters, privacy, statistics
from bot.desk.applications import actions as application_actions
from bot.desk.applications import handing_in, mailing, packing, ranking
from bot.desk.entries import actions as entry_actions
from bot.desk.entries import publishing, rollback, suggestions
from bot.desk.materials import actions as material_actions
from bot.desk.materials import receiving
from bot.desk.tickets import actions as ticket_actions
from bot.desk.tickets import page
from bot.desk.tickets.life import Ticket
from bot.hearing.cities import meant
from bot.hearing.signal import Heard
from bot.hearing.wishes import needed, pressed, typed
from bot.interview import filling
from bot.turn.effects import Consult
from bot.turn.events import Compared, Given, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wish import PRESS, Consulted, Wish
from bot.turn.wording import say

Handler = Callable[[Session, Consulted, Ground], Turn]
HANDLERS: Final[Mapping[str, Handler]] = {
    **crew.HANDLERS,
    **bureau.HANDLERS,
    **audit.HANDLERS,
    **page.HANDLERS,
    **ticket_actions.HANDLERS,
    **ambiguity.HANDLERS,
    **feedback.HANDLERS,
    **privacy.HANDLERS,
    **handing_in.HANDLERS,
    **application_actions.HANDLERS,
    **ranking.HANDLERS,
    **packing.HANDLERS,
    **mailing.HANDLERS,
    **receiving.HANDLERS,
    **material_actions.HANDLERS,
    **statistics.HANDLERS,
    **letters.HANDLERS,
    **entry_actions.HANDLERS,
    **rollback.HANDLERS,
    **publishing.HANDLERS,
    **suggestions.HANDLERS,
}
COMPARED: Final[Mapping[str, Callable[[Session, Compared, Ground], Turn]]] = {**publishing.COMPARED}


def wished(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What is wished is looked up first, as what the person is by the rows."""
    said = heard.text
    wish = pressed(said) if said.startswith(PRESS) else typed(said, serves=bool(session.desk))
    if wish is None:
        return filling.told(session, say("draft.stale"), ground)
    placed = _placed(wish, said, ground)
    return Turn(session, effect=Consult(placed, _of(placed, ground) or handing_in.towards(wish, session, ground)))


def _placed(wish: Wish, said: str, ground: Ground) -> Wish:
    """A wish about a ticket with whose it is: named with it, or the one that the message answers."""
    if wish.kind not in ticket_actions.ON_TICKET:
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
    return wish.where if wish.kind in ticket_actions.ON_TICKET and wish.where in codes else ""


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
