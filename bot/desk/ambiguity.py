"""A number that may be a question's, an entry's or an application's: asked, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.desk.applications.life import Submission
from bot.desk.applications.life import refused as barred
from bot.desk.crew import title
from bot.desk.entries.entry import Item
from bot.desk.tickets.life import Doer, Doing, Ticket, refused
from bot.desk.tickets.page import Elsewhere, pressing
from bot.interview import filling
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say

BACK: Final = "退回"


@dataclass(frozen=True)
class Things:
    """What bears a number at a desk."""

    ticket: Ticket | Elsewhere
    entry: Item | None = None
    filed: Submission | None = None


def either(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A button for each thing of the number to which that may be done."""
    found: Things = event.found
    number, word = event.wish.number, event.wish.text
    buttons = [*_ticket(found.ticket, event, ground), *_entry(found.entry, word), *_filed(found.filed, word)]
    if not buttons:
        return filling.told(session, say("either.none", number=number, what=word), ground)
    asked = say("either.which" if len(buttons) > 1 else "either.one", number=number, what=word)
    return Turn(session, (Reply(asked, buttons=tuple(buttons)),))


def _ticket(found: Ticket | Elsewhere, event: Consulted, ground: Ground) -> list[tuple[Button, ...]]:
    doing: Doing = "back" if event.wish.text == BACK else "fetch"
    if isinstance(found, Elsewhere):
        places = found.places if event.scope.bureau == PROVINCE and doing == "back" else ()
        return [(Button(press("back", event.wish.number, one), title(one, ground.call)),) for one in places]
    doer = Doer(event.scope.user, above=event.scope.bureau == PROVINCE)
    if refused(found, doing, doer):
        return []
    return [(Button(pressing(doing, found), say(f"either.{doing}", number=found.number)),)]


def _entry(item: Item | None, word: str) -> list[tuple[Button, ...]]:
    act = "faq_return" if word == BACK else "faq_withdraw"
    if item is None or not item.may(act):
        return []
    return [(Button(press(act, item.number, str(item.version)), say(f"either.{act}", number=item.number)),)]


def _filed(one: Submission | None, word: str) -> list[tuple[Button, ...]]:
    kind = "returns" if word == BACK else "removes"
    if one is None or barred(one, "return" if word == BACK else "withdraw", serves=True):
        return []
    return [(Button(press(kind, one.number), say(f"either.{kind}", number=one.number)),)]


HANDLERS: Final = {"either": either}
