"""A wish in hand: what every action is given, and how it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.desk.life import Clerk
from bot.hearing.cities import office_name
from bot.interview import filling
from bot.turn.acts import Act, Change
from bot.turn.base import Effect
from bot.turn.events import Compared, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE, Needs, Scope
from bot.turn.session import Awaited, Session
from bot.turn.wish import Access, Consulted, Seen, Wish, press
from bot.turn.wording import say
from knowledge.call.definition import Call

S_co = TypeVar("S_co", bound=Seen, covariant=True)
W = TypeVar("W", bound=Seen)


@dataclass(frozen=True)
class Case(Generic[S_co]):
    """A wish with what was seen for it, whose session it is said in, and what that stands on."""

    session: Session
    event: Consulted[S_co]
    ground: Ground

    @property
    def seen(self) -> S_co:
        """What there is for the wish."""
        return self.event.seen

    @property
    def wish(self) -> Wish:
        """What is wished."""
        return self.event.wish

    @property
    def text(self) -> str:
        """What was said with it."""
        return self.event.wish.text

    @property
    def number(self) -> int:
        """What it is about, 0 for nothing."""
        return self.event.wish.number

    @property
    def scope(self) -> Scope:
        """As what the person came."""
        return self.event.scope

    @property
    def user(self) -> str:
        """Who wishes it."""
        return self.event.scope.user

    @property
    def above(self) -> bool:
        """Whether it is the province's desk."""
        return self.event.scope.bureau == PROVINCE

    @property
    def office(self) -> str:
        """The full name of the desk."""
        return office_name(self.event.scope.bureau, self.call)

    @property
    def call(self) -> Call:
        """The call that is on."""
        return self.ground.call

    # ---------------------------------------------------------------- what comes of it
    def but(self, **changes: object) -> Case[S_co]:
        """The same with parts of the session changed."""
        return replace(self, session=self.session.but(**changes))

    def acting(self, change: Change, was: int = 0, number: int | None = None) -> Case[S_co]:
        """The same with something to be changed, by whoever wished it and on what they were shown."""
        act = Act(self.scope, change, self.number if number is None else number, was, self.ground.name)
        return replace(self, session=self.session.acting(act))

    def awaiting(self, kind: str, number: int = 0, text: str = "", where: str = "") -> Case[S_co]:
        """The same waiting for the words of a wish, or for a yes to it, by whoever wished this."""
        return self.but(awaiting=Awaited(kind=kind, number=number, where=where, text=text, by=self.user))

    def told(self, text: str, *more: Reply) -> Turn:
        """A short word, what else is said, then the open question again."""
        return self.shown(Reply(text), *more)

    def shown(self, *replies: Reply) -> Turn:
        """What is said, then the open question again."""
        return filling.after(self.session, replies, self.ground)

    def said(self, text: str, *rows: Sequence[Button]) -> Turn:
        """A message with its buttons, and nothing behind it."""
        return Turn(self.session, (Reply(text, buttons=tuple(tuple(row) for row in rows if row)),))

    def asking(self, effect: Effect) -> Turn:
        """Something to be done outside first."""
        return Turn(self.session, effect=effect)

    def colleagues(self, clerks: Sequence[Clerk]) -> list[str]:
        """Whom to tell at the desk: the group they work in, else each of the others."""
        room = self.event.overlay.staff_chat
        return [room] if room else [clerk.person for clerk in clerks if clerk.person != self.user]


def button(kind: str, number: int = 0, text: str = "", label: str = "") -> Button:
    """A button that wishes something; `label` is said of it, of a kind's own where none is given."""
    return Button(press(kind, number, text), label or say(f"buttons.{kind}"))


# ---------------------------------------------------------------- kinds of wishes
@dataclass(frozen=True)
class Action(Access):
    """What is done for a kind of wish: who may wish it, what is looked at for it, and what comes of that.

    `weighed` is what comes of it once questions were compared, where that is asked for.
    """

    decide: Callable[[Case[Seen]], Turn]
    weighed: Callable[[Case[Seen], Compared], Turn] | None = None


def action(
    needs: Needs, look: type[W], decide: Callable[[Case[W]], Turn],
    weighed: Callable[[Case[W], Compared], Turn] | None = None,
) -> Action:  # fmt: skip
    """An action whose functions get what is looked at as what it is."""

    def narrowed(case: Case[Seen]) -> Case[W]:
        event, seen = case.event, case.seen
        assert isinstance(seen, look)
        return Case(case.session, Consulted(event.wish, event.scope, seen, event.overlay, event.at), case.ground)

    compared = None if weighed is None else lambda case, event: weighed(narrowed(case), event)
    return Action(needs, look, lambda case: decide(narrowed(case)), compared)


def actions(needs: Needs, look: type[W], decided: Mapping[str, Callable[[Case[W]], Turn]]) -> dict[str, Action]:
    """Actions that need and look at the same, by their kinds."""
    return {kind: action(needs, look, decide) for kind, decide in decided.items()}
