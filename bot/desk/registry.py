"""Every kind of wish with what is done for it: the only list of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.desk import ambiguity, letters, statistics
from bot.desk.applications import actions as applications
from bot.desk.applications import handing_in, mailing, packing, ranking
from bot.desk.bureau import actions as crew
from bot.desk.bureau import profile, record
from bot.desk.case import Action, Case
from bot.desk.entries import actions as entries
from bot.desk.entries import publishing
from bot.desk.materials import actions as materials
from bot.desk.materials import receiving
from bot.desk.tickets import actions as tickets
from bot.desk.tickets import opening
from bot.desk.tickets.life import TicketSeen
from bot.hearing.cities import meant
from bot.hearing.signal import Heard
from bot.hearing.wishes import pressed, typed
from bot.interview import filling
from bot.turn.effects import Consult
from bot.turn.events import Compared, Given, Sent, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wish import PRESS, Consulted, Denied, Seen, Wish
from bot.turn.wording import say

ACTIONS: Final[Mapping[str, Action]] = {
    **opening.ACTIONS, **tickets.ACTIONS, **ambiguity.ACTIONS,
    **entries.ACTIONS, **publishing.ACTIONS, **materials.ACTIONS, **receiving.ACTIONS,
    **handing_in.ACTIONS, **applications.ACTIONS, **ranking.ACTIONS, **packing.ACTIONS, **mailing.ACTIONS,
    **crew.ACTIONS, **profile.ACTIONS, **record.ACTIONS, **statistics.ACTIONS, **letters.ACTIONS,
}  # fmt: skip


def wished(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What is wished is looked up first, as what the person is by the rows."""
    said = heard.text
    wish = pressed(said) if said.startswith(PRESS) else typed(said, serves=bool(session.desk))
    if wish is None or wish.kind not in ACTIONS:
        return filling.told(session, say("draft.stale"), ground)
    wish = _placed(wish, said, ground)
    return Turn(session, effect=Consult(wish, _of(wish, ground) or handing_in.towards(wish, session, ground)))


def _placed(wish: Wish, said: str, ground: Ground) -> Wish:
    """A wish about a ticket with whose it is: named with it, or the one that the message answers."""
    if wish.kind not in tickets.ON_TICKET:
        return wish
    if said.startswith(PRESS):
        return replace(wish, where=wish.text, text="")
    where, _, number = ground.matter.partition("/")
    if not wish.number and number.isdecimal():
        return replace(wish, number=int(number), where=where)
    body = meant(wish.where, ground.call)
    return replace(wish, where=body.code if body else "")


def _of(wish: Wish, ground: Ground) -> str:
    """The bureau whose ticket is meant, whichever the person chose since; empty for no ticket and for no bureau."""
    codes = {body.code for body in ground.call.recommenders}
    return wish.where if wish.kind in tickets.ON_TICKET and wish.where in codes else ""


def given(session: Session, event: Given, ground: Ground) -> Turn:
    """What was made, handed over with what is said with it."""
    if event.wanted.raw and event.file is None:
        return filling.told(session, say("stock.no_file"), ground)
    reply = Reply(event.wanted.text, file=event.picture or event.file)
    more = (Reply("", file=event.file),) if event.picture and event.file else ()
    return filling.after(session, (reply, *more), ground)


def sent(session: Session, event: Sent, ground: Ground) -> Turn | None:
    """A file that somebody at a desk sends for its shelf or as one that came by mail, by its caption or as was said
    before; None for others."""
    if not session.desk or not event.name or not ground.private:
        return None
    asked = typed(event.caption, serves=True) if event.caption else None
    kind = asked.kind if asked else ""
    if asked and kind == "stock":
        return Turn(session, effect=Consult(Wish("stocked", text=asked.text)))
    if session.stocking is not None and kind != "collect":
        return Turn(session, effect=Consult(Wish("stocked", text=event.caption or session.stocking)))
    mailed = session.collecting or kind == "collect"
    return Turn(session, effect=Consult(Wish("mailed", text=event.name))) if mailed else None


def answered(session: Session, text: str, ground: Ground) -> Turn | None:
    """What is said in answer to a message about a ticket, taken for that; None for anything else."""
    where, _, number = ground.matter.partition("/")
    if not ground.replying or not number.isdecimal() or typed(text, serves=bool(session.desk)):
        return None
    wish = Wish("reply", int(number), text.strip(), where)
    return Turn(session, effect=Consult(wish, _of(wish, ground)))


def denied(session: Session, event: Denied, ground: Ground) -> Turn:
    """Who isn't what a wish takes is told so, and nothing more."""
    lost = session.but(desk="") if session.desk and not event.scope.serves else session
    needs = "rules" if event.needs == "heads" else event.needs
    return filling.told(lost, say(f"desk.no_{needs}"), ground)


def consulted(session: Session, event: Consulted[Seen], ground: Ground) -> Turn:
    """What comes of a wish once there is what is seen for it."""
    if (other := _elsewhere(event)) is not None:
        return Turn(session, effect=other)
    return ACTIONS[event.wish.kind].decide(Case(session, event, ground))


def _elsewhere(event: Consulted[Seen]) -> Consult | None:
    """The same wish at the bureau that was asked, where that is no longer the asker's; None when it is."""
    ticket = event.seen.ticket if isinstance(event.seen, TicketSeen) else None
    if event.scope.serves or ticket is None or ticket.bureau == event.scope.bureau:
        return None
    return Consult(replace(event.wish, number=ticket.number, where=ticket.bureau), ticket.bureau)


def compared(session: Session, event: Compared, ground: Ground) -> Turn:
    """What comes of it once questions were compared."""
    consulted_ = event.wanted.consulted
    weighed = ACTIONS[consulted_.wish.kind].weighed
    assert weighed is not None
    return weighed(Case(session, consulted_, ground), event)
