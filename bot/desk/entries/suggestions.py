"""What nobody has answered yet, made an entry with one press; and other ways of asking for an entry."""

from __future__ import annotations

from typing import Final

from bot.desk.crew import title
from bot.desk.entries.actions import begun, changed
from bot.desk.entries.entry import MOST_SIMILAR, View
from bot.desk.entries.gaps import gaps, mark, suggestions
from bot.desk.entries.general import general
from bot.desk.entries.page import card, missing, short
from bot.interview import filling
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say

SHOWN: Final = 8
LABEL: Final = 24


def open_questions(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The open questions in groups, the most asked first, each with a button that begins an entry."""
    view: View = event.found
    found = gaps(view.past, view.items)
    lines = [
        say("faq.gap", place=place, question=short(one.question, 60), times=one.times)
        + (say("faq.gap_ways", ways=len(one.ways)) if len(one.ways) > 1 else "")
        for place, one in enumerate(found[:SHOWN], 1)
    ]
    lines += [say("faq.more", count=len(found) - SHOWN)] if len(found) > SHOWN else []
    text = "\n".join((say("faq.gaps", bureau=title(event.scope.bureau, ground.call)), *(lines or [say("faq.no_gaps")])))
    buttons = tuple(
        (Button(press("faq_draft", 0, mark(one.question)), say("faq.do_draft", place=place)),)
        for place, one in enumerate(found[:SHOWN], 1)
    )
    return Turn(session, (Reply(text, buttons=buttons), *filling.again(session, ground)))


def draft(session: Session, event: Consulted, ground: Ground) -> Turn:
    """An entry begun with an open question; its answer is still to be written."""
    view: View = event.found
    question = next((one.question for one in view.past if mark(one.question) == event.wish.text), None)
    if question is None:
        return filling.told(session, say("draft.stale"), ground)
    return begun(session, event, ground, question=general(question))


def suggest(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Questions that were asked and are like an entry's, each with a button that adds it."""
    view: View = event.found
    if view.item is None:
        return missing(session, event, ground)
    found = suggestions(view.item, view.past)
    if not found:
        return filling.told(session, say("faq.nothing_like", number=view.item.number), ground)
    buttons = tuple(
        (Button(press("faq_like", view.item.number, mark(one)), say("faq.do_like", question=short(one, LABEL))),)
        for one in found
    )
    return Turn(session, (Reply(say("faq.like"), buttons=buttons), *filling.again(session, ground)))


def like(session: Session, event: Consulted, ground: Ground) -> Turn:
    """One of them added."""
    view: View = event.found
    if view.item is None:
        return missing(session, event, ground)
    way = next((one.question for one in view.past if mark(one.question) == event.wish.text), None)
    if way is None:
        return filling.told(session, say("draft.stale"), ground)
    if general(way) in view.item.questions or len(view.item.similar) >= MOST_SIMILAR:
        return Turn(session, (card(view.item, event, ground),))
    return changed(session, event, ground, similar=[*view.item.similar, general(way)])


HANDLERS: Final = {"gaps": open_questions, "faq_draft": draft, "faq_suggest": suggest, "faq_like": like}
