"""How a question that was handed to people looks: its line, its card, its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from bot.desk.applications.life import Submission
from bot.desk.case import button
from bot.desk.display_names import named
from bot.desk.life import desk_chat
from bot.desk.tickets.life import Ticket
from bot.hearing.cities import office_name
from bot.turn.days import moment
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE
from bot.turn.wording import say
from drafting.kinds.kind import shortened
from knowledge.call.definition import Call

TITLE: Final = 40
# What needs no words, and may have some.
BARE: Final = ("pass", "back", "fetch", "leave", "close", "reopen")
ROWS: Final = {
    "open": (("take", "answer"), ("pass", "close")),
    "taken": (("answer", "ask"), ("over", "leave"), ("pass", "close")),
    "asked": (("answer", "over"), ("leave", "close")),
    "answered": (("more", "fix"), ("reask", "keep"), ("reopen", "close")),
    "closed": (("fix", "reask"), ("keep", "reopen")),
}


Of = TypeVar("Of", Ticket, Submission)


def placed(things: Sequence[Of], call: Call) -> list[tuple[str, Of]]:
    """Each with its bureau to be put before it, where they are of several; with nothing where they are of one."""
    several = len({thing.bureau for thing in things}) > 1
    return [(f"{office_name(thing.bureau, call)} " if several else "", thing) for thing in things]


def line(ticket: Ticket, ground: Ground, where: str = "") -> str:
    """A ticket in one line, `where` before it, else the bureau that passed it on."""
    where = where or (office_name(ticket.bureau, ground.call) if ticket.raised else "")
    values = {"question": shortened(ticket.question), "state": _state(ticket), "at": moment(ticket.opened)}
    return say("ticket.line", where=where, number=ticket.number, **values)


def _state(ticket: Ticket) -> str:
    who = {} if ticket.state in ("open", "closed") else {"who": named(ticket.holder_name)}
    return say(f"ticket.is_{ticket.state}", **who)


def card(ticket: Ticket, ground: Ground) -> Reply:
    """A ticket with all that was said on it, and what can be done with it."""
    where = office_name(ticket.bureau, ground.call)
    lines = [
        say("ticket.head", number=ticket.number, where=where, at=moment(ticket.opened)),
        say("ticket.asks", question=ticket.question),
    ]
    lines += [say("ticket.earlier", earlier="；".join(map(shortened, ticket.earlier)))] if ticket.earlier else []
    lines += [say("ticket.near", near=shortened(ticket.near))] if ticket.near else []
    for word in ticket.words:
        text = f"：{word.text}" if word.text and word.kind in BARE else word.text
        lines.append(say(f"words.{word.kind}", who=named(word.name), at=moment(word.at), text=text))
    turned = {"pass": "back"} if ticket.raised else {}
    buttons = tuple(tuple(pressing(turned.get(kind, kind), ticket) for kind in row) for row in ROWS[ticket.state])
    return Reply("\n".join((*lines, _state(ticket))), buttons=buttons, matter=ticket.matter, topic=topic(ticket))


def topic(ticket: Ticket) -> str:
    """What its topic in a group is called."""
    return f"#{ticket.number} {ticket.question.replace(chr(10), ' ')}"[:TITLE]


def pressing(kind: str, ticket: Ticket) -> Button:
    """The button that wishes this for a ticket."""
    return button(kind, ticket.number, ticket.bureau)


def room(ticket: Ticket) -> str:
    """Where it is worked on."""
    return desk_chat(PROVINCE if ticket.raised else ticket.bureau)


def carded(ticket: Ticket, ground: Ground) -> Reply:
    """The ticket shown where it is worked on."""
    return replace(card(ticket, ground), chat=room(ticket))
