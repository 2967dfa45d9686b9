"""A question handed to a bureau's people by whoever asks, without what is personal; what waits, and what one asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.desk.bureau.life import Waiting
from bot.desk.case import Action, Case, action, button
from bot.desk.entries.general import unnamed
from bot.desk.entries.life import called
from bot.desk.tickets.life import Opening, OwnTickets, Ticket, TicketOpened
from bot.desk.tickets.page import carded, line, placed
from bot.interview import city
from bot.process.masking import masked
from bot.turn.events import Turn
from bot.turn.replies import Reply
from bot.turn.session import REMEMBERED
from bot.turn.wording import say
from drafting.form.draft import Draft
from drafting.kinds.kind import shortened

SHOWN: Final = 10
MOST_OPEN: Final = 5
LONGEST: Final = 1500
HIDDEN: Final = "【已隐去】"
LONG_NUMBER: Final = re.compile(r"(?<!\d)\d{11,}[\dXx]?")
SHORTEST: Final = 2


# ---------------------------------------------------------------- asked by an applicant
def bare(text: str, draft: Draft) -> str:
    """The text without phones, mail addresses, long numbers, who asks, and names that stand in the draft."""
    names = {*draft.fields.values(), *(member.name for member in draft.members)}
    for name in sorted((name for name in names if len(name) >= SHORTEST), key=len, reverse=True):
        text = text.replace(name, HIDDEN)
    return LONG_NUMBER.sub(HIDDEN, masked(unnamed(text)))


def human(case: Case[Opening]) -> Turn:
    """The question just asked, or the one said with it, handed to the bureau's people without what is personal."""
    session, ground, scope = case.session, case.ground, case.scope
    question = (case.text or next(reversed(session.questions), "")).strip()
    earlier = tuple(text for text in session.questions if text != question)
    if not scope.bureau:
        asked = (*session.questions, question)[-REMEMBERED:] if question else ()
        return Turn(session.but(onward=True, questions=asked), (city.choice(say("ticket.no_city"), ground),))
    plain = bare(question[:LONGEST], session.draft)
    if why := _unasked(plain, case):
        return case.told(why)
    opened = TicketOpened(
        plain, tuple(bare(text, session.draft) for text in earlier), "" if case.text else session.near
    )
    number = case.seen.number
    ticket = Ticket(scope.bureau, number, scope.user, plain, ground.name, earlier=opened.earlier, near=opened.near,
                    opened=case.event.at)  # fmt: skip
    buttons = ((button("reveal", number),),) if plain != question else ()
    lines = [say("ticket.opened", bureau=case.office, number=number), *([say("ticket.stripped")] if buttons else [])]
    reply = Reply("\n".join(lines), buttons=buttons, matter=ticket.matter)
    kept = case.but(questions=(*earlier, question)[-REMEMBERED:]).acting(opened, number=number)
    return kept.shown(reply, carded(ticket, ground))


def _unasked(question: str, case: Case[Opening]) -> str:
    """Why nothing can be handed over; empty when it can."""
    waiting = case.seen.open
    if case.scope.serves:
        return say("ticket.yourself")
    if not case.event.overlay.staffed:
        return say("ticket.no_desk", reach=_reach(case))
    if same := next((number for number, asked in waiting if asked == question), 0):
        return say("ticket.same", number=same)
    if len(waiting) >= MOST_OPEN:
        return say("ticket.many", count=len(waiting))
    return "" if question else say("ticket.no_question")


def _reach(case: Case[Opening]) -> str:
    """Whom to call instead: the bureau as it says itself, else the province as the notice does."""
    if reach := case.event.overlay.reach:
        return say("ticket.reach", reach=reach)
    phone = next((contact.value for contact in case.call.contacts if contact.kind == "phone"), "")
    return say("ticket.province", phone=phone) if phone else ""


def mine(case: Case[OwnTickets]) -> Turn:
    """A line for each of the person's own tickets, the newest first, with its answer; never where others read along."""
    if not case.ground.private:
        return case.told(say("ticket.private"))
    own = placed(case.seen.tickets[:SHOWN], case.call)
    lines = [
        line(ticket, case.ground, where)
        + (say("ticket.was_answered", text=shortened(ticket.valid)) if ticket.valid else "")
        for where, ticket in own
    ]
    return case.told("\n".join(lines) or say("ticket.none"))


# ---------------------------------------------------------------- shown to those who work there
def queue(case: Case[Waiting]) -> Turn:
    """What waits, the oldest first, each with a button that opens it; then entries that wait for approval."""
    waiting, shown = case.seen, case.seen.tickets[:SHOWN]
    lines = [line(ticket, case.ground) for ticket in shown]
    if len(waiting.tickets) > len(shown):
        lines.append(say("ticket.more", count=len(waiting.tickets) - len(shown)))
    buttons = [button("ticket", t.number, t.bureau, say("buttons.ticket", number=t.number)) for t in shown]
    for entry in waiting.entries[:SHOWN]:
        lines.append(say("ticket.entry_waits", called=called(entry), question=shortened(entry.question)))
        buttons.append(button("faq", entry.number, "", say("faq.open", number=entry.number)))
    return case.said("\n".join(lines) or say("ticket.empty"), *((each,) for each in buttons))


ACTIONS: Final[Mapping[str, Action]] = {
    "human": action("anyone", Opening, human), "mine": action("anyone", OwnTickets, mine),
    "queue": action("serves", Waiting, queue),
}  # fmt: skip
