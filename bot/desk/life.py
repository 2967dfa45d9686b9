"""The life of a thing at a desk: who may take which step when, what becomes of it, and who works there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from datetime import date
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar

from bot.turn.acts import Change
from bot.turn.scope import Role
from bot.turn.wish import Seen

DESK: Final = "desk:"
MEGA: Final = 1024 * 1024


def desk_chat(bureau: str) -> str:
    """Where a desk is written to: its group, or whoever works there, as it is when that is sent."""
    return f"{DESK}{bureau}"


@dataclass(frozen=True)
class Clerk:
    """Somebody who works at a desk, since when in seconds since 1970."""

    person: str
    role: Role
    name: str
    since: float


@dataclass(frozen=True)
class Line:
    """One act in the record, at a time in seconds since 1970."""

    at: float
    name: str
    act: str
    number: int
    detail: str


@dataclass(frozen=True)
class Doer:
    """Who takes a step; `applicant` for somebody who doesn't work at the desk, `above` for the province.

    `to` is whom they hand a thing over to.
    """

    person: str = ""
    name: str = ""
    applicant: bool = False
    above: bool = False
    to: str = ""
    to_name: str = ""


class Living(Protocol):
    """A thing with a life; `version` counts what was done to it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def state(self) -> str:
        """Where it stands."""

    @property
    def version(self) -> int:
        """How often something was done to it, and one more."""


T = TypeVar("T", bound=Living)


@dataclass(frozen=True)
class Step(Generic[T]):
    """A step in a life: why it can't be taken, as a code (empty where it can), and what it makes of the thing."""

    barred: Callable[[T, Doer], str]
    made: Callable[[T, Doer], T]


Life = Mapping[str, Step[T]]


def out_of(*states: str) -> Callable[[Living, Doer], str]:
    """Barred but for things that stand in one of these."""
    return lambda thing, _doer: "" if thing.state in states else "not_now"


def led(life: Life[T], thing: T, step: str, doer: Doer) -> T:
    """The thing once a step is taken that isn't barred, a version on."""
    return replace(life[step].made(thing, doer), version=thing.version + 1)


@dataclass(frozen=True)
class Edit(Change):
    """Other words for parts of a thing; a part that stays as it is is None."""

    @property
    def parts(self) -> dict[str, object]:
        """The parts that change."""
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def applied(self, thing: T) -> T:
        """The thing in these words."""
        return replace(thing, **self.parts)


# ---------------------------------------------------------------- what one writes and another approves
class Approved:
    """What counts once somebody else than its author approved it; `valid_until` is an ISO day or empty."""

    life: ClassVar[Mapping[str, Step[Any]]]
    number: int
    state: str
    author: str
    author_name: str
    approver: str
    approver_name: str
    valid_until: str
    version: int

    def may(self, step: str) -> bool:
        """Whether a step may be taken where it stands."""
        return not self.life[step].barred(self, Doer())

    def own(self, person: str) -> bool:
        """True where somebody may publish it only if nobody else works there."""
        return self.author == person

    def over(self, today: date) -> bool:
        """True when its last day is past."""
        return bool(self.valid_until) and self.valid_until < today.isoformat()


A = TypeVar("A", bound=Approved)


@dataclass(frozen=True)
class Shelf(Seen, Generic[A]):
    """What is seen for a wish on such things: the one meant, all of them, who works there, the number of a new one."""

    item: A | None = None
    items: tuple[A, ...] = ()
    clerks: tuple[Clerk, ...] = field(default=(), kw_only=True)
    next: int = field(default=1, kw_only=True)

    @property
    def alone(self) -> bool:
        """True where a single person works, who approves what they wrote."""
        return alone(self.clerks)

    @property
    def meant(self) -> int:
        """The number of the one that is meant."""
        return self.item.number if self.item else 0


def alone(clerks: tuple[Clerk, ...]) -> bool:
    """True where a single person works."""
    return len(clerks) < 2
