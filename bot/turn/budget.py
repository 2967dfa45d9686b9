"""How often a day something that costs may be done: for one person, for one bureau, and for everybody together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

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
