"""The rows of a bureau's FAQ and rulings, and what was asked of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError

from bot.desk.acts import Act
from bot.desk.entry import LIFE, Item, Past, Told, View, key
from bot.desk.scope import PROVINCE
from bot.desk.wish import Wish
from bot.ports import StaleError
from bot.store.desk.bound import Bound
from bot.store.desk.crew import clerks
from bot.store.desk.record import noted
from bot.store.desk.shelf import key_of
from bot.store.desk_tables import asked, audit, faqs, ticket_words, tickets

MOST: Final = 1000
# Kinds of wishes for which what was asked is looked at, and those that see every entry.
PAST: Final = frozenset({"faq_trial", "faq_suggest", "faq_like", "faq_draft", "gaps"})
KINDS: Final = (
    "faqs", "faq", "faq_add", "faq_question", "faq_answer", "faq_until", "faq_similar", "faq_submit", "faq_publish",
    "faq_return", "faq_withdraw", "faq_trial", "faq_suggest", "faq_like", "faq_draft", "keep", "gaps",
)  # fmt: skip


def view(seen: Bound, wish: Wish) -> View:
    """What the scope sees for a wish on entries."""
    items = entries(seen)
    keeps = wish.kind == "keep"
    item = next((one for one in items if one.number == wish.number and not keeps), None)
    return View(
        item if item is None or item.state != "draft" else _with_reason(seen, item),
        items,
        clerks(seen),
        past(seen) if wish.kind in PAST else (),
        _ticket(seen, wish) if keeps else None,
        seen.next("faqs"),
    )


def entries(seen: Bound) -> tuple[Item, ...]:
    """Every entry, in the order of their numbers."""
    own = faqs.c.bureau == seen.scope.bureau
    return tuple(_item(row) for row in seen.rows(faqs, own, order=(faqs.c.number,)))


def _item(row: Row[Any]) -> Item:
    names = ("number", "question", "answer", "kind", "state", "author", "author_name", "approver", "approver_name")
    more = ("ticket", "valid_until", "version", "updated")
    return Item(**{name: getattr(row, name) for name in (*names, *more)}, similar=tuple(json.loads(row.similar)))


def _with_reason(seen: Bound, item: Item) -> Item:
    acts = (audit.c.bureau == seen.scope.bureau, audit.c.number == item.number, audit.c.act.in_([*LIFE]))
    last = seen.rows(audit, *acts, order=(audit.c.id.desc(),), most=1)
    return replace(item, reason=last[0].detail) if last and last[0].act == "faq_return" else item


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
    """A ticket of the desk's with the last answer to it; None when it wasn't answered."""
    number, where = wish.number, wish.text if seen.scope.bureau == PROVINCE else seen.scope.bureau
    row = seen.one(tickets, tickets.c.bureau == where, tickets.c.number == number)
    of = (ticket_words.c.bureau == where, ticket_words.c.number == number, ticket_words.c.kind == "answer")
    said = seen.rows(ticket_words, *of, order=(ticket_words.c.position.desc(),), most=1)
    return Told(number, row.question, said[0].text) if row is not None and said else None


# ---------------------------------------------------------------- acts
def new(bound: Bound, act: Act) -> None:
    """A new entry under the number that was shown for it."""
    given = {name: act.values[name] for name in ("number", "question", "answer", "kind", "ticket")}
    who = {"author": act.user, "author_name": act.name, "approver": "", "approver_name": ""}
    stands = {"state": "draft", "document": "", "valid_until": act.values.get("valid_until", ""), "version": 1}
    similar = json.dumps(act.values["similar"], ensure_ascii=False)
    bound.take("faqs", given["number"])
    try:
        bound.add(faqs, **given, **who, **stands, similar=similar, made=bound.now, updated=bound.now)
    except IntegrityError as error:
        raise StaleError from error
    noted(bound, act.model_copy(update={"number": given["number"]}), given["question"])


def _turn(bound: Bound, act: Act, detail: str = "", **values: Any) -> None:
    """An entry led on in its life, on the version that was seen; StaleError when it is another one by now."""
    states, after = LIFE[act.kind]
    here = (faqs.c.bureau == bound.scope.bureau, faqs.c.number == act.number)
    kept = {"state": after, "version": act.was + 1, "updated": bound.now, **values}
    bound.once(faqs, *here, faqs.c.version == act.was, faqs.c.state.in_(states), **kept)
    noted(bound, act, detail)


def edit(bound: Bound, act: Act) -> None:
    """Other words; whoever changed them is the author."""
    plain = ("question", "answer", "valid_until")
    values: dict[str, Any] = {name: act.values[name] for name in plain if name in act.values}
    if "similar" in act.values:
        values["similar"] = json.dumps(act.values["similar"], ensure_ascii=False)
    _turn(bound, act, "、".join(values), **values, author=act.user, author_name=act.name)


def submit(bound: Bound, act: Act) -> None:
    """Waiting for approval."""
    _turn(bound, act)


def publish(bound: Bound, act: Act) -> None:
    """Approved: by somebody else than the author, or by whoever works there alone, or by the operator."""
    row = bound.one(faqs, faqs.c.bureau == bound.scope.bureau, faqs.c.number == act.number)
    alone = row is not None and (row.author == act.user or row.state == "draft")
    if alone and bound.scope.role != "operator" and len(clerks(bound)) > 1:
        raise StaleError
    who = {"approver": act.user, "approver_name": act.name}
    document = key_of(bound.scope.bureau, key(act.number))
    _turn(bound, act, str(act.values.get("detail", "")), **who, document=document)


def send_back(bound: Bound, act: Act) -> None:
    """Back to its author, with the reason in the record."""
    _turn(bound, act, str(act.values["reason"]))


def withdraw(bound: Bound, act: Act) -> None:
    """No longer among the answers."""
    _turn(bound, act, document="")


ACTS: Final[dict[str, Callable[[Bound, Act], None]]] = {
    "faq_new": new, "faq_edit": edit, "faq_submit": submit, "faq_publish": publish, "faq_return": send_back,
    "faq_withdraw": withdraw,
}  # fmt: skip
