"""An entry as it is seen at the desk: its line in the list, its card with what changes, and its buttons."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from bot.desk.approval import Kind, Sentences, approved
from bot.desk.case import Case
from bot.desk.display_names import named, short
from bot.desk.entries.life import Item, Words, called
from bot.desk.life import Shelf
from bot.turn.days import day_text
from bot.turn.replies import Button, Reply
from bot.turn.wording import say

# Which buttons a card has in each state, row by row; what undoes something comes below them.
ROWS: Final = {
    "draft": (("submit",), ("trial", "suggest")),
    "pending": (("publish", "return"), ("trial",)),
    "published": (("withdraw", "trial"),),
    "withdrawn": (("trial",),),
}
CLAUSE: Final = re.compile(r"[^，,。；;！!？?\n]*[，,。；;！!？?\n]+|[^，,。；;！!？?\n]+")
# An answer that changes in more places than this is easier to read whole.
PLACES: Final = 3


def stage(item: Item, today: date) -> str:
    """Where an entry stands; of one that is being changed, what answers meanwhile."""
    over = item.told is not None and item.told.over(today)
    if item.standing:
        return say(f"faq.changing_{item.state}") + say("faq.old_over" if over else "faq.old_answers")
    return say("faq.over") if over else say(f"faq.{item.state}")


def line(item: Item, today: date) -> str:
    """An entry in one line."""
    mark = say("faq.ruling_mark") if item.kind == "ruling" else ""
    return say("faq.line", number=item.number, mark=mark, state=stage(item, today), question=short(item.question, 30))


def card(case: Case[Shelf[Item]], item: Item, *first: str) -> Reply:
    """An entry as it reads, under what is said `first`, with what a change of it changes, and its buttons."""
    lines = [*first, say("faq.head", called=called(item), state=stage(item, case.ground.today))]
    lines.append(say("faq.asks", text=item.question))
    lines.append(say("faq.says", text=item.answer or say("faq.no_answer")))
    lines += [say("faq.similar", ways="；".join(item.similar))] if item.similar else []
    lines += [say("faq.until", day=until(item.valid_until)), say("faq.source", source=source(item))]
    lines.append(say("faq.by", author=named(item.author_name)) + approved(item))
    lines += [say("faq.reason", why=item.reason)] if item.reason else []
    lines += [say("faq.changes"), *differences(item.standing, item.words)] if item.standing else []
    return Reply("\n".join(lines), buttons=_buttons(item, alone=case.seen.alone))


def source(item: Item) -> str:
    """What an entry rests on: a ticket, what its author gave; said to be missing where neither is."""
    ticket = say("faq.from_ticket", number=item.ticket) if item.ticket else ""
    if given := "；".join(part for part in (item.source, ticket) if part):
        return given
    return say("faq.no_source_yet", number=item.number) if item.state == "draft" else say("faq.no_source")


def until(day: str) -> str:
    """The last day of an entry as it is read; `day` an ISO day or empty."""
    return day_text(date.fromisoformat(day)) if day else say("faq.lasting")


def _buttons(item: Item, *, alone: bool) -> tuple[tuple[Button, ...], ...]:
    rows = ROWS[item.state] if item.answer else (("suggest",),)
    if alone and item.answer and item.state == "draft":
        rows = (("publish",), *rows[1:])
    undoing = [does for does in ("drop", "back") if item.may(f"faq_{does}")]
    undoing += ["withdraw"] if item.standing else []
    bare = ("trial", "suggest")
    return tuple(
        tuple(ENTRIES.button(does, item, at="" if does in bare else None) for does in row)
        for row in (*rows, undoing)
        if row
    )


ENTRIES: Final = Kind(
    "faq", Sentences("faq.title", "faq.more", "faq.open", "faq.how", "faq.missing"), lambda does: say(f"faq.do_{does}"),
    ("pending", "draft", "published", "withdrawn"), 20, line, card,
)  # fmt: skip


# ---------------------------------------------------------------- what a change makes of it
def differences(old: Words, new: Words) -> list[str]:
    """What was and what is to be: question, answer, ways of asking, last day, source; a line where nothing changes."""
    lines = [_change("question", old.question, new.question)]
    lines += [_change("answer", was, now) for was, now in _places(old.answer, new.answer)]
    lines += [_change("similar", way, "") for way in old.similar if way not in new.similar]
    lines += [_change("similar", "", way) for way in new.similar if way not in old.similar]
    lines.append(_change("until", until(old.valid_until), until(new.valid_until)))
    lines.append(_change("source", old.source, new.source))
    return [line for line in lines if line] or [say("faq.unchanged")]


def _places(old: str, new: str) -> list[tuple[str, str]]:
    """Where two answers differ, clause by clause: what stood there and what is to stand there."""
    was, now = CLAUSE.findall(old), CLAUSE.findall(new)
    steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    places = [("".join(was[a:b]), "".join(now[c:d])) for kind, a, b, c, d in steps if kind != "equal"]
    return places if len(places) <= PLACES else [(old, new)]


def _change(what: str, old: str, new: str) -> str:
    """A change in one line; empty for none."""
    part, old, new = say(f"faq.part_{what}"), old.strip(), new.strip()
    if old == new:
        return ""
    if not old or not new:
        return say("faq.gained", part=part, new=new) if new else say("faq.lost", part=part, old=old)
    return say("faq.turned", part=part, old=old, new=new)
