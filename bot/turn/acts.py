"""What is to be changed at a desk: values that are carried out with the turn that decided on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.turn.scope import Needs, Scope


class Change:
    """What is to be done at a desk. Each kind is a frozen value of its own; `kind` is what the record calls it.

    `needs` says who may do it at all: what is done to somebody's own is `anyone`'s.
    """

    kind: str
    needs: Needs = "serves"


C_co = TypeVar("C_co", bound=Change, covariant=True)


@dataclass(frozen=True)
class Act(Generic[C_co]):
    """A change of what bears `number` (0 for something new), decided in a scope by somebody of that name.

    `was` is the version it was decided on, 0 where that doesn't matter.
    """

    scope: Scope
    change: C_co
    number: int = 0
    was: int = 0
    name: str = ""
