"""Questions handed to a bureau's people, in conversation: asked, taken, answered, asked back, passed on, closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot import city, filling
from bot.desk.acts import Act, act
from bot.desk.crew import desk_chat, done, placed, title
from bot.desk.private import bare
from bot.desk.scope import PROVINCE
from bot.desk.tickets import TO_ASKER, Doer, Doing, Ticket, after, refused
from bot.desk.wish import press
from bot.events import Consulted, Turn
from bot.filling import Ground
from bot.replies import Button, Reply
from bot.session import REMEMBERED, Session
from bot.show import shortened
from bot.standing import moment
from bot.wording import say

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
    return Turn(kept, (told, _carded(ticket, ground), *filling.again(kept, ground)))


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


def reveal(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The question as it was said, with what was taken out: the asker agrees by pressing."""
    question = next((one for one in reversed(session.questions) if bare(one, session.draft) != one), "")
    if not question:
        return filling.told(session, say("ticket.nothing_hidden"), ground)
    return _doing("said", question)(session, event, ground)


def mine(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A line for each of the person's own tickets, the newest first, with its answer; never where others read along."""
    if not ground.private:
        return filling.told(session, say("ticket.private"), ground)
    tickets: Sequence[Ticket] = event.found
    lines = [_line(one, ground, where) + _answered(one) for where, one in placed(tickets[:SHOWN], ground.call)]
    return filling.told(session, "\n".join(lines) or say("ticket.none"), ground)


def _answered(ticket: Ticket) -> str:
    return say("ticket.was_answered", text=shortened(ticket.answer.text)) if ticket.answer else ""


# ---------------------------------------------------------------- shown to those who work there
def queue(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What waits, the oldest first, each with a button that opens it."""
    tickets: Sequence[Ticket] = event.found
    shown = tickets[:SHOWN]
    lines = [_line(one, ground) for one in shown]
    if len(tickets) > len(shown):
        lines.append(say("ticket.more", count=len(tickets) - len(shown)))
    rows = tuple((Button(_press("ticket", one), say("buttons.ticket", number=one.number)),) for one in shown)
    return Turn(session, (Reply("\n".join(lines) or say("ticket.empty"), buttons=rows),))


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


def _state(ticket: Ticket) -> str:
    who = {"who": ticket.holder_name or say("desk.nameless")} if ticket.state in ("taken", "asked", "answered") else {}
    return say(STATES[ticket.state], **who)


def show(session: Session, event: Consulted, ground: Ground) -> Turn:
    """One ticket with all that was said on it."""
    ticket: Ticket | None = event.found
    if ticket is None:
        return filling.told(session, say("ticket.unknown", number=event.wish.number), ground)
    return Turn(session, (_card(ticket, ground),))


def _card(ticket: Ticket, ground: Ground) -> Reply:
    lines = [
        say("ticket.head", number=ticket.number, where=title(ticket.bureau, ground.call), at=moment(ticket.opened)),
        say("ticket.asks", question=ticket.question),
    ]
    lines += [say("ticket.earlier", earlier="；".join(map(shortened, ticket.earlier)))] if ticket.earlier else []
    lines += [say("ticket.near", near=shortened(ticket.near))] if ticket.near else []
    lines += [
        say(f"words.{one.kind}", who=one.name or say("desk.nameless"), at=moment(one.at), text=one.text)
        for one in ticket.words
    ]
    lines.append(_state(ticket))
    return Reply("\n".join(lines), buttons=_buttons(ticket), matter=ticket.matter, topic=_topic(ticket))


def _topic(ticket: Ticket) -> str:
    return f"#{ticket.number} {ticket.question.replace(chr(10), ' ')}"[:TITLE]


def _buttons(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    kinds = {
        "open": ("take", "pass", "close"),
        "taken": ("over", "pass", "close"),
        "asked": ("over", "close"),
        "answered": ("keep", "reopen", "close"),
        "closed": ("keep", "reopen"),
    }[ticket.state]
    if ticket.raised:
        kinds = tuple("back" if one == "pass" else one for one in kinds)
    return (tuple(Button(_press(one, ticket), say(f"buttons.{one}")) for one in kinds),)


def _press(kind: str, ticket: Ticket) -> str:
    return press(kind, ticket.number, ticket.bureau)


def _carded(ticket: Ticket, ground: Ground) -> Reply:
    """The ticket shown where it is worked on."""
    return replace(_card(ticket, ground), chat=desk_chat(PROVINCE if ticket.raised else ticket.bureau))


# ---------------------------------------------------------------- done to one
def _doing(doing: Doing, text: str = "") -> Callable[[Session, Consulted, Ground], Turn]:
    """The handler of something done to a ticket; `text` stands for what was said with it."""

    def handled(session: Session, event: Consulted, ground: Ground) -> Turn:
        ticket: Ticket | None = event.found
        if ticket is None:
            return filling.told(session, _none(event), ground)
        said = text or event.wish.text
        doer = Doer(event.scope.user, ground.name, not event.scope.serves, event.scope.bureau == PROVINCE)
        code = refused(ticket, doing, doer) or ("wordless" if doing in WORDY and not said else "")
        if code:
            return filling.told(session, _refusal(code, ticket, ground), ground)
        return _done(session, event, ground, (doing, said, ticket, doer))

    return handled


def _none(event: Consulted) -> str:
    """That there is no such ticket, or that it wasn't said which."""
    return say("ticket.unknown", number=event.wish.number) if event.wish.number else say("ticket.which")


WORDY: Final = ("answer", "more", "ask", "said", "note")


def _refusal(code: str, ticket: Ticket, ground: Ground) -> str:
    who, answer = ticket.holder_name or say("desk.nameless"), ticket.answer
    return {
        "held": lambda: say("ticket.held", who=who, number=ticket.number),
        "answered": lambda: say(
            "ticket.answered",
            who=answer.name if answer else who,
            at=moment(answer.at) if answer else "",
            text=shortened(answer.text) if answer else "",
            number=ticket.number,
        ),
        "wordless": lambda: say("ticket.wordless", number=ticket.number),
    }.get(code, lambda: say(f"ticket.{code}", number=ticket.number))()


Deed = tuple[Doing, str, Ticket, Doer]


def _done(session: Session, event: Consulted, ground: Ground, what: Deed) -> Turn:
    doing, said, ticket, doer = what
    changed = after(ticket, doing, doer)
    values = {"doing": doing, "text": said, "of": ticket.bureau, "state": changed.state, "raised": changed.raised}
    values |= {"holder": changed.holder, "holder_name": changed.holder_name}
    kept = done(session, event, ground, "tend", ticket.version, **values)
    first, *more = filling.told(kept, say(f"did.{doing}", number=ticket.number), ground).replies
    return Turn(kept, (replace(first, matter=ticket.matter), *more, *_letters(what, changed, ground)))


def _letters(what: Deed, changed: Ticket, ground: Ground) -> tuple[Reply, ...]:
    """Word to whoever must know: the asker of answers and questions, the desk of what the asker said or what came."""
    doing, said, ticket, doer = what
    if doing in TO_ASKER:
        desk = title(PROVINCE if doer.above else changed.bureau, ground.call)
        text = say(f"asker.{doing}", desk=desk, number=changed.number, text=said)
        if doing == "answer":
            text += "\n" + say("ticket.you_asked", question=shortened(changed.question))
        return (Reply(text, buttons=_judging(changed, doing), chat=changed.person, matter=changed.matter),)
    if doing in ("pass", "back"):
        return (_carded(changed, ground),)
    if doing == "over" and ticket.holder:
        text = say("ticket.taken_over", who=doer.name or say("desk.nameless"), number=changed.number)
        return (Reply(text, chat=ticket.holder),)
    if not doer.applicant:
        return ()
    text = say(f"todesk.{doing}", number=changed.number, text=said)
    where = desk_chat(PROVINCE if changed.raised else changed.bureau)
    return (Reply(text, chat=where, matter=changed.matter, topic=_topic(changed)),)


def _judging(ticket: Ticket, doing: Doing) -> tuple[tuple[Button, ...], ...]:
    if doing == "ask":
        return ()
    return (tuple(Button(_press(one, ticket), say(f"buttons.{one}")) for one in ("solved", "unsolved")),)


def solved(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The asker says that this was it."""
    ticket: Ticket | None = event.found
    if ticket is None or ticket.state == "closed":
        return filling.told(session, say("ticket.thanks"), ground)
    return _doing("close")(session, event, ground)


def answering(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What is said in answer to a message about a ticket: by its people an answer, by its asker something more."""
    ticket: Ticket | None = event.found
    if not event.scope.serves:
        return _doing("said")(session, event, ground)
    own = ticket is not None and ticket.state == "answered" and ticket.holder == event.scope.user
    return _doing("more" if own else "answer")(session, event, ground)


# What is done to one ticket.
ON_TICKET: Final = (
    "ticket", "reveal", "solved", "unsolved", "said", "take", "over", "answer", "reply", "more", "ask", "pass", "back",
    "close", "reopen", "note",
)  # fmt: skip
HANDLERS = {
    "human": human, "reveal": reveal, "mine": mine, "queue": queue, "ticket": show, "solved": solved,
    "unsolved": _doing("reopen"), "said": _doing("said"), "take": _doing("take"), "over": _doing("over"),
    "answer": answering,
    "reply": answering, "more": _doing("more"), "ask": _doing("ask"), "pass": _doing("pass"), "back": _doing("back"),
    "close": _doing("close"), "reopen": _doing("reopen"), "note": _doing("note"),
}  # fmt: skip
