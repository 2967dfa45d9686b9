"""What somebody wishes of a bureau's desk, and what there is to be seen for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bot.turn.base import Event
from bot.turn.overlay import SILENT, Overlay
from bot.turn.scope import Needs, Scope

PRESS: Final = "desk/"


@dataclass(frozen=True)
class Wish:
    """A kind of wish, the number it is about (0 for none), what was said with it, and whose number it is.

    `where` is a bureau's code; empty for the one the person comes to.
    """

    kind: str
    number: int = 0
    text: str = ""
    where: str = ""


class Seen:
    """What there is to be seen at a desk for a wish: each way of looking has a type of its own."""

    @property
    def meant(self) -> int:
        """The number of the only thing that a wish without a number can be about, 0 for none."""
        return 0


class Nothing(Seen):
    """Nothing is looked at."""


S_co = TypeVar("S_co", bound=Seen, covariant=True)


@dataclass(frozen=True)
class Access:
    """Who may wish something, and what is looked at for it."""

    needs: Needs
    look: type[Seen]


@dataclass(frozen=True)
class Consulted(Event, Generic[S_co]):
    """The outcome of a Consult: as what the person came, what is there, what their bureau says of itself, and when."""

    wish: Wish
    scope: Scope
    seen: S_co
    overlay: Overlay = SILENT
    at: float = 0.0


@dataclass(frozen=True)
class Denied(Event):
    """The outcome of a Consult for something that isn't for somebody like them: nothing was looked at."""

    wish: Wish
    scope: Scope
    needs: Needs = "anyone"


def press(kind: str, number: int = 0, text: str = "") -> str:
    """The id of the button that wishes this."""
    return f"{PRESS}{kind}/{number}" + (f"/{text}" if text else "")
