"""An entry as it is seen at the desk: its line in the list, its card with what changes, and its buttons."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.desk.entries.difference import differences, until
from bot.desk.entries.entry import Item, View, called, named
from bot.interview import filling
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say

# Which buttons a card has in each state, row by row; what undoes something comes below them.
ROWS: Final = {
    "draft": (("submit",), ("trial", "suggest")),
    "pending": (("publish", "return"), ("trial",)),
    "published": (("withdraw", "trial"),),
    "withdrawn": (("trial",),),
}


def short(text: str, size: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= size else f"{text[: size - 1]}…"


def stage(item: Item, today: date) -> str:
    """Where an entry stands; of one that is being changed, what answers meanwhile."""
    over = item.told is not None and item.told.over(today)
    if item.standing:
        return say(f"faq.changing_{item.state}") + say("faq.old_over" if over else "faq.old_answers")
    return say("faq.over") if over else say(f"faq.{item.state}")


def line(item: Item, today: date) -> str:
    """An entry in one line."""
    mark = say("faq.ruling_mark") if item.kind == "ruling" else ""
    return say("faq.line", number=item.number, mark=mark, state=stage(item, today), question=short(item.question, 30))


def card(item: Item, event: Consulted, ground: Ground, *first: str) -> Reply:
    """An entry as it reads, under what is said `first`, with what a change of it changes, and its buttons."""
    lines = [*first, say("faq.head", called=called(item), state=stage(item, ground.today))]
    lines.append(say("faq.asks", text=item.question))
    lines.append(say("faq.says", text=item.answer or say("faq.no_answer")))
    lines += [say("faq.similar", ways="；".join(item.similar))] if item.similar else []
    lines += [say("faq.until", day=until(item.valid_until)), say("faq.source", source=source(item))]
    lines.append(say("faq.by", author=named(item.author_name)) + _approved(item))
    lines += [say("faq.reason", why=item.reason)] if item.reason else []
    lines += [say("faq.changes"), *differences(item.standing, item.words)] if item.standing else []
    return Reply("\n".join(lines), buttons=_buttons(item, event))


def source(item: Item) -> str:
    """What an entry rests on: a ticket, what its author gave; said to be missing where neither is."""
    ticket = say("faq.from_ticket", number=item.ticket) if item.ticket else ""
    if given := "；".join(one for one in (item.source, ticket) if one):
        return given
    return say("faq.no_source_yet", number=item.number) if item.state == "draft" else say("faq.no_source")


def _approved(item: Item) -> str:
    if not item.approver or item.state not in ("published", "withdrawn"):
        return ""
    key_ = "faq.approved_alone" if item.approver == item.author else "faq.approved"
    return say(key_, approver=named(item.approver_name))


def _buttons(item: Item, event: Consulted) -> tuple[tuple[Button, ...], ...]:
    view: View = event.found
    rows = ROWS[item.state] if item.answer else (("suggest",),)
    if view.alone and item.answer and item.state == "draft":
        rows = (("publish",), *rows[1:])
    undoing = [one for one in ("drop", "back") if item.may(f"faq_{one}")]
    if item.standing:
        undoing.append("withdraw")
    return tuple(tuple(_button(one, item) for one in row) for row in (*rows, undoing) if row)


def _button(does: str, item: Item) -> Button:
    at = "" if does in ("trial", "suggest") else str(item.version)
    return Button(press(f"faq_{does}", item.number, at), say(f"faq.do_{does}"))


def missing(session: Session, event: Consulted, ground: Ground) -> Turn:
    """There is no such entry, or it wasn't said which."""
    number = event.wish.number
    return filling.told(session, say("faq.missing", number=number) if number else say("faq.which"), ground)


def refused(session: Session, event: Consulted, ground: Ground, *why: str) -> Turn:
    """What can't be done to an entry where it stands: why, and the entry as it is."""
    view: View = event.found
    if view.item is None:
        return missing(session, event, ground)
    first = why or (say("faq.not_now"),)
    return Turn(session, (card(view.item, event, ground, *first), *filling.again(session, ground)))
