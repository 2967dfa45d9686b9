"""What is done to a ticket, in conversation: taken, answered, put right, passed on, handed over, closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.desk.case import Action, Case, action, actions, button
from bot.desk.display_names import named
from bot.desk.life import Clerk, Doer, desk_chat
from bot.desk.tickets import life
from bot.desk.tickets.life import Doing, Ticket, TicketSeen
from bot.desk.tickets.opening import bare
from bot.desk.tickets.page import card, carded, pressing, room, topic
from bot.hearing.cities import office_name
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE
from bot.turn.wish import Nothing, Seen
from bot.turn.wording import say
from drafting.kinds.kind import shortened

STEPS: Final[tuple[Doing, ...]] = (
    "take", "over", "leave", "more", "fix", "ask", "reask", "pass", "fetch", "back", "close", "reopen", "note",
)  # fmt: skip
WORDY: Final = ("answer", "more", "fix", "ask", "reask", "said", "note")
TITLES: Final = ("姐", "哥", "工", "科", "处", "总", "老师", "科长", "处长", "主任")


# ---------------------------------------------------------------- shown
def show(case: Case[TicketSeen]) -> Turn:
    """One ticket with all that was said on it; that an application bears the number, too."""
    ticket = case.seen.ticket
    also = (say("ticket.filed", number=case.number),) if case.seen.filed else ()
    if ticket is None:
        return Turn(case.session, (elsewhere(case, *also),))
    reply = card(ticket, case.ground)
    return Turn(case.session, (replace(reply, text="\n".join((reply.text, *also))),))


def elsewhere(case: Case[TicketSeen], *also: str) -> Reply:
    """That there is no such ticket, that it wasn't said which, or of which city: with a button for each."""
    number, places = case.number, case.seen.places
    if places:
        rows = tuple((button(case.wish.kind, number, code, office_name(code, case.call)),) for code in places)
        return Reply(say("ticket.which_city", number=number), buttons=rows)
    text = say("ticket.unknown", number=number) if number else say("ticket.which")
    return Reply("\n".join((text, *also)))


# ---------------------------------------------------------------- done to one
def _step(doing: Doing) -> Callable[[Case[TicketSeen]], Turn]:
    return lambda case: _tried(case, doing, case.text)


def _tried(case: Case[TicketSeen], doing: Doing, text: str, to: Clerk | None = None) -> Turn:
    """Done if it can be; else why not, and where only the words are missing they are waited for."""
    ticket = case.seen.ticket
    if ticket is None:
        asked = case.awaiting(doing, case.number, text) if case.seen.places and text else case
        return asked.shown(elsewhere(case))
    doer = Doer(case.user, case.ground.name, not case.scope.serves, case.above, *((to.person, to.name) if to else ()))
    if code := life.refused(ticket, doing, doer):
        return _refused(case, ticket, doing, code)
    if doing in WORDY and not text:
        sentence = say(f"wordless.{doing}", number=ticket.number)
        return case.awaiting(doing, ticket.number, where=ticket.bureau).told(sentence)
    return _done(case, ticket, life.TicketTended(doing, ticket.bureau, text, doer.to, doer.to_name), doer)


def _refused(case: Case[TicketSeen], ticket: Ticket, doing: Doing, code: str) -> Turn:
    """Why it can't be done; asked back after an answer, with a button that opens the ticket again for it."""
    number, answer = ticket.number, ticket.answer
    if doing == "ask" and code in ("answered", "closed"):
        kept = case.awaiting("reask", number, case.text, ticket.bureau) if case.text else case
        return kept.said(say("ticket.ask_late", number=number, state=say(f"late.{code}")), (pressing("reask", ticket),))
    values: dict[str, object] = {"number": number}
    if code in ("held", "answered"):
        values["who"] = named(ticket.holder_name)
    if code == "answered":
        values |= {"at": moment(answer.at) if answer else "", "text": shortened(ticket.valid)}
        values |= {"who": answer.name} if answer else {}
    return case.told(say(f"ticket.{code}", **values))


def _done(case: Case[TicketSeen], ticket: Ticket, tended: life.TicketTended, doer: Doer) -> Turn:
    doing, changed = tended.step, life.after(ticket, tended.step, doer)
    act = replace(tended, text=say("words.to", who=doer.to_name)) if doing == "hand" else tended
    kept = case.acting(act, ticket.version, ticket.number)
    if doing in life.SILENT and changed.state in life.LIVE:
        kept = kept.awaiting("offer", ticket.number, where=ticket.bureau)
    who = {"who": named(changed.holder_name)} if doing == "hand" else {}
    lines, rows = [say(f"did.{doing}", number=changed.number, **who)], []
    if doing == "fix" and ticket.entry:
        lines.append(say("ticket.made_entry", entry=ticket.entry))
        rows = [(button("faq", ticket.entry, "", say("faq.open", number=ticket.entry)),)]
    reply = Reply("\n".join(lines), buttons=tuple(rows), matter=ticket.matter)
    turn = kept.shown(reply)
    return replace(turn, replies=(*turn.replies, *_letters(case, ticket, changed, tended, doer)))


# ---------------------------------------------------------------- who hears of it
def _letters(
    case: Case[TicketSeen], ticket: Ticket, changed: Ticket, tended: life.TicketTended, doer: Doer
) -> Sequence[Reply]:  # fmt: skip
    """Word to whoever must know: the asker of answers and questions, the desk of what the asker said or what came."""
    doing, number = tended.step, changed.number
    if doing in life.TO_ASKER:
        return (_to_asker(case, changed, tended),)
    if doing in ("pass", "back"):
        return (carded(changed, case.ground), *_outcome(doing, changed))
    if doing == "fetch":
        bureau = office_name(changed.bureau, case.call)
        return (Reply(say("ticket.fetched", bureau=bureau, number=number), chat=desk_chat(PROVINCE)),)
    if doing == "over" and ticket.holder:
        return (Reply(say("ticket.taken_over", who=named(doer.name), number=number), chat=ticket.holder),)
    if doing == "hand":
        return _handed(case, changed, doer)
    if not doer.applicant:
        return _outcome(doing, changed)
    text = say(f"todesk.{doing}", number=number, text=tended.text)
    return (Reply(text, chat=room(changed), matter=changed.matter, topic=topic(changed)),)


def _outcome(doing: Doing, changed: Ticket) -> Sequence[Reply]:
    """Word to the asker of what becomes of their question: passed on, or over without an answer."""
    if doing != "pass" and not (doing == "close" and changed.answer is None):
        return ()
    text = say(f"asker.{doing}", number=changed.number, question=shortened(changed.question))
    return (_asker(changed, text, () if doing == "pass" else ("unsolved",)),)


def _to_asker(case: Case[TicketSeen], changed: Ticket, tended: life.TicketTended) -> Reply:
    desk = office_name(PROVINCE if case.above else changed.bureau, case.call)
    text = say(f"asker.{tended.step}", desk=desk, number=changed.number, text=tended.text)
    if tended.step in ("answer", "fix"):
        text += "\n" + say("ticket.you_asked", question=shortened(changed.question))
    return _asker(changed, text, ("said",) if tended.step in ("ask", "reask") else ("solved", "unsolved"))


def _asker(ticket: Ticket, text: str, kinds: Sequence[str]) -> Reply:
    buttons: tuple[tuple[Button, ...], ...] = (tuple(pressing(kind, ticket) for kind in kinds),) if kinds else ()
    return Reply(text, buttons=buttons, chat=ticket.person, matter=ticket.matter)


def _handed(case: Case[TicketSeen], changed: Ticket, doer: Doer) -> Sequence[Reply]:
    """The card to whom it was handed, and a line to the group they work in."""
    first, reply = say("ticket.handed_you", who=named(doer.name), number=changed.number), card(changed, case.ground)
    letter = replace(reply, text=f"{first}\n{reply.text}", chat=doer.to)
    chat = case.event.overlay.staff_chat
    if not chat or chat == case.ground.chat:
        return (letter,)
    text = say("ticket.handed", who=named(doer.name), to=named(doer.to_name), number=changed.number)
    return letter, Reply(text, chat=chat)


# ---------------------------------------------------------------- by words
def hand(case: Case[life.Handover]) -> Turn:
    """To a colleague, by name or by what colleagues call them."""
    clerks = case.seen.clerks
    whom = meant(case.text, clerks)
    if case.seen.ticket and len(whom) != 1:
        names = "、".join(named(clerk.name) for clerk in clerks if clerk.person != case.user)
        return case.told(say("ticket.whom", who=case.text, names=names or "—"))
    return _tried(case, "hand", "", whom[0] if whom else None)


def meant(said: str, clerks: Sequence[Clerk]) -> list[Clerk]:
    """Who is called so: the whole name, else the family name in 小李, 老李, 李姐, 李老师, or the given name."""
    whole = [clerk for clerk in clerks if clerk.name == said]
    if whole or not said:
        return whole
    family = said[1] if said[0] in "小老" and len(said) == 2 else said[0] if said[1:] in TITLES else ""
    if family:
        return [clerk for clerk in clerks if clerk.name.startswith(family)]
    return [clerk for clerk in clerks if len(said) > 1 and said in clerk.name]


def reveal(case: Case[TicketSeen]) -> Turn:
    """The question as it was said, with what was taken out: the asker agrees by pressing."""
    session = case.session
    question = next((text for text in reversed(session.questions) if bare(text, session.draft) != text), "")
    return _tried(case, "said", question) if question else case.told(say("ticket.nothing_hidden"))


def solved(case: Case[TicketSeen]) -> Turn:
    """The asker says that this was it."""
    ticket = case.seen.ticket
    return case.told(say("ticket.thanks")) if ticket is None or ticket.state == "closed" else _step("close")(case)


def answering(case: Case[TicketSeen]) -> Turn:
    """What is said in answer to a message about a ticket: by its people an answer, by its asker something more."""
    if not case.scope.serves:
        return _step("said")(case)
    ticket = case.seen.ticket
    own = ticket is not None and ticket.state == "answered" and ticket.holder == case.user
    return _step("more" if own else "answer")(case)


def offer(case: Case[TicketSeen]) -> Turn:
    """What was said after a ticket was taken: whether it is to go to the asker."""
    ticket = case.seen.ticket
    if ticket is None or ticket.holder != case.user:
        return _stale(case)
    text = say("ticket.offer", number=ticket.number, text=shortened(case.text))
    kept = case.awaiting("give", ticket.number, case.text, ticket.bureau)
    return kept.said(text, [pressing(kind, ticket) for kind in ("give", "keep_back")])


def _stale(case: Case[Seen]) -> Turn:
    return case.told(say("draft.stale"))


# What is done to one ticket: by its asker, and by the desk's people.
ON_TICKET: Final[Mapping[str, Action]] = {
    **actions("anyone", TicketSeen, {
        "reveal": reveal, "solved": solved, "unsolved": _step("reopen"), "said": _step("said"), "reply": answering,
    }),
    **actions("serves", TicketSeen, {
        "ticket": show, "answer": answering, "offer": offer, "give": _stale, **{step: _step(step) for step in STEPS},
    }),
    "hand": action("serves", life.Handover, hand),
}  # fmt: skip
ACTIONS: Final[Mapping[str, Action]] = {"keep_back": action("serves", Nothing, _stale), **ON_TICKET}
