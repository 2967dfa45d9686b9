"""The life of an entry: what each act makes of it. What answers was approved, and never two wordings at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.desk.entries.entry import LIFE, Item

# So many earlier wordings of an entry are kept.
KEPT: Final = 10


@dataclass(frozen=True)
class Doer:
    """Who does something to an entry."""

    person: str
    name: str = ""


def after(item: Item, act: str, doer: Doer, **values: Any) -> Item:
    """The entry once an act that it may be subject to is done, a version on; `values` are what an edit changes."""
    made = STEPS.get(act, _led)(item, act, doer, values)
    return replace(made, version=item.version + 1, reason="", backed="")


def _led(item: Item, act: str, _doer: Doer, _values: Mapping[str, Any]) -> Item:
    return replace(item, state=LIFE[act][1])


def _edited(item: Item, _act: str, doer: Doer, values: Mapping[str, Any]) -> Item:
    """Other words, a draft; published ones stand until they are approved."""
    standing = item.words if item.state == "published" else item.standing
    who = {"author": doer.person, "author_name": doer.name, "approver": "", "approver_name": ""}
    said = {**values, "similar": tuple(values.get("similar", item.similar))}
    return replace(item, **{**said, **who}, state="draft", standing=standing)


def _published(item: Item, _act: str, doer: Doer, _values: Mapping[str, Any]) -> Item:
    past = (*item.past, item.standing)[-KEPT:] if item.standing else item.past
    passed = replace(item, approver=doer.person, approver_name=doer.name)
    return replace(passed, state="published", standing=None, past=past)


def _withdrawn(item: Item, _act: str, _doer: Doer, _values: Mapping[str, Any]) -> Item:
    """Answers no more; a change on its way goes on by itself."""
    return replace(item, standing=None) if item.standing else replace(item, state="withdrawn")


def _dropped(item: Item, _act: str, _doer: Doer, _values: Mapping[str, Any]) -> Item:
    assert item.standing is not None
    return replace(item.saying(item.standing), state="published", standing=None)


def _back(item: Item, _act: str, _doer: Doer, _values: Mapping[str, Any]) -> Item:
    """The published words before those that stand, which are gone with it; a change on its way goes on beside them."""
    *past, earlier = item.past
    left = replace(item, past=tuple(past))
    if item.state in ("draft", "pending"):
        return replace(left, standing=earlier)
    return replace(left.saying(earlier), state="published")


STEPS: Final[Mapping[str, Callable[[Item, str, Doer, Mapping[str, Any]], Item]]] = {
    "faq_edit": _edited, "faq_publish": _published, "faq_withdraw": _withdrawn, "faq_drop": _dropped, "faq_back": _back,
}  # fmt: skip


def alone(item: Item, person: str) -> bool:
    """True when only whoever works by themselves may publish it: it is their own, or nobody sent it for approval."""
    return item.author == person or item.state == "draft"
