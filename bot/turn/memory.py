"""What is kept and seldom wanted: fetched only when it is asked for; a Protocol, and one that keeps nothing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from bot.turn.budget import SPENT, Budget, Share, What
from bot.turn.overlay import SILENT, Overlay
from bot.turn.scope import Scope
from bot.turn.team import Note, Offer, Shelved, Version
from bot.turn.wish import Access, Consulted, Denied, Seen, Wish

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Comer:
    """Somebody who comes to a desk: who it is, from which chat, and which bureau answers there."""

    user: str
    chat: str
    bureau: str


class Past(Protocol):
    """What is seldom wanted of the drafts of one person: fetched only when it is asked for."""

    def versions(self) -> Sequence[Version]:
        """The versions of the current draft, oldest first."""

    def notes(self) -> Sequence[Note]:
        """Who changed what in the current draft, oldest first."""

    def drafts(self) -> Sequence[Shelved]:
        """All drafts the person is in, in the order they came to them."""

    def offer(self, code: str) -> tuple[Offer | None, float]:
        """What a code opens, None when there is no such code; and the time it is now."""

    def overlay(self, bureau: str) -> Overlay:
        """What a bureau says of itself."""

    def consult(self, wish: Wish, comer: Comer, access: Access) -> Consulted[Seen] | Denied:
        """What there is at a desk for a wish, as whoever wishes it may see it; denied where that isn't for them."""

    def everything(self, user: str = "") -> dict[str, Any]:
        """All that is kept of the person beside the conversation itself, as JSON has it; at desks they are `user`."""

    def spend(self, what: What, day: date, shares: Sequence[Share]) -> bool:
        """Whether it may be done once more on that day; it then counts in every share, else in none."""


class NoPast:
    """Nothing kept beside what was loaded."""

    def versions(self) -> Sequence[Version]:
        """None."""
        return ()

    def notes(self) -> Sequence[Note]:
        """None."""
        return ()

    def drafts(self) -> Sequence[Shelved]:
        """None."""
        return ()

    def offer(self, _code: str) -> tuple[Offer | None, float]:
        """None, at no time."""
        return None, 0.0

    def overlay(self, _bureau: str) -> Overlay:
        """Nothing."""
        return SILENT

    def consult(self, wish: Wish, comer: Comer, access: Access) -> Denied:
        """Nothing, and nobody may anything."""
        return Denied(wish, Scope(comer.bureau, "applicant", comer.user), access.needs)

    def everything(self, _user: str = "") -> dict[str, Any]:
        """Nothing."""
        return {}

    def spend(self, _what: What, _day: date, _shares: Sequence[Share]) -> bool:
        """Always: nobody counts."""
        return True


NO_PAST: Final = NoPast()


@dataclass(frozen=True)
class Purse:
    """What a person of a bureau has left on a day; how much that is stands in their past."""

    budget: Budget
    past: Past
    person: str
    bureau: str
    day: date

    def spend(self, what: What) -> bool:
        """Whether it may be done once more; then it is counted."""
        return self.past.spend(what, self.day, self.budget.limits(what).shares(self.person, self.bureau))

    def open(self, what: What) -> bool:
        """Whether a file may be opened, which is counted; that it may not is told."""
        allowed = self.spend(what)
        if not allowed:
            self.budget.refused(SPENT)
            log.info("a file was not opened: %s", SPENT)
        return allowed

    def ask(self) -> bool:
        """Whether the model may be asked once more; then that is counted."""
        return self.spend("model")
