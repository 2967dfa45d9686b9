"""Questions handed to a bureau's people, in conversation: asked, taken, answered, asked back, passed on, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.desk.crew import desk_chat, placed, title
from bot.desk.entries.entry import Item, called
from bot.desk.tickets.life import Ticket, Word
from bot.desk.tickets.private import bare
from bot.interview import city, filling
from bot.turn.acts import Act, act
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE
from bot.turn.session import REMEMBERED, Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say
from drafting.kinds.kind import shortened

TITLE: Final = 40
SHOWN: Final = 10
STATES: Final = {
    "open": "ticket.is_open",
    "taken": "ticket.is_taken",
    "asked": "ticket.is_asked",
    "answered": "ticket.is_answered",
    "closed": "ticket.is_closed",
}


@dataclass(frozen=True)
class Waiting:
    """What waits at a desk: tickets, and entries that wait for approval."""

    tickets: tuple[Ticket, ...] = ()
    entries: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Elsewhere:
    """No one ticket is meant: `places` are the bureaus that have one of the number, `filed` says that an application
    bears it."""

    places: tuple[str, ...] = ()
    filed: bool = False


@dataclass(frozen=True)
class Opening:
    """What there is for a new ticket: the number it gets, and the asker's own that are open: number and question."""

    number: int
    open: tuple[tuple[int, str], ...] = ()


# ---------------------------------------------------------------- asked by an applicant
MOST_OPEN: Final = 5
LONGEST: Final = 1500


def human(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The question just asked, or the one said with it, handed to the bureau's people without what is personal."""
    question = (event.wish.text or next(reversed(session.questions), "")).strip()
    found: Opening = event.found
    if not event.scope.bureau:
        waits = session.but(onward=True, questions=(*session.questions, question)[-REMEMBERED:] if question else ())
        return Turn(waits, (city.choice(say("ticket.no_city"), ground),))
    plain = bare(question[:LONGEST], session.draft)
    refusal = _unasked(plain, event, ground)
    if refusal:
        return filling.told(session, refusal, ground)
    near = "" if event.wish.text else session.near
    earlier = [bare(one, session.draft) for one in session.questions if one != question]
    ticket = Ticket(
        event.scope.bureau,
        found.number,
        event.scope.user,
        plain,
        ground.name,
        earlier=tuple(earlier),
        near=near,
        opened=event.at,
    )
    asked = (*(one for one in session.questions if one != question), question)[-REMEMBERED:]
    kept = session.but(questions=asked).acting(_opened(event, ticket, ground))
    buttons = ((Button(press("reveal", found.number), say("buttons.reveal")),),) if plain != question else ()
    name = title(event.scope.bureau, ground.call)
    lines = [say("ticket.opened", bureau=name, number=found.number)]
    lines += [say("ticket.stripped")] if buttons else []
    told = Reply("\n".join(lines), buttons=buttons, matter=ticket.matter)
    return Turn(kept, (told, carded(ticket, ground), *filling.again(kept, ground)))


def _unasked(question: str, event: Consulted, ground: Ground) -> str:
    """Why nothing can be handed over; empty when it can."""
    found: Opening = event.found
    if event.scope.serves:
        return say("ticket.yourself")
    if not event.overlay.staffed:
        return say("ticket.no_desk", reach=_reach(event, ground))
    if same := next((number for number, asked in found.open if asked == question), 0):
        return say("ticket.same", number=same)
    if len(found.open) >= MOST_OPEN:
        return say("ticket.many", count=len(found.open))
    return "" if question else say("ticket.no_question")


def _reach(event: Consulted, ground: Ground) -> str:
    """Whom to call instead: the bureau as it says itself, else the province as the notice does."""
    if event.overlay.reach:
        return say("ticket.reach", reach=event.overlay.reach)
    phone = next((one.value for one in ground.call.contacts if one.kind == "phone"), "")
    return say("ticket.province", phone=phone) if phone else ""


def _opened(event: Consulted, ticket: Ticket, ground: Ground) -> Act:
    values = {"question": ticket.question, "earlier": list(ticket.earlier), "near": ticket.near}
    return act("ticket", event.scope, ticket.number, **values).model_copy(update={"name": ground.name})


def mine(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A line for each of the person's own tickets, the newest first, with its answer; never where others read along."""
    if not ground.private:
        return filling.told(session, say("ticket.private"), ground)
    tickets: Sequence[Ticket] = event.found
    lines = [_line(one, ground, where) + _answered(one) for where, one in placed(tickets[:SHOWN], ground.call)]
    return filling.told(session, "\n".join(lines) or say("ticket.none"), ground)


def _answered(ticket: Ticket) -> str:
    return say("ticket.was_answered", text=shortened(ticket.valid)) if ticket.valid else ""


# ---------------------------------------------------------------- shown to those who work there
def queue(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What waits, the oldest first, each with a button that opens it; then entries that wait for approval."""
    found: Waiting = event.found
    tickets, shown = found.tickets, found.tickets[:SHOWN]
    lines = [_line(one, ground) for one in shown]
    if len(tickets) > len(shown):
        lines.append(say("ticket.more", count=len(tickets) - len(shown)))
    rows = [(Button(pressing("ticket", one), say("buttons.ticket", number=one.number)),) for one in shown]
    for entry in found.entries[:SHOWN]:
        lines.append(say("ticket.entry_waits", called=called(entry), question=shortened(entry.question)))
        rows.append((Button(press("faq", entry.number), say("faq.open", number=entry.number)),))
    return Turn(session, (Reply("\n".join(lines) or say("ticket.empty"), buttons=tuple(rows)),))


def _line(one: Ticket, ground: Ground, where: str = "") -> str:
    where = where or (title(one.bureau, ground.call) if one.raised else "")
    state = _state(one)
    return say(
        "ticket.line",
        where=where,
        number=one.number,
        question=shortened(one.question),
        state=state,
        at=moment(one.opened),
    )


# What needs no words, and may have some.
BARE: Final = ("pass", "back", "fetch", "leave", "close", "reopen")


def _said(one: Word) -> str:
    return f"：{one.text}" if one.text and one.kind in BARE else one.text


def _state(ticket: Ticket) -> str:
    who = {"who": ticket.holder_name or say("desk.nameless")} if ticket.state in ("taken", "asked", "answered") else {}
    return say(STATES[ticket.state], **who)


def show(session: Session, event: Consulted, ground: Ground) -> Turn:
    """One ticket with all that was said on it; that an application bears the number, too."""
    found: Ticket | Elsewhere = event.found
    also = (say("ticket.filed", number=event.wish.number),) if found.filed else ()
    if isinstance(found, Elsewhere):
        return Turn(session, (elsewhere(found, event, ground, *also),))
    told = card(found, ground)
    return Turn(session, (replace(told, text="\n".join((told.text, *also))),))


def elsewhere(found: Elsewhere, event: Consulted, ground: Ground, *also: str) -> Reply:
    """That there is no such ticket, that it wasn't said which, or of which city: with a button for each."""
    wish, number = event.wish, event.wish.number
    if found.places:
        rows = [(Button(press(wish.kind, number, one), title(one, ground.call)),) for one in found.places]
        return Reply(say("ticket.which_city", number=number), buttons=tuple(rows))
    told = say("ticket.unknown", number=number) if number else say("ticket.which")
    return Reply("\n".join((told, *also)))


def card(ticket: Ticket, ground: Ground) -> Reply:
    """A ticket with all that was said on it, and what can be done with it."""
    lines = [
        say("ticket.head", number=ticket.number, where=title(ticket.bureau, ground.call), at=moment(ticket.opened)),
        say("ticket.asks", question=ticket.question),
    ]
    lines += [say("ticket.earlier", earlier="；".join(map(shortened, ticket.earlier)))] if ticket.earlier else []
    lines += [say("ticket.near", near=shortened(ticket.near))] if ticket.near else []
    lines += [
        say(f"words.{one.kind}", who=one.name or say("desk.nameless"), at=moment(one.at), text=_said(one))
        for one in ticket.words
    ]
    lines.append(_state(ticket))
    return Reply("\n".join(lines), buttons=_buttons(ticket), matter=ticket.matter, topic=topic(ticket))


def topic(ticket: Ticket) -> str:
    """What its topic in a group is called."""
    return f"#{ticket.number} {ticket.question.replace(chr(10), ' ')}"[:TITLE]


ROWS: Final = {
    "open": (("take", "answer"), ("pass", "close")),
    "taken": (("answer", "ask"), ("over", "leave"), ("pass", "close")),
    "asked": (("answer", "over"), ("leave", "close")),
    "answered": (("more", "fix"), ("reask", "keep"), ("reopen", "close")),
    "closed": (("fix", "reask"), ("keep", "reopen")),
}


def _buttons(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    rows = [[_turned(one, ticket) for one in row] for row in ROWS[ticket.state]]
    return tuple(tuple(Button(pressing(one, ticket), say(f"buttons.{one}")) for one in row) for row in rows)


def _turned(kind: str, ticket: Ticket) -> str:
    return "back" if kind == "pass" and ticket.raised else kind


def pressing(kind: str, ticket: Ticket) -> str:
    """The id of the button that wishes this for a ticket."""
    return press(kind, ticket.number, ticket.bureau)


def carded(ticket: Ticket, ground: Ground) -> Reply:
    """The ticket shown where it is worked on."""
    return replace(card(ticket, ground), chat=desk_chat(PROVINCE if ticket.raised else ticket.bureau))


HANDLERS = {"human": human, "mine": mine, "queue": queue, "ticket": show}
