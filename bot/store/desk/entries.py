"""The rows of a bureau's FAQ and rulings, and what was asked of it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, or_

from bot.desk.display_names import named
from bot.desk.entries import life
from bot.desk.entries.life import Item, Past, Words
from bot.desk.life import Doer
from bot.desk.tickets.life import Ticket
from bot.store.desk.bound import Bound, Look, value_of
from bot.store.desk.crew import approves, as_seen, clerks
from bot.store.desk.record import lines, noted, of
from bot.store.desk.sayings import key_of
from bot.store.desk.tickets import as_ticket
from bot.store.desk_tables import asked, audit, faqs, tickets
from bot.turn.acts import Act, Change
from bot.turn.scope import PROVINCE
from bot.turn.wish import Seen, Wish

MOST: Final = 1000


def view(seen: Bound, wish: Wish) -> life.View:
    """What the scope sees for a wish on entries."""
    items = entries(seen)
    item = _only(wish, items)
    return life.View(_with_last(seen, item) if item else None, items, clerks=clerks(seen), next=seen.next("faqs"))


def asked_too(seen: Bound, wish: Wish) -> life.Asked:
    """The same with what was asked of the bureau."""
    seen_ = view(seen, wish)
    return life.Asked(seen_.item, seen_.items, past(seen), clerks=seen_.clerks, next=seen_.next)


def keeping(seen: Bound, wish: Wish) -> life.Keeping:
    """Every entry, with the ticket that one is to be made of."""
    return life.Keeping(None, entries(seen), _ticket(seen, wish), clerks=clerks(seen), next=seen.next("faqs"))


def _only(wish: Wish, items: tuple[Item, ...]) -> Item | None:
    """The entry of the number; without one the only one to which that may be done."""
    if wish.number or wish.kind not in ("faq_back", "faq_drop"):
        return next((item for item in items if item.number == wish.number), None)
    able = [item for item in items if item.may(wish.kind)]
    return able[0] if len(able) == 1 else None


def entries(seen: Bound) -> tuple[Item, ...]:
    """Every entry, in the order of their numbers."""
    own = faqs.c.bureau == seen.scope.bureau
    return tuple(_item(row) for row in seen.rows(faqs, own, order=(faqs.c.number,)))


def _item(row: Row[Any]) -> Item:
    earlier = tuple(map(_words, json.loads(row.past or "[]")))
    standing = _words(json.loads(row.standing)) if row.standing else None
    return value_of(Item, row, similar=tuple(json.loads(row.similar)), standing=standing, past=earlier)


def _words(values: dict[str, Any]) -> Words:
    return Words(**{**values, "similar": tuple(values["similar"])})


def _columns(item: Item, bureau: str) -> dict[str, Any]:
    """What an act may change of an entry, as its row has it."""
    plain = ("question", "answer", "valid_until", "source", "state", "author", "author_name", "approver", "version")
    values = {name: getattr(item, name) for name in (*plain, "approver_name")}
    values["similar"] = json.dumps(item.similar, ensure_ascii=False)
    values["document"] = key_of(bureau, life.key(item.number)) if item.told else ""
    return values | _kept(item.standing, item.past)


def _kept(standing: Words | None, earlier: tuple[Words, ...]) -> dict[str, str]:
    # JSON in ASCII, because what people type may hold characters that no database takes as text.
    kept = json.dumps([asdict(one) for one in earlier]) if earlier else ""
    return {"standing": json.dumps(asdict(standing)) if standing else "", "past": kept}


def _with_last(seen: Bound, item: Item) -> Item:
    """The entry with what was done to it last, where that is still to be said."""
    acts = (audit.c.bureau == seen.scope.bureau, audit.c.number == item.number, audit.c.act.in_([*life.STEPS]))
    last = next(iter(lines(seen, *acts)), None)
    if last is None or last.act not in ("faq_return", "faq_back"):
        return item
    return replace(item, reason=last.detail) if last.act == "faq_return" else replace(item, backed=named(last.name))


def past(seen: Bound) -> tuple[Past, ...]:
    """What was asked of the bureau, each wording once with how it was answered last, the newest first."""
    rows = seen.rows(asked, asked.c.bureau == seen.scope.bureau, order=(asked.c.id.desc(),), most=MOST)
    held: dict[str, Past] = {}
    for row in rows:
        kept = held.setdefault(row.question, Past(row.question, row.status, row.at, times=0))
        held[row.question] = replace(kept, times=kept.times + 1)
    theirs = tickets.c.raised == 1 if seen.scope.bureau == PROVINCE else tickets.c.bureau == seen.scope.bureau
    waiting = seen.rows(tickets, theirs, tickets.c.answered.is_(None), most=MOST)
    for row in waiting:
        held.setdefault(row.question, Past(row.question, "ticket", row.opened))
    return tuple(held.values())


def _ticket(seen: Bound, wish: Wish) -> Ticket | None:
    """A ticket of the desk's; None when it wasn't answered."""
    where = wish.text if seen.scope.bureau == PROVINCE else seen.scope.bureau
    row = seen.one(tickets, tickets.c.bureau == where, tickets.c.number == wish.number)
    ticket = as_ticket(seen, row) if row else None
    return ticket if ticket and ticket.valid else None


# ---------------------------------------------------------------- acts
def new(bound: Bound, act: Act[life.EntryBegun]) -> None:
    """A new entry under the number that was shown for it."""
    item = act.change.item(act.number, act.scope.user, act.name)
    columns = {"kind": item.kind, "ticket": item.ticket, "made": bound.now, **_columns(item, bound.scope.bureau)}
    bound.begin(faqs, item.number, **columns)
    noted(bound, act, item.question)


def edited(bound: Bound, act: Act[life.EntryEdited]) -> None:
    """Other words; whoever changed them is the author."""
    _led(bound, act, "faq_edit", "、".join(act.change.parts), act.change)


def step(bound: Bound, act: Act[life.EntryLed]) -> None:
    """A step in its life; approved by somebody else than the author, or by whoever works there alone."""
    if act.change.kind == "faq_publish":
        approves(bound, _seen(bound, act))
    _led(bound, act, act.change.kind, act.change.detail)


def _seen(bound: Bound, act: Act[Change]) -> Item:
    row = bound.one(faqs, *_here(bound, act.number))
    return as_seen(act, _item(row) if row else None)


def _here(bound: Bound, number: int) -> tuple[ColumnElement[bool], ...]:
    return (faqs.c.bureau == bound.scope.bureau, faqs.c.number == number)


def _led(bound: Bound, act: Act[Change], step_: str, detail: str, edit: life.EntryEdited | None = None) -> None:
    made = life.after(_seen(bound, act), step_, Doer(act.scope.user, act.name), edit)
    kept = _columns(made, bound.scope.bureau)
    bound.once(faqs, *_here(bound, act.number), faqs.c.version == act.was, **kept, updated=bound.now)
    noted(bound, act, detail)


def forgotten(seen: Bound, person: str, nobody: str) -> None:
    """Whoever wrote or approved earlier words is `nobody`."""
    for row in seen.rows(faqs, or_(faqs.c.standing != "", faqs.c.past != "")):
        item = _item(row)
        kept = _kept(
            _without(item.standing, person, nobody) if item.standing else None,
            tuple(_without(earlier, person, nobody) for earlier in item.past),
        )
        seen.change(faqs, faqs.c.bureau == row.bureau, faqs.c.number == row.number, **kept)


def _without(words: Words, person: str, nobody: str) -> Words:
    if words.author == person:
        words = replace(words, author=nobody, author_name="")
    return replace(words, approver=nobody, approver_name="") if words.approver == person else words


CHANGES: Final = (of(life.EntryBegun, new), of(life.EntryEdited, edited), of(life.EntryLed, step))
LOOKS: Final[dict[type[Seen], Look]] = {life.View: view, life.Asked: asked_too, life.Keeping: keeping}
