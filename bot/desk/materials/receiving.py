"""Documents of a bureau's own for its shelf: files that its people send, each read and shown before it waits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.desk.bureau.profile import day_of, last_day
from bot.desk.case import Action, Case, action
from bot.desk.display_names import named, plain
from bot.desk.life import MEGA
from bot.desk.materials.life import MaterialBegun, Stock, Stocked, Words, titled
from bot.desk.materials.page import card
from bot.desk.papers import Digest, Digested
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.session import Session
from bot.turn.wording import say

_DATE: Final = r"\d{4}\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*[日号]?"
_LAST: Final = r"(?:\d{4}\s*[年\-/.]\s*)?\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*[日号]?"
_UNTIL: Final = re.compile(rf"有效(?:期)?\s*(?:至|到|为)?\s*[:：]?\s*(长期|{_LAST})")
_DAY: Final = re.compile(_DATE)
_LEFT: Final = re.compile(r"有效(?:期|至|到)")
BESIDE: Final = " \t\n，,。；;：:、！!～~（）()"


# ---------------------------------------------------------------- asked for
def stock(case: Case[Stock]) -> Turn:
    """From now on the files sent here are for the shelf; what is said with it goes for the next one."""
    words = words_of(case.text, case.ground)
    if not case.ground.private:
        return case.told(say("stock.private"))
    if why := words if isinstance(words, str) else fullness(case.seen):
        return case.told(why)
    said = case.text if words != Words() else ""
    text = say("stock.ready_named") if said else say("stock.ready")
    return case.but(stocking=said, collecting=False).told(text)


def words_of(text: str, ground: Ground) -> Words | str:
    """What is said with a file: title, day, last day; a sentence where a day can't stand."""
    until = _UNTIL.search(text)
    rest = text.replace(until[0], " ") if until else text
    day = _DAY.search(rest)
    rest = rest.replace(day[0], " ") if day else rest
    last = last_day(until[1], ground.today) if until else ""
    dated = day_of(day[0], ground.today) if day else None
    if last is None or (day and dated is None) or _LEFT.search(rest):
        return say("stock.want_day")
    if last and last < ground.today.isoformat():
        return say("stock.past_day")
    return Words(titled(" ".join(rest.split()).strip(BESIDE)), dated.isoformat() if dated else "", last)


# ---------------------------------------------------------------- taken in
def stocked(case: Case[Stocked]) -> Turn:
    """One that may come in is read; not even opened where there is no room, or what was said with it can't stand."""
    words = words_of(case.text, case.ground)
    why = fullness(case.seen) if case.ground.private else say("stock.private")
    if why or isinstance(words, str):
        return case.told(why or str(words))
    return case.asking(Digest(case.event, words))


def fullness(shelf: Stock) -> str:
    """Why no more documents are taken in, empty while there is room."""
    if not shelf.full:
        return ""
    return say("stock.full", count=len(shelf.items), size=shelf.size // MEGA, passages=shelf.passages)


def digested(session: Session, event: Digested, ground: Ground) -> Turn:
    """The document as it was read, waiting for somebody else, who is told; or why it isn't taken."""
    case = Case(session, event.asked.asked, ground)
    if event.made is None:
        return case.told(say("stock.unread", name=plain(event.name), why=event.why))
    number, me = case.seen.next, named(ground.name)
    item = replace(event.made, author=case.user, author_name=ground.name, number=number)
    item = replace(item, issuer=issued(event.made.issuer, case.office))
    kept = case.acting(MaterialBegun(item), number=number)
    kept = kept.but(stocking="" if session.stocking is not None else None)
    letter = card(case, item, say("stock.for_you", who=me), by="")
    letters = (replace(letter, chat=chat) for chat in case.colleagues(case.seen.clerks))
    first = say("stock.took_alone" if case.seen.alone else "stock.took", number=number)
    return kept.shown(card(case, item, first), *letters)


def issued(issuer: str, bureau: str) -> str:
    """Who a document is from, as it is cited: never without the bureau that put it there."""
    bureaus = say("stock.given", bureau=bureau)
    return bureaus if not issuer or issuer == bureau else say("stock.of_other", issuer=issuer, given=bureaus)


ACTIONS: Final[Mapping[str, Action]] = {
    "stock": action("serves", Stock, stock), "stocked": action("serves", Stocked, stocked),
}  # fmt: skip
