"""What is done to a ticket, in conversation: taken, answered, put right, asked back, passed on, handed over, closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.desk.awaiting import awaits
from bot.desk.crew import Clerk, desk_chat, done, title
from bot.desk.tickets.life import LIVE, TO_ASKER, Doer, Doing, Ticket, after, refused
from bot.desk.tickets.page import Elsewhere, card, carded, elsewhere, pressing, topic
from bot.desk.tickets.private import bare
from bot.interview import filling
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE
from bot.turn.session import Session
from bot.turn.wish import Consulted, Wish, press
from bot.turn.wording import say
from drafting.kinds.kind import shortened

Handler = Callable[[Session, Consulted, Ground], Turn]
WORDY: Final = ("answer", "more", "fix", "ask", "reask", "said", "note")


def _doing(doing: Doing, text: str = "") -> Handler:
    """The handler of something done to a ticket; `text` stands for what was said with it."""

    def handled(session: Session, event: Consulted, ground: Ground) -> Turn:
        doer = Doer(event.scope.user, ground.name, not event.scope.serves, event.scope.bureau == PROVINCE)
        return _tried(session, event, ground, (doing, text or event.wish.text, doer))

    return handled


Try = tuple[Doing, str, Doer]
Deed = tuple[Doing, str, Ticket, Doer]


def _tried(session: Session, event: Consulted, ground: Ground, what: Try) -> Turn:
    """Done if it can be; else why not, and where only the words are missing they are waited for."""
    doing, said, doer = what
    ticket: Ticket | Elsewhere = event.found
    if isinstance(ticket, Elsewhere):
        asked = awaits(session, event, Wish(doing, event.wish.number, said)) if ticket.places and said else session
        return filling.after(asked, (elsewhere(ticket, event, ground),), ground)
    code = refused(ticket, doing, doer)
    if code:
        return _refused(session, event, ground, (code, doing, said, ticket))
    if doing in WORDY and not said:
        told = say(f"wordless.{doing}", number=ticket.number)
        return filling.told(awaits(session, event, Wish(doing, ticket.number, where=ticket.bureau)), told, ground)
    return _done(session, event, ground, (doing, said, ticket, doer))


def _refused(session: Session, event: Consulted, ground: Ground, what: tuple[str, Doing, str, Ticket]) -> Turn:
    """Why it can't be done; asked back after an answer, with a button that opens the ticket again for it."""
    code, doing, said, ticket = what
    if doing != "ask" or code not in ("answered", "closed"):
        return filling.told(session, _refusal(code, ticket), ground)
    kept = awaits(session, event, Wish("reask", ticket.number, said, ticket.bureau)) if said else session
    button = ((Button(pressing("reask", ticket), say("buttons.reask")),),)
    return Turn(kept, (Reply(say("ticket.ask_late", number=ticket.number, state=say(f"late.{code}")), buttons=button),))


def _refusal(code: str, ticket: Ticket) -> str:
    who, answer = ticket.holder_name or say("desk.nameless"), ticket.answer
    return {
        "held": lambda: say("ticket.held", who=who, number=ticket.number),
        "answered": lambda: say(
            "ticket.answered",
            who=answer.name if answer else who,
            at=moment(answer.at) if answer else "",
            text=shortened(ticket.valid),
            number=ticket.number,
        ),
    }.get(code, lambda: say(f"ticket.{code}", number=ticket.number))()


def _done(session: Session, event: Consulted, ground: Ground, what: Deed) -> Turn:
    doing, said, ticket, doer = what
    changed = after(ticket, doing, doer)
    text = say("words.to", who=doer.to_name) if doing == "hand" else said
    values = {"doing": doing, "text": text, "of": ticket.bureau, "state": changed.state, "raised": changed.raised}
    values |= {"holder": changed.holder, "holder_name": changed.holder_name}
    numbered = replace(event, wish=replace(event.wish, number=ticket.number))
    kept = done(session, numbered, ground, "tend", ticket.version, **values)
    if doing in ("take", "over") and changed.state in LIVE:
        kept = awaits(kept, event, Wish("offer", ticket.number, where=ticket.bureau))
    told = (Reply(_told(doing, changed), buttons=_further(doing, ticket), matter=ticket.matter),)
    return Turn(kept, (*told, *filling.again(kept, ground), *_letters(what, changed, event, ground)))


def _told(doing: Doing, changed: Ticket) -> str:
    who = {"who": changed.holder_name or say("desk.nameless")} if doing == "hand" else {}
    lines = [say(f"did.{doing}", number=changed.number, **who)]
    lines += [say("ticket.made_entry", entry=changed.entry)] if doing == "fix" and changed.entry else []
    return "\n".join(lines)


def _further(doing: Doing, ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    """A button to the entry that was made of an answer that is no longer right."""
    if doing != "fix" or not ticket.entry:
        return ()
    return ((Button(press("faq", ticket.entry), say("faq.open", number=ticket.entry)),),)


# ---------------------------------------------------------------- who hears of it
def _letters(what: Deed, changed: Ticket, event: Consulted, ground: Ground) -> tuple[Reply, ...]:
    """Word to whoever must know: the asker of answers and questions, the desk of what the asker said or what came."""
    doing, said, ticket, doer = what
    if doing in TO_ASKER:
        return (_to_asker(doing, said, changed, doer, ground),)
    if doing in ("pass", "back"):
        return (carded(changed, ground), *_word(doing, changed))
    if doing == "fetch":
        told = say("ticket.fetched", bureau=title(changed.bureau, ground.call), number=changed.number)
        return (Reply(told, chat=desk_chat(PROVINCE)),)
    if doing == "over" and ticket.holder:
        return (Reply(say("ticket.taken_over", who=_called(doer.name), number=changed.number), chat=ticket.holder),)
    if doing == "hand":
        return _handed(changed, doer, event, ground)
    if not doer.applicant:
        return _word(doing, changed)
    text = say(f"todesk.{doing}", number=changed.number, text=said)
    where = desk_chat(PROVINCE if changed.raised else changed.bureau)
    return (Reply(text, chat=where, matter=changed.matter, topic=topic(changed)),)


def _word(doing: Doing, changed: Ticket) -> tuple[Reply, ...]:
    """Word to the asker of what becomes of their question: passed on, or over without an answer."""
    if doing != "pass" and not (doing == "close" and changed.answer is None):
        return ()
    buttons = () if doing == "pass" else ((Button(pressing("unsolved", changed), say("buttons.unsolved")),),)
    text = say(f"asker.{doing}", number=changed.number, question=shortened(changed.question))
    return (Reply(text, buttons=buttons, chat=changed.person, matter=changed.matter),)


def _called(name: str) -> str:
    return name or say("desk.nameless")


def _to_asker(doing: Doing, said: str, changed: Ticket, doer: Doer, ground: Ground) -> Reply:
    desk = title(PROVINCE if doer.above else changed.bureau, ground.call)
    text = say(f"asker.{doing}", desk=desk, number=changed.number, text=said)
    if doing in ("answer", "fix"):
        text += "\n" + say("ticket.you_asked", question=shortened(changed.question))
    return Reply(text, buttons=_judging(changed, doing), chat=changed.person, matter=changed.matter)


def _judging(ticket: Ticket, doing: Doing) -> tuple[tuple[Button, ...], ...]:
    if doing in ("ask", "reask"):
        return ((Button(pressing("said", ticket), say("buttons.said")),),)
    return (tuple(Button(pressing(one, ticket), say(f"buttons.{one}")) for one in ("solved", "unsolved")),)


def _handed(changed: Ticket, doer: Doer, event: Consulted, ground: Ground) -> tuple[Reply, ...]:
    """The card to whom it was handed, and a line to the group they work in."""
    first = say("ticket.handed_you", who=_called(doer.name), number=changed.number)
    told = card(changed, ground)
    letter = replace(told, text=f"{first}\n{told.text}", chat=doer.to)
    room = event.overlay.staff_chat
    line = say("ticket.handed", who=_called(doer.name), to=_called(doer.to_name), number=changed.number)
    return (letter, Reply(line, chat=room)) if room and room != ground.chat else (letter,)


# ---------------------------------------------------------------- by words
@dataclass(frozen=True)
class Handover:
    """A ticket that is handed to somebody, and who works there."""

    found: Ticket | Elsewhere
    clerks: Sequence[Clerk]


def hand(session: Session, event: Consulted, ground: Ground) -> Turn:
    """To a colleague, by name or by what colleagues call them."""
    seen: Handover = event.found
    whom = meant(event.wish.text, seen.clerks)
    if isinstance(seen.found, Ticket) and len(whom) != 1:
        names = "、".join(_called(one.name) for one in seen.clerks if one.person != event.scope.user)
        return filling.told(session, say("ticket.whom", who=event.wish.text, names=names or "—"), ground)
    to = whom[0] if whom else Clerk("", "staff", "", 0.0)
    doer = Doer(event.scope.user, ground.name, above=event.scope.bureau == PROVINCE, to=to.person, to_name=to.name)
    return _tried(session, replace(event, found=seen.found), ground, ("hand", "", doer))


def meant(said: str, clerks: Sequence[Clerk]) -> list[Clerk]:
    """Who is called so: the whole name, else the family name in 小李, 老李, 李姐, 李老师, or the given name."""
    whole = [one for one in clerks if one.name == said]
    if whole or not said:
        return whole
    family = said[1] if said[0] in "小老" and len(said) == 2 else said[0] if said[1:] in TITLES else ""
    if family:
        return [one for one in clerks if one.name.startswith(family)]
    return [one for one in clerks if len(said) > 1 and said in one.name]


TITLES: Final = ("姐", "哥", "工", "科", "处", "总", "老师", "科长", "处长", "主任")


def reveal(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The question as it was said, with what was taken out: the asker agrees by pressing."""
    question = next((one for one in reversed(session.questions) if bare(one, session.draft) != one), "")
    if not question:
        return filling.told(session, say("ticket.nothing_hidden"), ground)
    return _doing("said", question)(session, event, ground)


def solved(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The asker says that this was it."""
    ticket: Ticket | Elsewhere = event.found
    if isinstance(ticket, Elsewhere) or ticket.state == "closed":
        return filling.told(session, say("ticket.thanks"), ground)
    return _doing("close")(session, event, ground)


def answering(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What is said in answer to a message about a ticket: by its people an answer, by its asker something more."""
    ticket: Ticket | Elsewhere = event.found
    if not event.scope.serves:
        return _doing("said")(session, event, ground)
    own = isinstance(ticket, Ticket) and ticket.state == "answered" and ticket.holder == event.scope.user
    return _doing("more" if own else "answer")(session, event, ground)


def offer(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What was said after a ticket was taken: whether it is to go to the asker."""
    ticket: Ticket | Elsewhere = event.found
    if isinstance(ticket, Elsewhere) or ticket.holder != event.scope.user:
        return filling.told(session, say("draft.stale"), ground)
    kept = awaits(session, event, Wish("give", ticket.number, event.wish.text, ticket.bureau))
    buttons = (tuple(Button(pressing(one, ticket), say(f"buttons.{one}")) for one in ("give", "keep_back")),)
    told = say("ticket.offer", number=ticket.number, text=shortened(event.wish.text))
    return Turn(kept, (Reply(told, buttons=buttons),))


def _stale(session: Session, _event: Consulted, ground: Ground) -> Turn:
    return filling.told(session, say("draft.stale"), ground)


# What is done to one ticket.
ON_TICKET: Final = (
    "ticket", "reveal", "solved", "unsolved", "said", "take", "over", "leave", "answer", "reply", "more", "fix", "ask",
    "reask", "pass", "fetch", "back", "close", "reopen", "note", "offer", "give", "hand",
)  # fmt: skip
HANDLERS: Final = {
    "reveal": reveal, "solved": solved, "unsolved": _doing("reopen"), "answer": answering, "reply": answering,
    "hand": hand, "offer": offer, "give": _stale, "keep_back": _stale,
    **{one: _doing(one) for one in ("said", "take", "over", "leave", "more", "fix", "ask", "reask")},
    **{one: _doing(one) for one in ("pass", "fetch", "back", "close", "reopen", "note")},
}  # fmt: skip
