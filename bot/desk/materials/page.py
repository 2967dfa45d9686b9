"""A document of the shelf as it is seen at the desk: its line, its card with what it replaces, its buttons."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.desk.display_names import plain
from bot.desk.entries.entry import named
from bot.desk.entries.page import short
from bot.desk.materials.life import Material, Stock
from bot.interview import filling
from bot.turn.days import day_text
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say

FIRST: Final = 3
WIDE: Final = 70
DAYS: Final = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
MOST_DAYS: Final = 8
# Which buttons a card has in each state; what can't be undone comes last.
ROWS: Final = {
    "pending": ("publish", "withdraw"),
    "published": ("withdraw",),
    "replaced": ("restore", "drop"),
    "withdrawn": ("publish", "drop"),
}


def stage(item: Material, today: date) -> str:
    """Where a document stands."""
    return say("stock.over_now") if item.state == "published" and item.over(today) else say(f"stock.is_{item.state}")


def line(item: Material, today: date) -> str:
    """A document in one line."""
    told = {"title": item.title, "state": stage(item, today), "passages": item.passages}
    return say("stock.line", number=item.number, **told, who=named(item.author_name))


def card(item: Material, stock: Stock, ground: Ground, by: str, *first: str) -> Reply:
    """A document as it was read, under what is said `first`, with the buttons that `by` may press."""
    lines = [*first, say("stock.head", number=item.number, title=item.title, state=stage(item, ground.today))]
    lines.append(say("stock.from", issuer=item.issuer, day=_day(item.dated, "stock.undated")))
    lines.append(say("stock.until", day=_day(item.valid_until, "faq.lasting")))
    lines.append(say("stock.file", name=item.name, passages=item.passages))
    lines.append(say("stock.by", author=named(item.author_name)) + _approved(item))
    lines += [say("stock.note", note=note) for note in item.notes]
    lines += _text(item)
    if item.may("material_publish"):
        lines += _replaces(item, stock)
    return Reply("\n".join(lines), buttons=_buttons(item, stock, by))


def _day(day: str, otherwise: str) -> str:
    return day_text(date.fromisoformat(day)) if day else say(otherwise)


def _approved(item: Material) -> str:
    if not item.approver:
        return ""
    key = "faq.approved_alone" if item.approver == item.author else "faq.approved"
    return say(key, approver=named(item.approver_name))


def _text(item: Material) -> list[str]:
    """How it begins, and which days it speaks of."""
    lines = [say("stock.begins"), *(_quote(one.text) for one in item.pieces[:FIRST])] if item.pieces else []
    days = list(dict.fromkeys(day for one in item.pieces for day in DAYS.findall(one.text)))
    more = say("stock.more_days") if len(days) > MOST_DAYS else ""
    return [*lines, say("stock.days", days="、".join(days[:MOST_DAYS]) + more)] if days else lines


def _quote(text: str) -> str:
    return say("stock.quote", text=plain(text, WIDE))


def _replaces(item: Material, stock: Stock) -> list[str]:
    """What it takes the place of once it is published, and what then is said otherwise."""
    lines = []
    for old in stock.standing(item):
        lines.append(say("stock.replaces", number=old.number, title=old.title))
        lines += _changes(old, item) if old.pieces and item.pieces else []
    return lines


def _changes(old: Material, new: Material) -> list[str]:
    """How many passages come and go, with the first of them."""
    was, now = ({one.text: None for one in each.pieces} for each in (old, new))
    gained, lost = [one for one in now if one not in was], [one for one in was if one not in now]
    lines = [say("stock.differs", number=old.number, gained=len(gained), lost=len(lost))]
    lines += [say("stock.gained", text=plain(one, WIDE)) for one in gained[:FIRST]]
    return lines + [say("stock.lost", text=plain(one, WIDE)) for one in lost[:FIRST]]


def _buttons(item: Material, stock: Stock, by: str) -> tuple[tuple[Button, ...], ...]:
    waits = item.own(by) and not stock.alone
    row = tuple(_button(one, item) for one in ROWS[item.state] if not (one == "publish" and waits))
    return row, (_button("file", item),)


def _button(does: str, item: Material) -> Button:
    kind = "publish" if does == "restore" else does
    return Button(press(f"material_{kind}", item.number, str(item.version)), say(f"stock.do_{does}"))


def brief(item: Material) -> str:
    """A document by its number and title."""
    return say("stock.called", number=item.number, title=short(item.title, 30))


def missing(session: Session, event: Consulted, ground: Ground) -> Turn:
    """There is no such document."""
    return filling.told(session, say("stock.missing", number=event.wish.number), ground)


def refused(session: Session, event: Consulted, ground: Ground, *why: str) -> Turn:
    """What can't be done to a document where it stands: why, and the document as it is."""
    stock: Stock = event.found
    if stock.item is None:
        return missing(session, event, ground)
    told = card(stock.item, stock, ground, event.scope.user, *(why or (say("faq.not_now"),)))
    return Turn(session, (told, *filling.again(session, ground)))
