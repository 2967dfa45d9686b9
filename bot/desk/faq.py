"""The FAQ and the rulings of a bureau's people: begun, read, changed, sent for approval, sent back, taken away."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, Final

from bot import filling
from bot.desk.crew import done, title
from bot.desk.entry import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    MOST_SIMILAR,
    Item,
    View,
    called,
    key,
    named,
)
from bot.desk.general import general, general_answer
from bot.desk.sayings import Saying
from bot.desk.settings import NONE, day_of
from bot.desk.wish import press
from bot.events import Consulted, Turn
from bot.filling import Ground
from bot.replies import Button, Reply
from bot.session import Session
from bot.standing import day_text
from bot.wording import say
from knowledge.sameness import content

LISTED: Final = 20
_ADDED: Final = re.compile(r"(常见问题|口径)\s*[:：,，]?\s*问\s*[:：]\s*(.+?)[\s,，。;；]*答\s*[:：]\s*(.+)", re.DOTALL)
ENDS: Final = "。！？!?…”）)"
ORDER: Final = ("pending", "draft", "published", "withdrawn")


# ---------------------------------------------------------------- seen
def list_(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A line an entry, what waits for approval first."""
    view: View = event.found
    rows = sorted(view.items, key=lambda one: (ORDER.index(one.state), one.number))
    lines = [_line(one, ground) for one in rows[:LISTED]]
    left = len(rows) - len(lines)
    lines += [say("faq.more", count=left)] if left else []
    text = "\n".join((say("faq.title", bureau=title(event.scope.bureau, ground.call)), *(lines or [say("faq.none")])))
    waiting = [one for one in rows if one.state == "pending"][:6]
    buttons = [(Button(press("faq", one.number), say("faq.open", number=one.number)),) for one in waiting]
    return Turn(session, (Reply(f"{text}\n{say('faq.how')}", buttons=tuple(buttons)), *filling.again(session, ground)))


def _line(item: Item, ground: Ground) -> str:
    state = say("faq.over") if item.state == "published" and item.over(ground.today) else say(f"faq.{item.state}")
    mark = say("faq.ruling_mark") if item.kind == "ruling" else ""
    return say("faq.line", number=item.number, mark=mark, state=state, question=short(item.question, 30))


def short(text: str, size: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= size else f"{text[: size - 1]}…"


def show(session: Session, event: Consulted, ground: Ground) -> Turn:
    """An entry whole, with what may be done to it."""
    view: View = event.found
    if view.item is None:
        return missing(session, event, ground)
    return Turn(session, (card(view.item, event, ground), *filling.again(session, ground)))


def missing(session: Session, event: Consulted, ground: Ground) -> Turn:
    """There is no such entry."""
    return filling.told(session, say("faq.missing", number=event.wish.number), ground)


def card(item: Item, event: Consulted, ground: Ground, *first: str) -> Reply:
    """An entry as it reads, under what is said `first`, with its buttons."""
    state = say("faq.over") if item.state == "published" and item.over(ground.today) else say(f"faq.{item.state}")
    lines = [*first, say("faq.head", called=called(item), state=state), say("faq.asks", text=item.question)]
    lines.append(say("faq.says", text=item.answer or say("faq.no_answer")))
    lines += [say("faq.similar", ways="；".join(item.similar))] if item.similar else []
    until = day_text(date.fromisoformat(item.valid_until)) if item.valid_until else say("faq.lasting")
    lines.append(say("faq.until", day=until))
    lines.append(say("faq.by", author=named(item.author_name)) + _approved(item))
    lines += [say("faq.from_ticket", number=item.ticket)] if item.ticket else []
    lines += [say("faq.reason", why=item.reason)] if item.reason and item.state == "draft" else []
    return Reply("\n".join(lines), buttons=_buttons(item, event))


def _approved(item: Item) -> str:
    if not item.approver or item.state not in ("published", "withdrawn"):
        return ""
    key_ = "faq.approved_alone" if item.approver == item.author else "faq.approved"
    return say(key_, approver=named(item.approver_name))


def _buttons(item: Item, event: Consulted) -> tuple[tuple[Button, ...], ...]:
    view: View = event.found
    number, at = item.number, str(item.version)
    does = {
        "submit": Button(press("faq_submit", number, at), say("faq.do_submit")),
        "publish": Button(press("faq_publish", number, at), say("faq.do_publish")),
        "return": Button(press("faq_return", number, at), say("faq.do_return")),
        "withdraw": Button(press("faq_withdraw", number, at), say("faq.do_withdraw")),
        "trial": Button(press("faq_trial", number), say("faq.do_trial")),
        "suggest": Button(press("faq_suggest", number), say("faq.do_suggest")),
    }
    rows: dict[str, tuple[tuple[str, ...], ...]] = {
        "draft": (("publish" if view.alone else "submit",), ("trial", "suggest")),
        "pending": (("publish", "return"), ("trial",)),
        "published": (("withdraw", "trial"),),
        "withdrawn": (("trial",),),
    }
    wanted = rows[item.state] if item.answer else (("suggest",),)
    return tuple(tuple(does[one] for one in row) for row in wanted)


# ---------------------------------------------------------------- begun
def add(session: Session, event: Consulted, ground: Ground) -> Turn:
    """An entry in one message: what is asked and what is answered."""
    found = _ADDED.fullmatch(event.wish.text)
    if found is None:
        return filling.told(session, say("faq.how_add"), ground)
    kind = "ruling" if found[1] == "口径" else "faq"
    return begun(session, event, ground, question=found[2], answer=found[3], kind=kind)


def keep(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The answer to a ticket made an entry that anybody may read."""
    view: View = event.found
    if view.ticket is None:
        return filling.told(session, say("faq.no_ticket", number=event.wish.number), ground)
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
    if wrong := fault(question, answer):
        return filling.told(session, wrong, ground)
    values: dict[str, Any] = {"kind": "faq", "ticket": 0, "similar": [], **given}
    values |= {"question": question, "answer": answer}
    me = {"author": event.scope.user, "author_name": ground.name}
    item = Item(view.next, **{**values, **me, "similar": tuple(values["similar"])})
    after = done(session, event, ground, "faq_new", 0, **values, number=view.next)
    told = say("faq.begun") if answer else say("faq.begun_bare", number=view.next)
    return Turn(after, (card(item, event, ground, told), *filling.again(session, ground)))


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
    part = {"question": cleaned(text)} if event.wish.kind == "faq_question" else {"answer": ended(text)}
    if wrong := fault(part.get("question", item.question), part.get("answer", item.answer)):
        return filling.told(session, wrong, ground)
    return changed(session, event, ground, **part)


def until(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The last day on which it answers; none for one that lasts."""
    text = event.wish.text.strip()
    day = None if text in (*NONE, "长期", "一直") else day_of(text, ground.today)
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


def changed(session: Session, event: Consulted, ground: Ground, **values: Any) -> Turn:
    """An entry changed, a draft from then on; what is published must be taken back first."""
    view: View = event.found
    if view.item is None:
        return missing(session, event, ground)
    if not view.item.may("faq_edit"):
        return filling.told(session, say("faq.published_first", number=view.item.number), ground)
    after = done(session, event, ground, "faq_edit", view.item.version, **values)
    me = {"author": event.scope.user, "author_name": ground.name, "version": view.item.version + 1}
    item = replace(view.item, **{**values, **me, "similar": tuple(values.get("similar", view.item.similar))})
    item = replace(item, state="draft", reason="")
    return Turn(after, (card(item, event, ground, say("faq.changed")), *filling.again(session, ground)))


# ---------------------------------------------------------------- sent back, taken away
def return_(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Back to its author with a reason."""
    view: View = event.found
    item = view.item
    if item is None or not item.may("faq_return"):
        return refused(session, event, ground)
    why = event.wish.text if not event.wish.text.isdecimal() else ""
    if not why:
        return filling.told(session, say("faq.want_reason", number=item.number), ground)
    after = done(session, event, ground, "faq_return", item.version, reason=why[:200])
    own = item.author == event.scope.user
    letter = () if own else (Reply(say("faq.returned_you", called=called(item), why=why[:200]), chat=item.author),)
    return filling.told(after, say("faq.returned", called=called(item)), ground, *letter)


def withdraw(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Gone from the answers at once."""
    view: View = event.found
    item = view.item
    if item is None or not item.may("faq_withdraw"):
        return refused(session, event, ground)
    gone = Saying(key=key(item.number), voice=item.kind)
    after = done(session, event, ground, "faq_withdraw", item.version)
    after = done(after, event, ground, "shelve", sayings=[gone.model_dump()])
    told = "faq.withdrawn_now" if item.state == "published" else "faq.dropped"
    return filling.told(after, say(told, called=called(item)), ground)


def refused(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What can't be done to an entry where it stands: the entry as it is."""
    view: View = event.found
    if view.item is None:
        return missing(session, event, ground)
    return Turn(session, (card(view.item, event, ground, say("faq.not_now")), *filling.again(session, ground)))


HANDLERS: Final = {
    "faqs": list_, "faq": show, "faq_add": add, "keep": keep, "faq_question": edit, "faq_answer": edit,
    "faq_until": until, "faq_similar": similar, "faq_return": return_, "faq_withdraw": withdraw,
}  # fmt: skip
