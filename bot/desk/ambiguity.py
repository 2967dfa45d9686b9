"""A number that may be a question's, an entry's or an application's: asked, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.desk.applications import life as applications
from bot.desk.bureau.life import Things
from bot.desk.case import Action, Case, action, button
from bot.desk.life import Doer
from bot.desk.tickets.life import Doing, refused
from bot.hearing.cities import office_name
from bot.turn.events import Turn
from bot.turn.replies import Button
from bot.turn.wording import say

# What the word may mean: for a ticket, for an entry, for an application.
BACK: Final = "退回"


def either(case: Case[Things]) -> Turn:
    """A button for each thing of the number to which that may be done."""
    back, things, number = case.text == BACK, case.seen, case.number
    buttons = _ticket(case, "back" if back else "fetch")
    step = "faq_return" if back else "faq_withdraw"
    if things.entry and things.entry.may(step):
        buttons.append(_button(step, number, str(things.entry.version)))
    doing: applications.Doing = "return" if back else "withdraw"
    if things.filed and not applications.refused(things.filed, doing, Doer()):
        buttons.append(_button("returns" if back else "removes", number))
    if not buttons:
        return case.told(say("either.none", number=number, what=case.text))
    asked = say("either.which" if len(buttons) > 1 else "either.one", number=number, what=case.text)
    return case.said(asked, *((each,) for each in buttons))


def _ticket(case: Case[Things], doing: Doing) -> list[Button]:
    number, ticket = case.number, case.seen.ticket.ticket
    if ticket is None:
        places = case.seen.ticket.places if case.above and doing == "back" else ()
        return [button("back", number, code, office_name(code, case.call)) for code in places]
    if refused(ticket, doing, Doer(case.user, above=case.above)):
        return []
    return [_button(doing, ticket.number, ticket.bureau)]


def _button(kind: str, number: int, text: str = "") -> Button:
    return button(kind, number, text, say(f"either.{kind}", number=number))


ACTIONS: Final[Mapping[str, Action]] = {"either": action("serves", Things, either)}
