"""How often a day something that costs may be done: for one person, for one bureau, and for everybody together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from bot.turn.memory import Past

log = logging.getLogger(__name__)

# A model is asked, a file that a person sent is read, one that came to a desk by mail, one sent for a desk's shelf.
What = Literal["model", "file", "mail", "shelf"]
Whose = Literal["person", "bureau", "all"]

# Why a model gave nothing and a file was not read; the first word is what is counted.
SPENT: Final = "budget of the day is used up"
UNKNOWN: Final = "budget of the day can't be looked at"


@dataclass(frozen=True)
class Share:
    """What one of them may have on a day: `name` is a person's or a bureau's, empty where no bureau was chosen."""

    whose: Whose
    name: str
    most: int


@dataclass(frozen=True)
class Limits:
    """How often a day, for each person, each bureau and all of them; None where nobody counts.

    Whoever chose no bureau shares one with all others who didn't.
    """

    person: int | None = None
    bureau: int | None = None
    whole: int | None = None

    def shares(self, person: str, bureau: str) -> tuple[Share, ...]:
        """The shares that are used up by a person of a bureau, always in this order."""
        each: tuple[tuple[Whose, str, int | None], ...] = (
            ("person", person, self.person), ("bureau", bureau, self.bureau), ("all", "", self.whole),
        )  # fmt: skip
        return tuple(Share(whose, name, most) for whose, name, most in each if most is not None)


NO_LIMITS: Final = Limits()


@dataclass(frozen=True)
class Budget:
    """The limits of everything that costs; by itself nothing has any. `refused` is told why a file wasn't opened."""

    model: Limits = NO_LIMITS
    file: Limits = NO_LIMITS
    mail: Limits = NO_LIMITS
    shelf: Limits = NO_LIMITS
    refused: Callable[[str], None] = lambda _reason: None

    def limits(self, what: What) -> Limits:
        """Those of one kind."""
        return {"model": self.model, "file": self.file, "mail": self.mail, "shelf": self.shelf}[what]


BOUNDLESS: Final = Budget()


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
