"""Which bureau answers a person: chosen by a link, by naming the city, or from a list; kept with the conversation."""

from __future__ import annotations

from typing import Final

from bot.hearing.cities import LINK, meant, named
from bot.hearing.routing import CITY
from bot.hearing.signal import Heard
from bot.interview import filling
from bot.turn.effects import Consult
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Wish
from bot.turn.wording import say
from drafting.kinds.kind import in_rows
from knowledge.call.definition import Call

NONE: Final = "-"
WIDE: Final = 3


def answering(session: Session, ground: Ground) -> str:
    """The code of the bureau that answers now: the person's choice, else the channel's own; empty for none."""
    return chosen(session, ground.call) or ground.bureau


def chosen(session: Session, call: Call) -> str:
    """The code of the person's choice; empty for none, or one that this call doesn't know."""
    return session.bureau if any(one.code == session.bureau for one in call.recommenders) else ""


def city(session: Session, heard: Heard, ground: Ground) -> Turn:
    """The bureau that answers from now on, in a line; or the list to choose from."""
    code = heard.text.removeprefix(CITY)
    one = meant(code, ground.call) if code != heard.text else named(heard.text, ground.call)
    if one is None and code != NONE:
        return _list(session, ground)
    kept = session.but(bureau=one.code if one else "")
    hello = filling.greet(session, heard, ground).replies if heard.text.startswith(LINK) else ()
    greeting = hello if session.phase in ("idle", "paused") else ()
    told = (*greeting, line(kept, ground))
    # The bureau's own words are known only once it is chosen.
    return Turn(kept, told, effect=Consult(Wish("welcome"))) if one else filling.after(kept, told, ground)


def line(session: Session, ground: Ground) -> Reply:
    """Which bureau answers now."""
    one = meant(answering(session, ground), ground.call)
    return Reply(say("city.now", bureau=one.name) if one else say("city.none"))


def _list(session: Session, ground: Ground) -> Turn:
    return Turn(session, (choice(f"{line(session, ground).text}\n{say('city.choose')}", ground),))


def choice(text: str, ground: Ground) -> Reply:
    """A text with every city under it."""
    buttons = [Button(f"{CITY}{one.code}", one.city) for one in ground.call.recommenders]
    rows = (*in_rows(buttons, WIDE), (Button(f"{CITY}{NONE}", say("buttons.no_city")),))
    return Reply(text, buttons=rows)
