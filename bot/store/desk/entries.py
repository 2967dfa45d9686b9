"""The rows of a bureau's FAQ and rulings, and what was asked of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, or_
from sqlalchemy.exc import IntegrityError

from bot.desk.entries.entry import LIFE, Item, Past, Told, View, Words, key, named
from bot.desk.entries.life import Doer, after, alone
from bot.desk.tickets.life import valid
from bot.store.desk.bound import Bound
from bot.store.desk.crew import clerks
from bot.store.desk.record import noted
from bot.store.desk.sayings import key_of
from bot.store.desk_tables import asked, audit, faqs, ticket_words, tickets
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.scope import PROVINCE
from bot.turn.wish import Wish

MOST: Final = 1000
# Kinds of wishes for which what was asked is looked at, and those that see every entry.
PAST: Final = frozenset({"faq_trial", "faq_suggest", "faq_like", "faq_draft", "gaps"})
KINDS: Final = (
    "faqs", "faq_waiting", "faq", "faq_add", "faq_question", "faq_answer", "faq_until", "faq_similar", "faq_submit",
    "faq_publish", "faq_return", "faq_withdraw", "faq_trial", "faq_suggest", "faq_like", "faq_draft", "faq_source",
    "faq_back", "faq_drop", "keep", "gaps",
)  # fmt: skip


def view(seen: Bound, wish: Wish) -> View:
    """What the scope sees for a wish on entries."""
    items = entries(seen)
    keeps = wish.kind == "keep"
    item = _only(wish, items) if not keeps else None
    return View(
        _with_last(seen, item) if item else None,
        items,
        clerks(seen),
        past(seen) if wish.kind in PAST else (),
        _ticket(seen, wish) if keeps else None,
        seen.next("faqs"),
    )


def _only(wish: Wish, items: tuple[Item, ...]) -> Item | None:
    """The entry of the number; without one the only one to which that may be done."""
    if wish.number or wish.kind not in ("faq_back", "faq_drop"):
        return next((one for one in items if one.number == wish.number), None)
    able = [one for one in items if one.may(wish.kind)]
    return able[0] if len(able) == 1 else None


def entries(seen: Bound) -> tuple[Item, ...]:
    """Every entry, in the order of their numbers."""
    own = faqs.c.bureau == seen.scope.bureau
    return tuple(_item(row) for row in seen.rows(faqs, own, order=(faqs.c.number,)))


def _item(row: Row[Any]) -> Item:
    names = ("number", "question", "answer", "kind", "state", "author", "author_name", "approver", "approver_name")
    more = ("ticket", "valid_until", "version", "updated", "source")
    held = {name: getattr(row, name) for name in (*names, *more)}
    earlier = [_words(one) for one in json.loads(row.past or "[]")]
    standing = _words(json.loads(row.standing)) if row.standing else None
    return Item(**held, similar=tuple(json.loads(row.similar)), standing=standing, past=tuple(earlier))


def _words(values: dict[str, Any]) -> Words:
    return Words(**{**values, "similar": tuple(values["similar"])})


def _columns(item: Item, bureau: str) -> dict[str, Any]:
    """What an act may change of an entry, as its row has it."""
    plain = ("question", "answer", "valid_until", "source", "state", "author", "author_name", "approver", "version")
    values = {name: getattr(item, name) for name in (*plain, "approver_name")}
    values["similar"] = json.dumps(item.similar, ensure_ascii=False)
    values["document"] = key_of(bureau, key(item.number)) if item.told else ""
    return values | _kept(item.standing, item.past)


def _kept(standing: Words | None, earlier: tuple[Words, ...]) -> dict[str, str]:
    # JSON in ASCII, because what people type may hold characters that no database takes as text.
    kept = json.dumps([asdict(one) for one in earlier]) if earlier else ""
    return {"standing": json.dumps(asdict(standing)) if standing else "", "past": kept}


def _with_last(seen: Bound, item: Item) -> Item:
    """The entry with what was done to it last, where that is still to be said."""
    acts = (audit.c.bureau == seen.scope.bureau, audit.c.number == item.number, audit.c.act.in_([*LIFE]))
    last = next(iter(seen.rows(audit, *acts, order=(audit.c.id.desc(),), most=1)), None)
    if last is None or last.act not in ("faq_return", "faq_back"):
        return item
    return replace(item, reason=last.detail) if last.act == "faq_return" else replace(item, backed=named(last.name))


def past(seen: Bound) -> tuple[Past, ...]:
    """What was asked of the bureau, each wording once with how it was answered last, the newest first."""
    rows = seen.rows(asked, asked.c.bureau == seen.scope.bureau, order=(asked.c.id.desc(),), most=MOST)
    held: dict[str, Past] = {}
    for row in rows:
        kept = held.get(row.question)
        held[row.question] = Past(row.question, row.status, row.at) if kept is None else _again(kept)
    theirs = tickets.c.raised == 1 if seen.scope.bureau == PROVINCE else tickets.c.bureau == seen.scope.bureau
    waiting = seen.rows(tickets, theirs, tickets.c.answered.is_(None), most=MOST)
    for row in waiting:
        held.setdefault(row.question, Past(row.question, "ticket", row.opened))
    return tuple(held.values())


def _again(kept: Past) -> Past:
    return Past(kept.question, kept.status, kept.at, kept.times + 1)


def _ticket(seen: Bound, wish: Wish) -> Told | None:
    """A ticket of the desk's with the answer that counts; None when it wasn't answered."""
    number, where = wish.number, wish.text if seen.scope.bureau == PROVINCE else seen.scope.bureau
    row = seen.one(tickets, tickets.c.bureau == where, tickets.c.number == number)
    of = (ticket_words.c.bureau == where, ticket_words.c.number == number)
    said = seen.rows(ticket_words, *of, order=(ticket_words.c.position,))
    answer = valid((one.kind, one.text) for one in said)
    return Told(number, row.question, answer) if row is not None and answer else None


# ---------------------------------------------------------------- acts
def new(bound: Bound, act: Act) -> None:
    """A new entry under the number that was shown for it."""
    given = {name: act.values[name] for name in ("number", "question", "answer", "kind", "ticket")}
    given["source"] = act.values.get("source", "")
    who = {"author": act.user, "author_name": act.name, "approver": "", "approver_name": ""}
    stands = {"state": "draft", "document": "", "valid_until": act.values.get("valid_until", ""), "version": 1}
    similar = json.dumps(act.values["similar"], ensure_ascii=False)
    bound.take("faqs", given["number"])
    try:
        bound.add(faqs, **given, **who, **stands, similar=similar, made=bound.now, updated=bound.now)
    except IntegrityError as error:
        raise StaleError from error
    noted(bound, act.model_copy(update={"number": given["number"]}), given["question"])


def _here(bound: Bound, number: int) -> tuple[ColumnElement[bool], ...]:
    return (faqs.c.bureau == bound.scope.bureau, faqs.c.number == number)


def _seen(bound: Bound, act: Act) -> Item:
    """The entry as the act was decided on; StaleError when it is another by now, or doesn't stand where it may be."""
    row = bound.one(faqs, *_here(bound, act.number))
    item = _item(row) if row else None
    if item is None or item.version != act.was or not item.may(act.kind):
        raise StaleError
    return item


def _turn(bound: Bound, act: Act, detail: str = "", **values: Any) -> None:
    """An entry led on in its life, on the version that was seen; StaleError when it is another one by now."""
    made = after(_seen(bound, act), act.kind, Doer(act.user, act.name), **values)
    kept = _columns(made, bound.scope.bureau)
    bound.once(faqs, *_here(bound, act.number), faqs.c.version == act.was, **kept, updated=bound.now)
    noted(bound, act, detail)


def edit(bound: Bound, act: Act) -> None:
    """Other words; whoever changed them is the author."""
    names = ("question", "answer", "valid_until", "similar", "source")
    values = {name: act.values[name] for name in names if name in act.values}
    _turn(bound, act, "、".join(values), **values)


def publish(bound: Bound, act: Act) -> None:
    """Approved: by somebody else than the author, or by whoever works there alone, or by the operator."""
    if alone(_seen(bound, act), act.user) and bound.scope.role != "operator" and len(clerks(bound)) > 1:
        raise StaleError
    _turn(bound, act, str(act.values.get("detail", "")))


def send_back(bound: Bound, act: Act) -> None:
    """Back to its author, with the reason in the record."""
    _turn(bound, act, str(act.values["reason"]))


def forgotten(seen: Bound, person: str, nobody: str) -> None:
    """Whoever wrote or approved something, now or before, is `nobody`."""
    for name in ("author", "approver"):
        seen.change(faqs, faqs.c[name] == person, **{name: nobody, f"{name}_name": ""})
    for row in seen.rows(faqs, or_(faqs.c.standing != "", faqs.c.past != "")):
        item = _item(row)
        kept = _kept(
            _without(item.standing, person, nobody) if item.standing else None,
            tuple(_without(one, person, nobody) for one in item.past),
        )
        seen.change(faqs, faqs.c.bureau == row.bureau, faqs.c.number == row.number, **kept)


def _without(words: Words, person: str, nobody: str) -> Words:
    if words.author == person:
        words = replace(words, author=nobody, author_name="")
    return replace(words, approver=nobody, approver_name="") if words.approver == person else words


ACTS: Final[dict[str, Callable[[Bound, Act], None]]] = {
    "faq_new": new, "faq_edit": edit, "faq_submit": _turn, "faq_publish": publish, "faq_return": send_back,
    "faq_withdraw": _turn, "faq_drop": _turn, "faq_back": _turn,
}  # fmt: skip
