"""Documents of a bureau's own for its shelf: files that its people send, each read and shown before it waits."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any, Final

from bot.desk.crew import colleagues, title
from bot.desk.display_names import plain
from bot.desk.entries.entry import named
from bot.desk.materials.life import MEGA, Material, Stock, Words, titled
from bot.desk.materials.page import card
from bot.desk.papers import Digest, Digested
from bot.desk.setting_values import NONE, day_of, to_come
from bot.hearing.wishes import typed
from bot.interview import filling
from bot.turn.acts import act
from bot.turn.effects import Consult
from bot.turn.events import Sent, Turn
from bot.turn.ground import Ground
from bot.turn.session import Session
from bot.turn.wish import Consulted, Wish
from bot.turn.wording import say

LASTING: Final = (*NONE, "长期", "一直")
_DATE: Final = r"\d{4}\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*[日号]?"
_LAST: Final = r"(?:\d{4}\s*[年\-/.]\s*)?\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*[日号]?"
_UNTIL: Final = re.compile(rf"有效(?:期)?\s*(?:至|到|为)?\s*[:：]?\s*(长期|{_LAST})")
_DAY: Final = re.compile(_DATE)
_LEFT: Final = re.compile(r"有效(?:期|至|到)")
BESIDE: Final = " \t\n，,。；;：:、！!～~（）()"


# ---------------------------------------------------------------- asked for
def stock(session: Session, event: Consulted, ground: Ground) -> Turn:
    """From now on the files sent here are for the shelf; what is said with it goes for the next one."""
    if not ground.private:
        return filling.told(session, say("stock.private"), ground)
    words = words_of(event.wish.text, ground)
    if isinstance(words, str):
        return filling.told(session, words, ground)
    stock_: Stock = event.found
    if full := fullness(stock_):
        return filling.told(session, full, ground)
    said = event.wish.text if words != Words() else ""
    told = say("stock.ready_named") if said else say("stock.ready")
    return filling.told(session.but(stocking=said, collecting=False), told, ground)


def sent(session: Session, event: Sent, ground: Ground) -> Turn | None:
    """A file that somebody at a desk sends for its shelf, by its caption or said before; None for others."""
    if not session.desk or not event.name or not ground.private:
        return None
    asked = typed(event.caption, serves=True) if event.caption else None
    if asked is not None and asked.kind == "stock":
        return _looked(session, asked.text)
    if session.stocking is None or (asked is not None and asked.kind == "collect"):
        return None
    return _looked(session, event.caption or session.stocking)


def _looked(session: Session, words: str) -> Turn:
    return Turn(session, effect=Consult(Wish("stocked", text=words)))


def words_of(text: str, ground: Ground) -> Words | str:
    """What is said with a file: title, day, last day; a sentence where a day can't stand."""
    until = _UNTIL.search(text)
    rest = text.replace(until[0], " ") if until else text
    day = _DAY.search(rest)
    rest = rest.replace(day[0], " ") if day else rest
    last = to_come(until[1], ground.today) if until and until[1] not in LASTING else None
    dated = day_of(day[0], ground.today) if day else None
    lost = (until and until[1] not in LASTING and last is None) or (day and dated is None) or _LEFT.search(rest)
    if lost:
        return say("stock.want_day")
    if last is not None and last < ground.today:
        return say("stock.past_day")
    name = titled(" ".join(rest.split()).strip(BESIDE))
    return Words(name, dated.isoformat() if dated else "", last.isoformat() if last else "")


# ---------------------------------------------------------------- taken in
def stocked(session: Session, event: Consulted, ground: Ground) -> Turn:
    """One that may come in is read; not even opened where there is no room, or what was said with it can't stand."""
    words = words_of(event.wish.text, ground)
    full = say("stock.private") if not ground.private else fullness(event.found)
    if full or isinstance(words, str):
        return filling.told(session, full or str(words), ground)
    return Turn(session, effect=Digest(event, words))


def fullness(stock_: Stock) -> str:
    """Why no more documents are taken in, empty while there is room."""
    if not stock_.full:
        return ""
    size = stock_.size // MEGA
    return say("stock.full", count=len(stock_.items), size=size, passages=stock_.passages)


def digested(session: Session, event: Digested, ground: Ground) -> Turn:
    """The document as it was read, waiting for somebody else, who is told; or why it isn't taken."""
    seen = event.asked.asked
    if event.made is None:
        return filling.told(session, say("stock.unread", name=plain(event.name), why=event.why), ground)
    stock_: Stock = seen.found
    issuer = issued(event.made.issuer, title(seen.scope.bureau, ground.call))
    mine = replace(event.made, author=seen.scope.user, author_name=ground.name)
    item = replace(mine, number=stock_.next, issuer=issuer)
    kept = session.acting(act("material_new", seen.scope, item.number, 0, **values(item)).model_copy(
        update={"name": ground.name}))  # fmt: skip
    left = kept.but(stocking="" if session.stocking is not None else None)
    first = say("stock.took_alone" if stock_.alone else "stock.took", number=item.number)
    letters = [
        replace(card(item, stock_, ground, "", say("stock.for_you", who=named(ground.name))), chat=chat)
        for chat in colleagues(seen, stock_.clerks)
    ]
    return Turn(left, (card(item, stock_, ground, seen.scope.user, first), *letters, *filling.again(session, ground)))


def issued(issuer: str, bureau: str) -> str:
    """Who a document is from, as it is cited: never without the bureau that put it there."""
    given = say("stock.given", bureau=bureau)
    return given if not issuer or issuer == bureau else say("stock.of_other", issuer=issuer, given=given)


def values(item: Material) -> dict[str, Any]:
    """What an act carries to keep a document that was read."""
    names = ("title", "name", "issuer", "dated", "valid_until", "passages", "size", "hash", "file")
    held: dict[str, Any] = {name: getattr(item, name) for name in names}
    return held | {"notes": list(item.notes), "pieces": [asdict(one) for one in item.pieces]}


HANDLERS: Final = {"stock": stock, "stocked": stocked}
