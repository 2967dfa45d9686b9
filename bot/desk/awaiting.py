"""A button or a command that still needs words: whoever pressed it is heard first for those."""

from __future__ import annotations

import re
from typing import Final

from bot.hearing.routing import MOST, chatter, hear
from bot.hearing.signal import Signal
from bot.hearing.wishes import pressed, typed
from bot.interview.filling import told
from bot.turn.effects import Consult
from bot.turn.events import Pressed, Said, Sent, Turn
from bot.turn.ground import Ground
from bot.turn.session import Awaited, Session
from bot.turn.wish import Consulted, Wish
from bot.turn.wording import say
from drafting.reading.intents import asks

_NO: Final = "(?:算了|取消|不(?:用|发|要|改|退|答|问|说)了?|先不(?:发|答|退|改)?了?)吧?"
NO: Final = re.compile(rf"{_NO}(?:[\s，,。]*{_NO})?")
YES: Final = re.compile(r"(?:发|确认|确认发送|确认发出|发出|发送|发吧|发给提问人|发给他|好|是|对|可以)(?:吧|的|了)?")
# What is waited for that only a yes is needed for, and what the yes does.
AGREED: Final = {"give": "answer", "send": "send", "reask": "reask"}
REFUSED: Final = {"send": "unsend"}
# Orders to the assistant itself, when they are all that is said.
COMMANDS: Final[tuple[Signal, ...]] = (
    "help", "start", "export", "progress", "preview", "city", "join", "mine", "forget", "erase", "switch", "fresh",
    "versions",
)  # fmt: skip
LONGEST: Final = 8
_ENDS: Final = "。！!~～ \n"


def awaits(session: Session, event: Consulted, wish: Wish) -> Session:
    """The session that waits for the words of a wish, or for a yes to it, by whoever wished what was looked up."""
    held = {"kind": wish.kind, "number": wish.number, "where": wish.where, "text": wish.text}
    return session.but(awaiting=Awaited.model_validate({**held, "by": event.scope.user}))


def met(session: Session, event: Said | Pressed | Sent, ground: Ground) -> tuple[Session, Turn | None]:
    """The session without what it waited for where this is something else, and the turn that takes what it waited for.

    A question leaves what waits for a plain statement as it is; in a group only whoever is waited for is meant.
    """
    wanted = session.awaiting
    if wanted is None or wanted.by != ground.user:
        return session, None
    free = session.but(awaiting=None)
    if isinstance(event, Pressed):
        return _press(free, event.id, wanted, ground)
    # What answers a ticket's message is an answer to it; nothing is offered that was meant.
    if not isinstance(event, Said) or (ground.replying and _answers(wanted, ground.matter)):
        return free, None
    return _said(session, event.text.strip(), wanted, ground)


def _answers(wanted: Awaited, matter: str) -> bool:
    return bool(matter) and (wanted.kind == "offer" or matter != f"{wanted.where}/{wanted.number}")


def _press(free: Session, id_: str, wanted: Awaited, ground: Ground) -> tuple[Session, Turn | None]:
    """A button that goes on with what is waited for takes the words that are there."""
    wish = pressed(id_)
    if wish is None or wish.number != wanted.number:
        return free, None
    if wish.kind == "keep_back" and wanted.kind == "give":
        return free, told(free, say("await.dropped"), ground)
    if wish.kind != wanted.kind or not wanted.text:
        return free, None
    kind = AGREED.get(wish.kind, wish.kind)
    return free, _consult(free, Wish(kind, wish.number, wanted.text, wish.text))


def _said(session: Session, text: str, wanted: Awaited, ground: Ground) -> tuple[Session, Turn | None]:
    free, bare = session.but(awaiting=None), text.strip(_ENDS)
    if NO.fullmatch(bare):
        return free, _dropped(free, wanted, ground)
    ready = wanted.kind in AGREED and (wanted.text or wanted.kind == "send")
    if ready and YES.fullmatch(bare):
        return free, _consult(free, Wish(AGREED[wanted.kind], wanted.number, wanted.text, wanted.where))
    if not text or len(text) > MOST or typed(text, serves=True) or _command(session, text, ground):
        return free, None
    if ready or (wanted.kind == "offer" and (asks(text) or text.endswith(("?", "？")) or chatter(text))):
        return session, None
    return free, _consult(free, _wish(wanted, text))


def _wish(wanted: Awaited, text: str) -> Wish:
    if wanted.kind == "faq_add":
        return Wish("faq_add", text=f"{wanted.where} {text}")
    return Wish(wanted.kind, wanted.number, text, wanted.where)


def _consult(session: Session, wish: Wish) -> Turn:
    return Turn(session, effect=Consult(wish))


def _dropped(session: Session, wanted: Awaited, ground: Ground) -> Turn:
    if wanted.kind in REFUSED:
        return _consult(session, Wish(REFUSED[wanted.kind], wanted.number))
    return told(session, say("await.dropped"), ground)


def _command(session: Session, text: str, ground: Ground) -> bool:
    if len(text) > LONGEST:
        return False
    return hear(session.but(asking=""), Said(text), ground.call).signal in COMMANDS
