"""A document of the shelf as it is seen at the desk: its line, its card with what it replaces, its buttons."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.desk.approval import Kind, Sentences, approved
from bot.desk.case import Case
from bot.desk.display_names import named, plain, short
from bot.desk.life import Shelf
from bot.desk.materials.life import Material, standing
from bot.turn.days import day_text
from bot.turn.replies import Button, Reply
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
    values = {"title": item.title, "state": stage(item, today), "passages": item.passages}
    return say("stock.line", number=item.number, **values, who=named(item.author_name))


def card(case: Case[Shelf[Material]], item: Material, *first: str, by: str | None = None) -> Reply:
    """A document as it was read, under what is said `first`, with the buttons that `by` may press: who wishes it."""
    lines = [*first, say("stock.head", number=item.number, title=item.title, state=stage(item, case.ground.today))]
    lines.append(say("stock.from", issuer=item.issuer, day=_day(item.dated, "stock.undated")))
    lines.append(say("stock.until", day=_day(item.valid_until, "faq.lasting")))
    lines.append(say("stock.file", name=item.name, passages=item.passages))
    lines.append(say("stock.by", author=named(item.author_name)) + approved(item))
    lines += [say("stock.note", note=note) for note in item.notes]
    lines += _text(item)
    if item.may("material_publish"):
        lines += [each for old in standing(case.seen.items, item) for each in _replaced(old, item)]
    waits = item.own(case.user if by is None else by) and not case.seen.alone
    row = tuple(_button(does, item) for does in ROWS[item.state] if not (does == "publish" and waits))
    return Reply("\n".join(lines), buttons=(row, (_button("file", item),)))


MATERIALS: Final = Kind(
    "material", Sentences("stock.title", "stock.more", "stock.open", "stock.how", "stock.missing"),
    lambda does: say(f"stock.do_{does}"), ("pending", "published", "replaced", "withdrawn"), 40, line, card,
)  # fmt: skip


def _day(day: str, otherwise: str) -> str:
    return day_text(date.fromisoformat(day)) if day else say(otherwise)


def _text(item: Material) -> list[str]:
    """How it begins, and which days it speaks of."""
    begins = [say("stock.quote", text=plain(piece.text, WIDE)) for piece in item.pieces[:FIRST]]
    lines = [say("stock.begins"), *begins] if begins else []
    days = list(dict.fromkeys(day for piece in item.pieces for day in DAYS.findall(piece.text)))
    more = say("stock.more_days") if len(days) > MOST_DAYS else ""
    return [*lines, say("stock.days", days="、".join(days[:MOST_DAYS]) + more)] if days else lines


def _replaced(old: Material, new: Material) -> list[str]:
    """What a document takes the place of once it is published, how many passages come and go, the first of them."""
    lines = [say("stock.replaces", number=old.number, title=old.title)]
    if not old.pieces or not new.pieces:
        return lines
    was, now = ({piece.text: None for piece in item.pieces} for item in (old, new))
    gained, lost = [text for text in now if text not in was], [text for text in was if text not in now]
    lines.append(say("stock.differs", number=old.number, gained=len(gained), lost=len(lost)))
    lines += [say("stock.gained", text=plain(text, WIDE)) for text in gained[:FIRST]]
    return lines + [say("stock.lost", text=plain(text, WIDE)) for text in lost[:FIRST]]


def _button(does: str, item: Material) -> Button:
    return MATERIALS.button(does, item, "publish" if does == "restore" else "")


def brief(item: Material) -> str:
    """A document by its number and title."""
    return say("stock.called", number=item.number, title=short(item.title, 30))
