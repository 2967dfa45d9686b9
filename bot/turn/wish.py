"""What somebody wishes of a bureau's desk, and what there is to be seen for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.turn.base import Event
from bot.turn.overlay import SILENT, Overlay
from bot.turn.scope import Scope

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


@dataclass(frozen=True)
class Consulted(Event):
    """The outcome of a Consult: as what the person came, what their bureau says of itself, and what is there.

    `found` is of the kind's own type, None where there is no such thing to be seen; `may` is false when the wish is not
    for somebody like them.
    """

    wish: Wish
    scope: Scope
    overlay: Overlay = SILENT
    found: Any = None
    may: bool = True
    at: float = 0.0


def press(kind: str, number: int = 0, text: str = "") -> str:
    """The id of the button that wishes this."""
    return f"{PRESS}{kind}/{number}" + (f"/{text}" if text else "")
