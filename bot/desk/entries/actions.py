"""The FAQ and the rulings of a bureau's people in conversation: begun, read, changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.desk.approval import stale
from bot.desk.bureau.profile import NONE, last_day
from bot.desk.case import Action, Case, action, actions, button
from bot.desk.display_names import named, short
from bot.desk.entries import life
from bot.desk.entries.gaps import gaps, mark, suggestions
from bot.desk.entries.general import cleaned, ended, fault, general, general_answer, tidy, unfounded
from bot.desk.entries.life import Asked, EntryEdited, Item, View
from bot.desk.entries.page import ENTRIES, card
from bot.desk.entries.publishing import says, shelved, to_author
from bot.desk.life import Doer, Shelf
from bot.turn.events import Turn
from bot.turn.replies import Reply
from bot.turn.wording import say

SHOWN: Final = 8
LABEL: Final = 24
REASON: Final = 200
_ADDED: Final = re.compile(
    r"(常见问题|口径)\s*[:：,，]?\s*问\s*[:：]\s*(.+?)[\s,，。;；]*答\s*[:：]\s*(.+?)"
    r"(?:[\s,，;；]*依据\s*[:：]\s*(.+))?",
    re.DOTALL,
)


def list_(case: Case[View]) -> Turn:
    """A line an entry, or those alone that wait for approval."""
    return ENTRIES.listed(case, "pending" if case.wish.kind == "faq_waiting" else "")


# ---------------------------------------------------------------- begun
def add(case: Case[View]) -> Turn:
    """An entry in one message: what is asked and what is answered."""
    match = _ADDED.fullmatch(case.text)
    if match is None:
        kind = "口径" if case.text.startswith("口径") else "常见问题"
        return case.awaiting("faq_add", where=kind).told(say("faq.how_add"))
    words = life.Words(match[2], match[3], source=tidy(match[4] or ""))
    return begun(case, life.EntryBegun(words, "ruling" if match[1] == "口径" else "faq"))


def keep(case: Case[life.Keeping]) -> Turn:
    """The answer to a ticket made an entry that anybody may read."""
    ticket, number = case.seen.ticket, case.number
    if ticket is None:
        return case.told(say("faq.no_ticket", number=number) if number else say("faq.keep_which"))
    kept = [item for item in case.seen.items if item.ticket == ticket.number and item.state != "withdrawn"]
    if kept:
        return Turn(case.session, (card(case, kept[0], say("faq.kept_already")),))
    words = life.Words(general(ticket.question), general_answer(ticket.valid, ticket.question))
    return begun(case, life.EntryBegun(words, ticket=ticket.number))


def draft(case: Case[Asked]) -> Turn:
    """An entry begun with an open question; its answer is still to be written."""
    question = _marked(case)
    return (
        case.told(say("draft.stale"))
        if question is None
        else begun(case, life.EntryBegun(life.Words(general(question), "")))
    )


def _marked(case: Case[Asked]) -> str | None:
    """The question of the past that a button means."""
    return next((past.question for past in case.seen.past if mark(past.question) == case.text), None)


def begun(case: Case[Shelf[Item]], begins: life.EntryBegun) -> Turn:
    """A draft of an entry, shown; refused where its words can't stand."""
    words = replace(begins.words, question=cleaned(begins.words.question), answer=ended(begins.words.answer))
    if wrong := fault(words.question, words.answer) or unfounded(words.source):
        return case.told(wrong)
    number, begins = case.seen.next, replace(begins, words=words)
    first = say("faq.begun") if words.answer else say("faq.begun_bare", number=number)
    item = begins.item(number, case.user, case.ground.name)
    return ENTRIES.shown(case.acting(begins, number=number), item, first)


# ---------------------------------------------------------------- changed
def edit(case: Case[View], item: Item) -> Turn:
    """Question or answer in other words; whoever changes it is its author from then on."""
    asks = case.wish.kind == "faq_question"
    if not case.text:
        first = say("faq.want_question" if asks else "faq.want_answer")
        waits = case.awaiting(case.wish.kind, item.number)
        return Turn(waits.session, (card(case, item, first),))
    words = EntryEdited(question=cleaned(case.text)) if asks else EntryEdited(answer=ended(case.text))
    now = words.applied(item)
    wrong = fault(now.question, now.answer)
    return case.told(wrong) if wrong else changed(case, item, words)


def until(case: Case[View]) -> Turn:
    """The last day on which it answers; none for one that lasts."""
    day = last_day(case.text.strip(), case.ground.today)
    if day is None:
        return case.told(say("faq.want_day"))
    if day and day < case.ground.today.isoformat():
        return case.told(say("faq.past_day"))
    return ENTRIES.on(lambda case, item: changed(case, item, EntryEdited(valid_until=day)))(case)


def source(case: Case[View]) -> Turn:
    """What it rests on: a document, a letter, somebody's word."""
    text = tidy(case.text)
    if wrong := unfounded(text):
        return case.told(wrong)
    words = EntryEdited(source="" if text in NONE else text)
    return ENTRIES.on(lambda case, item: changed(case, item, words))(case)


def similar(case: Case[View], item: Item) -> Turn:
    """One more way of asking for it."""
    way = cleaned(case.text)
    wrong = fault(way, "")
    return case.told(wrong) if wrong else _also(case, item, way)


def like(case: Case[Asked], item: Item) -> Turn:
    """A question of the past added as one more way of asking for it."""
    way = _marked(case)
    return case.told(say("draft.stale")) if way is None else _also(case, item, general(way))


def _also(case: Case[Shelf[Item]], item: Item, way: str) -> Turn:
    if way in item.questions or len(item.similar) >= life.MOST_SIMILAR:
        return Turn(case.session, (card(case, item),))
    return changed(case, item, EntryEdited(similar=(*item.similar, way)))


def changed(case: Case[Shelf[Item]], item: Item, words: EntryEdited) -> Turn:
    """An entry changed, a draft from then on; what is published goes on answering until the draft is."""
    if item.state == "published" and words.applied(item) == item:
        return ENTRIES.refused(case, say("faq.same"))
    now = life.after(item, "faq_edit", Doer(case.user, case.ground.name), words)
    first = say("faq.changed_standing" if now.standing else "faq.changed")
    return ENTRIES.shown(case.acting(words, item.version), now, first)


# ---------------------------------------------------------------- sent back, given up, taken away
def return_(case: Case[View], item: Item) -> Turn:
    """Back to its author with a reason."""
    why = "" if case.text.isdecimal() else case.text[:REASON]
    if not why:
        return case.awaiting("faq_return", item.number).told(say("faq.want_reason", called=life.called(item)))
    letter = to_author(case, item, say("faq.returned_you", called=life.called(item), why=why))
    return case.acting(life.EntryLed("faq_return", why), item.version).told(
        say("faq.returned", called=life.called(item)), *letter
    )


def drop(case: Case[View], item: Item) -> Turn:
    """A change given up; what stands goes on."""
    if why := stale(case.text, item):
        return ENTRIES.refused(case, why)
    now = life.after(item, "faq_drop", Doer(case.user, case.ground.name))
    letter = to_author(case, item, say("faq.dropped_you", who=named(case.ground.name), called=life.called(item)))
    kept = case.acting(life.EntryLed("faq_drop"), item.version)
    return kept.shown(card(kept, now, say("faq.dropped")), *letter)


def withdraw(case: Case[View], item: Item) -> Turn:
    """Gone from the answers at once; a change on its way is left as it is."""
    kept = case.acting(life.EntryLed("faq_withdraw"), item.version).acting(shelved(item, None))
    return kept.told(say(gone(item), called=life.called(item)))


def gone(item: Item) -> str:
    """What is said of an entry that is taken away."""
    return "faq.voided" if not item.told else "faq.withdrawn_but" if item.standing else "faq.withdrawn_now"


def back(case: Case[View], item: Item) -> Turn:
    """The words before those that stand, which were approved once; by a button only on what was seen there.

    After somebody just did so it takes the button: two who say it at once mean one step, not two.
    """
    if why := stale(case.text, item):
        return ENTRIES.refused(case, why)
    if not case.text and item.backed:
        return ENTRIES.refused(case, say("faq.back_already", who=item.backed))
    now = life.after(item, "faq_back", Doer(case.user, case.ground.name))
    answers = now.told
    assert answers is not None
    kept = case.acting(life.EntryLed("faq_back"), item.version).acting(shelved(item, says(case, answers)))
    said = {"question": answers.question, "answer": answers.answer}
    word = say("faq.back_you", who=named(case.ground.name), called=life.called(item), **said)
    first = say("faq.back_over" if answers.over(case.ground.today) else "faq.back")
    return kept.shown(card(kept, now, first), *(Reply(word, chat=chat) for chat in _concerned(case, item)))


def _concerned(case: Case[View], item: Item) -> list[str]:
    """Who hears of it: the desk, and whose words are gone, as far as they still work there."""
    authors = {item.author, item.told.author if item.told else ""}
    wrote = [clerk.person for clerk in case.seen.clerks if clerk.person in authors]
    here = (case.user, case.ground.chat)
    return [chat for chat in dict.fromkeys((*case.colleagues(case.seen.clerks), *wrote)) if chat not in here]


# ---------------------------------------------------------------- what was asked
def open_questions(case: Case[Asked]) -> Turn:
    """The open questions in groups, the most asked first, each with a button that begins an entry."""
    groups = gaps(case.seen.past, case.seen.items)
    shown = list(enumerate(groups[:SHOWN], 1))
    lines = [
        say("faq.gap", place=place, question=short(gap.question, 60), times=gap.times)
        + (say("faq.gap_ways", ways=len(gap.ways)) if len(gap.ways) > 1 else "")
        for place, gap in shown
    ]
    lines += [say("faq.more", count=len(groups) - SHOWN)] if len(groups) > SHOWN else []
    text = "\n".join((say("faq.gaps", bureau=case.office), *(lines or [say("faq.no_gaps")])))
    rows = [(button("faq_draft", 0, mark(gap.question), say("faq.do_draft", place=at)),) for at, gap in shown]
    return case.shown(Reply(text, buttons=tuple(rows)))


def suggest(case: Case[Asked], item: Item) -> Turn:
    """Questions that were asked and are like an entry's, each with a button that adds it."""
    ways = suggestions(item, case.seen.past)
    if not ways:
        return case.told(say("faq.nothing_like", number=item.number))
    rows = [
        (button("faq_like", item.number, mark(way), say("faq.do_like", question=short(way, LABEL))),) for way in ways
    ]
    return case.shown(Reply(say("faq.like"), buttons=tuple(rows)))


ACTIONS: Final[Mapping[str, Action]] = {
    **actions("serves", View, {
        "faqs": list_, "faq_waiting": list_, "faq": ENTRIES.on(ENTRIES.shown), "faq_add": add,
        "faq_question": ENTRIES.on(edit), "faq_answer": ENTRIES.on(edit), "faq_until": until,
        "faq_similar": ENTRIES.on(similar), "faq_source": source, "faq_return": ENTRIES.on(return_, "faq_return"),
        "faq_withdraw": ENTRIES.on(withdraw, "faq_withdraw"), "faq_drop": ENTRIES.on(drop, "faq_drop", "faq.no_change"),
        "faq_back": ENTRIES.on(back, "faq_back", "faq.no_earlier"),
    }),
    **actions("serves", Asked, {
        "gaps": open_questions, "faq_draft": draft, "faq_suggest": ENTRIES.on(suggest), "faq_like": ENTRIES.on(like),
    }),
    "keep": action("serves", life.Keeping, keep),
}  # fmt: skip
