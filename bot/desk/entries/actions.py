"""The FAQ and the rulings of a bureau's people: begun, read, changed, sent back, taken away."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.desk.awaiting import awaits
from bot.desk.crew import done, title
from bot.desk.entries.entry import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_SOURCE,
    MOST_SIMILAR,
    Item,
    View,
    called,
    key,
)
from bot.desk.entries.general import general, general_answer
from bot.desk.entries.life import Doer, after
from bot.desk.entries.page import card, line, missing, refused
from bot.desk.sayings import Saying
from bot.desk.setting_values import NONE, to_come
from bot.interview import filling
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, Wish, press
from bot.turn.wording import say
from knowledge.answers.sameness import content

LISTED: Final = 20
_ADDED: Final = re.compile(
    r"(常见问题|口径)\s*[:：,，]?\s*问\s*[:：]\s*(.+?)[\s,，。;；]*答\s*[:：]\s*(.+?)"
    r"(?:[\s,，;；]*依据\s*[:：]\s*(.+))?",
    re.DOTALL,
)
ENDS: Final = "。！？!?…”）)"
ORDER: Final = ("pending", "draft", "published", "withdrawn")


# ---------------------------------------------------------------- seen
def list_(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A line an entry, what waits for approval first."""
    view: View = event.found
    rows = sorted(view.items, key=lambda one: (ORDER.index(one.state), one.number))
    if event.wish.kind == "faq_waiting":
        rows = [one for one in rows if one.state == "pending"]
    lines = [line(one, ground.today) for one in rows[:LISTED]]
    left = len(rows) - len(lines)
    lines += [say("faq.more", count=left)] if left else []
    text = "\n".join((say("faq.title", bureau=title(event.scope.bureau, ground.call)), *(lines or [say("faq.none")])))
    waiting = [one for one in rows if one.state == "pending"][:6]
    buttons = [(Button(press("faq", one.number), say("faq.open", number=one.number)),) for one in waiting]
    return Turn(session, (Reply(f"{text}\n{say('faq.how')}", buttons=tuple(buttons)), *filling.again(session, ground)))


def show(session: Session, event: Consulted, ground: Ground) -> Turn:
    """An entry whole, with what may be done to it."""
    view: View = event.found
    if view.item is None:
        return missing(session, event, ground)
    return Turn(session, (card(view.item, event, ground), *filling.again(session, ground)))


# ---------------------------------------------------------------- begun
def add(session: Session, event: Consulted, ground: Ground) -> Turn:
    """An entry in one message: what is asked and what is answered."""
    found = _ADDED.fullmatch(event.wish.text)
    if found is None:
        named = "口径" if event.wish.text.startswith("口径") else "常见问题"
        return filling.told(awaits(session, event, Wish("faq_add", where=named)), say("faq.how_add"), ground)
    kind = "ruling" if found[1] == "口径" else "faq"
    return begun(session, event, ground, question=found[2], answer=found[3], kind=kind, source=tidy(found[4] or ""))


def keep(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The answer to a ticket made an entry that anybody may read."""
    view: View = event.found
    if view.ticket is None:
        number = event.wish.number
        return filling.told(session, say("faq.no_ticket", number=number) if number else say("faq.keep_which"), ground)
    kept = next((one for one in view.items if one.ticket == view.ticket.number and one.state != "withdrawn"), None)
    if kept is not None:
        return Turn(session, (card(kept, event, ground, say("faq.kept_already")),))
    question, answer = view.ticket.question, view.ticket.answer
    made = {"question": general(question), "answer": general_answer(answer, question)}
    return begun(session, event, ground, **made, ticket=view.ticket.number)


def begun(session: Session, event: Consulted, ground: Ground, **given: Any) -> Turn:
    """A draft of an entry, shown; refused where its words can't stand."""
    view: View = event.found
    question, answer = cleaned(given["question"]), ended(given.get("answer", ""))
    if wrong := fault(question, answer) or unfounded(given.get("source", "")):
        return filling.told(session, wrong, ground)
    values: dict[str, Any] = {"kind": "faq", "ticket": 0, "similar": [], "source": "", **given}
    values |= {"question": question, "answer": answer}
    me = {"author": event.scope.user, "author_name": ground.name}
    item = Item(view.next, **{**values, **me, "similar": tuple(values["similar"])})
    kept = done(session, event, ground, "faq_new", 0, **values, number=view.next)
    told = say("faq.begun") if answer else say("faq.begun_bare", number=view.next)
    return Turn(kept, (card(item, event, ground, told), *filling.again(session, ground)))


def cleaned(question: str) -> str:
    """A question in one line."""
    return re.sub(r"\s+", " ", question).strip(" ，,。；;？?")


def ended(answer: str) -> str:
    """An answer with a stop at its end."""
    text = re.sub(r"[ \t]*\n\s*", "\n", answer).strip()
    return f"{text}。" if text and text[-1] not in ENDS else text


def fault(question: str, answer: str) -> str:
    """Why a question or an answer can't stand; empty when it can. An answer may still be missing."""
    if len(question) > LONGEST_QUESTION or len(answer) > LONGEST_ANSWER:
        return say("faq.long", question=LONGEST_QUESTION, answer=LONGEST_ANSWER)
    return "" if content(question) else say("faq.vague")


# ---------------------------------------------------------------- changed
def edit(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Question or answer in other words; whoever changes it is its author from then on."""
    view: View = event.found
    item = view.item
    if item is None:
        return missing(session, event, ground)
    text = event.wish.text
    if not text:
        first = say("faq.want_question" if event.wish.kind == "faq_question" else "faq.want_answer")
        return Turn(awaits(session, event, Wish(event.wish.kind, item.number)), (card(item, event, ground, first),))
    part = {"question": cleaned(text)} if event.wish.kind == "faq_question" else {"answer": ended(text)}
    if wrong := fault(part.get("question", item.question), part.get("answer", item.answer)):
        return filling.told(session, wrong, ground)
    return changed(session, event, ground, **part)


def until(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The last day on which it answers; none for one that lasts."""
    text = event.wish.text.strip()
    day = None if text in (*NONE, "长期", "一直") else to_come(text, ground.today)
    if day is None and text not in (*NONE, "长期", "一直"):
        return filling.told(session, say("faq.want_day"), ground)
    if day is not None and day < ground.today:
        return filling.told(session, say("faq.past_day"), ground)
    return changed(session, event, ground, valid_until=day.isoformat() if day else "")


def similar(session: Session, event: Consulted, ground: Ground) -> Turn:
    """One more way of asking for it."""
    view: View = event.found
    way, item = cleaned(event.wish.text), view.item
    if item is None:
        return missing(session, event, ground)
    if wrong := fault(way, ""):
        return filling.told(session, wrong, ground)
    if way in item.questions or len(item.similar) >= MOST_SIMILAR:
        return Turn(session, (card(item, event, ground),))
    return changed(session, event, ground, similar=[*item.similar, way])


def source(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What it rests on: a document, a letter, somebody's word."""
    text = tidy(event.wish.text)
    if wrong := unfounded(text):
        return filling.told(session, wrong, ground)
    return changed(session, event, ground, source="" if text in NONE else text)


def tidy(source: str) -> str:
    """A source in one line."""
    return " ".join(source.split()).rstrip("。；;，, ")


def unfounded(source: str) -> str:
    """Why a source can't stand; empty when it can, as one that isn't given does."""
    return say("faq.long_source", most=LONGEST_SOURCE) if len(source) > LONGEST_SOURCE else ""


def changed(session: Session, event: Consulted, ground: Ground, **values: Any) -> Turn:
    """An entry changed, a draft from then on; what is published goes on answering until the draft is."""
    view: View = event.found
    if view.item is None:
        return missing(session, event, ground)
    item = after(view.item, "faq_edit", Doer(event.scope.user, ground.name), **values)
    if view.item.state == "published" and not rewritten(view.item, item):
        return refused(session, event, ground, say("faq.same"))
    kept = done(session, event, ground, "faq_edit", view.item.version, **values)
    told = say("faq.changed_standing" if item.standing else "faq.changed")
    return Turn(kept, (card(item, event, ground, told), *filling.again(session, ground)))


def rewritten(before: Item, after_: Item) -> bool:
    """Whether an entry says anything else than before, whoever wrote it."""
    names = ("question", "answer", "similar", "valid_until", "source")
    return any(getattr(before, one) != getattr(after_, one) for one in names)


# ---------------------------------------------------------------- sent back, taken away
def return_(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Back to its author with a reason."""
    view: View = event.found
    item = view.item
    if item is None or not item.may("faq_return"):
        return refused(session, event, ground)
    why = event.wish.text if not event.wish.text.isdecimal() else ""
    if not why:
        kept = awaits(session, event, Wish("faq_return", item.number))
        return filling.told(kept, say("faq.want_reason", called=called(item)), ground)
    kept = done(session, event, ground, "faq_return", item.version, reason=why[:200])
    own = item.author == event.scope.user
    letter = () if own else (Reply(say("faq.returned_you", called=called(item), why=why[:200]), chat=item.author),)
    return filling.told(kept, say("faq.returned", called=called(item)), ground, *letter)


def withdraw(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Gone from the answers at once; a change on its way is left as it is."""
    view: View = event.found
    item = view.item
    if item is None or not item.may("faq_withdraw"):
        return refused(session, event, ground)
    gone = Saying(key=key(item.number), voice=item.kind)
    kept = done(session, event, ground, "faq_withdraw", item.version)
    kept = done(kept, event, ground, "shelve", sayings=[gone.model_dump()])
    told = "faq.voided" if not item.told else "faq.withdrawn_now" if not item.standing else "faq.withdrawn_but"
    return filling.told(kept, say(told, called=called(item)), ground)


HANDLERS: Final = {
    "faqs": list_, "faq_waiting": list_, "faq": show, "faq_add": add, "keep": keep, "faq_question": edit,
    "faq_answer": edit, "faq_until": until, "faq_similar": similar, "faq_source": source, "faq_return": return_,
    "faq_withdraw": withdraw,
}  # fmt: skip
