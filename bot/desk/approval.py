"""What one at a desk writes and another approves, in conversation: how such things are listed, shown and refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from bot.desk.case import Case, button
from bot.desk.display_names import named
from bot.desk.life import A, Approved, Shelf
from bot.turn.events import Turn
from bot.turn.replies import Button, Reply
from bot.turn.wording import say

W = TypeVar("W", bound=Shelf[Any])
WAITING: Final = 6


@dataclass(frozen=True)
class Sentences:
    """What is said of a list: its title, how many more there are, what a button opens, what can be said, that there is
    no such one.
    """

    title: str
    more: str
    opens: str
    how: str
    missing: str


@dataclass(frozen=True)
class Kind(Generic[A]):
    """How things of one kind are spoken of: the wish that opens one and begins the others' names, their sentences, what
    a button does, the states in the order of the list and how many it shows, its line, its card.
    """

    opens: str
    say: Sentences
    does: Callable[[str], str]
    order: Sequence[str]
    most: int
    line: Callable[[A, date], str]
    card: Callable[..., Reply]

    def listed(self, case: Case[Shelf[A]], only: str = "") -> Turn:
        """A line each, what waits for approval first and with a button; `only` those in a state."""
        items = sorted(case.seen.items, key=lambda item: (self.order.index(item.state), item.number))
        items = [item for item in items if only in ("", item.state)]
        lines = [self.line(item, case.ground.today) for item in items[: self.most]] or [say("faq.none")]
        lines += [say(self.say.more, count=len(items) - self.most)] if len(items) > self.most else []
        numbers = [item.number for item in items if item.state == "pending"][:WAITING]
        rows = tuple((button(self.opens, n, "", say(self.say.opens, number=n)),) for n in numbers)
        text = (say(self.say.title, bureau=case.office), *lines, say(self.say.how))
        return case.shown(Reply("\n".join(text), buttons=rows))

    def shown(self, case: Case[Shelf[A]], item: A, *first: str) -> Turn:
        """One whole, with what may be done to it."""
        return case.shown(self.card(case, item, *first))

    def refused(self, case: Case[Shelf[A]], *why: str) -> Turn:
        """What can't be done where it stands: why, and the thing as it is; or that there is no such one."""
        if case.seen.item is None:
            which = case.number or self.opens != "faq"
            return case.told(say(self.say.missing, number=case.number) if which else say("faq.which"))
        return self.shown(case, case.seen.item, *(why or (say("faq.not_now"),)))

    def on(
        self, decide: Callable[[Case[W], A], Turn], step: str = "", why: str = "faq.not_now"
    ) -> Callable[[Case[W]], Turn]:
        """What is done to the one that is meant; `why` it isn't where that step can't be taken."""

        def decided(case: Case[W]) -> Turn:
            item = case.seen.item
            if item is None or (step and not item.may(step)):
                return self.refused(case, say(why))
            return decide(case, item)

        return decided

    def button(self, does: str, item: A, kind: str = "", at: str | None = None) -> Button:
        """A button that does something to one, as the version that is shown."""
        at = str(item.version) if at is None else at
        return button(f"{self.opens}_{kind or does}", item.number, at, self.does(does))


def stale(said: str, item: Approved, *, needed: bool = False) -> str:
    """Why a step isn't taken on the version that somebody saw: it is another by now, or was never looked at."""
    if said == str(item.version) or not (said or needed):
        return ""
    return say("faq.changed_since") if said else say("faq.look_first")


def approved(item: Approved) -> str:
    """Who approved it, empty for nobody."""
    if not item.approver:
        return ""
    return say("faq.approved_alone" if item.approver == item.author else "faq.approved",
               approver=named(item.approver_name))  # fmt: skip
